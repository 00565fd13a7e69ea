package reporting

import (
	"context"
	"slices"

	"luoshi/internal/service"
	"luoshi/ledger"
	"luoshi/ledger/reporting"
)

// Series is what a unit said on a subject through the year, locked or not; the state of each point says which.
type Series struct {
	Subject     reporting.Subject
	Title       string
	Unit        ledger.UnitID
	Terms       reporting.Terms
	Points      []reporting.Point
	Corrections []CorrectionView
	Before      []ledger.UnitID // units that have ended and with whose figures this one goes on; theirs are in the points
	Heirs       []ledger.UnitID // of a unit that has ended: who took over from it
	// GoesOn is the one among the heirs that goes on with these figures; empty where the unit was split and the office
	// has not given what the figures are of to one of them. Then they stand under the name of the unit that has ended.
	GoesOn ledger.UnitID
}

// TotalQuery asks what the figures of units make together.
type TotalQuery struct {
	Period   reporting.Period
	Subjects []reporting.Subject // all of the plan's indicators where empty
	Under    ledger.UnitID       // of the units beneath one, and that one; of all where empty
}

// SubjectTotal is what the figures of units on a subject make together.
type SubjectTotal struct {
	Subject reporting.Subject
	Terms   reporting.Terms
	Total   reporting.Total
}

// Series is what a unit said on a subject through the year. Points that are not locked are shown as such, and are
// derived from those before them whether those are locked or not.
func (s *Service) Series(ctx context.Context, plan ledger.PlanID, subject reporting.Subject, unit ledger.UnitID) (Series, error) {
	series := Series{Subject: subject, Unit: unit}
	if err := s.core.Check(ctx, readObservation, service.Owned{Lead: unit}); err != nil {
		return series, err
	}
	m, err := s.material(ctx, plan)
	if err != nil {
		return series, err
	}
	series.Title = m.title(subject)
	today := s.core.Today()
	h, before, err := s.continued(ctx, m, span{plan: plan, subjects: []reporting.Subject{subject}, unit: unit}, today)
	if err != nil {
		return series, err
	}
	remarks := h[laneOf(subject, unit)]
	if len(remarks) > 0 {
		series.Terms = remarks[len(remarks)-1].Terms
	}
	series.Points = points(remarks)
	if series.Before = before[subject]; !m.tree.Exists(unit, today) {
		series.Heirs, series.GoesOn = m.tree.Successors(unit, today), m.succession(subject, today).Heir(unit)
	}
	series.Corrections, err = s.correctionsOf(ctx, plan, series)
	return series, err
}

// Totals are what the locked figures of units make together for a period. What is not locked is left out and named.
func (s *Service) Totals(ctx context.Context, plan ledger.PlanID, query TotalQuery) ([]SubjectTotal, error) {
	if err := s.checkPlan(ctx, readRound, plan); err != nil {
		return nil, err
	}
	m, err := s.material(ctx, plan)
	if err != nil {
		return nil, err
	}
	subjects := query.Subjects
	if len(subjects) == 0 {
		for _, i := range m.parts.indicators {
			subjects = append(subjects, reporting.IndicatorSubject(i.ID))
		}
	}
	if len(subjects) == 0 {
		return nil, nil
	}
	parts, err := s.parts(ctx, m, query.Period, subjects)
	if err != nil {
		return nil, err
	}
	var totals []SubjectTotal
	for _, subject := range subjects {
		of := parts[subject]
		if query.Under != "" {
			of = reporting.Subtree(m.tree, query.Under, query.Period.Span().To, of)
		}
		if len(of) == 0 {
			continue
		}
		terms := reporting.TermsOf(m.indicators[ledger.IndicatorID(subject.ID)])
		totals = append(totals, SubjectTotal{Subject: subject, Terms: terms, Total: reporting.RollUp(terms, query.Period, of)})
	}
	return totals, nil
}

// parts are the locked figures of all units for a period, and what was said and is not locked, by subject. The words of
// a unit are those of the plan's people alone; totals are read by everybody who reads the plan.
func (s *Service) parts(ctx context.Context, m *material, period reporting.Period, subjects []reporting.Subject) (map[reporting.Subject][]reporting.Part, error) {
	figures, err := s.figures(ctx, m.plan.ID, FigureFilter{Subjects: subjects, Period: period, bare: true}, everything)
	if err != nil {
		return nil, err
	}
	if err := s.goingOn(ctx, m, figures); err != nil {
		return nil, err
	}
	found := map[reporting.Subject][]reporting.Part{}
	for _, f := range figures {
		found[f.Subject] = append(found[f.Subject], reporting.Part{Unit: f.Unit, Point: f.Point})
	}
	open := history{}
	for some := range slices.Chunk(subjects, atOnce) {
		if err := s.saidBy(ctx, open, asked{m.plan.ID, period, some, nil, true}); err != nil {
			return nil, err
		}
	}
	for subject, points := range open.during(period) {
		for _, point := range points {
			found[subject] = append(found[subject], reporting.Part{Unit: point.Unit, Point: point})
		}
	}
	return found, nil
}
