package reporting

import (
	"slices"
	"strings"
	"testing"

	"luoshi/ledger"
)

// said is what a unit enters: pairs of field and figure, "value 5", with the view in front.
func said(view Basis, pairs ...string) Observation {
	o := Observation{}
	o.Given = view
	for _, pair := range pairs {
		field, value, _ := strings.Cut(pair, " ")
		switch Field(field) {
		case FieldSaid:
			o.Said = Said(value)
		case FieldReason:
			o.Reason = value
		default:
			if !o.SetFigure(Field(field), figure(value)) {
				panic(field)
			}
		}
	}
	return o
}

func months(t Terms, text ...string) []Point {
	all := make([]Stated, len(text))
	for i := range text {
		all[i] = given(i+1, text[i])
	}
	return Derive(t, all)
}

func lastYear(points []Point) []Point {
	points = slices.Clone(points)
	for i := range points {
		points[i].Period.Year--
	}
	return points
}

var (
	revenue  = Row{Subject: IndicatorSubject("a"), Title: "社会消费品零售总额", Terms: flow, Scale: 8}
	tax      = Row{Subject: IndicatorSubject("a"), Title: "一般公共预算收入", Terms: flow, Scale: 8}
	beds     = Row{Subject: TargetSubject("a", 1), Title: "新增养老床位", Terms: Terms{Aggregation: ledger.AsSum, Direction: ledger.More, Unit: "张", Additive: true}}
	doctors  = Row{Subject: IndicatorSubject("a"), Title: "家庭医生签约率", Terms: rate}
	quality  = Row{Subject: IndicatorSubject("a"), Title: "空气优良天数比率", Terms: mean}
	economy  = Row{Subject: IndicatorSubject("a"), Title: "地区生产总值", Terms: flow, Scale: 8}
	errand   = Row{Subject: TaskSubject("a"), Title: "出台方案", Nodes: []OpenNode{{Number: 1, Title: "征求意见"}}}
	building = Row{
		Subject: ProjectSubject("a"), Title: "望溪中学", Terms: flow, Scale: 4,
		Planned: figure("3e7"), Total: figure("9e7"), Before: figure("1e7"), Funds: figure("3e7"),
	}
)

func with(row Row, targets ...ledger.Target) Row {
	for _, t := range targets {
		row.Targets = append(row.Targets, RowTarget{Target: t})
	}
	return row
}

// In the table, month 4 is entered after three months that are known.
var checks = []struct {
	name  string
	row   Row
	said  Observation
	known Known
	want  string
}{
	{"nothing said, nothing found", revenue, Observation{}, Known{}, ""},
	{"an ordinary month", revenue, said(Cumulative, "value 80e8"), Known{Year: months(flow, "累计 20e8", "累计 40e8", "累计 60e8")}, ""},

	{"万元 entered as 亿元", revenue, said(Cumulative, "value 80e12"), Known{Year: months(flow, "累计 20e8", "累计 40e8", "累计 60e8")}, "slip.likely"},
	{"and history of two years agrees", revenue, said(Cumulative, "value 80e12"),
		Known{Year: months(flow, "累计 20e8", "累计 40e8", "累计 60e8"), YearBefore: lastYear(months(flow, "累计 18e8", "累计 36e8", "累计 55e8", "累计 75e8"))}, "slip.sure"},
	{"and the target agrees", with(revenue, target(1, "", "", ledger.Level, "250e8", "元")), said(Cumulative, "value 80e4"),
		Known{Year: months(flow, "累计 20e8", "累计 40e8", "累计 60e8")}, "slip.sure"},
	{"history says so, the target does not: history may be wrong", with(revenue, target(1, "", "", ledger.Level, "250e8", "元")), said(Cumulative, "value 80e8"),
		Known{Year: months(flow, "累计 20e4", "累计 40e4", "累计 60e4")}, "slip.likely"},
	{"元 entered as 千元", beds, said(OfPeriod, "value 20000"), Known{Year: months(flow, "当期 20", "当期 25", "当期 21")}, "slip.likely"},
	{"a fraction entered for a share", quality, said(Cumulative, "value 0.98"), Known{Year: months(mean, "累计 97", "累计 96", "累计 98")}, "slip.likely"},
	{"a slow start is no slip", with(building), said(Cumulative, "value 30000", "reason 一季度办理手续"), Known{}, ""},
	{"nought is no slip", beds, said(OfPeriod, "value 0"), Known{Year: months(flow, "当期 20", "当期 25", "当期 21")}, ""},

	{"a cumulative count that falls", beds, said(Cumulative, "value 50"), Known{Year: months(flow, "累计 20", "累计 40", "累计 60")}, "cumulative.falls"},
	{"revenue may be paid back", tax, said(Cumulative, "value 59e8"), Known{Year: months(flow, "累计 20e8", "累计 40e8", "累计 60e8")}, "cumulative.falls_net"},
	{"a month may be lower", beds, said(OfPeriod, "value 12"), Known{Year: months(flow, "当期 20", "当期 25", "当期 21")}, ""},
	{"a stock may fall", Row{Terms: stock}, said(Cumulative, "value 110"), Known{Year: months(stock, "累计 120", "累计 118", "累计 119")}, ""},
	{"a negative count", beds, said(OfPeriod, "value -3"), Known{}, "value.negative"},
	{"a net amount may be negative", tax, said(OfPeriod, "value -3e6"), Known{}, ""},

	{"a jump against history", beds, said(OfPeriod, "value 200"),
		Known{Year: months(flow, "当期 20", "当期 25", "当期 21"), YearBefore: lastYear(months(flow, "当期 22", "当期 24", "当期 19"))}, "jump"},
	{"three months are too few to speak of a jump", beds, said(OfPeriod, "value 200"), Known{Year: months(flow, "当期 20", "当期 25", "当期 21")}, ""},
	{"one odd month does not hide it", beds, said(OfPeriod, "value 200"),
		Known{Year: months(flow, "当期 20", "当期 400", "当期 21"), YearBefore: lastYear(months(flow, "当期 22", "当期 24", "当期 19"))}, "jump"},
	{"the season explains it", beds, said(OfPeriod, "value 200"),
		Known{Year: months(flow, "当期 20", "当期 25", "当期 21"), YearBefore: lastYear(months(flow, "当期 22", "当期 24", "当期 19", "当期 180"))}, ""},

	{"parts do not make the total", beds, said(Cumulative, "value 100"),
		Known{Parts: []Part{{Point: Point{Cumulative: figure("40")}}, {Point: Point{Cumulative: figure("50")}}}}, "parts.differ"},
	{"parts that were rounded do", revenue, said(Cumulative, "value 747.7e8"),
		Known{Parts: []Part{{Point: Point{Cumulative: figure("40012e6")}}, {Point: Point{Cumulative: figure("34761e6")}}}}, ""},
	{"parts of another scope say nothing", beds, said(Cumulative, "value 100"), Known{Parts: []Part{{Scope: "含农村", Point: Point{Cumulative: figure("40")}}}}, ""},
	{"a part above the whole", beds, said(Cumulative, "value 100"), Known{Whole: figure("90")}, "whole.exceeded"},

	{"numerator above denominator", doctors, said(Cumulative, "numerator 120", "denominator 100"), Known{}, "numerator.above"},
	{"gross enrolment may be above all", Row{Title: "学龄人口毛入学率", Terms: rate}, said(Cumulative, "numerator 102", "denominator 100"), Known{}, ""},
	{"a rate above all", quality, said(Cumulative, "value 104"), Known{}, "rate.outside"},
	{"half a quotient", doctors, said(Cumulative, "numerator 80"), Known{}, "quotient.half"},
	{"nothing to divide by", doctors, said(Cumulative, "numerator 0", "denominator 0"), Known{}, "denominator.zero"},
	{"a rate that its numbers do not make", doctors, said(Cumulative, "value 85.9", "numerator 80", "denominator 100"), Known{}, "rate.differs"},
	{"a rate as printed", doctors, said(Cumulative, "value 85.76", "numerator 1676", "denominator 1954"), Known{}, "rate.differs"},
	{"a rate rightly rounded", doctors, said(Cumulative, "value 85.77", "numerator 1676", "denominator 1954"), Known{}, ""},

	{"growth that does not follow", revenue, said(Cumulative, "value 110e8", "base 100e8", "growth 12"), Known{}, "growth.differs"},
	{"growth that does", revenue, said(Cumulative, "value 110e8", "base 100e8", "growth 10.0"), Known{}, ""},
	{"growth at constant prices", economy, said(Cumulative, "value 110e8", "base 100e8", "growth 7.1"), Known{}, ""},
	{"growth below all", revenue, said(Cumulative, "growth -101"), Known{}, "growth.impossible"},

	{"paid more than arrived", building, said(Cumulative, "value 2e7", "arrived 1e7", "paid 11000000"), Known{}, "paid.above"},
	{"arrived more than planned", building, said(Cumulative, "value 2e7", "arrived 31000000"), Known{}, "arrived.above"},
	{"more than the whole investment", building, said(Cumulative, "value 81000000"), Known{}, "investment.above"},
	{"spent but not started", building, said(Cumulative, "value 2e7", "said not_started"), Known{}, "said.spent"},

	{"completed by half", errand, Observation{Said: Completed, Figures: Figures{Percent: figure("50")}, Nodes: []NodeReached{{1, day("2026-04-01")}}}, Known{}, "completed.percent"},
	{"completed with an open node", errand, said("", "said completed"), Known{}, "completed.nodes"},
	{"completed below the target", with(beds, target(1, "", "", ledger.Level, "300", "张")), said(Cumulative, "value 280", "said completed"), Known{}, "completed.short"},
	{"in trouble without a word", errand, said("", "said in_trouble"), Known{}, "trouble.silent"},
	{"in trouble, and why", errand, said("", "said in_trouble", "reason 用地未批"), Known{}, ""},
	{"far behind without a reason", with(beds, target(1, "", "", ledger.Level, "300", "张")), said(Cumulative, "value 30"), Known{}, "reason.missing"},
	{"far behind with a reason", with(beds, target(1, "", "", ledger.Level, "300", "张")), said(Cumulative, "value 30", "reason 雨季停工"), Known{}, ""},
	{"a bound from above is not pursued", with(beds, ledger.Target{Cmp: ledger.AtMost, Measure: ledger.Level, Value: figure("300"), Unit: "张"}), said(Cumulative, "value 30"), Known{}, ""},

	{"of which view?", beds, said("", "value 30"), Known{}, "given.missing"},
	{"a stock needs none", Row{Terms: stock}, said("", "value 30"), Known{}, ""},
	{"no such view", Row{Terms: stock}, said("both", "value 30"), Known{}, "given.missing"},
	{"no such standing", errand, said("", "said soon"), Known{}, "said.unknown"},
	{"more than all", errand, said("", "percent 101"), Known{}, "percent.outside"},
	{"no such node", errand, Observation{Said: UnderWay, Nodes: []NodeReached{{7, day("2026-04-01")}}}, Known{}, "node.unknown"},
	{"a node that was marked meanwhile", Row{Subject: errand.Subject, Title: errand.Title, Reached: []int{7}}, Observation{Said: UnderWay, Nodes: []NodeReached{{7, day("2026-04-01")}}}, Known{}, ""},
	{"a node without a date", errand, Observation{Said: UnderWay, Nodes: []NodeReached{{Number: 1}}}, Known{}, "node.unknown"},
	{"an obstacle without words", errand, Observation{Said: InTrouble, Obstacles: []Obstacle{{Text: " "}}}, Known{}, "obstacle.empty"},
}

func TestChecksFindWhatCannotBeRight(t *testing.T) {
	for _, c := range checks {
		t.Run(c.name, func(t *testing.T) {
			known := c.known
			known.Period = month(4)
			equal(t, "found", codes(Check(c.row, c.said, known)), c.want)
		})
	}
}

// Words are filled with the figures in the row's own unit.
func TestAFindingSaysWhatIsWrongAndWhatToDo(t *testing.T) {
	found := Check(revenue, said(Cumulative, "value 80e12"), Known{Period: month(4), Year: months(flow, "累计 20e8", "累计 40e8", "累计 60e8")})[0]
	equal(t, "what", found.What().ZH, "800000 亿元 约为应有数量级的 10000 倍，单位可能填错。")
	equal(t, "do", found.Do().ZH, "核对单位，是否应为 80 亿元；确实无误的，填写核实说明。")
	equal(t, "do in English", found.Do().EN, "Check whether 80 亿元 is meant; if it is right, say why.")
	equal(t, "where", found.Subject.String()+" "+string(found.Field), "indicator:a value")
}

// Whatever is entered, whatever was said before: checking comes to an end, and what it finds can be read.
func FuzzCheck(f *testing.F) {
	f.Add("累计 80e8", "累计 20e8", "80", "100", "110", "7.1", uint8(0))
	f.Add("当期 -3", "累计 0", "0", "0", "0", "-100", uint8(1))
	f.Add("当期 9e18", "当期 9e18", "9e100", "1e-100", "9e-100", "9e100", uint8(2))
	rows := []Row{revenue, tax, with(beds, target(1, "", "", ledger.Level, "300", "张")), doctors, quality, building, {Terms: growing}, {Terms: level}}
	f.Fuzz(func(t *testing.T, now, before, numerator, denominator, base, growth string, which uint8) {
		read := func(text string) ledger.Decimal { d, _ := ledger.ParseDecimal(text); return d }
		stated := func(n int, text string) Stated {
			s := Stated{Period: month(n), State: Locked}
			view, value, _ := strings.Cut(text, " ")
			s.Given, s.Value = map[string]Basis{"当期": OfPeriod, "累计": Cumulative}[view], read(value)
			return s
		}
		row := rows[int(which)%len(rows)]
		o := Observation{Figures: stated(4, now).Figures, Said: append(SaidAll(), "")[which%5]}
		o.Numerator, o.Denominator, o.Base, o.Growth = read(numerator), read(denominator), read(base), read(growth)
		o.Arrived, o.Paid, o.Percent = o.Numerator, o.Denominator, o.Growth
		points := Derive(row.Terms, []Stated{stated(1, before), stated(2, before), stated(3, before)})
		known := Known{Period: month(4), Year: points, YearBefore: lastYear(points), Parts: []Part{{Point: points[0]}}, Whole: o.Base}
		for _, found := range Check(row, o, known) {
			for _, w := range []ledger.Wording{found.What(), found.Do()} {
				if w.ZH == "" || w.EN == "" || strings.Contains(w.ZH+w.EN, "{") {
					t.Errorf("%s cannot be read: %v", found.Code, w)
				}
			}
		}
	})
}

func TestUnfilledRowsAreNamed(t *testing.T) {
	form := Form{Rows: []Row{{Subject: TaskSubject("a"), Title: "出台方案", Fields: []Field{FieldSaid}}, {Subject: TaskSubject("b"), Fields: []Field{FieldSaid}}}}
	found := Unfilled(form, map[Subject]Observation{TaskSubject("b"): {Said: UnderWay}})
	equal(t, "found", codes(found), "row.unfilled")
	equal(t, "which", found[0].What().ZH, "“出台方案”还没有填。")
}

func TestWarningsArePassedOverWithAReasonErrorsAreNot(t *testing.T) {
	found := Findings{{Code: "jump", Severity: Warning}, {Code: "numerator.above", Severity: Fault}}
	equal(t, "without a reason", codes(found.Stopping(Observation{})), "jump numerator.above")
	equal(t, "a blank is none", codes(found.Stopping(Observation{Override: " "})), "jump numerator.above")
	equal(t, "with a reason", codes(found.Stopping(Observation{Override: "集中交付"})), "numerator.above")
	equal(t, "it is among them", found.Has("jump"), true)
	equal(t, "it is not", found.Has("row.unfilled"), false)
	equal(t, "nothing wrong", Findings(nil).Err() == nil, true)
	equal(t, "as an error", strings.HasPrefix(found.Err().Error(), "jump: The figure"), true)
}

// Every code is worded in both languages, says what to do, and has a test that finds it.
func TestEveryFindingIsWordedAndFound(t *testing.T) {
	tested := map[string]bool{"row.unfilled": true}
	for _, c := range checks {
		tested[c.want] = true
	}
	for _, list := range [][]rule{planning(), cells(), correcting()} {
		for _, r := range list {
			equal(t, r.name, codes(r.found), r.want)
			tested[r.want] = true
		}
	}
	for code, entry := range checkWords() {
		if entry.severity != Fault && entry.severity != Warning {
			t.Errorf("%s is neither error nor warning but %q", code, entry.severity)
		}
		for _, w := range []ledger.Wording{entry.what, entry.do} {
			if w.ZH == "" || w.EN == "" {
				t.Errorf("%s lacks words", code)
			}
		}
		if !tested[code] {
			t.Errorf("%s is found by no test", code)
		}
	}
	for code := range tested {
		if _, worded := checkWords()[code]; !worded && code != "" {
			t.Errorf("%s has no words", code)
		}
	}
}

type rule struct {
	name  string
	found Findings
	want  string
}

func planning() []rule {
	sound := Schedule{Frequency: Monthly, Opens: 5, Due: 5, Closes: 3}
	schedule := func(change func(*Schedule)) Findings {
		s := sound
		change(&s)
		return s.Validate()
	}
	round := func(p Period, opens, due, closes string) Findings {
		return Round{Period: p, Opens: day(opens), Due: day(due), Closes: day(closes)}.Validate()
	}
	return []rule{
		{"a sound schedule", sound.Validate(), ""},
		{"every week", schedule(func(s *Schedule) { s.Frequency = "week" }), "schedule.frequency"},
		{"due never", schedule(func(s *Schedule) { s.Due = 0 }), "schedule.due"},
		{"due on the 32nd", schedule(func(s *Schedule) { s.Day = 32 }), "schedule.due"},
		{"closed before it is due", schedule(func(s *Schedule) { s.Closes = -1 }), "schedule.closes"},
		{"open when it is due", schedule(func(s *Schedule) { s.Opens = -20 }), "schedule.opens"},
		{"a round of nothing", round(Period{}, "2026-03-01", "2026-03-02", "2026-03-03"), "round.period"},
		{"a round that opens late", round(month(3), "2026-03-02", "2026-03-02", "2026-03-03"), "round.opens"},
		{"a round that closes early", round(month(3), "2026-03-01", "2026-03-02", "2026-03-01"), "round.closes"},
		{"asked every week", Asking{Kinds: map[SubjectKind]Frequency{OfTask: "week"}}.Validate(), "asking.frequency"},
		{"an exception every week", Asking{Exceptions: map[Subject]Frequency{TaskSubject("a"): "week"}}.Validate(), "asking.frequency"},
		{"statistics without an office", Asking{Statistics: []ledger.IndicatorID{"a"}}.Validate(), "asking.statistics"},
	}
}

func cells() []rule {
	read := func(text string) Findings { _, found := revenue.Read(FieldValue, text); return found }
	return []rule{{"no number", read("很多"), "figure.unread"}, {"another unit", read("5家"), "figure.unit"}}
}

func correcting() []rule {
	before, after := said(Cumulative, "value 5"), said(Cumulative, "value 6")
	return []rule{
		{"a sound correction", Correction{Before: before, After: after, Reason: "录入有误", Basis: "统计月报"}.Validate(), ""},
		{"no reason", Correction{Before: before, After: after, Basis: "统计月报"}.Validate(), "correction.reason"},
		{"no basis", Correction{Before: before, After: after, Reason: "录入有误"}.Validate(), "correction.basis"},
		{"no change", Correction{Before: before, After: said(Cumulative, "value 5.0"), Reason: "录入有误", Basis: "统计月报"}.Validate(), "correction.nothing"},
	}
}

func TestEveryNameHasALabel(t *testing.T) {
	var shown []ledger.Wording
	for _, f := range Frequencies() {
		shown = append(shown, f.Label())
	}
	for _, f := range Fields() {
		shown = append(shown, f.Label())
	}
	for _, s := range SaidAll() {
		shown = append(shown, s.Label())
	}
	for _, s := range []State{Drafted, Submitted, Approved, Reviewed, Statistic, Locked, Returned} {
		shown = append(shown, s.Label())
	}
	for _, o := range []Origin{Typed, Template, Imported, Delivered, Prefilled} {
		shown = append(shown, o.Label())
	}
	for _, l := range []Lack{LacksPrevious, LacksNumerator, LacksGrowth, LacksPart, LacksRoom, LacksFigure} {
		shown = append(shown, l.Label())
	}
	for _, w := range []Why{NotLocked, OtherScope, OtherPeriod, NoFigure, NoNumerator, NotAdditive} {
		shown = append(shown, w.Label())
	}
	for _, k := range []HintKind{HintHeld, HintSum, HintLast, HintYearBefore} {
		shown = append(shown, k.Label())
	}
	shown = append(shown, OfPeriod.Label(), Cumulative.Label(), Planned.Label(), Open.Label(), Closed.Label(), OfIndicator.Label(), OfTarget.Label(),
		OfTask.Label(), OfProject.Label(), Fault.Label(), Warning.Label(), MissStart.Label(), MissPace.Label())
	for _, c := range ledger.Comparators() {
		shown = append(shown, label("bound", c))
	}
	for _, w := range shown {
		if w.ZH == "" || w.EN == "" || w.ZH == w.EN && w.ZH != "{0}" {
			t.Errorf("%q has no label", w)
		}
	}
}
