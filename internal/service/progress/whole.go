package progress

import (
	"context"
	"fmt"

	"github.com/uptrace/bun"

	"luoshi/internal/access"
	"luoshi/internal/store"
	"luoshi/ledger"
	"luoshi/ledger/light"
	"luoshi/ledger/reporting"
)

// Followed is a commitment of a published plan with everything that is locked of it: its light, how that turned, and
// what was measured.
type Followed struct {
	Commitment ledger.Commitment // with who leads it today
	Lit        bool              // it has a light
	Shown
	Turns    []Turn // the first one first, without how they were computed
	Measured []Measured
}

// Measured is what is measured of a commitment, with its locked figures.
type Measured struct {
	Subject    reporting.Subject
	Title      string
	Unit       ledger.UnitID // whose figures they are; empty where they are those of several together
	Terms      reporting.Terms
	Target     ledger.Target // zero for a project and a task
	Bound      ledger.Decimal
	Points     []reporting.Point // locked, in order
	Milestones []light.Milestone // with the days on which they were reached
}

// Whole is a whole published plan in the order of its documents, as far as figures are locked and lights computed. Only
// who may see the lights and figures of the whole government gets it.
func (s *Service) Whole(ctx context.Context, id ledger.PlanID) ([]Followed, error) {
	plan, err := s.plan(ctx, id)
	if err != nil {
		return nil, err
	}
	for _, action := range []access.Action{readLight, "observation.read"} {
		if err := s.core.Check(ctx, action, ofPlan(plan)); err != nil {
			return nil, err
		}
	}
	if plan.State != ledger.Published {
		return nil, faults.New("plan.not_published")
	}
	g, err := s.ground(ctx, plan, narrow{})
	if err != nil {
		return nil, err
	}
	lights, turns, err := s.stand(ctx, id)
	if err != nil {
		return nil, err
	}
	all := make([]Followed, 0, len(g.commitments))
	for _, c := range g.commitments {
		f := Followed{Commitment: c, Turns: turns[string(c.ID)], Measured: g.measuredOf(c)}
		if r, there := lights[string(c.ID)]; there && r.Colour != "" {
			f.Lit = true
			if f.Shown, err = s.show(r, c, g.own[c.ID].begins(plan)); err != nil {
				return nil, err
			}
		}
		all = append(all, f)
	}
	return all, nil
}

// stand are the lights of a plan as they are stored, and how they turned.
func (s *Service) stand(ctx context.Context, plan ledger.PlanID) (map[string]lightRow, map[string][]Turn, error) {
	var rows []lightRow
	if err := s.core.Store().View(ctx).NewSelect().Model(&rows).Where("plan = ?", plan).Scan(ctx); err != nil {
		return nil, nil, fmt.Errorf("progress: reading the lights of plan %s: %w", plan, err)
	}
	lights := make(map[string]lightRow, len(rows))
	for _, r := range rows {
		lights[r.Commitment] = r
	}
	var turned []turnRow
	err := s.core.Store().View(ctx).NewSelect().Model(&turned).ExcludeColumn("body").Where("plan = ?", plan).
		OrderExpr("?, ?", bun.Ident("commitment"), bun.Ident("number")).Scan(ctx)
	if err != nil {
		return nil, nil, fmt.Errorf("progress: reading how the lights of plan %s turned: %w", plan, err)
	}
	turns := map[string][]Turn{}
	for _, r := range turned {
		turns[r.Commitment] = append(turns[r.Commitment], r.plain())
	}
	return lights, turns, nil
}

// plain is a turn without the light as it was computed then.
func (r turnRow) plain() Turn {
	return Turn{
		Commitment: ledger.CommitmentID(r.Commitment), Number: r.Number, On: store.DateOf(r.OnDay), At: store.TimeOf(r.AtTime),
		Earlier: light.Colour(r.Earlier), Colour: light.Colour(r.Colour), Cause: Cause(r.Cause), Reason: r.Reason, Account: ledger.AccountID(r.Account),
	}
}

// measuredOf is what is measured of a commitment.
func (g *ground) measuredOf(c ledger.Commitment) []Measured {
	var all []Measured
	for _, m := range g.measure(c) {
		one := Measured{
			Subject: m.subject, Title: m.title, Unit: m.unit, Terms: m.matter.Terms, Target: m.matter.Target, Milestones: m.matter.Milestones,
		}
		for _, p := range m.matter.Points {
			if p.State == reporting.Locked {
				one.Points = append(one.Points, p)
			}
		}
		if m.subject.Kind == reporting.OfTarget || m.subject.Kind == reporting.OfIndicator {
			one.Bound = m.matter.Target.Value
		}
		all = append(all, one)
	}
	return all
}
