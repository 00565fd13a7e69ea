package reading_test

import "testing"

// TestRowsOfYears reads a table whose rows are years: its columns name what is measured.
func TestRowsOfYears(t *testing.T) {
	const text = `望溪区2026年国民经济和社会发展统计公报
表1　2024—2026年主要指标
年份 | 地区生产总值（亿元） | 增速（%） | 一般公共预算收入（亿元）
2024年 | 570.2 | 5.5 | 35.96
2025年 | 602.7 | 5.6 | 37.82
`
	want := []struct{ subject, measure, kind, by, surface string }{
		{"地区生产总值", "level", "result", "2024-12-31", "570.2"},
		{"地区生产总值", "growth", "result", "2024-12-31", "5.5"},
		{"一般公共预算收入", "level", "result", "2024-12-31", "35.96"},
		{"地区生产总值", "level", "result", "2025-12-31", "602.7"},
		{"地区生产总值", "growth", "result", "2025-12-31", "5.6"},
		{"一般公共预算收入", "level", "result", "2025-12-31", "37.82"},
	}
	r := readAll(t, "years.txt", []byte(text))
	if len(r.Quantities) != len(want) {
		t.Fatalf("%d quantities, want %d", len(r.Quantities), len(want))
	}
	for i, q := range r.Quantities {
		w := want[i]
		if q.Subject != w.subject || q.Measure.String() != w.measure || q.Kind.String() != w.kind || q.By.String() != w.by || q.Surface != w.surface {
			t.Errorf("%s: %s %s %s by %s, want %+v", q.Surface, q.Subject, q.Measure, q.Kind, q.By, w)
		}
	}
}

// TestBudgetColumns reads the columns of a budget's table: 预算数 is a target, 为预算 a share of it, and the
// word in 一般公共预算收入 says nothing of the kind.
func TestBudgetColumns(t *testing.T) {
	const text = `望溪区2026年财政预算执行情况表（单位：万元）
项目 | 2026年预算数 | 2026年执行数 | 为预算（%）
一般公共预算收入 | 158000 | 162347 | 102.75
税收收入 | 96500 | 98642 | 102.22
`
	want := []string{"target level", "result level", "result share", "target level", "result level", "result share"}
	r := readAll(t, "budget.txt", []byte(text))
	if len(r.Quantities) != len(want) {
		t.Fatalf("%d quantities, want %d", len(r.Quantities), len(want))
	}
	for i, q := range r.Quantities {
		if got := q.Kind.String() + " " + q.Measure.String(); got != want[i] {
			t.Errorf("%s: %s, want %s", q.Surface, got, want[i])
		}
	}
}
