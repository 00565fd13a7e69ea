package reporting

import (
	"cmp"
	"context"
	"slices"

	"luoshi/internal/service"
	"luoshi/internal/store"
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

// TotalPage is a part of what figures make together.
type TotalPage struct {
	Totals []SubjectTotal // fewer than were asked for where nothing was said on a subject
	Next   string         // behind which the next part begins; empty at the end
}

// Totals are what the locked figures of units make together for a period, by subject. What is not locked is left out
// and named. Of the page limit and place count; totals have one order.
func (s *Service) Totals(ctx context.Context, plan ledger.PlanID, query TotalQuery, page store.Page) (TotalPage, error) {
	var part TotalPage
	if err := s.checkPlan(ctx, readRound, plan); err != nil {
		return part, err
	}
	m, err := s.material(ctx, plan)
	if err != nil {
		return part, err
	}
	subjects := query.Subjects
	if len(subjects) == 0 {
		for _, i := range m.parts.indicators {
			subjects = append(subjects, reporting.IndicatorSubject(i.ID))
		}
	}
	if subjects, part.Next, err = partOf(subjects, page); err != nil || len(subjects) == 0 {
		return part, err
	}
	parts, err := s.parts(ctx, m, query.Period, subjects)
	if err != nil {
		return part, err
	}
	for _, subject := range subjects {
		of := parts[subject]
		if query.Under != "" {
			of = reporting.Subtree(m.tree, query.Under, query.Period.Span().To, of)
		}
		if len(of) == 0 {
			continue
		}
		terms := reporting.TermsOf(m.indicators[ledger.IndicatorID(subject.ID)])
		part.Totals = append(part.Totals, SubjectTotal{Subject: subject, Terms: terms, Total: reporting.RollUp(terms, query.Period, of)})
	}
	return part, nil
}

// partOf is the part of subjects that a page asks for, in their order, and where the next one begins.
func partOf(subjects []reporting.Subject, page store.Page) (part []reporting.Subject, next string, err error) {
	byText := func(a, b reporting.Subject) int { return cmp.Compare(a.String(), b.String()) }
	part = slices.Compact(slices.SortedFunc(slices.Values(subjects), byText))
	if page.After != "" {
		last, err := reporting.ParseSubject(page.After)
		if err != nil {
			return nil, "", fault("page.place")
		}
		part = slices.DeleteFunc(part, func(s reporting.Subject) bool { return byText(s, last) <= 0 })
	}
	if len(part) > page.Limit {
		part = part[:page.Limit]
		next = part[page.Limit-1].String()
	}
	return part, next, nil
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
