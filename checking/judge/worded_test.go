package judge_test

import (
	"testing"

	"luoshi/calendar"
	"luoshi/checking/judge"
	"luoshi/indicator"
	"luoshi/reading"
	"luoshi/reading/numeral"
)

// TestWorded judges bounds that are no numbers.
func TestWorded(t *testing.T) {
	tests := []struct {
		bound, result, economy, telling string
		want                            judge.Outcome
	}{
		{"正增长", "+11.5%", "", "", met},
		{"正增长", "+0%", "", "", missed},
		{"正增长", "-2%", "", "", missed},
		{"实现正增长", "320亿元", "", "", open},
		{"保持负增长", "-1%", "", "", met},
		{"零增长", "+0%", "", "", met},
		{"零增长", "+0.3%", "", "", missed},
		{"稳步增长", "+4%", "", "", met},
		{"稳中有降", "+1%", "", "", missed},
		{"与经济增长基本同步", "+11.0%", "+7.1%", "", met},
		{"与经济增长基本同步", "+6.7%", "+7.1%", "", met},
		{"与经济增长基本同步", "+6.5%", "+7.1%", "", missed},
		{"与经济增长同步", "+7.0%", "+7.1%", "", missed},
		{"与 经济增长 基本同步", "+7.1%", "+7.1%", "", met},
		{"与经济增长同步", "+7.0%", "", "", open},
		{"完成市下达任务", "+3.8%", "", "该项指标不降反升", missed},
		{"完成市下达任务", "-2.1%", "", "该项指标未完成下达任务", missed},
		{"完成市下达任务", "-2.1%", "", "全面完成市下达的任务", met},
		{"完成市下达任务", "-2.1%", "", "", open},
		{"不低于全市平均水平", "+6%", "+7%", "", open},
		{"不低于全市平均水平", "+6%", "+7%", "增速低于预期", missed},
		{"保持稳定", "+0.1%", "", "", open},
		{"再上新台阶", "+5%", "", "", open},
		{"正增长", "", "", "", open},
	}
	for _, test := range tests {
		evidence := judge.Evidence{Telling: test.telling}
		if test.economy != "" {
			f := figure(t, test.economy)
			evidence.Economy = &f
		}
		var result *judge.Figure
		if test.result != "" {
			f := figure(t, test.result)
			result = &f
		}
		if got := judge.Worded(test.bound, result, evidence); got.Outcome != test.want {
			t.Errorf("%s, result %s, economy %s, “%s”: %s, want %s", test.bound, test.result, test.economy, test.telling, got.Outcome, test.want)
		}
	}
}

// TestOf reads a rate of change that is written as a noun for what it is.
func TestOf(t *testing.T) {
	tests := []struct {
		subject, unit string
		measure       reading.Measure
		want          reading.Measure
	}{
		{"居民消费价格涨幅", "%", reading.Level, reading.Growth},
		{"财政收入增速", "%", reading.Level, reading.Growth},
		{"能耗降幅", "%", reading.Level, reading.Decline},
		{"城镇登记失业率", "%", reading.Level, reading.Level},
		{"贫困人口", "人", reading.Decline, reading.Level},
		{"单位生产总值能耗", "%", reading.Decline, reading.Decline},
	}
	for _, test := range tests {
		q := reading.Quantity{Subject: test.subject, Unit: test.unit, Measure: test.measure, Value: numeral.Int(3), By: calendar.LastDay(2026, 12)}
		if got := judge.Of(&q).Measure; got != test.want {
			t.Errorf("%s %s in %s counts as %s, want %s", test.subject, test.measure, test.unit, got, test.want)
		}
	}
}

// TestTermsOf is what a name alone tells of how figures are judged.
func TestTermsOf(t *testing.T) {
	tests := []struct {
		subject, unit string
		measure       reading.Measure
		direction     indicator.Direction
		how           indicator.Aggregation
	}{
		{"城镇登记失业率", "%", reading.Level, less, latest},
		{"农产品抽检合格率", "%", reading.Level, more, latest},
		{"新增停车泊位", "个", reading.Level, more, sum},
		{"资产总额", "元", reading.Level, more, latest},
		{"工业投资", "%", reading.Growth, more, growth},
		{"单位能耗", "%", reading.Decline, less, growth},
		{"PM2.5年均浓度", "微克/立方米", reading.Level, less, latest},
	}
	for _, test := range tests {
		got := judge.TermsOf(&reading.Quantity{Subject: test.subject, Unit: test.unit, Measure: test.measure})
		if got.Direction != test.direction || got.Aggregation != test.how {
			t.Errorf("%s: direction %d, aggregation %d; want %d, %d", test.subject, got.Direction, got.Aggregation, test.direction, test.how)
		}
	}
}
