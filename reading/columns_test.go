package reading

import (
	"slices"
	"testing"

	"luoshi/calendar"
	"luoshi/document"
)

func TestColumnWords(t *testing.T) {
	known := []string{"note", "unit", "share", "rate", "decline", "growth", "target", "result", "prose"}
	used := map[string]bool{}
	seen := map[columnWord]bool{}
	for _, w := range columnWords() {
		if !slices.Contains(known, w.says) {
			t.Errorf("%s says %q, which nothing reads", w.word, w.says)
		}
		if seen[w] {
			t.Errorf("%s says %s twice", w.word, w.says)
		}
		seen[w], used[w.says] = true, true
	}
	for _, says := range known {
		if !used[says] {
			t.Errorf("no word says %s", says)
		}
	}
}

// TestHeadings reads the headings of columns as in a half-year report.
func TestHeadings(t *testing.T) {
	doc := &document.Document{Text: "x", Meta: document.Meta{
		Kind: document.KindReport, PlanYear: 2026, ReportPeriod: calendar.Period{To: calendar.LastDay(2026, 6)},
	}}
	for _, tc := range []struct {
		heading string
		role    role
		unit    string
		measure Measure
		kind    Kind
		by      string
	}{
		{"总投资（亿元）", plainColumn, "亿元", Level, Result, "2026-06-30"},
		{"年度计划投资(亿元)", plainColumn, "亿元", Level, Target, "2026-12-31"},
		{"1-6月完成投资（亿元）", plainColumn, "亿元", Level, Result, "2026-06-30"},
		{"占年度计划比例（%）", plainColumn, "%", Share, Result, "2026-06-30"},
		{"开工率（%）", plainColumn, "%", Level, Result, "2026-06-30"},
		{"增长%", plainColumn, "%", Growth, Result, "2026-06-30"},
		{"下降%", plainColumn, "%", Decline, Result, "2026-06-30"},
		{"2026年预期目标", plainColumn, "", Level, Target, "2026-12-31"},
		{"完成数", plainColumn, "", Level, Result, "2026-06-30"},
		{"金额（单位：万元）", plainColumn, "万元", Level, Result, "2026-06-30"},
		{"单位", unitColumn, "", Level, Result, ""},
		{"计量单位", unitColumn, "", Level, Result, ""},
		{"序号", noteColumn, "", Level, Result, ""},
		{"责任单位", noteColumn, "", Level, Result, ""},
		{"备注", noteColumn, "", Level, Result, ""},
	} {
		r := newReader(doc, Options{})
		c := column{heading: tc.heading}
		r.readHeading(&c)
		if c.role != tc.role || c.unit != tc.unit || c.measure != tc.measure || c.kind != tc.kind || c.by.String() != tc.by {
			t.Errorf("%s: role %d, unit %q, %s, %s, %s; want role %d, unit %q, %s, %s, %s", tc.heading,
				c.role, c.unit, c.measure, c.kind, c.by, tc.role, tc.unit, tc.measure, tc.kind, tc.by)
		}
	}
}
