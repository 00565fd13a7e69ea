package reporting

import (
	"fmt"
	"strings"
	"testing"

	"luoshi/ledger"
)

var half2021 = Period{HalfYearly, 2021, 1}

// halfYear is a locked figure of the first half of 2021.
func halfYear(value, growth string) Point {
	s := Stated{Period: half2021, State: Locked}
	s.Given, s.Value, s.Growth = Cumulative, figure(value), figure(growth)
	return Derive(flow, []Stated{s})[0]
}

// shared/documents guandu-2021h1-report prints this table; the figures are those of its lines.
func TestTheTableOfIndicatorsHasTheColumnsOfThePrintedOne(t *testing.T) {
	amount := func(name, scope string) ledger.Indicator {
		return ledger.Indicator{Name: name, Unit: "元", Aggregation: ledger.AsSum, Scope: scope}
	}
	growth := func(cmp ledger.Comparator, value string) []ledger.Target {
		return []ledger.Target{{Cmp: cmp, Measure: ledger.Growth, Value: figure(value), Unit: "%"}}
	}
	worded := func(words string) []ledger.Target { return []ledger.Target{{Measure: ledger.Growth, Words: words}} }
	income := ledger.Indicator{Name: "城镇常住居民人均可支配收入", Unit: "元", Aggregation: ledger.AsSum}
	unemployed := ledger.Indicator{Name: "城镇登记失业率", Unit: "%", Aggregation: ledger.AsLatest, Direction: ledger.Less}
	investment := ledger.Indicator{Name: "固定资产投资", Unit: "元", Aggregation: ledger.AsSum, Scope: "不含农户"}
	unlocked := halfYear("15341", "14.3")
	unlocked.State = Submitted
	corrected := halfYear("3.22", "")
	corrected.Corrected = true
	slow := halfYear("74770e6", "7.1")
	slow.Reason = "建筑业负增长"
	lines := IndicatorTable([]IndicatorAccount{
		{Indicator: amount("地区生产总值", "含空港区、经开区"), Targets: growth(ledger.Equal, "8"), Point: slow},
		{Indicator: amount("地方一般公共预算收入", ""), Targets: growth(ledger.AtLeast, "3.5"), Point: halfYear("2795e6", "17.1")},
		{Indicator: investment, Targets: worded("正增长"), Point: halfYear("", "11.5")},
		{Indicator: income, Targets: worded("与经济增长基本同步"), Point: halfYear("27478", "11.0")},
		{Indicator: income, Point: unlocked},
		{Indicator: unemployed, Targets: []ledger.Target{{Cmp: ledger.AtMost, Measure: ledger.Level, Value: figure("5"), Unit: "%"}}, Point: corrected},
		{Indicator: amount("旅游总收入", ""), Targets: []ledger.Target{{Cmp: ledger.Between, Measure: ledger.Level, Value: figure("300e8"), Upper: figure("320e8"), Unit: "元"}}, Reason: "尚在汇总"},
	})
	want := []string{
		"地区生产总值|亿元|增长8%|747.70|7.1|含空港区、经开区；建筑业负增长",
		"地方一般公共预算收入|亿元|增长3.5%以上|27.95|17.1|",
		"固定资产投资|万元|正增长||11.5|不含农户",
		"城镇常住居民人均可支配收入|元|与经济增长基本同步|27478|11.0|",
		"城镇常住居民人均可支配收入|元||15341|14.3|未锁定",
		"城镇登记失业率|%|5以内|3.22||已更正",
		"旅游总收入|亿元|300–320|||尚在汇总；未报送",
	}
	for i, l := range lines {
		got := strings.Join([]string{l.Name, l.Unit, l.Expected.ZH, l.Done.Plain(), l.Growth.Plain(), l.Remark.ZH}, "|")
		equal(t, "line", got, want[i])
	}
	equal(t, "in English", lines[1].Expected.EN+", "+lines[4].Remark.EN, "growth of at least 3.5%, not locked")
}

func TestTargetsAreWordedAsPlansWordThem(t *testing.T) {
	money := Terms{Unit: "元"}
	for _, c := range []struct {
		target ledger.Target
		want   string
	}{
		{ledger.Target{Cmp: ledger.Approximately, Measure: ledger.Growth, Value: figure("6"), Unit: "%"}, "增长6%左右 / growth of about 6%"},
		{ledger.Target{Cmp: ledger.AtLeast, Measure: ledger.Decline, Value: figure("3.0"), Unit: "%"}, "下降3.0%以上 / a fall of at least 3.0%"},
		{ledger.Target{Cmp: ledger.AtLeast, Measure: ledger.Level, Value: figure("1594e6"), Unit: "元"}, "15.94以上 / at least 15.94"},
		{ledger.Target{Cmp: ledger.AtLeast, Measure: ledger.Level, Value: figure("300"), Unit: "家"}, "300家以上 / at least 300家"},
		{ledger.Target{Cmp: ledger.LessThan, Measure: ledger.Share, Value: figure("5"), Unit: "%"}, "占低于5% / a share of less than 5%"},
		{ledger.Target{Cmp: ledger.AtLeast, Measure: ledger.Share, Value: figure("0.75")}, "占75%以上 / a share of at least 75%"},
		{ledger.Target{Cmp: ledger.Between, Measure: ledger.Share, Value: figure("0.5"), Upper: figure("0.625")}, "占50–62.5% / a share of 50–62.5%"},
		{ledger.Target{Cmp: ledger.AtLeast, Measure: ledger.Level, Value: figure("11000000000"), Unit: "港元"}, "110亿港元以上 / at least 110亿港元"},
		{ledger.Target{Cmp: ledger.MoreThan, Measure: ledger.Level, Value: figure("5000e4"), Unit: "元"}, "0.5以上（不含） / more than 0.5"},
		{ledger.Target{Cmp: ledger.AtLeast, Measure: ledger.Level, Value: figure("120000"), Unit: "吨"}, "120000吨以上 / at least 120000吨"},
		{ledger.Target{Cmp: ledger.Equal, Measure: ledger.Growth, Value: figure("1"), Unit: "番"}, "翻1番 / growth by 1番"},
		{ledger.Target{Cmp: ledger.AtLeast, Measure: ledger.Share, Value: figure("0.750000000000")}, "占75%以上 / a share of at least 75%"},
		{ledger.Target{Words: "正增长"}, "正增长 / 正增长"},
	} {
		w := Expected(c.target, money, 8)
		equal(t, "worded", w.ZH+" / "+w.EN, c.want)
	}
	two := expectedOf([]ledger.Target{
		{Cmp: ledger.AtLeast, Measure: ledger.Level, Value: figure("30e8"), Unit: "元"},
		{Cmp: ledger.AtLeast, Measure: ledger.Growth, Value: figure("8"), Unit: "%"},
	}, money, 8)
	equal(t, "level and growth", two.ZH, "30以上；增长8%以上")
	several := expectedOf([]ledger.Target{
		{Cmp: ledger.AtLeast, Measure: ledger.Level, Value: figure("300"), Unit: "家"},
		{Cmp: ledger.AtLeast, Measure: ledger.Level, Value: figure("30e8"), Unit: "元"},
		{Cmp: ledger.AtLeast, Measure: ledger.Level, Value: figure("40"), Unit: "家"}, // a part of the first
	}, money, 8)
	equal(t, "levels in two units", several.ZH, "300家以上；30以上")
}

func TestRatesOfTheTableAreRoundedFromTheirCounts(t *testing.T) {
	i := ledger.Indicator{Name: "家庭医生履约率", Unit: "%", Aggregation: ledger.AsSum, Numerator: "履约", Denominator: "签约"}
	s := Stated{Period: half2021, State: Locked}
	s.Given, s.Numerator, s.Denominator = Cumulative, figure("1676e2"), figure("1954e2")
	line := IndicatorTable([]IndicatorAccount{{Indicator: i, Point: Derive(TermsOf(i), []Stated{s})[0]}})[0]
	equal(t, "done", line.Done.Plain(), "85.77")
}

func TestAShareIsComparedWithTheYearBefore(t *testing.T) {
	year := Period{Frequency: Yearly, Year: 2021, Number: 1}
	of := func(how ledger.Aggregation, unit string) ledger.Indicator {
		return ledger.Indicator{Name: "资产负债率", Unit: unit, Aggregation: how, Series: []ledger.YearFigure{{Year: 2020, Actual: figure("62.7")}}}
	}
	rescoped, based := of(ledger.AsLatest, "%"), of(ledger.AsLatest, "%")
	rescoped.Series[0].Scope = "不含平台公司"
	based.Series, based.Base, based.BaseYear = nil, figure("61"), 2020
	older := based
	older.BaseYear = 2019
	for _, c := range []struct {
		name string
		i    ledger.Indicator
		at   Period
		want string
	}{
		{"how matters stand, at any time", of(ledger.AsLatest, "%"), half2021, "62.7"},
		{"an average over the year, not in the middle of it", of(ledger.AsAverage, "%"), half2021, ""},
		{"an average over the year, at its end", of(ledger.AsAverage, "%"), year, "62.7"},
		{"no share", of(ledger.AsLatest, "元"), half2021, ""},
		{"of another scope", rescoped, half2021, ""},
		{"by its base", based, half2021, "61"},
		{"by no older base", older, half2021, ""},
	} {
		s := Stated{Period: c.at, State: Locked}
		s.Given, s.Value = Cumulative, figure("61.3")
		line := IndicatorTable([]IndicatorAccount{{Indicator: c.i, Point: Derive(TermsOf(c.i), []Stated{s})[0]}})[0]
		equal(t, c.name, line.Before.Plain(), c.want)
	}
}

// project is one with money planned for 2021 and done by the middle of the year, in yuan.
func project(n int, category ledger.ProjectCategory, stage ledger.Stage, planned string, point Point) ProjectAccount {
	return ProjectAccount{
		Project: ledger.Project{
			ID: ledger.ProjectID(uuid(n)), Name: fmt.Sprintf("项目%d", n), Category: category, Stage: stage,
			Years: []ledger.Investment{{Year: 2021, Planned: figure(planned)}},
		},
		Point: point,
	}
}

// The columns are those of the second table of shared/documents guandu-2021h1-report; so is the arithmetic of 医疗和养老.
func TestTheTableOfProjectsHasTheColumnsOfThePrintedOne(t *testing.T) {
	standing := func(value string, said Said, reason string) Point {
		p := halfYear(value, "")
		p.Said, p.Reason = said, reason
		return p
	}
	draft := standing("99e8", UnderWay, "")
	draft.State = Approved
	later := project(9, ledger.Wellbeing, ledger.Preparing, "28e6", standing("0", NotStarted, ""))
	later.Project.Start = day("2021-09-01")
	explained := project(5, ledger.Wellbeing, ledger.Starting, "1e8", standing("0", NotStarted, ""))
	explained.Reason = "用地未批"
	lines := ProjectTable(half2021, []ProjectAccount{
		project(1, ledger.Wellbeing, ledger.Ongoing, "14e7", standing("2923e4", UnderWay, "")),
		project(2, ledger.Wellbeing, ledger.Starting, "1e8", standing("1e7", UnderWay, "雨季停工")),
		project(3, ledger.Wellbeing, ledger.Finished, "1e8", standing("1e7", "", "")),
		project(4, ledger.Wellbeing, ledger.Starting, "0", Point{}),
		explained, later,
		project(6, ledger.Infrastructure, ledger.Ongoing, "1e8", standing("6e7", InTrouble, "拆迁受阻")),
		project(7, ledger.Infrastructure, ledger.Starting, "1e8", draft),
		project(8, ledger.Infrastructure, ledger.Exited, "1e8", Point{}),
		project(10, ledger.Industry, ledger.Reserve, "1e8", Point{}),
	})
	columns := func(l ProjectLine) string {
		return strings.Join([]string{
			string(l.Category), fmt.Sprint(l.Count), Scaled(l.Planned, 8).Plain(), Scaled(l.Done, 8).Plain(), l.Share.Plain(),
			fmt.Sprint(l.ToStart), fmt.Sprint(l.Started), l.StartRate.Plain(), fmt.Sprint(l.Ongoing), fmt.Sprint(l.Finished), fmt.Sprint(l.Unlocked),
		}, "|")
	}
	want := []string{
		"|8|6.68000000|1.09230000|16.35|5|1|20.00|3|1|2",
		"infrastructure|2|2.00000000|0.60000000|30.00|1|0|0.00|1|0|1",
		"wellbeing|6|4.68000000|0.49230000|10.52|4|1|25.00|2|1|1",
	}
	for i, l := range lines {
		equal(t, "line", columns(l), want[i])
	}
	equal(t, "lines", len(lines), 3)
	equal(t, "infrastructure", lines[1].Remark.ZH, "未开工：项目7；推进缓慢：项目6（拆迁受阻）")
	equal(t, "wellbeing", lines[2].Remark.ZH, "未开工：项目4、项目5（用地未批）；推进缓慢：项目1、项目2（雨季停工）")
	equal(t, "all misses", len(lines[0].Misses), 6)
}

// The total line is computed from what its lines are computed from: it equals their sums to the last digit.
func TestTheTotalLineIsTheSumOfItsLines(t *testing.T) {
	var accounts []ProjectAccount
	for n := range 60 {
		category := ledger.ProjectCategories()[n%6]
		stage := ledger.Stages()[n%5]
		p := halfYear(fmt.Sprintf("%d.%02d", n*n*7919, n), "")
		p.Said = append(SaidAll(), "")[n%5]
		accounts = append(accounts, project(n, category, stage, fmt.Sprintf("%d.5", n*1000003), p))
	}
	lines := ProjectTable(half2021, accounts)
	sum := ProjectLine{Planned: ledger.Int(0), Done: ledger.Int(0)}
	for _, l := range lines[1:] {
		sum.Count, sum.ToStart, sum.Started = sum.Count+l.Count, sum.ToStart+l.ToStart, sum.Started+l.Started
		sum.Ongoing, sum.Finished, sum.Unlocked = sum.Ongoing+l.Ongoing, sum.Finished+l.Finished, sum.Unlocked+l.Unlocked
		sum.Planned, sum.Done = Sum(sum.Planned, l.Planned), Sum(sum.Done, l.Done)
		if l.Count != l.ToStart+l.Ongoing {
			t.Errorf("%s: %d projects, %d to start and %d going on", l.Category, l.Count, l.ToStart, l.Ongoing)
		}
	}
	total := lines[0]
	equal(t, "planned", total.Planned.Plain(), sum.Planned.Plain())
	equal(t, "done", total.Done.Plain(), sum.Done.Plain())
	equal(t, "counts", fmt.Sprint(total.Count, total.ToStart, total.Started, total.Ongoing, total.Finished, total.Unlocked),
		fmt.Sprint(sum.Count, sum.ToStart, sum.Started, sum.Ongoing, sum.Finished, sum.Unlocked))
}
