package light

import (
	"strings"
	"testing"

	"luoshi/calendar"
	"luoshi/ledger"
	"luoshi/ledger/reporting"
)

// TestALightSaysItsComputation: of 12,000 jobs 5,200 at the half-year.
func TestALightSaysItsComputation(t *testing.T) {
	l := Judge(jobs("800 1700 2600 3400 4300 5200"), rule(t, "simple"), day("2026-07-20"))
	if l.Colour != Yellow || l.Progress.Plain() != "43.33" || l.Due.Plain() != "50.00" || l.Gap.Plain() != "-6.67" || l.Elapsed.Plain() != "50.00" ||
		l.Expected.Plain() != "6000.00" || l.Actual.Plain() != "5200" || l.Bound.Plain() != "12000" || l.AsOf != month(2026, 6) {
		t.Errorf("got %+v", l)
	}
	want := "目标：城镇新增就业达到1.2万人。截至2026年6月，累计5200人，完成43.33%。时间过去50%，序时进度应完成50%，即6000人。" +
		"43.33% − 50%：落后6.67个百分点。落后不超过10个百分点为黄灯。"
	if got := zh(l.Why); got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
	english := l.Why[1].Words().EN
	if english != "Up to 2026-06: 5,200 people in total, 43.33% done." {
		t.Errorf("got %s", english)
	}
}

func TestAmountsGoAgainstTheirPath(t *testing.T) {
	budget := measured(target("公务用车经费", ledger.AtMost, "1200", "元"), ledger.AsSum, ledger.Less, "")
	for name, test := range map[string]struct {
		matter Matter
		points string
		rule   string
		want   Colour
		code   string
	}{
		"behind by what nobody sees":      {jobs(""), "- - - - - 5999.9", "simple", Green, "gap.even"},
		"even with the path":              {jobs(""), "1000 2000 3000", "simple", Green, "gap.even"},
		"ahead":                           {jobs(""), "1000 2000 3600", "simple", Green, "gap.ahead"},
		"ten points behind":               {jobs(""), "1000 1500 1800", "simple", Yellow, "grade.upto.points"},
		"more than ten points behind":     {jobs(""), "1000 1500 1799", "simple", Red, "grade.beyond.points"},
		"银川 is silent below ten points":   {jobs(""), "1000 1500 1801", "yinchuan", Green, "grade.under.points"},
		"银川: ten points are yellow":       {jobs(""), "1000 1500 1800", "yinchuan", Yellow, "grade.upto.points"},
		"银川: thirty points still are":     {jobs(""), "- - - - - 2400", "yinchuan", Yellow, "grade.upto.points"},
		"银川: beyond thirty points red":    {jobs(""), "- - - - - 2399", "yinchuan", Red, "grade.beyond.points"},
		"瓯海: behind is red":               {jobs(""), "1000 1999", "ouhai", Red, "grade.late.points"},
		"瓯海: caught up is yellow once":    {jobs(""), "1000 1999 3000", "ouhai", Yellow, "recovers"},
		"瓯海: and green thereafter":        {jobs(""), "1000 1999 3000 4000", "ouhai", Green, "grade.none.points"},
		"三明: one period is a blue sheet":  {jobs(""), "1000 2000 2900", "sanming", Yellow, "grade.upto.periods"},
		"三明: three make it red":           {jobs(""), "900 1900 2900", "sanming", Red, "grade.beyond.periods"},
		"西安 looks at the days alone":      {jobs(""), "0 0 0", "xian", Green, "grade.only"},
		"reached is done, early":          {jobs(""), "1000 2000 12000", "simple", Blue, "met"},
		"the year is over, reached":       {jobs(""), "- - - - - - - - - - - 12000", "simple", Blue, "met"},
		"the year is over, missed":        {jobs(""), "- - - - - - - - - - - 11999", "simple", Red, "missed"},
		"a ceiling, used as time goes":    {budget, "100 200 300", "simple", Green, "gap.even"},
		"a ceiling, used too fast":        {budget, "100 200 330", "simple", Yellow, "gap.behind.budget"},
		"a ceiling with some to spare":    {budget, "100 200 250", "simple", Green, "gap.ahead.budget"},
		"a ceiling that is passed":        {budget, "100 200 1201", "simple", Red, "budget.passed"},
		"a ceiling kept to the end":       {budget, "- - - - - - - - - - - 1200", "simple", Blue, "met"},
		"a gap in the middle is no fault": {jobs(""), "1000 - 3000", "simple", Green, "gap.even"},
	} {
		test.matter.Points = sums(2026, test.points)
		l := Judge(test.matter, rule(t, test.rule), day("2026-12-20"))
		if l.Colour != test.want || !strings.Contains(codes(l.Why), test.code) {
			t.Errorf("%s: got %s, %s", name, l.Colour, zh(l.Why))
		}
	}
}

func TestLevelsGoAgainstTheirBound(t *testing.T) {
	jobless := func(f string) Matter {
		return measured(target("城镇登记失业率", ledger.AtMost, "4", "%"), ledger.AsLatest, ledger.Less, f)
	}
	air := func(f string) Matter {
		return measured(target("空气优良天数比率", ledger.AtLeast, "80", "%"), ledger.AsAverage, ledger.More, f)
	}
	decline := func(f string) Matter {
		m := growth(ledger.AtLeast, "3", ledger.Less, f)
		m.Target.Measure, m.Terms.Unit = ledger.Decline, "吨标准煤"
		return m
	}
	between := growth(ledger.Between, "5", ledger.More, "6.5")
	between.Target.Upper = figure("6")
	prices := growth(ledger.Approximately, "3", ledger.Neither, "3.6")
	for name, test := range map[string]struct {
		matter Matter
		want   Colour
		code   string
	}{
		"lower is better, and it is lower":          {jobless("3.9"), Green, "grade.none.level"},
		"as low as allowed":                         {jobless("4.0"), Green, "grade.none.level"},
		"a little too high":                         {jobless("4.3"), Yellow, "grade.upto.level"},
		"much too high":                             {jobless("4.5"), Red, "grade.beyond.level"},
		"kept to the end":                           {jobless("- - - - - - - - - - - 3.9"), Blue, "met.level"},
		"missed at the end":                         {jobless("- - - - - - - - - - - 4.1"), Red, "missed"},
		"a share, whatever time is over":            {air("80.0"), Green, "grade.none.level"},
		"a share that is short":                     {air("79.9"), Yellow, "level.share"},
		"growth as stated":                          {growth(ledger.AtLeast, "6", ledger.More, "5.8"), Yellow, "actual.growth"},
		"growth far below":                          {growth(ledger.AtLeast, "6", ledger.More, "5.3"), Red, "level.share"},
		"a fall where growth was promised":          {growth(ledger.AtLeast, "6", ledger.More, "-0.1"), Red, "actual.fall level.opposite"},
		"about six is met from 5.5 on":              {growth(ledger.Approximately, "6", ledger.More, "5.5"), Green, "target.approx"},
		"about six is not met below":                {growth(ledger.Approximately, "6", ledger.More, "5.4"), Yellow, "target.approx"},
		"more than promised is no miss":             {growth(ledger.Approximately, "6", ledger.More, "8"), Green, "target.approx"},
		"about three of prices: not much more":      {prices, Yellow, "level.share"},
		"a range, passed at the good end":           {between, Green, "target.between"},
		"more than six is more than six":            {growth(ledger.MoreThan, "6", ledger.More, "6"), Yellow, "level.share"},
		"a promised decrease of three, 3.2 reached": {decline("-3.2"), Green, "actual.fall"},
		"a promised decrease of three, 2 reached":   {decline("-2"), Red, "actual.fall"},
		"a promised decrease, and it rose":          {decline("1"), Red, "level.opposite"},
	} {
		l := Judge(test.matter, rule(t, "simple"), day("2027-02-01"))
		if l.Colour != test.want || !strings.Contains(codes(l.Why), test.code) {
			t.Errorf("%s: got %s, %s", name, l.Colour, zh(l.Why))
		}
	}
}

func TestGrowthFollowsFromTheBase(t *testing.T) {
	m := growth(ledger.AtLeast, "5", ledger.More, "")
	stated := reporting.Stated{Period: month(2026, 6), State: reporting.Locked}
	stated.Given, stated.Value, stated.Base = reporting.Cumulative, figure("106"), figure("100")
	m.Points = reporting.Derive(m.Terms, []reporting.Stated{stated})
	if l := Judge(m, Usual(), day("2026-08-01")); l.Colour != Green || l.Actual.Plain() != "6.00" {
		t.Errorf("6 %%: got %s %s", l.Colour, l.Actual.Plain())
	}
	stated.Given, stated.Growth = reporting.OfPeriod, figure("9")
	m.Points = reporting.Derive(m.Terms, []reporting.Stated{stated})
	if l := Judge(m, Usual(), day("2026-08-01")); l.Colour != Grey || codes(l.Why) != "target lacking.view" {
		t.Errorf("the growth of June is not that of the half-year: got %s, %s", l.Colour, zh(l.Why))
	}
	m.Base = figure("200")
	m.Points = sums(2026, "- - - - - - - - - - - 211")
	if l := Judge(m, Usual(), day("2027-02-01")); l.Colour != Blue || l.Actual.Plain() != "5.50" {
		t.Errorf("the whole year: got %s %s", l.Colour, l.Actual.Plain())
	}
}

func TestPointsAreNotPerCent(t *testing.T) {
	m := measured(target("森林覆盖率", ledger.AtLeast, "0.5", "个百分点"), ledger.AsLatest, ledger.More, "- - - - - - - - - - - 46.6")
	m.Target.Measure, m.Terms.Unit, m.Base = ledger.Growth, "%", figure("46.0")
	if l := Judge(m, Usual(), day("2027-02-01")); l.Colour != Blue || l.Actual.Plain() != "0.60" {
		t.Errorf("got %s %s, %s", l.Colour, l.Actual.Plain(), zh(l.Why))
	}
}

func TestAStockMovesFromWhereItBegan(t *testing.T) {
	m := measured(target("公园绿地面积", ledger.AtLeast, "300", "公顷"), ledger.AsLatest, ledger.More, "202 205 220")
	m.Base = figure("200")
	if l := Judge(m, Usual(), day("2026-05-01")); l.Colour != Yellow || l.Progress.Plain() != "20.00" || l.Expected.Plain() != "225.00" {
		t.Errorf("a fifth of the way: got %s, %s", l.Colour, zh(l.Why))
	}
	m.Points = points(m.Terms, 2026, "202 205 300")
	if l := Judge(m, Usual(), day("2026-05-01")); l.Colour != Green {
		t.Errorf("there, but not at the end yet: got %s, %s", l.Colour, zh(l.Why))
	}
}

func TestAnAmountOverTwoYears(t *testing.T) {
	m := jobs("")
	m.Begin, m.By = day("2025-01-01"), day("2026-12-31")
	m.Points = append(sums(2025, "- - - - - 3000 - - - - - 5500"), sums(2026, "500 1000 1500")...)
	l := Judge(m, Usual(), day("2026-05-01"))
	if l.Actual.Plain() != "7000.00" || l.Due.Plain() != "62.50" || l.Gap.Plain() != "-4.17" {
		t.Errorf("5,500 and 1,500 of 12,000 after 15 of 24 months: %s", zh(l.Why))
	}
}

func TestDeadlinesWithinTheYear(t *testing.T) {
	m := jobs("1000 2000 4000 6000 8000 11000 12000")
	m.By = day("2026-06-30")
	l := Judge(m, Usual(), day("2026-09-01"))
	if l.Colour != Blue || !strings.Contains(codes(l.Why), "met.late") {
		t.Errorf("reached a month late: got %s, %s", l.Colour, zh(l.Why))
	}
	m.Points = m.Points[:6]
	if l := Judge(m, Usual(), day("2026-09-01")); l.Colour != Red || !l.Final {
		t.Errorf("missed: got %s, %s", l.Colour, zh(l.Why))
	}
	m.Points = m.Points[:5]
	if l := Judge(m, Usual(), day("2026-07-05")); l.Colour == Blue || l.Final || !strings.Contains(codes(l.Why), "overdue.lag") {
		t.Errorf("the figure of June is not locked yet: got %s, %s", l.Colour, zh(l.Why))
	}
	if l := Judge(m, rule(t, "xian"), day("2026-06-28")); l.Colour != Yellow {
		t.Errorf("two days are left: got %s, %s", l.Colour, zh(l.Why))
	}
	if l := Judge(m, rule(t, "xian"), day("2026-07-01")); l.Colour != Red {
		t.Errorf("overdue: got %s, %s", l.Colour, zh(l.Why))
	}
}

// TestAFractionIsNoSumOfMoney: three quarters of the villages are to have an income of more than 500,000 yuan. 0.75 is no
// bound of an income, and a person has to judge it; a whole number without a unit counts as the indicator does.
func TestAFractionIsNoSumOfMoney(t *testing.T) {
	for value, person := range map[string]bool{"0.75": true, "500000": false} {
		m := measured(target("村集体经营性收入", ledger.AtLeast, value, ""), ledger.AsSum, ledger.More, "254000")
		m.Terms.Unit = "元"
		if l := Judge(m, Usual(), day("2026-03-01")); l.Person != person {
			t.Errorf("%s against 254,000 yuan: %s, %s", value, l.Colour, zh(l.Why))
		}
	}
}

func TestBoundsInWords(t *testing.T) {
	for _, test := range []struct {
		words, growth, reference string
		want                     Colour
		person                   bool
	}{
		{"保持正增长", "0.1", "", Green, false},
		{"保持正增长", "0", "", Yellow, false},
		{"保持正增长", "-0.1", "", Red, false},
		{"零增长", "0", "", Green, false},
		{"稳步下降", "-2", "", Green, false},
		{"稳步下降", "2", "", Red, false},
		{"高于全省平均水平", "7", "", Grey, true},
		{"高于全省平均水平", "7", "6.8", Green, false},
		{"高于全省平均水平", "6.8", "6.8", Yellow, false},
		{"不低于全省平均水平", "6.8", "6.8", Green, false},
		{"与经济增长基本同步", "5.6", "6", Green, false},
		{"与经济增长同步", "5.6", "6", Yellow, false},
		{"完成市下达任务", "5", "", Grey, true},
		{"完成市下达任务", "5", "5", Green, false},
		{"持续改善", "5", "", Grey, true},
		{"再上新台阶", "5", "", Grey, true},
	} {
		m := worded(test.words, test.growth)
		m.Reference = figure(test.reference)
		if test.reference != "" {
			m.Target.Measure, m.Target.Unit = ledger.Growth, "%"
		}
		l := Judge(m, Usual(), day("2026-03-01"))
		if l.Colour != test.want || l.Person != test.person {
			t.Errorf("%s with %s against %q: got %s, %s", test.words, test.growth, test.reference, l.Colour, zh(l.Why))
		}
	}
	jobless := measured(target("城镇调查失业率", ledger.Equal, "0", "%"), ledger.AsLatest, ledger.Less, "5.2 5.0")
	jobless.Target.Value, jobless.Target.Words, jobless.Reference = ledger.Decimal{}, "低于全省平均水平", figure("5.1")
	if l := Judge(jobless, Usual(), day("2026-03-01")); l.Colour != Green || l.Bound.Plain() != "5.1" {
		t.Errorf("lower than the province: got %s, %s", l.Colour, zh(l.Why))
	}
	m := worded("完成市下达任务", "")
	m.Points, m.Terms.Unit, m.Reference = sums(2026, "100 200 300"), "户", figure("1200")
	if l := Judge(m, Usual(), day("2026-05-01")); l.Colour != Green || l.Due.Plain() != "25.00" {
		t.Errorf("a quota that was entered has a path: got %s, %s", l.Colour, zh(l.Why))
	}
}

func TestWhatFiguresCannotTellIsAPersonsCall(t *testing.T) {
	twice := jobs("1000")
	twice.Target.Unit = "番"
	acres := jobs("1000")
	acres.Target.Unit, acres.Terms.Unit = "亩", "公顷"
	counted := jobs("1000")
	counted.Target.Unit, counted.Terms.Unit = "家", "户"
	for name, test := range map[string]struct {
		matter Matter
		want   bool
	}{
		"番": {twice, true}, "亩 against 公顷": {acres, true}, "家 for 户": {counted, false},
	} {
		if l := Judge(test.matter, Usual(), day("2026-03-01")); l.Person != test.want || l.Person && l.Colour != Grey {
			t.Errorf("%s: got %s, %s", name, l.Colour, zh(l.Why))
		}
	}
}

func TestMissingFiguresAreSaid(t *testing.T) {
	for _, test := range []struct {
		points string
		due    reporting.Period
		want   Colour
		stale  int
		codes  string
	}{
		{"", reporting.Period{}, Grey, 0, "target lacking.early"},
		{"", month(2026, 1), Grey, 1, "target lacking stale"},
		{"", month(2026, 3), Yellow, 3, "target lacking stale stale.colour"},
		{"1000 2000", month(2026, 2), Green, 0, "target actual path gap.even grade.none.points"},
		{"1000 2000", month(2026, 3), Green, 1, "target actual path gap.even grade.none.points stale"},
		{"1000 2000", month(2026, 5), Yellow, 3, "target actual path gap.even grade.none.points stale stale.colour"},
	} {
		m := jobs(test.points)
		m.Due = test.due
		l := Judge(m, Usual(), day("2026-06-10"))
		if l.Colour != test.want || l.Stale != test.stale || codes(l.Why) != test.codes {
			t.Errorf("%q due %s: got %s, %d, %s", test.points, test.due.Key(), l.Colour, l.Stale, codes(l.Why))
		}
	}
}

func TestPathsOfAMatter(t *testing.T) {
	m := jobs("")
	quarters := Path{Kind: ByQuarters, Weights: [4]ledger.Decimal{figure("10"), figure("20"), figure("30"), figure("40")}}
	m.Milestones = []Milestone{{By: day("2026-03-31"), Weight: figure("1")}, {By: day("2026-10-31"), Weight: figure("3")}}
	for _, test := range []struct {
		path Path
		on   string
		want string
	}{
		{Path{}, "2025-12-31", "0"}, {Path{}, "2026-01-31", "0.0833"}, {Path{}, "2026-06-30", "0.5000"}, {Path{}, "2026-12-31", "1"},
		{Path{}, "2026-06-15", "0.4583"}, {Path{}, "2027-03-01", "1"},
		{quarters, "2026-03-31", "0.1000"}, {quarters, "2026-06-30", "0.3000"}, {quarters, "2026-08-31", "0.5000"}, {quarters, "2026-12-30", "0.9957"},
		{Path{Kind: ByMilestones}, "2026-03-30", "0"}, {Path{Kind: ByMilestones}, "2026-03-31", "0.2500"}, {Path{Kind: ByMilestones}, "2026-11-01", "1"},
		{Path{Kind: AtEnd}, "2026-12-30", "0"}, {Path{Kind: AtEnd}, "2026-12-31", "1"},
		{Path{Kind: ByQuarters}, "2026-06-30", "0.5000"},
	} {
		m.Path = test.path
		got := m.Share(day(test.on)).FloatString(4)
		if strings.TrimSuffix(got, ".0000") != test.want {
			t.Errorf("%s on %s: got %s, want %s", test.path.Kind, test.on, got, test.want)
		}
	}
	for _, w := range []string{"12.345", "-1", "10001", "9e18", "0"} {
		odd := Path{Kind: ByQuarters, Weights: [4]ledger.Decimal{figure(w), figure(w), figure(w), figure(w)}}
		if odd.Validate() != "path.weight" {
			t.Errorf("quarters of %s each were accepted", w)
		}
	}
	if quarters.Validate() != "" || (Path{Kind: ByQuarters}).Validate() == "" || (Path{Kind: "moon"}).Validate() == "" {
		t.Error("paths are not told apart")
	}
}

func TestTheWorstLightIsTheCommitments(t *testing.T) {
	of := func(all ...Colour) (lights []Light) {
		for _, c := range all {
			lights = append(lights, Light{Colour: c})
		}
		return lights
	}
	for _, test := range []struct {
		lights []Light
		want   Colour
	}{
		{nil, Grey}, {of(Blue, Blue), Blue}, {of(Blue, Green), Green}, {of(Green, Grey), Grey}, {of(Grey, Yellow, Green), Yellow}, {of(Yellow, Red, Blue), Red},
	} {
		if got := Worst(test.lights); got.Colour != test.want {
			t.Errorf("%v: got %s", test.lights, got.Colour)
		}
	}
}

func TestTheCalendarSpeaksForItself(t *testing.T) {
	begin, by := day("2026-03-01"), day("2026-10-31")
	for _, test := range []struct {
		on   string
		by   calendar.Date
		want Standing
	}{
		{"2026-02-19", by, Standing{NotBegun, 10}}, {"2026-03-01", by, Standing{Running, 244}}, {"2026-10-01", by, Standing{DueSoon, 30}},
		{"2026-10-31", by, Standing{DueSoon, 0}}, {"2026-11-02", by, Standing{Overdue, 2}}, {"2026-11-02", calendar.Date{}, Standing{State: OpenEnded}},
	} {
		if got := Calendar(begin, test.by, day(test.on)); got != test.want {
			t.Errorf("%s: got %+v", test.on, got)
		}
	}
	if got := (Standing{Overdue, 2}).Words(); got.ZH != "已逾期2天" || got.EN != "overdue by 2 day(s)" {
		t.Errorf("got %+v", got)
	}
}
