package reporting

import (
	"slices"
	"sort"
	"strings"

	"luoshi/calendar"
	"luoshi/ledger"
)

// Succession tells who goes on with what units said on something that have ended since.
type Succession struct {
	Tree  *ledger.Tree
	Leads []ledger.UnitID // who leads what it is about today
	Year  int             // of the figures
	On    calendar.Date
}

// Heir is the unit that goes on with what another one said: that unit itself while it exists, else the one that took
// over from it alone. Of a unit that was split it is the one of its heirs to which the office gave what it led, and none
// while that is still led by the unit that has ended, or by several of its heirs: then the figures stay under its name.
func (s Succession) Heir(unit ledger.UnitID) ledger.UnitID { return s.heir(unit, s.On) }

func (s Succession) heir(unit ledger.UnitID, on calendar.Date) ledger.UnitID {
	heirs := s.Tree.Successors(unit, on)
	if len(heirs) > 1 && !slices.Contains(s.Leads, unit) {
		heirs = slices.DeleteFunc(heirs, func(heir ledger.UnitID) bool { return !slices.Contains(s.Leads, heir) })
	}
	if len(heirs) != 1 {
		return ""
	}
	return heirs[0]
}

// Before are those of some units that have ended and with whose figures a unit goes on, and the day from which it speaks
// for all of them. One of several heirs that had begun to report on its own before the split has figures of its own, and
// nobody says that those of the unit that was split belong to them.
func (s Succession) Before(heir ledger.UnitID, begun calendar.Date, units []ledger.UnitID) (before []ledger.UnitID, from calendar.Date) {
	for _, unit := range units {
		if unit == heir || s.Tree.Exists(unit, s.On) || s.Heir(unit) != heir {
			continue
		}
		on := s.since(unit, heir)
		if len(s.Tree.Successors(unit, s.On)) > 1 && !begun.IsZero() && begun.Before(on) {
			continue
		}
		before = append(before, unit)
		if from.Before(on) {
			from = on
		}
	}
	return before, from
}

// since is the first day of the year on which one unit goes on with what another said.
func (s Succession) since(unit, heir ledger.UnitID) calendar.Date {
	first := calendar.Date{Year: int16(s.Year), Month: 1, Day: 1}
	days := max(first.DaysTo(s.On), 0)
	return first.AddDays(sort.Search(days, func(i int) bool { return s.heir(unit, first.AddDays(i)) == heir }))
}

// NameOf is what a unit was called on a day. Of one that was split before another day it says who took over: what it said
// stays under its name until it is given to one of them.
func NameOf(tree *ledger.Tree, unit ledger.UnitID, then, on calendar.Date) string {
	heirs := tree.Successors(unit, on)
	if len(heirs) < 2 {
		return tree.Name(unit, then)
	}
	names := make([]string, len(heirs))
	for i, heir := range heirs {
		names[i] = tree.Name(heir, on)
	}
	return tree.Name(unit, then) + " → " + strings.Join(names, "、")
}

// TakenOver is what counts as said by a unit that took over from others: from the first period in which it speaks for all
// of them, what it says itself; for earlier ones, what it and the others said together. Where only one of them had begun
// to report it is taken as it was said. Where several had, amounts are added and rates computed from their numerators
// and denominators; a period for which one of them is missing, and what cannot be added, is left out, so that nothing
// is taken for whole that is not. What is added is locked only if all of it is. Who the others are Succession says.
func TakenOver(t Terms, from Period, own []Stated, before ...[]Stated) []Stated {
	var taken []Stated
	earlier := map[Period][]Stated{}
	points := map[Period][]Point{}
	series := slices.Concat([][]Stated{own}, before)
	for _, said := range series {
		said = sortedByPeriod(said)
		for i, p := range Derive(t, said) {
			if p.Period.Before(from) {
				earlier[p.Period] = append(earlier[p.Period], said[i])
				points[p.Period] = append(points[p.Period], p)
			}
		}
	}
	for _, s := range own {
		if !s.Period.Before(from) {
			taken = append(taken, s)
		}
	}
	for period, said := range earlier {
		switch begun := begunBy(period, series); {
		case len(said) < begun:
		case begun == 1:
			taken = append(taken, said[0])
		case t.Additive || t.Rate:
			taken = append(taken, t.joined(said, points[period]))
		}
	}
	return sortedByPeriod(taken)
}

// begunBy is how many units had reported in the year of a period by its end.
func begunBy(period Period, series [][]Stated) int {
	n := 0
	for _, said := range series {
		if slices.ContainsFunc(said, func(s Stated) bool {
			return s.Period.Frequency == period.Frequency && s.Period.Year == period.Year && !period.Before(s.Period)
		}) {
			n++
		}
	}
	return n
}

// joined is what several units said of one period as the words of one.
func (t Terms) joined(said []Stated, points []Point) Stated {
	parts := make([]Part, len(points))
	one := Stated{Period: points[0].Period, State: Locked, Said: said[0].Said, Reason: said[0].Reason}
	for i, p := range points {
		parts[i] = Part{Point: p}
		if p.State != Locked {
			one.State = p.State
		}
	}
	p := together(t, one.Period, parts)
	one.Corrected = p.Corrected
	one.Figures = Figures{
		Given: Cumulative, Value: p.Cumulative, Numerator: p.Numerator, Denominator: p.Denominator,
		Arrived: p.Arrived, Paid: p.Paid,
	}
	if p.Given == Cumulative {
		one.Base, one.Growth = p.Base, p.Growth
	}
	return one
}
