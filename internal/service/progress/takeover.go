package progress

import (
	"slices"
	"sort"

	"luoshi/calendar"
	"luoshi/ledger"
	"luoshi/ledger/reporting"
)

// inherited are the figures of a unit, and of those that have ended in it alone: what they said before it took over
// counts together with its own.
func (g *ground) inherited(t reporting.Terms, byUnit map[ledger.UnitID][]reporting.Point, lead ledger.UnitID) []reporting.Point {
	var before [][]reporting.Stated
	var from calendar.Date
	for _, unit := range sortedKeys(byUnit) {
		if unit == lead || g.tree.Exists(unit, g.on) || !g.heir(unit, lead, g.on) {
			continue
		}
		before = append(before, stated(byUnit[unit]))
		if on := g.takenOver(unit, lead); from.Before(on) {
			from = on
		}
	}
	own := byUnit[lead]
	if len(before) == 0 {
		return own
	}
	frequency := reporting.Monthly
	if len(own) > 0 {
		frequency = own[len(own)-1].Period.Frequency
	}
	points := reporting.Derive(t, reporting.TakenOver(t, reporting.PeriodOf(frequency, from), stated(own), before...))
	for i := range points {
		points[i].Unit = lead
	}
	return points
}

// heir tells whether one unit alone stands for another on a day.
func (g *ground) heir(unit, lead ledger.UnitID, on calendar.Date) bool {
	return slices.Equal(g.tree.Successors(unit, on), []ledger.UnitID{lead})
}

// takenOver is the first day of the plan's year on which one unit stands for another.
func (g *ground) takenOver(unit, lead ledger.UnitID) calendar.Date {
	first := calendar.Date{Year: int16(g.plan.Year), Month: 1, Day: 1}
	days := max(first.DaysTo(g.on), 0)
	return first.AddDays(sort.Search(days, func(i int) bool { return g.heir(unit, lead, first.AddDays(i)) }))
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
