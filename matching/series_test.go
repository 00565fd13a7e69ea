package matching_test

import (
	"fmt"
	"slices"
	"testing"

	"luoshi/matching"
	"luoshi/reading"
)

// yearly is a report of a district that reviews one year and plans the next.
func yearly(year int, reviewed, planned string) *reading.Reading {
	return readText(fmt.Sprintf("望溪区%d年政府工作报告\n一、%d年工作回顾\n%s\n二、%d年工作安排\n%s\n", year, year-1, reviewed, year, planned))
}

// TestTrace follows an indicator from report to report, and lists what was dropped.
func TestTrace(t *testing.T) {
	readings := []*reading.Reading{
		yearly(2027, "2026年,地区生产总值增长5.9%,城镇新增就业1.3万人。", "今年主要预期目标是:地区生产总值增长6%左右,城镇新增就业1.2万人以上。"),
		yearly(2025, "2024年,地区生产总值增长6.2%,城镇新增就业1.1万人。", "今年主要预期目标是:地区生产总值增长7%,城镇新增就业1.2万人以上,打通断头路4条。"),
		yearly(2026, "2025年,地区生产总值增长6.4%,城镇新增就业1.25万人。", "今年主要预期目标是:地区生产总值增长6%,城镇新增就业1.2万人以上。"),
	}
	series := matching.Trace(readings)
	var got []string
	for i := range series.Lines {
		line := &series.Lines[i]
		for _, p := range line.Points {
			row := fmt.Sprintf("%s %d", line.Name, p.Year)
			if p.Target != nil {
				row += " 目标" + p.Target.Surface
			}
			if p.Result != nil {
				row += " 结果" + p.Result.Surface
			}
			if p.Target != nil {
				row += " " + p.Verdict.String()
			}
			got = append(got, row)
		}
	}
	want := []string{
		"打通断头路 2025 目标4条 not_reported",
		"地区生产总值 2024 结果6.2%", "地区生产总值 2025 目标7% 结果6.4% missed", "地区生产总值 2026 目标6% 结果5.9% missed",
		"城镇新增就业 2024 结果1.1万人", "城镇新增就业 2025 目标1.2万人 结果1.25万人 kept", "城镇新增就业 2026 目标1.2万人 结果1.3万人 exceeded",
	}
	if !slices.Equal(got, want) {
		t.Errorf("lines %q\nwant  %q", got, want)
	}
	dropped := slices.ContainsFunc(series.Vanished, func(v matching.Vanished) bool {
		return v.Year == 2025 && v.Pair.Plan.Surface == "4条" && v.Pair.Plan.Doc == 1
	})
	if !dropped {
		t.Errorf("the dead-end roads of 2025 are not among what vanished: %+v", series.Vanished)
	}
}

// TestWithin answers the targets of a half-year report from the report itself.
func TestWithin(t *testing.T) {
	r := readText("望溪区2026年上半年国民经济和社会发展计划执行情况的报告\n一、上半年计划执行情况\n上半年引进市外到位资金52亿元。\n" +
		"二、下半年工作安排\n全年引进市外到位资金100亿元以上,打通断头路4条。\n")
	want := map[string]string{"100亿元": "ahead", "4条": "not_reported"}
	for _, p := range matching.Within(r) {
		if verdict, asked := want[p.Plan.Surface]; asked {
			if p.Verdict.String() != verdict {
				t.Errorf("%s: %s, want %s", p.Plan.Surface, p.Verdict, verdict)
			}
			delete(want, p.Plan.Surface)
		}
	}
	if len(want) > 0 {
		t.Errorf("no promise: %v", want)
	}
}

// TestBases judges promised growth by a reported amount and the stated amount of the year before.
func TestBases(t *testing.T) {
	plan := yearly(2026, "2025年,全区接待游客200万人次,地区生产总值600亿元。", "今年接待游客增长10%,地区生产总值增长6%。")
	report := yearly(2027, "2026年,全区接待游客230万人次,地区生产总值648亿元。", "今年工作有序推进。")
	want := map[string]string{"10%": "exceeded", "6%": "not_comparable"} // growth of the product is without prices
	for _, p := range matching.Match(plan, report) {
		if verdict, asked := want[p.Plan.Surface]; asked && p.Verdict.String() != verdict {
			t.Errorf("%s %s: %s, want %s (%s)", p.Subject, p.Plan.Surface, p.Verdict, verdict, p.Why.ZH)
		}
	}
}
