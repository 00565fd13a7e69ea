package reporting

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"

	"luoshi/calendar"
	"luoshi/ledger"
)

var plan = ledger.Plan{ID: ledger.PlanID(uuid(10)), Year: 2026}

// commitment is one in force that the finance office leads, by its number in the outline.
func commitment(section int, change func(*ledger.CommitmentTerms)) ledger.Commitment {
	terms := ledger.CommitmentTerms{
		ID: ledger.CommitmentID(uuid(100 + section)), Plan: plan.ID, Title: fmt.Sprintf("任务%d", section), Section: section,
		Kind: ledger.KindTask, State: ledger.InForce, By: day("2026-12-31"), Lead: finance,
	}
	change(&terms)
	return ledger.NewCommitment(terms)
}

func target(number int, indicator ledger.IndicatorID, subject string, measure ledger.Measure, value, unit string) ledger.Target {
	return ledger.Target{
		Number: number, Indicator: indicator, Subject: subject, Cmp: ledger.AtLeast, Measure: measure, Value: figure(value), Unit: unit,
		By: day("2026-12-31"),
	}
}

// samplePlan is a plan in which one indicator stands in two commitments, and a project, a task and a target stand beside it.
func samplePlan() ([]ledger.Commitment, []ledger.Indicator, []ledger.Project) {
	revenue := ledger.Indicator{ID: "revenue", Name: "一般公共预算收入", Unit: "元", Aggregation: ledger.AsSum, Direction: ledger.More,
		Base: figure("2795e6"), BaseYear: 2025}
	doctors := ledger.Indicator{ID: "doctors", Name: "家庭医生履约率", Unit: "%", Aggregation: ledger.AsSum, Direction: ledger.More,
		Numerator: "履约人数", Denominator: "签约人数"}
	school := ledger.Project{ID: "school", Plan: plan.ID, Name: "望溪中学", Category: ledger.Wellbeing, Stage: ledger.Starting, Lead: finance,
		Total: figure("9e7"), Completion: day("2027-08-31"), Years: []ledger.Investment{{Year: 2025, Done: figure("1e7")}, {Year: 2026, Planned: figure("3e7")}},
		Funds: []ledger.Fund{{Source: ledger.OwnBudget, Planned: figure("2e7")}, {Source: ledger.BankLoan, Planned: figure("1e7")}},
		Nodes: []ledger.Node{{Number: 1, Title: "可研批复", Done: day("2025-11-01")}, {Number: 2, Title: "主体封顶", By: day("2026-11-30")}}}
	park := ledger.Project{ID: "park", Plan: plan.ID, Name: "溪湾公园", Stage: ledger.Reserve, Lead: finance}
	road := ledger.Project{ID: "road", Plan: plan.ID, Name: "柳桥路", Stage: ledger.Ongoing, Lead: finance}
	commitments := []ledger.Commitment{
		commitment(3, func(c *ledger.CommitmentTerms) {
			c.Targets = []ledger.Target{target(1, "revenue", "一般公共预算收入", ledger.Level, "3e9", "元"), target(2, "", "新增养老床位", ledger.Level, "300", "张")}
		}),
		commitment(1, func(c *ledger.CommitmentTerms) {
			c.Targets = []ledger.Target{target(1, "revenue", "一般公共预算收入", ledger.Growth, "8", "%"), target(2, "doctors", "履约率", ledger.Level, "85", "%")}
		}),
		commitment(2, func(c *ledger.CommitmentTerms) { c.Project = "school" }),
		commitment(4, func(*ledger.CommitmentTerms) {}),
		commitment(5, func(c *ledger.CommitmentTerms) { c.State = ledger.Withdrawn }),
		commitment(6, func(c *ledger.CommitmentTerms) { c.State = ledger.Fulfilled }),
		commitment(7, func(c *ledger.CommitmentTerms) { c.Lead = education }),
		commitment(8, func(c *ledger.CommitmentTerms) {
			c.Targets = []ledger.Target{{Number: 1, Subject: "能耗", Cmp: ledger.Equal, Words: "完成市下达任务", Measure: ledger.Level, By: day("2026-06-30")}}
			c.Milestones = []ledger.Milestone{{Number: 1, Title: "出台方案", By: day("2026-03-31")}}
		}),
	}
	return commitments, []ledger.Indicator{revenue, doctors}, []ledger.Project{school, park, road}
}

func sampleAsking() Asking {
	asking := UsualAsking()
	asking.Statistics, asking.StatisticsUnit = []ledger.IndicatorID{"revenue"}, education
	return asking
}

func sampleForm(asked string, unit ledger.UnitID) Form {
	commitments, indicators, projects := samplePlan()
	return FormOf(Round{Period: period(asked)}, sampleAsking(), unit, plan, commitments, indicators, projects)
}

// The forms of all units are those of each of them.
func TestAllFormsAtOnceAreThoseOfEachUnit(t *testing.T) {
	commitments, indicators, projects := samplePlan()
	for _, asked := range []string{"2026-M03", "2026-Q1", "2026-H1"} {
		var each []Form
		for _, unit := range []ledger.UnitID{finance, education} {
			if form := sampleForm(asked, unit); len(form.Rows) > 0 {
				each = append(each, form)
			}
		}
		all := FormsOf(Round{Period: period(asked)}, sampleAsking(), plan, commitments, indicators, projects)
		if !reflect.DeepEqual(all, each) {
			t.Errorf("%s: got %+v, want %+v", asked, all, each)
		}
	}
}

func row(t *testing.T, form Form, subject string) Row {
	t.Helper()
	i := slices.IndexFunc(form.Rows, func(r Row) bool { return r.Subject.String() == subject })
	if i < 0 {
		t.Fatalf("the form has no row %s", subject)
	}
	return form.Rows[i]
}

func subjects(form Form) string {
	var all []string
	for _, r := range form.Rows {
		all = append(all, strings.ReplaceAll(r.Subject.String(), uuid(100)[:10], ""))
	}
	return strings.Join(all, " ")
}

func TestAFormAsksEachSubjectOnceInTheOrderOfTheOutline(t *testing.T) {
	bed := TargetSubject(ledger.CommitmentID(uuid(103)), 2)
	energy := TargetSubject(ledger.CommitmentID(uuid(108)), 1)
	var got []Subject
	for _, r := range sampleForm("2026-M03", finance).Rows {
		got = append(got, r.Subject)
	}
	want := []Subject{IndicatorSubject("revenue"), IndicatorSubject("doctors"), ProjectSubject("school"), bed, energy, ProjectSubject("road")}
	if !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
	quarter := sampleForm("2026-Q1", finance)
	equal(t, "tasks by quarter", len(quarter.Rows), 2)
	equal(t, "milestones are reported with the task", row(t, quarter, "task:"+uuid(108)).Nodes[0].Title, "出台方案")
	open := quarter.Without(map[ledger.CommitmentID][]int{ledger.CommitmentID(uuid(108)): {1}})
	equal(t, "one that is known to be reached is asked no more", row(t, open, "task:"+uuid(108)).Asks(FieldNodes), false)
	equal(t, "in that form alone", row(t, quarter, "task:"+uuid(108)).Asks(FieldNodes), true)
	equal(t, "what nobody asks has no row", subjects(sampleForm("2026-H1", finance)), "")
	equal(t, "another unit", len(sampleForm("2026-Q1", education).Rows), 1)
}

func TestARowKnowsAllThatIsNeededToFillIt(t *testing.T) {
	form := sampleForm("2026-M03", finance)
	revenue := row(t, form, "indicator:revenue")
	equal(t, "both commitments", len(revenue.Commitments), 2)
	equal(t, "neither of which names the row", revenue.Promise, "")
	equal(t, "both targets", len(revenue.Targets), 2)
	equal(t, "in hundred millions", revenue.Measure(), "亿元")
	equal(t, "statistics", revenue.Statistics, true)
	equal(t, "base", revenue.Base.Plain(), "2795000000")
	school := row(t, form, "project:school")
	equal(t, "planned for the year", school.Planned.Plain(), "30000000")
	equal(t, "done before", school.Before.Plain(), "10000000")
	equal(t, "funds", school.Funds.Plain(), "30000000")
	equal(t, "open nodes", len(school.Nodes), 1)
	equal(t, "its commitment", len(school.Commitments), 1)
	equal(t, "which says more than its title", school.Promise, "任务2")
	equal(t, "deadline", row(t, form, "target:"+uuid(108)+":1").By, day("2026-06-30"))
}

func TestARowAsksForWhatItsTargetsNeed(t *testing.T) {
	month, quarter := sampleForm("2026-M03", finance), sampleForm("2026-Q1", finance)
	for _, c := range []struct {
		form          Form
		subject, want string
	}{
		{month, "indicator:revenue", "value growth base note reason"},
		{month, "indicator:doctors", "numerator denominator note reason"},
		{month, "target:" + uuid(103) + ":2", "value note reason"},
		{month, "target:" + uuid(108) + ":1", "said note reason"},
		{month, "project:school", "value arrived paid said nodes note reason obstacles"},
		{month, "project:road", "value said note reason obstacles"},
		{quarter, "task:" + uuid(104), "percent said note reason obstacles"},
		{quarter, "task:" + uuid(108), "percent said nodes note reason obstacles"},
	} {
		equal(t, c.subject, strings.Trim(fmt.Sprint(row(t, c.form, c.subject).Fields), "[]"), c.want)
	}
}

func TestTargetsWithoutAnIndicatorTakeTheTermsOfTheDictionary(t *testing.T) {
	worded := func(subject, code string, measure ledger.Measure, cmp ledger.Comparator, unit string) Terms {
		return targetTerms(ledger.Target{Subject: subject, Code: code, Measure: measure, Cmp: cmp, Unit: unit})
	}
	equal(t, "growth", worded("出口", "", ledger.Growth, ledger.AtLeast, "%").Aggregation, ledger.AsGrowth)
	equal(t, "a share stands", worded("占比", "", ledger.Share, ledger.AtLeast, "%").Aggregation, ledger.AsLatest)
	equal(t, "a rate stands", worded("办结率", "", ledger.Level, ledger.AtLeast, "%").Aggregation, ledger.AsLatest)
	equal(t, "at most: less is better", worded("事故", "", ledger.Level, ledger.AtMost, "起").Direction, ledger.Less)
	equal(t, "a count adds up", worded("充电桩", "", ledger.Level, ledger.AtLeast, "个").Additive, true)
}

func TestFilledIsWhatAnswersTheQuestion(t *testing.T) {
	task, project := Row{Subject: TaskSubject("a")}, Row{Subject: ProjectSubject("a")}
	measure, worded := Row{Subject: IndicatorSubject("a")}, Row{Subject: TargetSubject("a", 1), Fields: []Field{FieldSaid}}
	with := func(f Field, text string) Observation {
		var o Observation
		o.SetFigure(f, figure(text))
		return o
	}
	for _, c := range []struct {
		name string
		row  Row
		said Observation
		want bool
	}{
		{"nothing", measure, Observation{}, false}, {"a value", measure, with(FieldValue, "0"), true}, {"growth", measure, with(FieldGrowth, "7.1"), true},
		{"a numerator alone", measure, with(FieldNumerator, "1"), false}, {"a note alone", measure, Observation{Note: "备注"}, false},
		{"why there is none", measure, Observation{Reason: "统计数据尚未发布"}, true}, {"standing of a measure", measure, Observation{Said: UnderWay}, false},
		{"standing of a worded target", worded, Observation{Said: UnderWay}, true}, {"standing of a task", task, Observation{Said: UnderWay}, true},
		{"a per cent of a task", task, with(FieldPercent, "50"), false}, {"investment", project, with(FieldValue, "1e6"), true},
		{"standing of a project", project, Observation{Said: NotStarted}, true},
	} {
		equal(t, c.name, c.row.Filled(c.said), c.want)
	}
}

func TestFiguresAreStatedInTheirUsualMagnitude(t *testing.T) {
	for _, c := range []struct {
		terms  Terms
		figure string
		want   int
	}{
		{flow, "74770e6", 8}, {flow, "35000000", 4}, {flow, "27478", 0}, {flow, "", 4}, {Terms{Unit: "人次"}, "15475500", 4}, {Terms{Unit: "人次"}, "600", 0},
		{rate, "98.5", 0}, {growing, "7.1", 0}, {Terms{Unit: "元"}, "", 0},
	} {
		equal(t, c.terms.Unit+c.figure, scaleOf(c.terms, figure(c.figure)), c.want)
	}
}

// Any cell may come from a keyboard, a paste or a file: what is a number in the row's unit is taken exactly, the rest refused.
func TestCellsAreReadExactlyOrRefused(t *testing.T) {
	money := Row{Terms: Terms{Unit: "元"}, Scale: 8}
	share := Row{Terms: Terms{Unit: "%"}}
	people := Row{Terms: Terms{Unit: "人"}}
	for _, c := range []struct {
		row   Row
		field Field
		text  string
		want  string // plain digits, or the code of what is wrong
	}{
		{money, FieldValue, "747.70", "74770000000"}, {money, FieldValue, " 1,234.5 ", "123450000000"}, {money, FieldValue, "７４７．７", "74770000000"},
		{money, FieldValue, "747.7亿元", "74770000000"}, {money, FieldValue, "747.7亿", "74770000000"}, {money, FieldValue, "3500万元", "35000000"},
		{money, FieldValue, "12元", "12"}, {money, FieldValue, "-3.5", "-350000000"}, {money, FieldValue, "－3.5", "-350000000"},
		{money, FieldValue, "", ""}, {money, FieldValue, "——", ""}, {money, FieldValue, "无", ""},
		{money, FieldValue, "747.7%", "figure.unit"}, {money, FieldValue, "1.5e3", "figure.unit"}, {money, FieldValue, "约7亿元左右", "figure.unread"},
		{money, FieldValue, "三亿元", "figure.unread"}, {money, FieldValue, "9100余", "figure.unit"}, {money, FieldValue, "99999999999999999999", "figure.unread"},
		{money, FieldGrowth, "7.1", "7.1"}, {money, FieldGrowth, "7.1%", "7.1"}, {money, FieldGrowth, "7.1％", "7.1"}, {money, FieldNumerator, "16.76万人", "167600"},
		{share, FieldValue, "98.5%", "98.5"}, {share, FieldValue, "98.5元", "figure.unit"}, {people, FieldValue, "2.25万人", "22500"}, {people, FieldValue, "22500", "22500"},
		{people, FieldValue, "2.25万户", "figure.unit"},
	} {
		d, found := c.row.Read(c.field, c.text)
		equal(t, c.text, d.Plain()+codes(found), c.want)
	}
	equal(t, "shown as it was entered", money.Show(FieldValue, figure("74770e6")), "747.70")
}

func FuzzRead(f *testing.F) {
	for _, text := range []string{"747.70", "1,234", "7亿元", "-3.5", "3亿5千万", "９", "1e5", "——"} {
		f.Add(text)
	}
	row := Row{Terms: Terms{Unit: "元"}, Scale: 4}
	f.Fuzz(func(t *testing.T, text string) {
		d, found := row.Read(FieldValue, text)
		if d.Known() && len(found) > 0 {
			t.Errorf("%q is read as %s and refused", text, d.Plain())
		}
		if again, _ := row.Read(FieldValue, row.Show(FieldValue, d)); !again.Same(d) && len(row.Show(FieldValue, d)) < 18 {
			t.Errorf("%q is shown as %q, which is another figure", text, row.Show(FieldValue, d))
		}
	})
}

func TestTheYearGoneBy(t *testing.T) {
	gone, all := daysOf(period("2026-H1"))
	equal(t, "days", fmt.Sprint(gone, all), "181 365")
	equal(t, "calendar", calendar.Half(2026, 1).To, day("2026-06-30"))
}
