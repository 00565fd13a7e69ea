package light

import (
	"strings"
	"testing"

	"luoshi/ledger"
	"luoshi/ledger/reporting"
)

// permits are a task with four milestones.
func permits(reached ...string) Matter {
	m := Matter{Kind: reporting.OfTask, Begin: day("2026-01-01"), By: day("2026-12-31")}
	for i, by := range []string{"2026-03-31", "2026-06-30", "2026-09-30", "2026-12-31"} {
		s := Milestone{Number: i + 1, Title: "第" + number(i+1) + "批事项上线", By: day(by)}
		if i < len(reached) {
			s.Reached = day(reached[i])
		}
		m.Milestones = append(m.Milestones, s)
	}
	return m
}

// stated is a task without milestones of which the unit states a share.
func stated(percent string, said reporting.Said) Matter {
	m := Matter{Kind: reporting.OfTask, Begin: day("2026-01-01"), By: day("2026-12-31")}
	m.Points = []reporting.Point{{Period: month(2026, 6), State: reporting.Locked, Percent: figure(percent), Said: said}}
	return m
}

func proved(m Matter) Matter {
	m.Evidence = 1
	return m
}

func TestTasksRestOnMilestonesAndEvidence(t *testing.T) {
	all := []string{"2026-03-30", "2026-06-30", "2026-09-01", "2026-12-01"}
	closed := permits()
	closed.Fulfilled = true
	for name, test := range map[string]struct {
		matter Matter
		rule   string
		on     string
		want   Colour
		code   string
	}{
		"all that is due was reached":           {permits(all[:2]...), "simple", "2026-07-15", Green, "gap.even"},
		"one milestone is late":                 {permits(all[:1]...), "simple", "2026-07-15", Red, "milestone.late"},
		"银川 allows thirty points":               {permits(all[:1]...), "yinchuan", "2026-07-15", Yellow, "grade.upto.points"},
		"三明: late in its first month":           {permits(all[:1]...), "sanming", "2026-07-15", Yellow, "grade.upto.periods"},
		"三明: late in its third month":           {permits(all[:1]...), "sanming", "2026-09-15", Red, "grade.beyond.periods"},
		"reached later than the day is not yet": {permits(all[:3]...), "simple", "2026-08-31", Green, "gap.even"},
		"all reached, with evidence":            {proved(permits(all...)), "simple", "2026-12-02", Blue, "task.done"},
		"all reached, without evidence":         {permits(all...), "simple", "2026-12-02", Green, "task.unproved"},
		"the same when the time is over":        {permits(all...), "simple", "2027-01-05", Yellow, "task.unproved.over"},
		"the time is over and one is open":      {proved(permits(all[:3]...)), "simple", "2027-01-05", Red, "task.overdue"},
		"a person closed it":                    {closed, "simple", "2027-01-05", Blue, "fulfilled"},
		"the unit states half at half-time":     {stated("50", ""), "simple", "2026-07-15", Green, "task.percent"},
		"the unit states less":                  {stated("45", ""), "simple", "2026-07-15", Yellow, "gap.behind"},
		"the unit says done, nothing proves it": {stated("100", reporting.Completed), "simple", "2026-07-15", Green, "task.unproved"},
		"the unit says done, without a share":   {stated("", reporting.Completed), "simple", "2027-01-15", Yellow, "task.unproved.over"},
		"the unit says done, and proves it":     {proved(stated("100", reporting.Completed)), "simple", "2026-07-15", Blue, "task.done"},
		"the unit only says that it runs":       {stated("", reporting.UnderWay), "simple", "2026-07-15", Grey, "task.nothing"},
		"and it is not shown when time is over": {stated("", reporting.UnderWay), "simple", "2027-01-15", Red, "task.overdue"},
		"西安: two days are left":                 {permits(all[:3]...), "xian", "2026-12-29", Yellow, "deadline.left"},
	} {
		l := Judge(test.matter, rule(t, test.rule), day(test.on))
		if l.Colour != test.want || !strings.Contains(codes(l.Why), test.code) {
			t.Errorf("%s: got %s, %s", name, l.Colour, zh(l.Why))
		}
	}
}

// port is a project that is to begin in March with 60 million yuan in the year.
func port(cumulative string) Matter {
	p := ledger.Project{
		Name: "望溪物流港", Stage: ledger.Starting, Start: day("2026-03-10"), Completion: day("2027-12-31"),
		Years: []ledger.Investment{{Year: 2026, Planned: figure("6e7")}},
		Nodes: []ledger.Node{{Number: 1, Title: "主体封顶", By: day("2026-10-31")}},
	}
	return MatterOfProject(p, 2026, sums(2026, cumulative))
}

func TestProjectsByMoneyBeginningAndNodes(t *testing.T) {
	capped := func(m Matter) Matter {
		m.Milestones[0].Reached = day("2026-10-20")
		return m
	}
	begun := func(m Matter) Matter {
		m.Works.Started, m.Works.Registers = true, true
		return m
	}
	finished := port("")
	finished.Works.Finished = true
	late := begun(port("- - 3e7"))
	late.Works.Completion = day("2026-04-01")
	for name, test := range map[string]struct {
		matter Matter
		rule   string
		on     string
		want   Colour
		code   string
	}{
		"its beginning is still ahead":          {port(""), "yinchuan", "2026-03-01", Green, "start.ahead"},
		"its month is not over":                 {port(""), "yinchuan", "2026-03-31", Grey, "start.now"},
		"not begun in the planned month":        {port(""), "yinchuan", "2026-04-01", Yellow, "start.late"},
		"not begun for three months":            {port(""), "yinchuan", "2026-06-01", Red, "start.late"},
		"投资 goes as planned from March on":      {port("- - 6e6 12e6"), "yinchuan", "2026-05-01", Green, "gap.even"},
		"investment is far behind":              {port("- - 6e6 12e6 12e6 12e6 12e6"), "yinchuan", "2026-09-01", Yellow, "grade.upto.points"},
		"银川: not registered after a month":      {begun(port("- - 6e6")), "yinchuan", "2026-04-11", Yellow, "register.late"},
		"银川: and after more than two":           {begun(port("- - 6e6 12e6")), "yinchuan", "2026-05-11", Red, "register.late"},
		"two months to the day are not more":    {begun(port("- - 6e6 12e6")), "yinchuan", "2026-05-10", Yellow, "register.late"},
		"a node is late":                        {port("- - 6e6 12e6 18e6 24e6 3e7 36e6 42e6 48e6"), "yinchuan", "2026-11-05", Yellow, "node.late"},
		"the node was reached":                  {capped(port("- - 6e6 12e6 18e6 24e6 3e7 36e6 42e6 48e6")), "yinchuan", "2026-11-05", Green, "gap.even"},
		"the year's investment is done":         {capped(port("- - 6e7")), "yinchuan", "2026-11-05", Blue, "met"},
		"it should be finished":                 {late, "yinchuan", "2026-04-05", Red, "completion.late"},
		"it is finished":                        {finished, "yinchuan", "2026-04-05", Blue, "project.finished"},
		"the year is over and money is missing": {capped(port("- - - - - - - - - - - 5e7")), "yinchuan", "2027-01-20", Red, "missed"},
		"nothing is planned for the year": {func() Matter {
			m := begun(port("- - 6e6"))
			m.Works.Planned, m.Works.Registers = ledger.Decimal{}, false
			return m
		}(),
			"yinchuan", "2026-05-01", Grey, "project.unplanned"},
	} {
		l := Judge(test.matter, rule(t, test.rule), day(test.on))
		if l.Colour != test.want || !strings.Contains(codes(l.Why), test.code) {
			t.Errorf("%s: got %s, %s", name, l.Colour, zh(l.Why))
		}
	}
}

func TestNothingIsMissingBeforeTheBeginning(t *testing.T) {
	m := port("")
	m.Due = month(2026, 2)
	if l := Judge(m, Usual(), day("2026-03-05")); l.Colour != Green || l.Stale != 0 {
		t.Errorf("got %s, %s", l.Colour, zh(l.Why))
	}
	m.Due = month(2026, 6)
	if l := Judge(m, Usual(), day("2026-07-05")); l.Stale != 4 || l.Colour != Red {
		t.Errorf("March to June: got %s, %s", l.Colour, zh(l.Why))
	}
}

func TestMattersComeOutOfTheLedger(t *testing.T) {
	c := ledger.NewCommitment(ledger.CommitmentTerms{
		By: day("2026-10-31"), State: ledger.Fulfilled, Milestones: []ledger.Milestone{{Number: 1, Title: "启动", By: day("2026-03-31")}},
	})
	rate := target("办结率", ledger.AtLeast, "98", "%")
	rate.By = day("2026-10-31")
	gdp := ledger.Indicator{Name: "地区生产总值", Unit: "元", Direction: ledger.More, Aggregation: ledger.AsSum, Base: figure("6124e7"), BaseYear: 2025}
	if m := MatterOfTask(c, nil); !m.Fulfilled || len(m.Milestones) != 1 || m.Begin != day("2026-01-01") || m.By != day("2026-10-31") {
		t.Errorf("task: %+v", m)
	}
	if m := MatterOfTarget(c, rate, nil, nil); m.Terms.Aggregation != ledger.AsLatest || m.Kind != reporting.OfTarget {
		t.Errorf("a rate stands as it is: %+v", m.Terms)
	}
	if m := MatterOfTarget(c, target("新增就业", ledger.Equal, "1", "人"), nil, nil); m.Terms.Aggregation != ledger.AsSum || m.By != day("2026-12-31") {
		t.Errorf("an amount adds up: %+v", m)
	}
	m := MatterOfTarget(c, target("地区生产总值", ledger.AtLeast, "650e8", "元"), &gdp, nil)
	if !m.Base.Same(figure("6124e7")) || m.Kind != reporting.OfIndicator {
		t.Errorf("the base is of the year before: %+v", m)
	}
	gdp.BaseYear = 2020
	if m := MatterOfTarget(c, target("地区生产总值", ledger.AtLeast, "650e8", "元"), &gdp, nil); m.Base.Known() {
		t.Errorf("a base of 2020 is not the level of the year before: %+v", m)
	}
	if m := port("- - 5"); !m.Works.Started || m.Begin != day("2026-03-01") || !m.Works.Planned.Same(figure("6e7")) {
		t.Errorf("project: %+v", m.Works)
	}
}
