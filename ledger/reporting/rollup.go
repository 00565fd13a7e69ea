package reporting

import (
	"cmp"
	"math/big"
	"slices"

	"luoshi/calendar"
	"luoshi/ledger"
)

// Part is one unit's point of a measure, to be added to others.
type Part struct {
	Unit  ledger.UnitID `json:"unit"`
	Point Point         `json:"point"`
	Scope string        `json:"scope,omitempty"` // where it differs from that of the measure
}

// Why is why a part was left out of a total.
type Why string

const (
	NotLocked   Why = "unlocked"
	OtherScope  Why = "scope"
	OtherPeriod Why = "period"
	NoFigure    Why = "missing"
	NoNumerator Why = "numerator"
	NotAdditive Why = "not_additive"
)

// Left is a part that does not count, and why.
type Left struct {
	Unit ledger.UnitID `json:"unit"`
	Why  Why           `json:"why"`
}

// Total is what parts make together.
type Total struct {
	Point   Point           `json:"point"`
	Counted []ledger.UnitID `json:"counted,omitempty"`
	Left    []Left          `json:"left,omitempty"`
}

// RollUp adds the parts of one period: levels are added, rates only computed from their numerators and denominators,
// what is of another scope is left out, and averages and growth are not added. The one part that is left stands as it
// is. Only locked figures count. The order of the parts does not matter.
func RollUp(t Terms, period Period, parts []Part) Total {
	parts = slices.SortedStableFunc(slices.Values(parts), func(a, b Part) int {
		return cmp.Or(cmp.Compare(a.Unit, b.Unit), cmp.Compare(a.Scope, b.Scope), cmp.Compare(a.Point.Observation, b.Point.Observation))
	})
	total := Total{Point: Point{Period: period, Given: Cumulative, Lacks: LacksFigure}}
	scope := commonScope(t, parts)
	var counted []Part
	for _, p := range parts {
		if why := leaves(p, period, cmp.Or(p.Scope, t.Scope) == scope); why != "" {
			total.Left = append(total.Left, Left{p.Unit, why})
		} else {
			counted = append(counted, p)
		}
	}
	alone := len(counted)+awaited(total.Left) == 1
	total.add(t, counted, alone)
	slices.SortStableFunc(total.Left, func(a, b Left) int { return cmp.Or(cmp.Compare(a.Unit, b.Unit), cmp.Compare(a.Why, b.Why)) })
	return total
}

// leaves tells why a part does not count whatever the measure; empty where nothing speaks against it.
func leaves(p Part, period Period, ofScope bool) Why {
	switch {
	case p.Point.State != Locked:
		return NotLocked
	case p.Point.Period != period:
		return OtherPeriod
	case !ofScope:
		return OtherScope
	case !p.Point.Cumulative.Known() && !p.Point.OfPeriod.Known():
		return NoFigure
	}
	return ""
}

// awaited is how many of the parts left out may still come to count.
func awaited(left []Left) int {
	n := 0
	for _, l := range left {
		if l.Why == NotLocked || l.Why == NoFigure {
			n++
		}
	}
	return n
}

// commonScope is the scope of the total: that of the measure, or the one that all parts have in common.
func commonScope(t Terms, parts []Part) string {
	for _, p := range parts {
		if cmp.Or(p.Scope, t.Scope) != cmp.Or(parts[0].Scope, t.Scope) {
			return t.Scope
		}
	}
	if len(parts) == 0 {
		return t.Scope
	}
	return cmp.Or(parts[0].Scope, t.Scope)
}

// add makes the total of the parts that count. What cannot be added counts only if it stands alone: one of several
// units does not speak for the others.
func (total *Total) add(t Terms, parts []Part, alone bool) {
	switch {
	case alone:
	case t.Rate:
		parts = total.leave(parts, NoNumerator, func(p Part) bool { return quotient(p.Point.Numerator, p.Point.Denominator, 1) == nil })
	case !t.Additive:
		parts = total.leave(parts, NotAdditive, func(Part) bool { return true })
	case len(parts) > 1:
		parts = total.leave(parts, NoFigure, func(p Part) bool { return !p.Point.Cumulative.Known() })
	}
	for _, p := range parts {
		total.Counted = append(total.Counted, p.Unit)
	}
	switch {
	case len(parts) == 1:
		total.Point = parts[0].Point
		total.Point.Unit, total.Point.Observation = "", ""
	case len(parts) > 1:
		total.Point = together(t, total.Point.Period, parts)
	}
}

// leave takes out the parts that a condition speaks against.
func (total *Total) leave(parts []Part, why Why, without func(Part) bool) []Part {
	for _, p := range parts {
		if without(p) {
			total.Left = append(total.Left, Left{p.Unit, why})
		}
	}
	return slices.DeleteFunc(parts, without)
}

// together is the point of several parts.
func together(t Terms, period Period, parts []Part) Point {
	sum := func(of func(Point) ledger.Decimal) ledger.Decimal {
		figures := make([]ledger.Decimal, len(parts))
		for i, p := range parts {
			figures[i] = of(p.Point)
		}
		return Sum(figures...)
	}
	p := Point{
		Period: period, Given: Cumulative, State: Locked,
		Numerator:           sum(func(p Point) ledger.Decimal { return p.Numerator }),
		Denominator:         sum(func(p Point) ledger.Decimal { return p.Denominator }),
		NumeratorOfPeriod:   sum(func(p Point) ledger.Decimal { return p.NumeratorOfPeriod }),
		DenominatorOfPeriod: sum(func(p Point) ledger.Decimal { return p.DenominatorOfPeriod }),
		Arrived:             sum(func(p Point) ledger.Decimal { return p.Arrived }),
		Paid:                sum(func(p Point) ledger.Decimal { return p.Paid }),
		Corrected:           slices.ContainsFunc(parts, func(p Part) bool { return p.Point.Corrected }),
	}
	if t.Rate {
		p.OfPeriod = Rounded(quotient(p.NumeratorOfPeriod, p.DenominatorOfPeriod, t.factor()), places)
		p.Cumulative = Rounded(quotient(p.Numerator, p.Denominator, t.factor()), places)
	} else {
		p.OfPeriod = sum(func(p Point) ledger.Decimal { return p.OfPeriod })
		p.Cumulative = sum(func(p Point) ledger.Decimal { return p.Cumulative })
		p.growTogether(parts, sum)
	}
	if !p.OfPeriod.Known() || !p.Cumulative.Known() {
		p.Lacks = LacksPart
	}
	return p
}

// growTogether computes growth from the levels and bases of the parts, where all of them state their base in one view.
func (p *Point) growTogether(parts []Part, sum func(func(Point) ledger.Decimal) ledger.Decimal) {
	given := parts[0].Point.Given
	if slices.ContainsFunc(parts, func(part Part) bool { return part.Point.Given != given }) {
		return
	}
	p.Given = given
	p.Base = sum(func(p Point) ledger.Decimal { return p.Base })
	p.Growth = Rounded(growth(p.In(given), p.Base), places)
}

// growth is by how many per cent a level is above its base, exactly; nil where that cannot be told.
func growth(level, base ledger.Decimal) *big.Rat {
	if base.Sign() <= 0 {
		return nil
	}
	q := Share(level, base)
	if q == nil {
		return nil
	}
	return q.Sub(q, new(big.Rat).SetInt64(100))
}

// Subtree are the parts of a unit and of all units that answer to it on a date. What a unit said that has ended counts
// where the one that took over from it stands.
func Subtree(tree *ledger.Tree, above ledger.UnitID, on calendar.Date, parts []Part) []Part {
	var within []Part
	for _, p := range parts {
		unit := p.Unit
		if heirs := tree.Successors(unit, on); len(heirs) == 1 {
			unit = heirs[0]
		}
		if tree.Within(unit, above, on) {
			within = append(within, p)
		}
	}
	return within
}

// Gap is by how much the cumulative total of the parts exceeds the figure of the whole itself; negative where they fall
// short, absent where either is not known or the measure cannot be added.
func Gap(t Terms, whole Point, parts Total) ledger.Decimal {
	if !t.Additive || len(parts.Counted) == 0 {
		return ledger.Decimal{}
	}
	return Less(parts.Point.Cumulative, whole.Cumulative)
}
