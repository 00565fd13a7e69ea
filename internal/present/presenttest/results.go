package presenttest

import (
	"strings"
	"unicode/utf8"

	"luoshi/checking"
	"luoshi/document"
	"luoshi/matching"
	"luoshi/reading"
)

// Rules are two rules under which Findings were found.
func Rules() []checking.Rule {
	return []checking.Rule{
		{Name: "quotient", Title: checking.Wording{ZH: "比率", EN: "Quotient"}, Doc: checking.Wording{
			ZH: "核对占比、完成率是否等于两数之商。", EN: "Compares a share or a rate with the quotient of its figures.",
		}},
		{Name: "quality", Title: checking.Wording{ZH: "计划质量", EN: "Quality of a plan"}, Doc: checking.Wording{
			ZH: "指出没有数字的承诺。", EN: "Names promises without a number.",
		}},
	}
}

// quantityPlace is the place of a quantity of a reading.
func quantityPlace(r *reading.Reading, i int32) checking.Place {
	q := &r.Quantities[i]
	return checking.Place{Quantity: i, At: q.At, Span: q.Span, Surface: q.Surface}
}

// clausePlace is the place of a clause of a reading.
func clausePlace(r *reading.Reading, i int32) checking.Place {
	c := &r.Clauses[i]
	return checking.Place{Quantity: -1, At: c.At, Span: c.Span, Surface: c.Text}
}

// Findings are findings of every severity in Reading: with and without a computation, of figures in the
// text and in the table, of a clause that holds figures of other findings.
func Findings(r *reading.Reading) []checking.Finding {
	quantities := func(numbers ...int32) []checking.Place {
		var places []checking.Place
		for _, i := range numbers {
			places = append(places, quantityPlace(r, i))
		}
		return places
	}
	return []checking.Finding{
		{
			Rule: "quotient", Severity: checking.OK, Places: quantities(0, 1),
			Message: checking.Wording{ZH: "地区生产总值增速与失业率一致", EN: "Growth and unemployment agree"},
		},
		{
			Rule: "quality", Severity: checking.Warning, Verdict: "open", Places: []checking.Place{clausePlace(r, 3)},
			Message:    checking.Wording{ZH: "安排项目没有写明由谁负责", EN: "Nobody is named for the projects"},
			Suggestion: checking.Wording{ZH: "写明责任单位", EN: "Name the responsible unit"},
		},
		{
			Rule: "quality", Severity: checking.Note, Places: []checking.Place{clausePlace(r, 4)},
			Message: checking.Wording{ZH: "改扩建工程没有数字", EN: "The works come without a number"},
		},
		{
			Rule: "quotient", Severity: checking.Error, Places: quantities(6, 5, 3),
			Message:     checking.Wording{ZH: "占全市的四分之一，应为十七分之三", EN: "A quarter of the city should be three seventeenths"},
			Computation: "12 ÷ 70 = 17.14%，允许 16.31%–17.99%，文中 25%：不符",
			Suggestion:  checking.Wording{ZH: "核对 <公厕> 的座数", EN: "Check the number of <toilets>"},
		},
		{
			Rule: "quotient", Severity: checking.Rounding, Verdict: "met", Places: quantities(9, 10),
			Message:     checking.Wording{ZH: "财政收入增速在舍入之内", EN: "The growth of revenue holds within rounding"},
			Computation: "27.95 ÷ 23.87 = 117.09%，文中 17.1%：舍入之内",
		},
	}
}

// BetweenFindings compares the same figure of two readings, the documents 0 and 1.
func BetweenFindings(a, b *reading.Reading) []checking.Finding {
	first, second := quantityPlace(a, 9), quantityPlace(b, 9)
	second.Doc = 1
	return []checking.Finding{{
		Rule: "quotient", Severity: checking.Error, Places: []checking.Place{first, second},
		Message: checking.Wording{ZH: "两份文件的财政收入不同", EN: "The revenue differs between the documents"},
	}}
}

const reportText = `云溪区2025年工作总结
地区生产总值增长6.2%。全区城镇登记失业率为4.5%,主要原因是企业搬迁。
引进项目42个。推进重点项目建设。北站改扩建工程于6月20日完工。
财政收入28.6亿元。
`

// Report is a small report on the plan that Reading is, under the given name.
func Report(name string) *reading.Reading {
	doc := &document.Document{Name: name, Format: document.Text, Digest: strings.Repeat("1", 64), Text: reportText}
	at := 0
	for line := range strings.Lines(reportText) {
		span := document.Span{Start: at, End: at + len(strings.TrimSuffix(line, "\n"))}
		doc.Blocks = append(doc.Blocks, document.Block{Span: span, Section: -1, Table: -1})
		at += len(line)
	}
	doc.Meta.Title = document.Fact{Value: "云溪区2025年工作总结", Span: doc.Blocks[0].Span}
	r := &reading.Reading{Document: doc}
	for _, surface := range []string{"6.2%", "4.5%", "42个", "28.6亿元"} {
		span := reportSpan(surface)
		r.Quantities = append(r.Quantities, reading.Quantity{
			At: utf8.RuneCountInString(reportText[:span.Start]), Span: span, Surface: surface, Kind: reading.Result,
			Clause: -1, Cell: -1, Table: -1,
		})
	}
	return r
}

func reportSpan(words string) document.Span {
	start := strings.Index(reportText, words)
	return document.Span{Start: start, End: start + len(words)}
}

// Pairs are promises of plan with what report says of them, one for each verdict.
func Pairs(plan, report *reading.Reading) []matching.Pair {
	figure := func(i int32) *checking.Place { p := quantityPlace(report, i); return &p }
	words := func(s string) *checking.Place {
		span := reportSpan(s)
		return &checking.Place{Quantity: -1, At: utf8.RuneCountInString(reportText[:span.Start]), Span: span, Surface: s}
	}
	same := checking.Wording{ZH: "两处说的是同一指标", EN: "Both speak of the same indicator"}
	return []matching.Pair{
		{
			Plan: quantityPlace(plan, 0), Subject: "地区生产总值", Indicator: "economy.gdp", Verdict: matching.Kept,
			Report: figure(0), Gap: "+0.2 个百分点", Confidence: .98, Why: same,
		},
		{
			Plan: quantityPlace(plan, 1), Subject: "城镇登记失业率", Verdict: matching.Missed, Report: figure(1),
			Gap: "+0.5 个百分点", Reason: "主要原因是企业搬迁", Confidence: .9, Why: same,
		},
		{Plan: quantityPlace(plan, 2), Subject: "引进项目", Verdict: matching.Exceeded, Report: figure(2), Confidence: .6, Why: same},
		{
			Plan: quantityPlace(plan, 3), Subject: "重点项目", Verdict: matching.ReportedWithoutFigure,
			Report: words("推进重点项目建设"), Confidence: .5,
			Why: checking.Wording{ZH: "报告提到了，但没有数字", EN: "Spoken of, without a figure"},
		},
		{
			Plan: quantityPlace(plan, 4), Subject: "总投资", Verdict: matching.NotReported,
			Why: checking.Wording{ZH: "报告没有提到", EN: "The report does not speak of it"},
		},
		{
			Plan: clausePlace(plan, 4), Subject: "北站改扩建工程", Verdict: matching.Ahead,
			Report: words("北站改扩建工程于6月20日完工"), Confidence: .85, Why: same,
		},
		{
			Plan: quantityPlace(plan, 11), Subject: "财政收入", Verdict: matching.NotComparable, Report: figure(3),
			Confidence: .3, Why: checking.Wording{ZH: "计划说增速，报告说数额", EN: "Growth in the plan, an amount in the report"},
		},
		{Plan: clausePlace(plan, 3), Subject: "<项目> & 投资", Verdict: matching.Behind, Report: figure(2), Confidence: .7, Why: same},
	}
}

// Series follows indicators through plan and report, the documents 0 and 1: a target kept and one missed,
// a year with a target alone, an amount of money, and promises that vanish, with a number and without.
func Series(plan, report *reading.Reading) matching.Series {
	mark := func(doc int, i int32, value string) *matching.Mark {
		r := [2]*reading.Reading{plan, report}[doc]
		m := &matching.Mark{Place: quantityPlace(r, i), Value: value}
		m.Doc = doc
		return m
	}
	return matching.Series{
		Lines: []matching.Line{
			{Indicator: "economy.gdp", Name: "地区生产总值", Measure: reading.Growth, Unit: "%", Points: []matching.Point{
				{Year: 2024, Target: mark(0, 0, "6"), Result: mark(1, 0, "6.2"), Verdict: matching.Kept, Gap: "+0.2 个百分点"},
				{Year: 2025, Target: mark(0, 0, "6")},
			}},
			{Indicator: "finance.revenue", Name: "财政收入", Measure: reading.Level, Unit: "元", Points: []matching.Point{
				{Year: 2025, Target: mark(0, 9, "2795000000"), Result: mark(1, 3, "2860000000"), Verdict: matching.Exceeded},
			}},
			{Indicator: "jobs.registered_unemployment", Name: "城镇登记失业率", Measure: reading.Level, Unit: "%", Points: []matching.Point{
				{Year: 2023, Result: mark(1, 1, "4.5")},
				{Year: 2024, Target: mark(0, 1, "4"), Result: mark(1, 1, "4.5"), Verdict: matching.Missed, Gap: "+0.5 个百分点"},
			}},
			{Indicator: "trade.total", Name: "进出口总额", Measure: reading.Level, Unit: "元", Points: []matching.Point{
				{Year: 2025, Target: mark(0, 9, "2795000000")},
			}},
		},
		Vanished: []matching.Vanished{
			{Year: 2025, Pair: matching.Pair{Plan: quantityPlace(plan, 4), Subject: "总投资"}},
			{Year: 2025, Pair: matching.Pair{Plan: clausePlace(plan, 4), Subject: "北站改扩建工程"}},
		},
	}
}
