package account_test

import (
	"fmt"

	"luoshi/calendar"
	"luoshi/internal/account"
	"luoshi/ledger"
	"luoshi/ledger/light"
	"luoshi/ledger/reporting"
)

func day(month, d int) calendar.Date {
	return calendar.Date{Year: 2026, Month: int8(month), Day: int8(d)}
}

func decimal(text string) ledger.Decimal {
	d, err := ledger.ParseDecimal(text)
	if err != nil {
		panic(err)
	}
	return d
}

func half(n int) reporting.Period {
	return reporting.Period{Frequency: reporting.HalfYearly, Year: 2026, Number: n}
}

var (
	finance = account.Unit{ID: "finance", Name: "区发展和改革局"}
	civil   = account.Unit{ID: "civil", Name: "区民政局"}
	house   = account.Unit{ID: "house", Name: "区住房和城乡建设局"}
)

// wangxi is a district at the end of the first half of 2026.
func wangxi() account.Facts {
	f := account.Facts{
		Plan: "plan", PlanTitle: "望溪区2026年经济社会发展工作安排", Region: "望溪区", Government: "望溪区人民政府",
		Period: half(1), On: day(6, 30),
		Head: account.Head{
			Occasion: "2026年8月28日在望溪区第九届人大常委会第三十五次会议上", Speaker: "望溪区人民政府副区长　林知远",
			Addressee: "主任、各位副主任、各位委员：",
		},
		Areas: []account.Area{{1, "推动产业提质增效"}, {2, "办好民生实事"}},
		Units: []account.Unit{finance, civil, house},
	}
	f.Indicators = []account.Indicator{
		indicator("gdp", "地区生产总值", "亿元", 8, "747.7", "7.1", target(ledger.Growth, ledger.Equal, "8", "%"), ledger.AsSum),
		indicator("tax", "一般公共预算收入", "亿元", 8, "27.95", "17.1", target(ledger.Level, ledger.AtLeast, "52e8", "元"), ledger.AsSum),
		indicator("invest", "固定资产投资（不含农户）", "%", 0, "", "-1.5", worded("正增长"), ledger.AsGrowth),
		indicator("jobless", "城镇登记失业率", "%", 0, "3.22", "", target(ledger.Level, ledger.AtMost, "5", "%"), ledger.AsLatest),
		indicator("forest", "森林覆盖率", "%", 0, "41.2", "", target(ledger.Level, ledger.AtLeast, "42", "%"), ledger.AsLatest),
		indicator("trade", "社会消费品零售总额", "亿元", 8, "", "", target(ledger.Growth, ledger.Equal, "6", "%"), ledger.AsSum),
	}
	f.Indicators[0].Reason = "建筑业负增长，部分服务业恢复不及预期。"
	f.Indicators[0].Headline, f.Indicators[1].Headline = true, true
	f.Indicators[1].Forecast = account.Forecast{Value: decimal("5583200000"), Measure: ledger.Level, Method: light.Seasonal, Outlook: light.LikelyMet}
	f.Indicators[2].Forecast = account.Forecast{Value: decimal("-0.75"), Measure: ledger.Growth, Method: light.CarriedGrowth, Outlook: light.Open}
	f.Indicators[3].Forecast = account.Forecast{Value: decimal("3.22"), Measure: ledger.Level, Method: light.LastValue, Outlook: light.LikelyMet}
	f.Indicators[5].State = ""
	f.Indicators[5].Remark = ledger.Wording{ZH: "未报送"}
	f.Open = []account.Lack{{Subject: reporting.IndicatorSubject("trade"), Title: "社会消费品零售总额", Unit: "finance", Name: finance.Name}}
	f.Works = []account.Work{
		work("w1", "望溪大道北延", ledger.Infrastructure, "120000000", "70000000", true, true, false),
		work("w2", "城南污水处理厂扩建", ledger.Ecology, "80000000", "10000000", false, true, false),
		work("w3", "区第三幼儿园", ledger.Wellbeing, "30000000", "", true, false, false),
	}
	f.Works[1].Miss, f.Works[1].Reason = reporting.MissPace, "征地3户未完成"
	f.Works[2].Miss = reporting.MissStart
	f.Projects = projectLines(f)
	f.Commitments = []account.Commitment{
		promise("c1", "新增养老床位200张", 2, civil, light.Blue, "100", "50", "新增养老床位212张，全部投入使用"),
		promise("c2", "培育规模以上工业企业10家", 1, finance, light.Yellow, "38.5", "50", "已入库4家，在库培育17家"),
		promise("c3", "改造老旧小区12个", 2, house, light.Green, "58.33", "50", "已开工7个小区"),
		promise("c4", "建成区级文化馆", 2, house, light.Red, "", "", ""),
	}
	f.Commitments[1].Reason = "两家企业营业收入未达到入库标准"
	f.Items = []account.Item{{Commitment: f.Commitments[0], Satisfaction: decimal("96.5"), Surveyed: decimal("320"), Closed: true}, {Commitment: f.Commitments[2]}}
	f.Problems = []account.Problem{{Unit: house, Ask: finance, About: "改造老旧小区12个", Text: "专项债券资金尚缺1200万元", Observation: "o9"}}
	f.Next = []account.Task{
		{Commitment: "c2", Section: 1, Title: "培育规模以上工业企业10家", Lead: finance, By: day(12, 31)},
		{Commitment: "c3", Section: 2, Title: "改造老旧小区12个", Lead: house, By: day(9, 30), Milestone: "全部开工"},
	}
	f.Orders = &account.Orders{Issued: 3, Closed: 1}
	return f
}

func target(measure ledger.Measure, cmp ledger.Comparator, value, unit string) ledger.Target {
	return ledger.Target{Number: 1, Measure: measure, Cmp: cmp, Value: decimal(value), Unit: unit, Firm: true}
}

func worded(words string) ledger.Target { return ledger.Target{Number: 1, Words: words} }

// indicator is one with its line as the ledger makes it.
func indicator(id, name, unit string, scale int, done, growth string, t ledger.Target, how ledger.Aggregation) account.Indicator {
	i := account.Indicator{Targets: []ledger.Target{t}, Section: 1, Aggregation: how, Observation: reporting.ObservationID("o-" + id), Commitments: []ledger.CommitmentID{ledger.CommitmentID("c-" + id)}}
	i.Indicator, i.Name, i.Unit, i.Scale = ledger.IndicatorID(id), name, unit, scale
	i.Done, i.Growth, i.State = decimal(done), decimal(growth), reporting.Locked
	base := unit
	if scale == 8 {
		base = "元"
	}
	i.Expected = reporting.Expected(t, reporting.Terms{Unit: base}, scale)
	return i
}

func work(id, name string, category ledger.ProjectCategory, planned, done string, begins, started, finished bool) account.Work {
	return account.Work{
		ID: ledger.ProjectID(id), Name: name, Category: category, Lead: house, Planned: decimal(planned), Done: decimal(done),
		Begins: begins, Started: started, Finished: finished, Observation: reporting.ObservationID("o-" + id),
	}
}

func promise(id, title string, section int, lead account.Unit, colour light.Colour, progress, due, note string) account.Commitment {
	return account.Commitment{
		ID: ledger.CommitmentID(id), Number: "2026-" + id, Title: title, Section: section, Lead: lead, By: day(12, 31), Colour: colour,
		Wording: title, Progress: decimal(progress), Due: decimal(due), Note: note, Observation: reporting.ObservationID("o-" + id),
	}
}

// projectLines is the table of projects as the ledger makes it of projects.
func projectLines(f account.Facts) []reporting.ProjectLine {
	var accounts []reporting.ProjectAccount
	for _, w := range f.Works {
		stage := ledger.Ongoing
		if w.Begins {
			stage = ledger.Starting
		}
		p := ledger.Project{ID: w.ID, Name: w.Name, Category: w.Category, Stage: stage, Years: []ledger.Investment{{Year: f.Period.Year, Planned: w.Planned}}}
		a := reporting.ProjectAccount{Project: p}
		if w.Done.Known() {
			a.Point = reporting.Point{Period: f.Period, Cumulative: w.Done, State: reporting.Locked, Said: reporting.UnderWay, Reason: w.Reason}
			switch {
			case w.Finished:
				a.Point.Said = reporting.Completed
			case w.Miss == reporting.MissPace:
				a.Point.Said = reporting.InTrouble
			case !w.Started:
				a.Point.Said = reporting.NotStarted
			}
		}
		accounts = append(accounts, a)
	}
	return reporting.ProjectTable(f.Period, accounts)
}

// printed is a report as lines of text, for golden files.
func printed(c account.Content) string {
	text := ""
	add := func(format string, args ...any) { text += fmt.Sprintf(format+"\n", args...) }
	p := c.Paper
	for _, line := range []string{p.Head.Organ, p.Head.Number, p.Title, p.Subtitle, p.Speaker, p.Addressee} {
		if line != "" {
			add("%s", line)
		}
	}
	for _, b := range p.Body {
		switch {
		case b.Table != nil:
			add("[%s] %s", b.Table.Caption, b.Table.Measure)
			for _, row := range append(b.Table.Header, b.Table.Rows...) {
				line := ""
				for _, cell := range row {
					mark := ""
					if cell.Formula.Operation != "" {
						mark = "=" + string(cell.Formula.Operation)
					}
					line += cell.String() + mark + " | "
				}
				add("%s", line)
			}
		case b.Chart != nil:
			add("<%s> %v", b.Chart.Caption, b.Chart.Labels)
			for _, s := range b.Chart.Series {
				add("  %s %v", s.Name, s.Values)
			}
		default:
			line := ""
			for _, r := range b.Runs {
				if r.Figure != "" {
					line += "{" + r.Text + "}"
				} else {
					line += r.Text
				}
			}
			add("%s", line)
		}
	}
	return text
}
