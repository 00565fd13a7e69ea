package light

import (
	"luoshi/calendar"
	"luoshi/indicator"
	"luoshi/ledger"
	"luoshi/ledger/reporting"
)

// Matter is what is judged: one target, one task or one project, with its locked figures. MatterOfTarget, MatterOfTask
// and MatterOfProject make it out of the ledger.
type Matter struct {
	Kind       reporting.SubjectKind // OfIndicator and OfTarget are judged alike
	Target     ledger.Target
	Terms      reporting.Terms   // of the measure whose figures these are
	Points     []reporting.Point // in order; others than locked ones are passed over
	Path       Path
	Milestones []Milestone // of a task or a project
	Begin, By  calendar.Date
	Base       ledger.Decimal   // the level at the end of the year before, or of all of that year
	Reference  ledger.Decimal   // what a bound in words compares with, where a person has entered it: 全省平均水平, 市下达任务数
	Due        reporting.Period // the last period whose figures should be locked by now; zero where none is
	Evidence   int              // files of evidence that are locked
	Fulfilled  bool             // a person has closed the commitment: 已办结; of what has figures, these decide all the same
	Works      Works            // of a project
}

// Milestone is a step with its date, and the day on which it was reached as locked; zero while it was not.
type Milestone struct {
	Number  int            `json:"number"`
	Title   string         `json:"title"`
	By      calendar.Date  `json:"by"`
	Weight  ledger.Decimal `json:"weight,omitzero"` // all weigh the same where one has none
	Reached calendar.Date  `json:"reached,omitzero"`
}

// Works is what is judged of a project beside its milestones.
type Works struct {
	Planned    ledger.Decimal // investment planned for the year, yuan
	Start      calendar.Date  // of construction: planned, or as it was
	Started    bool           // construction has begun, by stage or by locked investment
	Completion calendar.Date
	Finished   bool
	Registers  bool          // registration with the statistics office (入库) is followed
	Registered calendar.Date // the day of it
}

// MatterOfTarget is a target of a commitment. The indicator is the one that it follows, nil where it follows none.
func MatterOfTarget(c ledger.Commitment, t ledger.Target, i *ledger.Indicator, points []reporting.Point) Matter {
	m := Matter{Kind: reporting.OfTarget, Target: t, Points: points, By: t.By, Terms: termsOf(t)}
	if m.By.IsZero() {
		m.By = c.By
	}
	m.Begin = yearBegin(m.By)
	if i != nil {
		m.Kind, m.Terms, m.Target = reporting.OfIndicator, reporting.TermsOf(*i), t.In(i.Unit)
		if i.BaseYear == int(m.Begin.Year)-1 {
			m.Base = i.Base
		}
	}
	return m
}

// termsOf are the terms of a target that follows no indicator of the plan: those of the dictionary where it knows the
// measure. Otherwise a share stands as it is, and everything else adds up and should grow.
func termsOf(t ledger.Target) reporting.Terms {
	if entry := indicator.ByCode(t.Code); t.Code != "" && entry != nil {
		i := ledger.IndicatorOf(entry, t.Unit)
		i.Scope = t.Scope
		return reporting.TermsOf(i)
	}
	terms := reporting.Terms{Aggregation: ledger.AsSum, Direction: ledger.More, Unit: t.Unit, Scope: t.Scope}
	if t.Measure == ledger.Share || isPercent(t.Unit) {
		terms.Aggregation = ledger.AsLatest
	}
	return terms
}

// MatterOfTask is a commitment without a target in figures. Which milestones were reached, and how many files of
// evidence are locked, is added by whoever keeps them.
func MatterOfTask(c ledger.Commitment, points []reporting.Point) Matter {
	m := Matter{Kind: reporting.OfTask, Points: points, By: c.By, Begin: yearBegin(c.By), Fulfilled: c.State == ledger.Fulfilled}
	for _, s := range c.Milestones {
		m.Milestones = append(m.Milestones, Milestone{Number: s.Number, Title: s.Title, By: s.By, Weight: s.Weight})
	}
	return m
}

// MatterOfProject is a project in a year. The year's investment is expected from the month on in which construction is
// planned to begin: before that nothing is behind.
func MatterOfProject(p ledger.Project, year int, points []reporting.Point) Matter {
	m := Matter{Kind: reporting.OfProject, Points: points, Begin: first(year), By: calendar.LastDay(year, 12)}
	m.Terms = reporting.Terms{Aggregation: ledger.AsSum, Direction: ledger.More, Unit: "元", Additive: true}
	m.Works = Works{Start: p.Start, Completion: p.Completion, Finished: p.Stage == ledger.Finished}
	m.Works.Started = p.Stage == ledger.Ongoing || p.Stage == ledger.Finished || p.Stage != ledger.Exited && invested(points)
	if int(p.Start.Year) == year {
		m.Begin = calendar.Date{Year: p.Start.Year, Month: p.Start.Month, Day: 1}
	}
	for _, y := range p.Years {
		if y.Year == year {
			m.Works.Planned = y.Planned
		}
	}
	for _, n := range p.Nodes {
		m.Milestones = append(m.Milestones, Milestone{Number: n.Number, Title: n.Title, By: n.By, Reached: n.Done})
	}
	return m
}

// invested tells whether locked figures show investment.
func invested(points []reporting.Point) bool {
	for _, p := range points {
		if p.State == reporting.Locked && p.Cumulative.Sign() > 0 {
			return true
		}
	}
	return false
}

func first(year int) calendar.Date { return calendar.Date{Year: int16(year), Month: 1, Day: 1} }

// yearBegin is the first day of the year of a deadline.
func yearBegin(by calendar.Date) calendar.Date {
	if by.IsZero() {
		return by
	}
	return first(int(by.Year))
}
