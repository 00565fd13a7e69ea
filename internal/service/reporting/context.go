package reporting

import (
	"context"
	"slices"

	"luoshi/internal/store"
	"luoshi/ledger"
	"luoshi/ledger/reporting"
)

// surroundings are what the rows of a form are held against, and filled from. What the form itself says is no part of
// them.
type surroundings struct {
	desk   *desk
	of     map[reporting.Subject]bool // what was looked for
	now    history
	before map[reporting.Subject][]reporting.Point // of the year before, by what each is called in this plan
	all    map[reporting.Subject][]reporting.Point // of the units for the period whose figures on the same have to do with those of this one
}

// contextOf reads what the rows on a desk are held against; of all of them where no subjects are named.
func (s *Service) contextOf(ctx context.Context, d *desk, subjects ...reporting.Subject) (*surroundings, error) {
	if len(subjects) == 0 {
		for _, row := range d.rows {
			subjects = append(subjects, row.Subject)
		}
		for subject := range d.said {
			if !slices.Contains(subjects, subject) {
				subjects = append(subjects, subject)
			}
		}
	}
	return s.surroundings(ctx, d, subjects, subjects)
}

// surroundings are what some rows on a desk are held against, with what other departments hold on those that are looked
// for elsewhere.
func (s *Service) surroundings(ctx context.Context, d *desk, subjects, elsewhere []reporting.Subject) (*surroundings, error) {
	if ahead, ok := ctx.Value(aheadKey{}).(*surroundings); ok && ahead.serve(d, subjects) {
		around := *ahead
		around.desk = d
		return &around, nil
	}
	around := &surroundings{desk: d, of: map[reporting.Subject]bool{}}
	for _, subject := range subjects {
		around.of[subject] = true
	}
	var err error
	unit := ledger.UnitID(d.row.Unit)
	asked := span{plan: d.round.Plan, subjects: subjects, unit: unit}
	if around.now, _, err = s.continued(ctx, d.material, asked, d.round.Period.Span().To); err != nil {
		return nil, err
	}
	if around.all, err = s.others(ctx, d, subjects, elsewhere); err != nil {
		return nil, err
	}
	around.before, err = s.yearBefore(ctx, d.material, unit, subjects)
	return around, err
}

// aheadKey is under which a context carries surroundings that were read before a transaction needs them.
type aheadKey struct{}

// ahead reads what rows of a form are held against before a transaction needs it, and gives a context that carries it.
// Whoever writes waits for a transaction, and most of what it would read was locked months ago. What other units say on
// the same in that moment counts as said a moment later.
func (s *Service) ahead(ctx context.Context, round reporting.RoundID, unit ledger.UnitID, subjects, elsewhere []reporting.Subject) (context.Context, error) {
	if s.core.Store().Inside(ctx) {
		return ctx, nil
	}
	row, err := s.round(ctx, round)
	if err != nil {
		return ctx, err
	}
	d := &desk{round: row.round(), row: submissionRow{Unit: string(unit)}}
	if d.material, err = s.material(ctx, d.round.Plan); err != nil {
		return ctx, err
	}
	if subjects == nil {
		for _, row := range d.form(d.round, unit).Rows {
			subjects = append(subjects, row.Subject)
		}
		elsewhere = subjects
	}
	around, err := s.surroundings(ctx, d, subjects, elsewhere)
	return context.WithValue(ctx, aheadKey{}, around), err
}

// serve tells whether surroundings are those of some rows on a desk as well.
func (a *surroundings) serve(d *desk, subjects []reporting.Subject) bool {
	return a.desk.material == d.material && a.desk.round.ID == d.round.ID && a.desk.row.Unit == d.row.Unit &&
		!slices.ContainsFunc(subjects, func(subject reporting.Subject) bool { return !a.of[subject] })
}

// view fills in what was said in a row and what is to be known of it.
func (a *surroundings) view(row RowView) (RowView, error) {
	said := a.desk.said[row.Subject]
	row.Observation.Subject = row.Subject
	if said.ID != "" {
		o, err := said.observation()
		if err != nil {
			return row, err
		}
		row.Observation, row.ID, row.Revision = o, reporting.ObservationID(said.ID), said.Revision
		row.Observation.Subject = row.Subject
		row.By, row.At = ledger.AccountID(said.Account), store.TimeOf(said.AtTime)
	}
	known := a.known(row.Row)
	row.Earlier = known.Year
	if !row.Observation.IsEmpty() {
		row.Point = a.point(row.Row, row.Observation, row.ID)
	}
	if !row.Gone {
		row.Findings = reporting.Check(row.Row, row.Observation, known)
		row.Offered, row.Hints = a.offered(row.Row, known)
	}
	return row, nil
}

// point is what is said in a row, in both views.
func (a *surroundings) point(row reporting.Row, o reporting.Observation, id reporting.ObservationID) reporting.Point {
	unit := ledger.UnitID(a.desk.row.Unit)
	stated := reporting.Stated{
		Period: a.desk.round.Period, Unit: unit, Observation: id, Figures: o.Figures, Said: o.Said,
		State: reporting.State(a.desk.row.State), Reason: o.Reason,
	}
	return a.now.with(laneOf(row.Subject, unit), stated, row.Terms, reporting.SubmissionID(a.desk.row.ID))
}

// known is what a row is checked with.
func (a *surroundings) known(row reporting.Row) reporting.Known {
	unit, period := ledger.UnitID(a.desk.row.Unit), a.desk.round.Period
	known := reporting.Known{
		Period: period, YearBefore: a.before[row.Subject],
		Year: a.now.before(laneOf(row.Subject, unit), period, reporting.SubmissionID(a.desk.row.ID)),
	}
	if row.Subject.Kind != reporting.OfIndicator {
		return known
	}
	tree, on := a.desk.tree, period.Span().To
	for _, point := range a.all[row.Subject] {
		switch {
		case point.Unit == unit:
		case tree.Parent(point.Unit, on) == unit:
			known.Parts = append(known.Parts, reporting.Part{Unit: point.Unit, Point: point})
		case tree.Parent(unit, on) == point.Unit:
			known.Whole = point.Cumulative
		}
	}
	return known
}

// held are the figures that others hold on a row: departments that say the same indicator. Street offices and companies
// say their part of it alone.
func (a *surroundings) held(row reporting.Row) []reporting.Held {
	unit, period := ledger.UnitID(a.desk.row.Unit), a.desk.round.Period
	if row.Subject.Kind != reporting.OfIndicator || !a.desk.isDepartment(unit) {
		return nil
	}
	var held []reporting.Held
	for _, point := range a.all[row.Subject] {
		if point.Unit == unit || !a.desk.isDepartment(point.Unit) {
			continue
		}
		held = append(held, reporting.Held{
			Subject: row.Subject, Period: period, Unit: point.Unit, Source: a.desk.name(point.Unit, period),
			Figures: reporting.Figures{
				Given: reporting.Cumulative, Value: point.Cumulative, Numerator: point.Numerator, Denominator: point.Denominator,
				Growth: point.Growth, Base: point.Base,
			},
		})
	}
	return held
}

func (m *material) isDepartment(id ledger.UnitID) bool {
	unit, known := m.tree.Unit(id)
	return known && unit.Kind == ledger.Department
}

// yearBefore are the locked points of a unit in the plan of the year before, by the subjects of this one: indicators by
// their code, or their name where they have none. Targets and tasks are promised anew each year.
func (s *Service) yearBefore(ctx context.Context, m *material, unit ledger.UnitID, subjects []reporting.Subject) (map[reporting.Subject][]reporting.Point, error) {
	found := map[reporting.Subject][]reporting.Point{}
	last, err := s.planBefore(ctx, m.plan)
	if err != nil || last == nil {
		return found, err
	}
	called := map[string]reporting.Subject{}
	for id, i := range last.indicators {
		called[i.Code+"/"+i.Name] = reporting.IndicatorSubject(id)
	}
	back := map[reporting.Subject]reporting.Subject{}
	var wanted []reporting.Subject
	for _, subject := range subjects {
		i, known := m.indicators[ledger.IndicatorID(subject.ID)]
		if then, there := called[i.Code+"/"+i.Name]; known && there && subject.Kind == reporting.OfIndicator {
			back[then] = subject
			wanted = append(wanted, then)
		}
	}
	if len(wanted) == 0 {
		return found, nil
	}
	then, _, err := s.continued(ctx, last, span{plan: last.plan.ID, subjects: wanted, unit: unit, locked: true}, s.core.Today())
	for _, subject := range wanted {
		found[back[subject]] = points(then[laneOf(subject, unit)])
	}
	return found, err
}

// planBefore is the material of the published plan of the same government for the year before; nil where there is none.
func (s *Service) planBefore(ctx context.Context, plan ledger.Plan) (*material, error) {
	var id string
	err := s.core.Store().View(ctx).NewSelect().Table("plans").Column("id").Where("government = ?", plan.Government).
		Where("year = ?", plan.Year-1).Where("state = ?", string(ledger.Published)).Order("id DESC").Limit(1).Scan(ctx, &id)
	if noRows(err) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	return s.material(ctx, ledger.PlanID(id))
}
