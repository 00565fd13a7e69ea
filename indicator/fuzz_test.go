package indicator

import (
	"testing"
	"unicode/utf8"
)

func FuzzLookup(f *testing.F) {
	for _, c := range lookups {
		f.Add(c.phrase, c.code)
	}
	f.Add("全市(含", "）**(不含")
	f.Fuzz(func(t *testing.T, phrase, context string) {
		if m, ok := Lookup(phrase); ok && (m.Indicator == nil || m.Alias == "") {
			t.Errorf("%q: %+v", phrase, m)
		}
		n, m := NameOf(phrase, context), NameOf(context, phrase)
		if like := n.Same(m); like < Unlike || like > Identical || like != m.Same(n) {
			t.Errorf("%q, %q: %d one way, %d the other", phrase, context, like, m.Same(n))
		}
		if n.ScopeConflict(m) != m.ScopeConflict(n) {
			t.Errorf("%q, %q: a conflict one way only", phrase, context)
		}
		if n.ScopeConflict(n) {
			t.Errorf("%q in %q excludes itself", phrase, context)
		}
	})
}

func FuzzFind(f *testing.F) {
	f.Add("地区生产总值增长6%,城镇登记失业率控制在4%以内。")
	f.Add("\xffGDP\xff地区生产总值")
	f.Fuzz(func(t *testing.T, text string) {
		end := 0
		for _, found := range Find(text) {
			s := found.Span
			if s.Start < end || s.End <= s.Start || s.End > len(text) || found.Indicator == nil {
				t.Fatalf("%q: span %v after %d", text, s, end)
			}
			if !utf8.RuneStart(text[s.Start]) || s.End < len(text) && utf8.ValidString(text) && !utf8.RuneStart(text[s.End]) {
				t.Fatalf("%q: span %v cuts a character", text, s)
			}
			end = s.End
		}
	})
}
