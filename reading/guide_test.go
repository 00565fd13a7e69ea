package reading_test

import (
	"context"
	"os"
	"regexp"
	"strings"
	"testing"

	"luoshi/document"
	"luoshi/reading"
	"luoshi/reading/lexicon"
)

// guideRow is the meaning column of a field in the guide's table of records.
func guideRow(t *testing.T, field string) string {
	t.Helper()
	data, err := os.ReadFile("../../shared/reading/GUIDE.md")
	if err != nil {
		t.Skip("the guide is not beside the project")
	}
	for line := range strings.Lines(string(data)) {
		if rest, found := strings.CutPrefix(line, "| `"+field+"` | "); found {
			return strings.TrimSuffix(strings.TrimSpace(rest), "|")
		}
	}
	t.Fatalf("the guide has no row %s", field)
	return ""
}

// han is a word of Chinese characters, with a gap for the number where it has two parts.
var han = regexp.MustCompile(`[\p{Han}…]+`)

// guideWords is the words of a row by the code that they stand behind: `ge` 以上, 不少于 · `gt` 突破 …
func guideWords(row string) map[string][]string {
	words := map[string][]string{}
	for part := range strings.SplitSeq(row, "·") {
		code, rest, found := strings.Cut(strings.TrimPrefix(strings.TrimSpace(part), "`"), "`")
		if !found {
			continue
		}
		rest, _, _ = strings.Cut(rest, "`")
		words[code] = han.FindAllString(rest, -1)
	}
	return words
}

// readOne reads one sentence of a plan that holds one number.
func readOne(t *testing.T, sentence string) *reading.Quantity {
	t.Helper()
	doc, err := document.Open(context.Background(), "case.txt", []byte(preambles["plan 2026"]+sentence+"\n"), document.Options{})
	if err != nil {
		t.Fatal(err)
	}
	r := reading.Read(doc, reading.Options{})
	if len(r.Quantities) != 1 {
		t.Errorf("%s: %d quantities", sentence, len(r.Quantities))
		return nil
	}
	return &r.Quantities[0]
}

// compared puts a comparator where it belongs around a number.
func compared(word string) string {
	before, behind, parted := strings.Cut(word, "…")
	tags, _ := lexicon.Default().Match(word, 0)
	switch {
	case parted:
		return before + "30家" + behind
	case word == "余" || word == "多":
		return "30" + word + "家"
	case tags&(lexicon.OrMore|lexicon.OrLess|lexicon.OrSo) != 0:
		return "30家" + word
	default:
		return word + "30家"
	}
}

// TestComparatorsOfTheGuide reads a sentence with each word of the guide's row.
func TestComparatorsOfTheGuide(t *testing.T) {
	words := guideWords(guideRow(t, "cmp"))
	for _, code := range []string{"ge", "gt", "le", "lt", "approx"} {
		if len(words[code]) == 0 {
			t.Errorf("the guide has no word for %s", code)
		}
		for _, word := range words[code] {
			sentence := "规上工业企业" + compared(word) + "。"
			if q := readOne(t, sentence); q != nil && q.Cmp.String() != code {
				t.Errorf("%s: %s, want %s", sentence, q.Cmp, code)
			}
		}
	}
}

// TestMeasuresOfTheGuide reads a sentence with each word of change and share.
func TestMeasuresOfTheGuide(t *testing.T) {
	words := guideWords(guideRow(t, "measure"))
	for code, template := range map[string]string{
		"growth": "社会消费品零售总额#30%。", "decline": "单位地区生产总值能耗#30%。", "share": "税收收入#30%。",
	} {
		if len(words[code]) < 3 {
			t.Errorf("the guide has %v for %s", words[code], code)
		}
		for _, word := range words[code] {
			if strings.Contains(word, "…") || word == "一个" {
				continue // holds more than the word itself
			}
			sentence := strings.Replace(template, "#", word, 1)
			if q := readOne(t, sentence); q != nil && q.Measure.String() != code {
				t.Errorf("%s: %s, want %s", sentence, q.Measure, code)
			}
		}
	}
}

// TestSoftenersOfTheGuide reads a promise behind each word that softens.
func TestSoftenersOfTheGuide(t *testing.T) {
	words := han.FindAllString(guideRow(t, "firm"), -1)
	if len(words) < 4 {
		t.Fatalf("the guide softens by %v", words)
	}
	for _, word := range words {
		if q := readOne(t, "全年"+word+"新增规上工业企业30家。"); q != nil && q.Firm {
			t.Errorf("%s softens nothing", word)
		}
	}
}
