package account

import (
	"luoshi/calendar"
	"luoshi/ledger"
	"luoshi/ledger/light"
	"luoshi/ledger/reporting"
)

// everything is facts in which everything that there can be is there: at the half of the year, and at its end.
func everything() []Facts {
	yuan, day := ledger.Int(200_000_000), calendar.Date{Year: 2026, Month: 12, Day: 31}
	unit := Unit{ID: "u", Name: "区民政局"}
	f := Facts{
		Plan: "plan", PlanTitle: "计划", Region: "望溪区", Government: "望溪区人民政府", Unit: unit, On: day,
		Period: reporting.Period{Frequency: reporting.HalfYearly, Year: 2026, Number: 1},
		Head: Head{
			Organ: "机关", Number: "文号", Issue: "期", Signer: "人", Occasion: "场合", Speaker: "人", Addressee: "各位：",
			Signature: []string{"望溪区人民政府"}, Date: "2026年8月1日", Copies: "各单位", Printer: "办公室", Printed: "2026年8月2日",
		},
		Areas: []Area{{1, "产业"}}, Units: []Unit{unit}, Orders: &Orders{Issued: 1},
		Problems: []Problem{{Unit: unit, Ask: unit, About: "事", Text: "缺资金"}},
		Next:     []Task{{Commitment: "c", Section: 1, Title: "事", Lead: unit, By: calendar.Date{Year: 2026, Month: 9, Day: 30}, Milestone: "节点"}},
		Open:     []Lack{{Title: "指标", Unit: "u", Name: unit.Name}},
	}
	for n, bound := range []int64{5, 9} {
		i := Indicator{Section: 1, Headline: true, Aggregation: ledger.AsLatest, Peers: []Peer{{Growth: ledger.Int(3)}, {Growth: ledger.Int(4)}}}
		i.Name, i.IndicatorLine.Unit, i.State, i.Reason, i.Remark = "指标", "亿元", reporting.Locked, "原因", ledger.Wording{ZH: "备注"}
		i.Indicator, i.Expected, i.Scale = ledger.IndicatorID(rune('a'+n)), ledger.Wording{ZH: "增长5%"}, 8
		i.Done, i.Growth = ledger.Int(7), ledger.Int(7)
		i.Forecast = Forecast{Value: ledger.Int(900_000_000), Measure: ledger.Level, Method: light.RunRate, Outlook: light.LikelyMet}
		i.Peers = append(i.Peers, Peer{Name: "全市", Figure: ledger.Int(9_000_000_000), Growth: ledger.Int(6 + int64(n)), Whole: true})
		i.Targets = []ledger.Target{{Measure: ledger.Growth, Cmp: ledger.AtLeast, Value: ledger.Int(bound), Unit: "%"}}
		f.Indicators = append(f.Indicators, i)
	}
	rate := f.Indicators[0]
	rate.Indicator, rate.IndicatorLine.Unit, rate.Scale, rate.Before = "rate", "%", 0, ledger.Int(6)
	f.Indicators = append(f.Indicators, rate)
	total := f.Indicators[0]
	total.Indicator, total.Aggregation = "total", ledger.AsSum
	total.Targets = []ledger.Target{{Measure: ledger.Level, Cmp: ledger.AtLeast, Value: ledger.Int(2_000_000_000), Unit: "元"}}
	other := total
	other.Indicator, other.Section = "other", 2
	f.Indicators = append(f.Indicators, total, other)
	for _, miss := range []reporting.MissKind{"", reporting.MissStart, reporting.MissPace} {
		f.Works = append(f.Works, Work{
			ID: ledger.ProjectID("w" + miss), Number: "1", Name: "项目", Category: ledger.Industry, Lead: unit, Total: yuan, Planned: yuan,
			Done: ledger.Int(100_000_000), Begins: true, Started: true, Finished: miss == "", Miss: miss, Reason: "原因", Note: "主体封顶",
		})
	}
	line := reporting.ProjectLine{Count: 3, Planned: yuan, Done: yuan, Share: ledger.Int(40), ToStart: 3, Started: 2, StartRate: ledger.Int(66)}
	industry := line
	industry.Category = ledger.Industry
	silent := reporting.ProjectLine{Category: ledger.Ecology, Count: 1, Unlocked: 1, Planned: yuan}
	f.Projects = []reporting.ProjectLine{line, industry, silent}
	for n, colour := range light.Colours() {
		p := Commitment{
			ID: ledger.CommitmentID(rune('a' + n)), Number: "1", Title: "事", Wording: "原文", Section: 1, Lead: unit, By: day, Colour: colour,
			Overdue: true, Progress: ledger.Int(40), Due: ledger.Int(50), Said: reporting.UnderWay, Note: "进展", Reason: "原因",
		}
		f.Commitments = append(f.Commitments, p)
		f.Items = append(f.Items, Item{Commitment: p, Votes: ledger.Int(30), Satisfaction: ledger.Int(95), Surveyed: ledger.Int(100), Closed: true})
	}
	end := f
	end.Period = reporting.Period{Frequency: reporting.Yearly, Year: 2026, Number: 1}
	return []Facts{f, end}
}
