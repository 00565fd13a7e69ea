package bulletin

import (
	"cmp"
	"context"
	"slices"

	"luoshi/calendar"
	"luoshi/internal/service/progress"
	"luoshi/internal/store"
	"luoshi/ledger"
	"luoshi/ledger/bulletin"
	"luoshi/ledger/light"
	"luoshi/ledger/reporting"
)

// Periods are the periods of a plan of which a bulletin may be, the longest first.
func Periods(plan ledger.Plan) []reporting.Period { return progress.Periods(plan) }

// compose makes a bulletin of what the ledger says now.
func (s *Service) compose(ctx context.Context, plan ledger.Plan, period reporting.Period, corrects ID) (bulletin.Content, error) {
	m, err := s.material(ctx, plan, period)
	if err != nil {
		return bulletin.Content{}, err
	}
	c := bulletin.Compose(m)
	if corrects == "" {
		return c, nil
	}
	earlier, err := s.get(ctx, corrects)
	if err != nil {
		return c, err
	}
	return c.Correcting(bulletin.Earlier{
		ID: string(earlier.ID), Title: earlier.Title, Number: earlier.Number, Content: earlier.Paper.Content,
	}), nil
}

// material is what the ledger says of a plan today.
func (s *Service) material(ctx context.Context, plan ledger.Plan, period reporting.Period) (bulletin.Material, error) {
	settings, err := s.settings(ctx, plan.Government)
	if err != nil {
		return bulletin.Material{}, err
	}
	m := bulletin.Material{
		Plan: plan.ID, Title: plan.Title, Period: period, On: s.core.Today(), Most: settings.Value.Lines, Names: map[ledger.UnitID]string{},
	}
	if m.Matters, err = s.matters(ctx, plan.ID, m.Names); err != nil {
		return m, err
	}
	if m.Items, err = s.items(ctx, plan.ID); err != nil {
		return m, err
	}
	if m.Reports, err = s.reports(ctx, plan.ID, period); err != nil {
		return m, err
	}
	if s.options.Orders != nil {
		if m.Orders, err = s.ordersOf(ctx, plan.ID, s.until(period)); err != nil {
			return m, err
		}
	}
	return m, s.name(ctx, &m)
}

// until are the days of a period that are over.
func (s *Service) until(period reporting.Period) calendar.Period {
	span := period.Span()
	if today := s.core.Today(); today.Before(span.To) {
		span.To = today
	}
	return span
}

// matters are the commitments of a plan with their lights, in the order of the plan.
func (s *Service) matters(ctx context.Context, plan ledger.PlanID, names map[ledger.UnitID]string) ([]bulletin.Matter, error) {
	var all []bulletin.Matter
	page := store.Page{Limit: store.MaxLimit, Order: "number"}
	for {
		part, err := s.progress.Lights(ctx, progress.LightQuery{Plan: plan}, page)
		if err != nil {
			return nil, err
		}
		for _, l := range part.Lights {
			names[l.Commitment.Lead] = l.UnitName
			all = append(all, matter(l))
		}
		if part.Next == "" {
			return all, nil
		}
		page.After = part.Next
	}
}

func matter(l progress.CommitmentLight) bulletin.Matter {
	return bulletin.Matter{
		ID: l.Commitment.ID, Title: l.Commitment.Title, Unit: l.Commitment.Lead, By: l.Commitment.By, Colour: l.Colour,
		Overdue: l.Calendar.State == light.Overdue && l.Colour != light.Blue,
		Done:    l.Light.Progress, Due: l.Light.Due, Gap: l.Light.Gap,
	}
}

// reports is how the units reported.
func (s *Service) reports(ctx context.Context, plan ledger.PlanID, period reporting.Period) ([]bulletin.Reports, error) {
	counted, err := s.reporting.Punctuality(ctx, plan, period)
	if err != nil {
		return nil, err
	}
	all := make([]bulletin.Reports, len(counted))
	for i, p := range counted {
		all[i] = bulletin.Reports{Unit: p.Unit, Asked: p.Asked, Late: p.Late, Missing: p.Missing, Returned: p.Returned}
	}
	return all, nil
}

// name tells the names of all units that are spoken of, and brings the rows of units into the order of the tree.
func (s *Service) name(ctx context.Context, m *bulletin.Material) error {
	tree, err := s.core.Tree(ctx)
	if err != nil {
		return err
	}
	order := map[ledger.UnitID]int{}
	for i, unit := range tree.Units() {
		order[unit.ID] = i
		if m.Names[unit.ID] == "" {
			m.Names[unit.ID] = tree.Name(unit.ID, m.On)
		}
	}
	slices.SortStableFunc(m.Reports, func(a, b bulletin.Reports) int { return cmp.Compare(order[a.Unit], order[b.Unit]) })
	if m.Orders != nil {
		slices.SortStableFunc(m.Orders.Units, func(a, b bulletin.UnitOrders) int { return cmp.Compare(order[a.Unit], order[b.Unit]) })
	}
	return nil
}
