package columns

import (
	"strings"
	"testing"
)

func TestOfCountsAsTerminalsDo(t *testing.T) {
	for text, want := range map[string]int{
		"": 0, "abc": 3, "地区": 4, "6%左右": 6, "\uff16\uff05": 4, "e\u0301": 1, "“科学家”": 8, "。": 2,
	} {
		if got := Of(text); got != want {
			t.Errorf("%q takes %d columns, counted %d", text, want, got)
		}
	}
}

func TestFitCutsBetweenCharacters(t *testing.T) {
	for _, c := range []struct {
		text string
		n    int
		want string
	}{
		{"地区生产总值", 12, "地区生产总值"}, {"地区生产总值", 11, "地区生产总…"}, {"地区生产总值", 6, "地区…"}, {"GDP", 2, "G…"},
	} {
		got := Fit(c.text, c.n)
		if got != c.want || Of(got) > c.n {
			t.Errorf("Fit(%q, %d) = %q, want %q", c.text, c.n, got, c.want)
		}
	}
}

func TestWrapKeepsEveryCharacterAndTheWidth(t *testing.T) {
	for _, c := range []struct {
		text string
		n    int
		want string
	}{
		{"", 8, ""},
		{"地区生产总值", 12, "地区生产总值"},
		{"地区生产总值", 8, "地区生产|总值"},
		{"增长6.5%,低于目标", 6, "增长|6.5%,|低于目|标"},
		{"kept by the plan", 9, "kept by|the plan"},
		{"目标 增长6%", 8, "目标 增|长6%"},
		{"应为\u201c39.9\u201d", 6, "应为|\u201c39.9\u201d"},
		{"309.62亿元", 4, "309.|62亿|元"},
		{"地区", 1, "地|区"},
	} {
		got := Wrap(c.text, c.n)
		if joined := strings.Join(got, "|"); joined != c.want {
			t.Errorf("Wrap(%q, %d) = %q, want %q", c.text, c.n, joined, c.want)
		}
	}
}
