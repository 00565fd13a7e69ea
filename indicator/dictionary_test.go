package indicator

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"
	"unicode"
)

func quoted(list []string) string { return fmt.Sprint(list) }

func TestFields(t *testing.T) {
	count := 0
	for i := range All() {
		count++
		if i.EN == "" || i.Definition == "" || i.Source == "" || i.Dimension == "" || i.Bound == "" {
			t.Errorf("%s: a field is empty", i.Code)
		}
		if strings.ContainsFunc(i.EN, func(r rune) bool { return unicode.Is(unicode.Han, r) }) {
			t.Errorf("%s: Han characters in %q", i.Code, i.EN)
		}
		if !strings.HasSuffix(i.Definition, "。") || strings.Count(i.Definition, "。") != 1 {
			t.Errorf("%s: the definition is not one sentence: %s", i.Code, i.Definition)
		}
		if i.Aggregation == Growth {
			t.Errorf("%s: a growth is a measure of an indicator, none by itself", i.Code)
		}
		if (i.Dimension == "share" || i.Dimension == "rate" || i.Dimension == "index") && i.Aggregation == Sum {
			t.Errorf("%s: a %s does not add up", i.Code, i.Dimension)
		}
	}
	const promised = 240
	if count < promised {
		t.Errorf("%d indicators, want %d", count, promised)
	}
}

// TestOccurs looks for each indicator in the documents at hand: one that none of them names says why it
// is in the dictionary, and one that is named does not.
func TestOccurs(t *testing.T) {
	var all strings.Builder
	for _, pattern := range []string{"../../shared/documents/*.txt", "../../shared/corpus/*/*.txt"} {
		paths, err := filepath.Glob(pattern)
		if err != nil {
			t.Fatal(err)
		}
		for _, path := range paths {
			data, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			all.WriteString(fold(string(data)))
		}
	}
	if all.Len() == 0 {
		t.Skip("the documents are not beside the project")
	}
	text, d := all.String(), load()
	occurs := make([]bool, len(d.indicators))
	for i := range d.names {
		n := &d.names[i]
		occurs[n.indicator] = occurs[n.indicator] || strings.Contains(text, n.text)
	}
	for i := range d.indicators {
		switch reason := d.entries[i].reason; {
		case !occurs[i] && reason == "":
			t.Errorf("%s: %s occurs nowhere and has no reason", d.entries[i].file, d.indicators[i].Code)
		case occurs[i] && reason != "":
			t.Errorf("%s: %s occurs and needs no reason", d.entries[i].file, d.indicators[i].Code)
		}
	}
}

func TestReadRefuses(t *testing.T) {
	const head = "a.b: 甲\nen: A\nis: money more sum ge\n"
	cases := []struct{ name, file, want string }{
		{"a code twice", head + "a.b: 乙\n", "stands twice"},
		{"a name of two indicators", head + "a.c: 乙\naka: 甲\n", "names both"},
		{"a name that differs in width only", "a.b: GDP\na.c: ＧＤＰ\n", "names both"},
		{"a field before a code", "en: A\n", "before the first code"},
		{"an unknown field", head + "alias: 乙\n", "unknown field"},
		{"an unknown direction", "a.b: 甲\nis: money up sum ge\n", "unknown word"},
		{"an unknown dimension", "a.b: 甲\nis: colour more sum ge\n", "unknown word"},
		{"too few classes", "a.b: 甲\nis: money more\n", "want dimension"},
	}
	for _, c := range cases {
		_, err := read(fstest.MapFS{"data/a.txt": {Data: []byte(c.file)}})
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: got %v, want %q", c.name, err, c.want)
		}
	}
}

// TestWords checks that each word of scope belongs to one scope only.
func TestWords(t *testing.T) {
	for _, w := range load().words.words {
		if w.roles&apart != 0 && w.roles&beside != 0 {
			t.Errorf("%s both excludes other scopes and does not", w.text)
		}
		if w.roles&scopeRole != 0 && (w.scope == "" || w.group == "") {
			t.Errorf("%s: no scope or group", w.text)
		}
	}
}

func TestFold(t *testing.T) {
	cases := []struct{ text, want string }{
		{"地区生产总值", "地区生产总值"},
		{" 地区 生产总值\t", "地区生产总值"},
		{"ＰＭ２．５", "PM2.5"},
		{"固定资产投资（不含农户）", "固定资产投资(不含农户)"},
		{"新增“五上”企业", "新增五上企业"},
		{"r&d经费", "R&D经费"},
		{"〔甲〕", "(甲)"},
		{"\xff甲", "甲"},
		{"", ""},
	}
	for _, c := range cases {
		if got := fold(c.text); got != c.want {
			t.Errorf("%q: got %q, want %q", c.text, got, c.want)
		}
	}
}
