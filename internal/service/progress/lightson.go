package progress

import (
	"context"
	"fmt"
	"slices"

	"luoshi/calendar"
	"luoshi/ledger"
	"luoshi/ledger/light"
	"luoshi/ledger/reporting"
)

// LightsOn are the lights of a plan at the end of a day that is over, by commitment, as far as the caller may see them. They
// follow from the figures of the periods that were over on the day, whenever those were locked: what an account of the
// first half of the year tells is how matters stood at the end of June, as all know who have the figures of June. What was
// shown by hand on the day stays as it was shown.
func (s *Service) LightsOn(ctx context.Context, id ledger.PlanID, on calendar.Date) (map[ledger.CommitmentID]Shown, error) {
	plan, err := s.core.Store().Plans().Get(ctx, string(id))
	if err != nil {
		return nil, err
	}
	g, err := s.ground(ctx, plan.Value, narrow{})
	if err != nil {
		return nil, err
	}
	turned, err := s.turnedBy(ctx, id, on)
	if err != nil {
		return nil, err
	}
	g.on = on
	g.forget()
	for i, c := range g.commitments {
		if c.State == ledger.Fulfilled && turned[c.ID].colour != light.Blue {
			g.commitments[i].State = ledger.InForce // it was fulfilled later
		}
	}
	all := map[ledger.CommitmentID]Shown{}
	for _, l := range g.lights() {
		if !l.has || !s.core.Can(ctx, readLight, ofCommitment(l.commitment)) {
			continue
		}
		shown := Shown{Colour: l.judged.Light.Colour, Computed: l.judged.Light.Colour, Calendar: g.standing(l.commitment), Judged: l.judged}
		if last := turned[l.commitment.ID]; last.cause == Set {
			shown.Colour = last.colour
		}
		all[l.commitment.ID] = shown
	}
	return all, nil
}

// forget takes away what was not over on the day of the ground.
func (g *ground) forget() {
	for _, units := range g.figures {
		for unit, points := range units {
			units[unit] = slices.DeleteFunc(points, func(p sparse) bool { return g.on.Before(p.same.Value().Period.Span().To) })
		}
	}
	for f, due := range g.due {
		last := reporting.PeriodOf(f, g.on)
		if g.on.Before(last.Span().To) {
			last = last.Previous()
		}
		if last.Before(due) {
			g.due[f] = last
		}
	}
}

// shownLast is the last turn of a light: what it showed then, and why.
type shownLast struct {
	colour light.Colour
	cause  Cause
}

// turnedBy are the last turns of the lights of a plan up to a day.
func (s *Service) turnedBy(ctx context.Context, plan ledger.PlanID, on calendar.Date) (map[ledger.CommitmentID]shownLast, error) {
	var rows []turnRow
	err := s.core.Store().View(ctx).NewSelect().Model(&rows).Column("commitment", "colour", "cause").
		Where("plan = ? AND on_day <= ?", plan, on.String()).Order("commitment", "number").Scan(ctx)
	if err != nil {
		return nil, fmt.Errorf("progress: reading how the lights of plan %s stood on %s: %w", plan, on, err)
	}
	last := map[ledger.CommitmentID]shownLast{}
	for _, r := range rows {
		last[ledger.CommitmentID(r.Commitment)] = shownLast{light.Colour(r.Colour), Cause(r.Cause)}
	}
	return last, nil
}
