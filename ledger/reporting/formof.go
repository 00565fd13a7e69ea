package reporting

import (
	"slices"

	"luoshi/calendar"
	"luoshi/indicator"
	"luoshi/ledger"
)

// FormOf is the form of a unit: the commitments in force that it leads, each subject once, in the order of the outline.
// Only what is asked with the round's frequency is in it. A project is asked of the unit that leads it, and where none
// does of the one that leads its commitment.
func FormOf(round Round, asking Asking, unit ledger.UnitID, plan ledger.Plan, commitments []ledger.Commitment,
	indicators []ledger.Indicator, projects []ledger.Project) Form {
	return newFormer(round, asking, plan, indicators, projects).form(unit, led(plan, commitments)[unit])
}

// FormsOf are the forms of all units that have something to fill, in the order in which their first commitment or, of
// units that lead projects alone, their first project stands.
func FormsOf(round Round, asking Asking, plan ledger.Plan, commitments []ledger.Commitment,
	indicators []ledger.Indicator, projects []ledger.Project) []Form {
	f, by := newFormer(round, asking, plan, indicators, projects), led(plan, commitments)
	var units []ledger.UnitID
	for _, c := range slices.SortedStableFunc(slices.Values(commitments), ledger.InOrder) {
		units = append(units, c.Lead)
	}
	for _, p := range projects {
		units = append(units, p.Lead)
	}
	var forms []Form
	seen := map[ledger.UnitID]bool{"": true}
	for _, unit := range units {
		if seen[unit] {
			continue
		}
		seen[unit] = true
		if form := f.form(unit, by[unit]); len(form.Rows) > 0 {
			forms = append(forms, form)
		}
	}
	return forms
}

// led are the commitments in force of a plan by the unit that leads them, in the order of the outline.
func led(plan ledger.Plan, commitments []ledger.Commitment) map[ledger.UnitID][]ledger.Commitment {
	by := map[ledger.UnitID][]ledger.Commitment{}
	for _, c := range commitments {
		if c.Plan == plan.ID && c.State == ledger.InForce {
			by[c.Lead] = append(by[c.Lead], c)
		}
	}
	for unit := range by {
		slices.SortStableFunc(by[unit], ledger.InOrder)
	}
	return by
}

// newFormer is ready to make the forms of a round.
func newFormer(round Round, asking Asking, plan ledger.Plan, indicators []ledger.Indicator, projects []ledger.Project) former {
	f := former{
		round: round, asking: asking, year: plan.Year, indicators: map[ledger.IndicatorID]ledger.Indicator{},
		projects: map[ledger.ProjectID]ledger.Project{}, leads: map[ledger.UnitID][]ledger.Project{},
	}
	for _, i := range indicators {
		f.indicators[i.ID] = i
	}
	for _, p := range projects {
		if p.Plan == plan.ID {
			f.projects[p.ID] = p
			f.leads[p.Lead] = append(f.leads[p.Lead], p)
		}
	}
	return f
}

// form makes the form of one unit.
func (f former) form(unit ledger.UnitID, commitments []ledger.Commitment) Form {
	f.unit, f.at, f.rows = unit, map[Subject]int{}, nil
	for _, c := range commitments {
		f.commitment(c)
	}
	if unit != "" {
		for _, p := range f.leads[unit] {
			f.project(p)
		}
	}
	for i := range f.rows {
		f.rows[i].finish()
	}
	return Form{Round: f.round, Unit: unit, Rows: f.rows}
}

// former makes forms, one at a time.
type former struct {
	round      Round
	asking     Asking
	year       int
	indicators map[ledger.IndicatorID]ledger.Indicator
	projects   map[ledger.ProjectID]ledger.Project
	leads      map[ledger.UnitID][]ledger.Project // by the unit that leads them

	unit ledger.UnitID
	rows []Row
	at   map[Subject]int // where each subject stands in the form
}

// commitment adds the rows in which a commitment is reported: its targets, its project, and itself where it has neither
// or has milestones.
func (f *former) commitment(c ledger.Commitment) {
	for _, t := range c.Targets {
		if row := f.row(SubjectOf(c.ID, t)); row != nil {
			f.target(row, c, t)
		}
	}
	project, built := f.projects[c.Project]
	if built && (project.Lead == f.unit || project.Lead == "") {
		if row := f.project(project); row != nil {
			row.report(c)
		}
	}
	if len(c.Targets) == 0 && !built || len(c.Milestones) > 0 {
		if row := f.row(TaskSubject(c.ID)); row != nil {
			f.task(row, c)
		}
	}
}

// row is the row of a subject, made when the subject comes first; nil where it is not asked in the round.
func (f *former) row(s Subject) *Row {
	if f.asking.Of(s) != f.round.Period.Frequency {
		return nil
	}
	at, ok := f.at[s]
	if !ok {
		at = len(f.rows)
		f.at[s] = at
		f.rows = append(f.rows, Row{Subject: s, Statistics: f.asking.NeedsStatistics(s)})
	}
	return &f.rows[at]
}

// target adds a target to the row under which it is reported.
func (f *former) target(row *Row, c ledger.Commitment, t ledger.Target) {
	i, follows := f.indicators[t.Indicator]
	switch {
	case row.Title != "":
	case follows:
		row.Title, row.Terms = i.Name, TermsOf(i)
		row.Numerator, row.Denominator = i.Numerator, i.Denominator
		row.Base, row.BaseYear = i.Base, i.BaseYear
		row.Scale = scaleOf(row.Terms, levels(i)...)
	default:
		row.Title, row.Terms = t.Subject, targetTerms(t)
	}
	row.report(c)
	row.Targets = append(row.Targets, RowTarget{Commitment: c.ID, Target: t.In(row.Terms.Unit)})
	if row.By.IsZero() || t.By.Before(row.By) {
		row.By = t.By
	}
}

// task fills the row of a commitment. Milestones that were reported as reached are known to who keeps observations.
func (f *former) task(row *Row, c ledger.Commitment) {
	row.Title, row.By = c.Title, c.By
	row.report(c)
	for _, m := range c.Milestones {
		row.Nodes = append(row.Nodes, OpenNode{Number: m.Number, Title: m.Title, By: m.By})
	}
}

// project fills the row of a project that is under way in the year; nil where it is not or is not asked in the round.
func (f *former) project(p ledger.Project) *Row {
	if !underWay(p, f.year) {
		return nil
	}
	row := f.row(ProjectSubject(p.ID))
	if row == nil || row.Title != "" {
		return row
	}
	row.Title, row.By, row.Total = p.Name, p.Completion, p.Total
	row.Terms = Terms{Aggregation: ledger.AsSum, Direction: ledger.More, Unit: yuan(), Additive: true}
	row.Scale = 4
	planned, done := yearsOf(p, f.year)
	row.Planned, row.Before = planned, done
	var funds []ledger.Decimal
	for _, fund := range p.Funds {
		funds = append(funds, either(fund.Planned, ledger.Int(0)))
	}
	row.Funds = Sum(funds...)
	for _, n := range p.Nodes {
		if n.Done.IsZero() {
			row.Nodes = append(row.Nodes, OpenNode{Number: n.Number, Title: n.Title, By: n.By})
		} else {
			row.Reached = append(row.Reached, n.Number)
		}
	}
	return row
}

// report notes that a commitment is reported with the row.
func (r *Row) report(c ledger.Commitment) {
	if slices.Contains(r.Commitments, c.ID) {
		return
	}
	r.Commitments = append(r.Commitments, c.ID)
	if r.Promise = ""; len(r.Commitments) == 1 && c.Title != r.Title {
		r.Promise = c.Title
	}
}

// finish gives the row its scale and fields, once all of its targets are known.
func (r *Row) finish() {
	var bounds []ledger.Decimal
	for _, t := range r.Targets {
		bounds = append(bounds, r.Terms.levelOf(t.Target)...)
	}
	if r.Subject.Kind == OfIndicator || r.Subject.Kind == OfTarget {
		r.Scale = max(r.Scale, scaleOf(r.Terms, bounds...))
	}
	r.Fields = r.fields()
}

// fields are what the row asks for, in the order in which a form shows them.
func (r *Row) fields() []Field {
	asked := map[Field]bool{FieldNote: true, FieldReason: true}
	ask := func(when bool, fields ...Field) {
		for _, f := range fields {
			asked[f] = asked[f] || when
		}
	}
	kind := r.Subject.Kind
	measured := kind == OfIndicator || kind == OfTarget
	ofGrowth := r.Terms.Aggregation == ledger.AsGrowth
	level := measured && !ofGrowth && (r.Terms.Unit != "" || kind == OfIndicator)
	targeted := slices.ContainsFunc(r.Targets, func(t RowTarget) bool { return changes(t.Target) })
	ask(level && !r.Terms.Rate, FieldValue)
	ask(level && r.Terms.Rate, FieldNumerator, FieldDenominator)
	ask(measured && (ofGrowth || targeted || kind == OfIndicator && !r.Terms.isShare() && !r.Terms.Rate), FieldGrowth)
	ask(level && targeted, FieldBase)
	ask(kind == OfProject, FieldValue)
	ask(kind == OfProject && r.Funds.Known(), FieldArrived, FieldPaid)
	ask(kind == OfTask, FieldPercent)
	ask(kind == OfTask || kind == OfProject || measured && r.worded(), FieldSaid)
	ask(len(r.Nodes) > 0, FieldNodes)
	ask(kind == OfTask || kind == OfProject, FieldObstacles)
	return slices.DeleteFunc(Fields(), func(f Field) bool { return !asked[f] })
}

// worded tells whether words bound the row and no figure does.
func (r *Row) worded() bool {
	return len(r.Targets) > 0 && !slices.ContainsFunc(r.Targets, func(t RowTarget) bool { return !t.Target.IsWorded() })
}

// changes tells whether a target is of a change against the year before.
func changes(t ledger.Target) bool { return t.Measure == ledger.Growth || t.Measure == ledger.Decline }

// targetTerms are the terms of a target that follows no indicator of the plan: those of the dictionary where it knows
// the measure, otherwise an amount that adds up.
func targetTerms(t ledger.Target) Terms {
	i := ledger.Indicator{Name: t.Subject, Unit: t.Unit, Scope: t.Scope, Direction: ledger.More, Aggregation: ledger.AsSum}
	if entry := indicator.ByCode(t.Code); t.Code != "" && entry != nil {
		known := ledger.IndicatorOf(entry, t.Unit)
		i.Direction, i.Aggregation = known.Direction, known.Aggregation
	} else if t.Cmp == ledger.AtMost || t.Cmp == ledger.LessThan {
		i.Direction = ledger.Less
	}
	terms := TermsOf(i)
	switch {
	case changes(t):
		terms.Aggregation, terms.Additive = ledger.AsGrowth, false
	case t.Measure == ledger.Share || terms.isShare() && terms.Aggregation == ledger.AsSum:
		terms.Aggregation, terms.Additive = ledger.AsLatest, false
	}
	return terms
}

// underWay tells whether a project is to be reported in a year: one that is prepared or built, and a finished one as
// long as money was planned for the year.
func underWay(p ledger.Project, year int) bool {
	planned, _ := yearsOf(p, year)
	switch p.Stage {
	case ledger.Preparing, ledger.Starting, ledger.Ongoing:
		return true
	case ledger.Finished:
		return planned.Sign() > 0
	}
	return false
}

// yearsOf is the investment planned for a year, and what was done in the years before it.
func yearsOf(p ledger.Project, year int) (planned, before ledger.Decimal) {
	for _, y := range p.Years {
		switch {
		case y.Year == year:
			planned = y.Planned
		case y.Year < year && y.Done.Known() && before.Known():
			before = Sum(before, y.Done)
		case y.Year < year && y.Done.Known():
			before = y.Done
		}
	}
	return planned, before
}

// levels are all figures of an indicator, which show how large its figures are.
func levels(i ledger.Indicator) []ledger.Decimal {
	all := []ledger.Decimal{i.Base}
	for _, y := range i.Series {
		all = append(all, y.Actual)
	}
	return all
}

// levelOf are the figures by which a target bounds the level of the measure; none of one that bounds anything else.
func (t Terms) levelOf(target ledger.Target) []ledger.Decimal {
	if target.Measure != ledger.Level || target.Unit != t.Unit {
		return nil
	}
	return []ledger.Decimal{target.Value, target.Upper}
}

// daysOf is how many days of its year have gone by when a period ends, and how many the year has.
func daysOf(p Period) (gone, all int) {
	year := calendar.Year(p.Year)
	return year.From.DaysTo(p.Span().To) + 1, year.From.DaysTo(year.To) + 1
}
