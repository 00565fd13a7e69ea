package unit

import (
	"strings"
	"testing"
	"unicode"

	"luoshi/reading/lexicon"
	"luoshi/reading/numeral"
)

func TestMatch(t *testing.T) {
	for _, tc := range []struct {
		text string
		want Class
		unit string
	}{
		{"%以上", Percent, "%"},
		{"％", Percent, "％"},
		{"‰。", Percent, "‰"},
		{"个百分点", Percent, "个百分点"},
		{"倍", Times, "倍"},
		{"元以上", Money, "元"},
		{"美元", Money, "美元"},
		{"欧元,", Money, "欧元"},
		{"千伏变电站", Physical, "千伏"},
		{"千瓦时", Physical, "千瓦时"},
		{"平方米", Physical, "平方米"},
		{"平方公里", Physical, "平方公里"},
		{"微克/立方米", Physical, "微克/立方米"},
		{"吨/年", Physical, "吨/年"},
		{"公里/小时", Physical, "公里/小时"},
		{"个工作日", Duration, "个工作日"},
		{"人次", Person, "人次"},
		{"名教师", Person, "名"},
		{"家企业", Count, "家"},
		{"户次", Count, "户次"},
		{"年底", Date, "年"},
		{"月", Date, "月"},
		{"号线", Name, "号线"},
		{"强", Name, "强"},
		{"届", Name, "届"},
		{"公厕", None, ""},
		{"", None, ""},
	} {
		class, end := Match(tc.text, 0)
		if class != tc.want || tc.text[:end] != tc.unit {
			t.Errorf("%q: class %d, %q; want class %d, %q", tc.text, class, tc.text[:end], tc.want, tc.unit)
		}
	}
}

// unitLines is the units of units.txt by class, in the order of the file.
func unitLines(t *testing.T) map[string][]string {
	t.Helper()
	lines := map[string][]string{}
	for line := range lexicon.Lines(unitsFile) {
		if _, known := classNames[line.Head]; !known {
			t.Errorf("unknown class %s", line.Head)
		}
		lines[line.Head] = append(lines[line.Head], line.Words...)
	}
	if len(lines) != len(classNames) {
		t.Errorf("%d classes have units, want %d", len(lines), len(classNames))
	}
	return lines
}

func TestNoUnitTwice(t *testing.T) {
	classes := map[string]string{}
	for class, words := range unitLines(t) {
		for _, word := range words {
			if before, known := classes[word]; known {
				t.Errorf("%s stands under %s and %s", word, before, class)
			}
			classes[word] = class
		}
	}
}

// TestEveryUnitFollowsANumber reads each unit behind a number: the numeral must leave it whole and
// Match must take all of it.
func TestEveryUnitFollowsANumber(t *testing.T) {
	for name, words := range unitLines(t) {
		for _, word := range words {
			text := "7" + word
			n, ok := numeral.Scan(text, 0)
			if !ok || n.End != 1 {
				t.Errorf("%s: the numeral takes %q", text, text[:n.End])
				continue
			}
			if class, end := Match(text, n.End); class != classNames[name] || end != len(text) {
				t.Errorf("%s: class %d up to %q, want %s", text, class, text[:end], name)
			}
			if strings.ContainsFunc(word, unicode.IsSpace) {
				t.Errorf("%q holds a blank", word)
			}
		}
	}
}
