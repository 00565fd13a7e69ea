package progress

import (
	"context"
	"fmt"
	"slices"

	"luoshi/calendar"
	"luoshi/ledger"
	"luoshi/ledger/reporting"
)

// inherited are the figures of a unit, and of those with whose figures it goes on: what they said before it took over
// counts together with its own.
func (g *ground) inherited(subject reporting.Subject, t reporting.Terms, lead ledger.UnitID) []reporting.Point {
	own := g.figures.points(subject, lead)
	var begun calendar.Date
	if len(own) > 0 {
		begun = own[0].Period.Span().To
	}
	succession := reporting.Succession{Tree: g.tree, Leads: g.leads[ledger.IndicatorID(subject.ID)], Year: g.plan.Year, On: g.on}
	units, from := succession.Before(lead, begun, g.figures.units(subject))
	if len(units) == 0 {
		return own
	}
	before := make([][]reporting.Stated, len(units))
	for i, unit := range units {
		before[i] = stated(g.figures.points(subject, unit))
	}
	last := g.figures.points(subject, units[0])
	if len(own) > 0 {
		last = own
	}
	frequency := last[len(last)-1].Period.Frequency
	points := reporting.Derive(t, reporting.TakenOver(t, reporting.PeriodOf(frequency, from), stated(own), before...))
	for i := range points {
		points[i].Unit = lead
	}
	return points
}

// readLeads finds who leads a target that follows an indicator; of a tree in which no unit was split nobody asks.
func (s *Service) readLeads(ctx context.Context, g *ground, _ narrow) error {
	g.leads = map[ledger.IndicatorID][]ledger.UnitID{}
	if !slices.ContainsFunc(g.tree.Units(), func(u ledger.Unit) bool { return len(g.tree.Successors(u.ID, g.on)) > 1 }) {
		return nil
	}
	var rows []struct{ Indicator, Unit string }
	err := s.core.Store().View(ctx).NewSelect().Distinct().TableExpr("commitment_targets AS t").ColumnExpr("t.indicator, c.lead_unit AS unit").
		Join("JOIN commitments AS c ON c.id = t.commitment").Where("c.plan = ?", g.plan.ID).Where("t.indicator IS NOT NULL").Scan(ctx, &rows)
	if err != nil {
		return fmt.Errorf("progress: reading who leads the indicators of plan %s: %w", g.plan.ID, err)
	}
	for _, r := range rows {
		i := ledger.IndicatorID(r.Indicator)
		if lead := g.leadOf(ledger.UnitID(r.Unit)); lead != "" && !slices.Contains(g.leads[i], lead) {
			g.leads[i] = append(g.leads[i], lead)
		}
	}
	return nil
}

// leadOf is the unit that leads what a unit led: its heir, where it was merged into one.
func (g *ground) leadOf(lead ledger.UnitID) ledger.UnitID {
	if heirs := g.tree.Successors(lead, g.on); len(heirs) == 1 {
		return heirs[0]
	}
	return lead
}

// stated is what points were derived from.
func stated(points []reporting.Point) []reporting.Stated {
	said := make([]reporting.Stated, len(points))
	for i, p := range points {
		said[i] = reporting.Stated{
			Period: p.Period, Unit: p.Unit, Observation: p.Observation, Said: p.Said, State: p.State, Corrected: p.Corrected, Reason: p.Reason,
			Figures: reporting.Figures{
				Given: p.Given, Value: p.Figure(), Numerator: p.Numerator, Denominator: p.Denominator, Growth: p.Growth, Base: p.Base,
				Arrived: p.Arrived, Paid: p.Paid, Percent: p.Percent,
			},
		}
		if p.Given == reporting.OfPeriod {
			said[i].Numerator, said[i].Denominator = p.NumeratorOfPeriod, p.DenominatorOfPeriod
		}
	}
	return said
}
