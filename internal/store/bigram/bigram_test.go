package bigram_test

import (
	"reflect"
	"strings"
	"testing"
	"unicode/utf8"

	"luoshi/internal/store/bigram"
)

func TestTokens(t *testing.T) {
	for text, want := range map[string]string{
		"公路桥":           "公路 路桥 桥",
		"桥":             "桥",
		"完成GDP增长":       "完成 成 gdp 增长 长",
		"5G基站":          "5 g 基站 站",
		"5.5%":          "5.5",
		"1,594.30万元":    "1594.30 万元 元",
		"ＧＤＰ５．５":        "gdp 5.5",
		"到2026年。":       "到 2026 年",
		"第1.":           "第 1",
		"1.2.3":         "1.2.3",
		"a.b":           "a b",
		"二〇二六":          "二〇 〇二 二六 六",
		"，。!? \t\n\"'*": "",
		"\u0301é":       "\u0301é",
		"㎡":             "m 2",
	} {
		if got := strings.Join(bigram.Tokens(text), " "); got != want {
			t.Errorf("%q gives %q, want %q", text, got, want)
		}
	}
}

func TestQuery(t *testing.T) {
	for text, want := range map[string][]bigram.Phrase{
		"公路桥":                   {{"公路", "路桥"}},
		"路":                     {{"路"}},
		"公路 桥":                  {{"公路"}, {"桥"}},
		"公路　桥":                  {{"公路"}, {"桥"}},
		"增长5":                   {{"增长", "长", "5"}},
		"GDP增长":                 {{"gdp", "增长"}},
		"公路，桥":                  {{"公路", "路", "桥"}},
		" ， ":                   nil,
		strings.Repeat("路", 99): {bigram.Phrase(strings.Fields(strings.Repeat("路路 ", bigram.Longest)))},
	} {
		if got := bigram.Query(text); !reflect.DeepEqual(got, want) {
			t.Errorf("%q gives %q, want %q", text, got, want)
		}
	}
}

// Whatever stands in a text is found by looking for it.
func FuzzWhatStandsInATextIsFound(f *testing.F) {
	f.Add("推进望溪路公路桥改造，完成投资1,594万元。")
	f.Add("GDP增长5.5%以上")
	f.Add("㎡ﷺé\u0301")
	f.Fuzz(func(t *testing.T, text string) {
		if !utf8.ValidString(text) {
			t.Skip()
		}
		for _, token := range bigram.Tokens(text) {
			if token == "" || strings.ContainsAny(token, " \t\n\"'*:") {
				t.Fatalf("%q gives the token %q", text, token)
			}
		}
		tokens := bigram.Tokens(text)
		for _, phrase := range bigram.Query(text) {
			if !holds(tokens, phrase) {
				t.Errorf("%q in itself: %q are not in %q", text, phrase, tokens)
			}
		}
	})
}

// holds tells whether a phrase stands in tokens, its last one as the beginning of a token.
func holds(tokens []string, phrase bigram.Phrase) bool {
	for i := 0; i+len(phrase) <= len(tokens); i++ {
		matches := true
		for j, token := range phrase {
			last := j == len(phrase)-1
			if tokens[i+j] != token && !(last && strings.HasPrefix(tokens[i+j], token)) {
				matches = false
				break
			}
		}
		if matches {
			return true
		}
	}
	return false
}
