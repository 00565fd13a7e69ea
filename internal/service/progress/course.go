package progress

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"luoshi/calendar"
	"luoshi/internal/service"
	"luoshi/ledger"
	"luoshi/ledger/light"
	"luoshi/ledger/reporting"
)

// Course is what should be and what is, through the year, for one thing that is measured.
type Course struct {
	Subject  reporting.Subject `json:"subject"`
	Title    string            `json:"title"`
	Unit     ledger.UnitID     `json:"unit,omitempty"` // whose figures they are
	UnitName string            `json:"unit_name,omitempty"`
	Measure  string            `json:"measure"`              // unit of measure of all figures
	Terms    reporting.Terms   `json:"terms"`                // how its figures are computed with
	Target   ledger.Target     `json:"target,omitzero"`      // zero for a project and a task
	Bound    ledger.Decimal    `json:"bound,omitzero"`       // what is promised for the end
	Expected []Mark            `json:"expected"`             // what should be at the end of each period
	Marks    []light.Mark      `json:"marks"`                // both, period by period, as the target speaks of them: growth where growth was promised
	Points   []reporting.Point `json:"points"`               // what is; their states say which are locked
	Before   []reporting.Point `json:"before,omitempty"`     // the same of the year before
	Steps    []light.Milestone `json:"milestones,omitempty"` // with the days on which they were reached
	Forecast *light.Forecast   `json:"forecast,omitempty"`   // of the year's end; nil where nothing is measured
	Light    light.Light       `json:"light"`
}

// Mark is what should be at the end of a period.
type Mark struct {
	Period reporting.Period `json:"period"`
	On     calendar.Date    `json:"on"` // its last day
	Value  ledger.Decimal   `json:"value"`
}

// courses are those of all that is measured of a commitment.
func (s *Service) courses(ctx context.Context, plan ledger.Plan, c ledger.Commitment) ([]Course, error) {
	g, err := s.ground(ctx, plan, aboutCommitment(c))
	if err != nil {
		return nil, err
	}
	var all []Course
	for _, m := range g.measure(c) {
		course, err := s.course(ctx, g, m)
		if err != nil {
			return nil, err
		}
		if err := s.addOpen(ctx, plan.ID, &course); err != nil {
			return nil, err
		}
		all = append(all, course)
	}
	return all, nil
}

// addOpen adds what was sent in and is not locked yet, where the caller may read it. It is shown as such; the light does
// not know of it.
func (s *Service) addOpen(ctx context.Context, plan ledger.PlanID, c *Course) error {
	if c.Unit == "" || !s.core.Can(ctx, "observation.read", service.Owned{Lead: c.Unit}) {
		return nil
	}
	series, err := s.reporting.Series(ctx, plan, c.Subject, c.Unit)
	if err != nil {
		return err
	}
	c.Points = slices.Clone(c.Points)
	for _, p := range series.Points {
		if slices.Contains(sentIn, p.State) {
			c.Points = append(c.Points, p)
		}
	}
	slices.SortStableFunc(c.Points, inTime)
	return nil
}

// aboutCommitment narrows the ground to what one commitment rests on.
func aboutCommitment(c ledger.Commitment) narrow {
	subjects := []reporting.Subject{reporting.TaskSubject(c.ID)}
	for _, t := range c.Targets {
		subjects = append(subjects, reporting.SubjectOf(c.ID, t))
	}
	if c.Project != "" {
		subjects = append(subjects, reporting.ProjectSubject(c.Project))
	}
	return narrow{commitment: c.ID, subjects: subjects}
}

// course is the course of one thing that is measured.
func (s *Service) course(ctx context.Context, g *ground, m measured) (Course, error) {
	c := Course{
		Subject: m.subject, Title: m.title, Unit: m.unit, Measure: m.matter.Terms.Unit, Terms: m.matter.Terms, Target: m.matter.Target,
		Points: m.matter.Points, Steps: m.matter.Milestones, Light: light.Judge(m.matter, g.terms.rule(), g.on),
		Marks: light.Course(m.matter, g.terms.rule(), g.plan.Year, g.on),
	}
	if m.unit != "" {
		c.UnitName = reporting.NameOf(g.tree, m.unit, g.on, g.on)
	}
	c.Bound = c.Light.Bound
	if m.subject.Kind == reporting.OfTask {
		c.Measure, c.Bound = "%", ledger.Int(100)
	}
	c.Expected = g.expected(m, c.Bound)
	var past [][]reporting.Point
	if m.subject.Kind == reporting.OfIndicator {
		var err error
		if past, err = s.past(ctx, g, ledger.IndicatorID(m.subject.ID), m.unit); err != nil {
			return c, err
		}
	}
	for _, points := range past {
		if len(points) > 0 && points[0].Period.Year == g.plan.Year-1 {
			c.Before = points
		}
	}
	if m.subject.Kind != reporting.OfTask {
		forecast := light.ForecastOf(m.matter, past, g.on)
		c.Forecast = &forecast
	}
	return c, nil
}

// expected is what should be at the end of each period of the plan's year: what a figure of that period would be judged
// against, and the bound itself where a level is promised and no path leads to it.
func (g *ground) expected(m measured, bound ledger.Decimal) []Mark {
	frequency := cmp.Or(g.asking.Of(m.subject), reporting.Monthly)
	if n := len(m.matter.Points); n > 0 {
		frequency = m.matter.Points[n-1].Period.Frequency
	}
	year := reporting.Period{Frequency: reporting.Yearly, Year: g.plan.Year, Number: 1}
	var marks []Mark
	for _, p := range year.Through(frequency) {
		if value := g.dueAt(m, p, bound); value.Known() {
			marks = append(marks, Mark{Period: p, On: p.Span().To, Value: value})
		}
	}
	return marks
}

// dueAt is what should be at the end of a period.
func (g *ground) dueAt(m measured, p reporting.Period, bound ledger.Decimal) ledger.Decimal {
	end := p.Span().To
	if m.subject.Kind == reporting.OfTask {
		return reporting.Rounded(percents(m.matter.Share(end)), 1)
	}
	asked := m.matter
	nothing := ledger.Int(0)
	asked.Points = []reporting.Point{{Period: p, Given: reporting.Cumulative, OfPeriod: nothing, Cumulative: nothing, State: reporting.Locked}}
	if l := light.Judge(asked, g.terms.rule(), end); l.Expected.Known() {
		return l.Expected
	}
	return bound
}

// past are the locked figures of an indicator in the plans of earlier years of the same government, one year after the
// other. It is the same indicator that has the same code and scope there, or the same name where it has no code.
func (s *Service) past(ctx context.Context, g *ground, id ledger.IndicatorID, unit ledger.UnitID) ([][]reporting.Point, error) {
	now, known := g.indicators[id]
	if !known {
		return nil, nil
	}
	var rows []struct {
		Plan, Indicator string
	}
	query := s.core.Store().View(ctx).NewSelect().TableExpr("plans AS p").ColumnExpr("p.id AS plan, i.id AS indicator").
		Join("JOIN indicators AS i ON i.plan = p.id").Where("p.government = ? AND p.year < ? AND p.year >= ? AND p.state = ?",
		g.plan.Government, g.plan.Year, g.plan.Year-pastYears, string(ledger.Published)).Where("i.code = ? AND i.scope = ?", now.Code, now.Scope)
	if now.Code == "" {
		query = query.Where("i.name = ?", now.Name)
	}
	if err := query.Order("p.year").Scan(ctx, &rows); err != nil {
		return nil, fmt.Errorf("progress: looking for earlier years of indicator %s: %w", id, err)
	}
	var past [][]reporting.Point
	for _, r := range rows {
		then := &ground{plan: ledger.Plan{ID: ledger.PlanID(r.Plan)}, on: g.on, tree: g.tree, indicators: map[ledger.IndicatorID]ledger.Indicator{}}
		m := measured{subject: reporting.IndicatorSubject(ledger.IndicatorID(r.Indicator))}
		then.indicators[ledger.IndicatorID(r.Indicator)] = now
		if err := s.readFigures(ctx, then, narrow{subjects: []reporting.Subject{m.subject}}); err != nil {
			return nil, err
		}
		if points := then.points(&m, unit); len(points) > 0 {
			past = append(past, slices.Clone(points))
		}
	}
	return past, nil
}

// pastYears is how far back earlier plans are looked at.
const pastYears = 5
