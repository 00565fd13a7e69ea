package checking_test

import (
	"reflect"
	"testing"
	"unicode/utf8"

	"luoshi/checking"
	"luoshi/document"
	"luoshi/reading"
)

// charactersAnError is how many characters of published text one wrong error may stand in; an error that
// is right takes up as many.
const charactersAnError = 100_000

// TestFalseAlarms checks that errors stay as few as published reports may have them. docs/checking.md
// says of each whether it is right.
func TestFalseAlarms(t *testing.T) {
	characters, errors := 0, 0
	for name, data := range corpus(t, corpora...) {
		characters += utf8.RuneCount(data)
		for _, f := range checking.Check(read(t, name, data), checking.Options{}) {
			if f.Severity == checking.Error {
				errors++
				t.Logf("%s: %s %s", name, f.Message.ZH, f.Computation)
			}
		}
	}
	if errors*charactersAnError > characters {
		t.Errorf("%d errors in %d characters, want at most one in %d", errors, characters, charactersAnError)
	}
}

// TestFindingsHold checks what must hold of the findings of any document, on all at hand.
func TestFindingsHold(t *testing.T) {
	for name, data := range corpus(t, "../../shared/documents/*.txt", "../../shared/corpus/provinces/*.txt") {
		checkFindings(t, read(t, name, data))
	}
}

func checkFindings(t *testing.T, r *reading.Reading) {
	t.Helper()
	found := checking.Check(r, checking.Options{All: true})
	if again := checking.Check(r, checking.Options{All: true}); !reflect.DeepEqual(found, again) {
		t.Errorf("%s: another result the second time", r.Document.Name)
	}
	offsets := document.NewOffsets(r.Document.Text)
	for i := range found {
		f := &found[i]
		if f.Rule == "" || f.Message.ZH == "" || f.Message.EN == "" || len(f.Places) == 0 {
			t.Errorf("%s: a finding of rule %q without words or places", r.Document.Name, f.Rule)
		}
		if f.Severity == checking.Error && f.Suggestion.ZH == "" {
			t.Errorf("%s: %q suggests nothing", r.Document.Name, f.Message.ZH)
		}
		for _, p := range f.Places {
			checkPlace(t, r, offsets, p)
		}
	}
}

func checkPlace(t *testing.T, r *reading.Reading, offsets *document.Offsets, p checking.Place) {
	t.Helper()
	text := r.Document.Text
	if p.Span.Start < 0 || p.Span.End > len(text) || p.Span.Start >= p.Span.End || p.Span.In(text) != p.Surface {
		t.Fatalf("%s: place %+v is not in the text", r.Document.Name, p)
	}
	if at := offsets.CodePoints(p.Span.Start); at != p.At {
		t.Errorf("%s: %q at %d, is at %d", r.Document.Name, p.Surface, p.At, at)
	}
	if p.Quantity >= 0 && r.Quantities[p.Quantity].At != p.At {
		t.Errorf("%s: %q is not quantity %d", r.Document.Name, p.Surface, p.Quantity)
	}
}

// FuzzCheck feeds any text through all rules.
func FuzzCheck(f *testing.F) {
	f.Add("望溪区2026年上半年计划执行情况报告\n全区新登记经营主体22021户（其中：企业7857户，个体工商户14164户），增长46.59%。")
	f.Add("项目类别 | 年度计划投资（亿元） | 完成投资（亿元） | 占比（%）\n合计 | 40.20 | 15.10 | 37.56\n道路 | 20.10 | 8.04 | 40.00\n水利 | 12.05 | 4.82 | 40.00\n")
	f.Add("三次产业结构为4.3:40.9:54.8。高新技术企业由86家增加到112家，增长30.2%。")
	f.Add("——道路项目：安排20项，投资20亿元。\n——水利项目：安排12项，投资0亿元。\n——教育项目：安排8项，投资8.05亿元。")
	f.Fuzz(func(t *testing.T, text string) {
		d, err := document.Open(t.Context(), "fuzz.txt", []byte(text), document.Options{})
		if err != nil {
			return
		}
		checkFindings(t, reading.Read(d, reading.Options{}))
	})
}
