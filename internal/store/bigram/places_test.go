package bigram_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"luoshi/internal/store/bigram"
)

// marked is a text with brackets round what was found.
func marked(text, query string) string {
	var b strings.Builder
	runes, at := []rune(text), 0
	for _, span := range bigram.Places(text, bigram.Query(query)) {
		b.WriteString(string(runes[at:span.Start]) + "[" + string(runes[span.Start:span.End]) + "]")
		at = span.End
	}
	return b.String() + string(runes[at:])
}

func TestWhatIsFoundStandsWhereItWasFound(t *testing.T) {
	for _, c := range []struct{ query, want string }{
		{"公路", "望溪路[公路]桥改造"},
		{"路", "望溪[路]公[路]桥改造"},
		{"公路桥", "望溪路[公路桥]改造"},
		{"公路 改造", "望溪路[公路]桥[改造]"},
		{"路公 公路", "望溪[路公路]桥改造"},
		{"公桥", "望溪路公路桥改造"},
		{"gdp", "２０２６年[ＧＤＰ]增长5.5%"},
		{"5.5", "增长[5.5]%，15.5%"},
		{"5", "增长[5].5%，新建[5]座"},
		{"1594", "投资[1,594]万元"},
		{"1,594万", "投资[1,594万]元"},
		{"wifi", "[ＷｉＦｉ]６与Wi"},
		{"", "望溪路"},
		{"*", "望溪路"},
	} {
		text := strings.NewReplacer("[", "", "]", "").Replace(c.want)
		if got := marked(text, c.query); got != c.want {
			t.Errorf("%s: got %s, want %s", c.query, got, c.want)
		}
	}
}

func FuzzPlaces(f *testing.F) {
	f.Add("投资1,594万元，ＧＤＰ增长5.5%", "1594 gdp")
	f.Add("\ufdfa\u0301é", "صلى")
	f.Fuzz(func(t *testing.T, text, query string) {
		if !utf8.ValidString(text) {
			t.Skip()
		}
		before := 0
		for _, span := range bigram.Places(text, bigram.Query(query)) {
			if span.Start < before || span.End <= span.Start || span.End > utf8.RuneCountInString(text) {
				t.Fatalf("%q in %q: %v behind %d", query, text, span, before)
			}
			before = span.End
		}
	})
}
