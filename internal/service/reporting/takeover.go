package reporting

import (
	"context"
	"slices"

	"luoshi/calendar"
	"luoshi/ledger"
	"luoshi/ledger/reporting"
)

// succession tells who goes on with what units said on a subject.
func (m *material) succession(subject reporting.Subject, on calendar.Date) reporting.Succession {
	return reporting.Succession{
		Tree: m.tree, Leads: m.followers[ledger.IndicatorID(subject.ID)], Year: m.plan.Year, On: on,
	}
}

// endedIn are the units that have ended and that a unit took over, alone or with others.
func (m *material) endedIn(unit ledger.UnitID, on calendar.Date) []ledger.UnitID {
	var ended []ledger.UnitID
	for _, u := range m.tree.Units() {
		if u.ID != unit && !m.tree.Exists(u.ID, on) && slices.Contains(m.tree.Successors(u.ID, on), unit) {
			ended = append(ended, u.ID)
		}
	}
	return ended
}

// goingOn gives locked figures of units that took over from others what follows from those others' words: in the first
// period in which one speaks for all of them its own series has nothing to begin with.
func (s *Service) goingOn(ctx context.Context, m *material, figures []Figure) error {
	today := s.core.Today()
	if !slices.ContainsFunc(m.tree.Units(), func(u ledger.Unit) bool { return !m.tree.Exists(u.ID, today) }) {
		return nil
	}
	heirs := map[ledger.UnitID][]int{}
	for i, f := range figures {
		if f.Subject.Kind == reporting.OfIndicator {
			heirs[f.Unit] = append(heirs[f.Unit], i)
		}
	}
	for unit, at := range heirs {
		if len(m.endedIn(unit, today)) == 0 {
			continue
		}
		var subjects []reporting.Subject
		for _, i := range at {
			if !slices.Contains(subjects, figures[i].Subject) {
				subjects = append(subjects, figures[i].Subject)
			}
		}
		h, _, err := s.continued(ctx, m, span{plan: m.plan.ID, unit: unit, subjects: subjects, locked: true}, today)
		if err != nil {
			return err
		}
		for _, i := range at {
			h.goesOn(&figures[i])
		}
	}
	return nil
}

// goesOn gives a figure the point that it has in this history. What the unit and others said together of a period before
// it took over is no figure of its own and has no observation.
func (h history) goesOn(f *Figure) {
	for _, p := range points(h[laneOf(f.Subject, f.Unit)]) {
		if p.Period == f.Point.Period && p.Observation == f.Point.Observation {
			f.Point = p
		}
	}
}

// inheritance are the units with whose figures on a subject another one goes on.
type inheritance map[reporting.Subject][]ledger.UnitID

// continued is the history of a unit's lanes, in which it goes on with what units said that have ended in it. The figures
// that are kept are those of each unit by itself: units may be merged long after, and back to a day before.
func (s *Service) continued(ctx context.Context, m *material, of span, on calendar.Date) (history, inheritance, error) {
	of.before = m.endedIn(of.unit, on)
	h, err := s.history(ctx, of)
	if err != nil || len(of.before) == 0 {
		return h, nil, err
	}
	from := inheritance{}
	for _, subject := range of.subjects {
		if subject.Kind == reporting.OfIndicator {
			from[subject] = h.goOn(m.succession(subject, on), subject, of.unit, of.before)
		}
	}
	return h, from, nil
}

// goOn puts what a unit and those before it said into the lane of the unit, and tells who those were.
func (h history) goOn(by reporting.Succession, subject reporting.Subject, unit ledger.UnitID, ended []ledger.UnitID) []ledger.UnitID {
	own := h[laneOf(subject, unit)]
	units, from := by.Before(unit, begun(own), h.said(subject, ended))
	if len(units) == 0 {
		return nil
	}
	said := slices.Clone(own)
	before := make([][]reporting.Stated, len(units))
	for i, u := range units {
		remarks := h[laneOf(subject, u)]
		said, before[i] = append(said, remarks...), statedIn(remarks)
	}
	last := said[len(said)-1]
	if len(own) > 0 {
		last = own[len(own)-1]
	}
	var taken []remark
	for _, stated := range reporting.TakenOver(last.Terms, reporting.PeriodOf(last.Period.Frequency, from), statedIn(own), before...) {
		r := remark{Stated: stated, Terms: last.Terms, Observation: reporting.Observation{Subject: subject, Figures: stated.Figures, Said: stated.Said}}
		if i := slices.IndexFunc(said, func(s remark) bool { return stated.Observation != "" && s.Stated.Observation == stated.Observation }); i >= 0 {
			r = said[i]
			r.Terms = last.Terms
		}
		r.Unit = unit
		taken = append(taken, r)
	}
	h[laneOf(subject, unit)] = taken
	return units
}

// said are those of some units that said something on a subject.
func (h history) said(subject reporting.Subject, units []ledger.UnitID) []ledger.UnitID {
	return slices.DeleteFunc(slices.Clone(units), func(unit ledger.UnitID) bool { return len(h[laneOf(subject, unit)]) == 0 })
}

// begun is when a unit first said something; the zero date where it never did.
func begun(remarks []remark) calendar.Date {
	if len(remarks) == 0 {
		return calendar.Date{}
	}
	return remarks[0].Period.Span().To
}

func statedIn(remarks []remark) []reporting.Stated {
	said := make([]reporting.Stated, len(remarks))
	for i, r := range remarks {
		said[i] = r.Stated
	}
	return said
}

// correctionsOf are the corrections of the figures in a series.
func (s *Service) correctionsOf(ctx context.Context, plan ledger.PlanID, series Series) ([]CorrectionView, error) {
	if series.Subject.Kind != reporting.OfIndicator {
		return s.Corrections(ctx, CorrectionQuery{Plan: plan, Subject: series.Subject})
	}
	var all []CorrectionView
	for _, unit := range append([]ledger.UnitID{series.Unit}, series.Before...) {
		some, err := s.Corrections(ctx, CorrectionQuery{Plan: plan, Subject: series.Subject, Unit: unit})
		if err != nil {
			return nil, err
		}
		all = append(all, some...)
	}
	return all, nil
}
