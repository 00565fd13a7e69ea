package lexicon

import (
	"fmt"
	"testing"
)

func TestLines(t *testing.T) {
	cases := []struct{ name, file, want string }{
		{"words by head", "甲: 一 二\n乙:三\n", "[{1 甲 [一 二]} {2 乙 [三]}]"},
		{"comments and blank lines", "# 甲: 一\n\n  \n乙: 二 # 三\n", "[{4 乙 [二]}]"},
		{"several words before the colon", "甲 乙 : 一", "[{1 甲 乙  [一]}]"},
		{"blanks around a line", "  甲: 一\t二  \r\n", "[{1 甲 [一 二]}]"},
		{"a line without a colon", "甲 乙\n", "[{1 甲 乙 []}]"},
		{"nothing before the colon", ": 一\n", "[{1  [一]}]"},
		{"nothing", "", "[]"},
	}
	for _, c := range cases {
		lines := []Line{}
		for line := range Lines(c.file) {
			lines = append(lines, line)
		}
		if got := fmt.Sprint(lines); got != c.want {
			t.Errorf("%s: got %s, want %s", c.name, got, c.want)
		}
	}
}
