package reading_test

import (
	"testing"

	"luoshi/reading"
)

// recorder counts what a check finds instead of failing.
type recorder struct {
	testing.TB
	faults int
}

func (r *recorder) Helper()               {}
func (r *recorder) Errorf(string, ...any) { r.faults++ }

// TestChecksFindFaults breaks a sound reading in one way after another: the checks must see each.
func TestChecksFindFaults(t *testing.T) {
	text := preambles["plan 2026"] + "上半年新建公厕3座，引进企业2家以上。\n项目名称 | 年度计划投资（亿元）\n滨河大道 | 3.2\n环湖路 | 1.6\n"
	for name, spoil := range map[string]func(*reading.Reading){
		"surface":        func(r *reading.Reading) { r.Quantities[0].Surface = "3" },
		"code point":     func(r *reading.Reading) { r.Quantities[0].At++ },
		"cut character":  func(r *reading.Reading) { r.Quantities[0].Span.End-- },
		"order":          func(r *reading.Reading) { r.Quantities[0], r.Quantities[1] = r.Quantities[1], r.Quantities[0] },
		"twice":          func(r *reading.Reading) { r.Quantities = append(r.Quantities, r.Quantities[len(r.Quantities)-1]) },
		"unit":           func(r *reading.Reading) { r.Quantities[0].Unit = "辆" },
		"subject":        func(r *reading.Reading) { r.Quantities[0].Subject = " 公厕" },
		"range":          func(r *reading.Reading) { r.Quantities[0].Cmp = reading.Between },
		"cell":           func(r *reading.Reading) { r.Quantities[2].Cell++ },
		"table":          func(r *reading.Reading) { r.Quantities[0].Table = 0 },
		"clause":         func(r *reading.Reading) { r.Quantities[0].Clause = 1 },
		"no clause":      func(r *reading.Reading) { r.Quantities[0].Clause = -1 },
		"clause's range": func(r *reading.Reading) { r.Clauses[0].Quantities[1]++ },
		"clause's text":  func(r *reading.Reading) { r.Clauses[0].Text += "。" },
		"clause's end":   func(r *reading.Reading) { r.Clauses[0].End++ },
		"section":        func(r *reading.Reading) { r.Clauses[0].Section = 7 },
		"verb":           func(r *reading.Reading) { r.Clauses[0].Verb = "拆除" },
		"object":         func(r *reading.Reading) { r.Clauses[0].Object = "学校" },
		"furniture": func(r *reading.Reading) {
			for i := range r.Document.Blocks {
				r.Document.Blocks[i].Furniture = true
			}
		},
	} {
		t.Run(name, func(t *testing.T) {
			r := readAll(t, "case.txt", []byte(text))
			if checkReading(t, r); len(r.Quantities) != 4 || len(r.Clauses) != 2 {
				t.Fatalf("%d quantities, %d clauses", len(r.Quantities), len(r.Clauses))
			}
			spoil(r)
			found := &recorder{TB: t}
			if checkReading(found, r); found.faults == 0 {
				t.Error("the checks see nothing")
			}
		})
	}
}
