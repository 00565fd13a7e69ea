package light

import (
	"math/big"
	"strings"

	"luoshi/checking/judge"
	"luoshi/ledger"
	"luoshi/ledger/reporting"
)

// view is which figure of a period a target speaks of.
type view string

const (
	levelView  view = "level"  // the figure itself
	growthView view = "growth" // its growth in per cent, falls negative
	fallView   view = "fall"   // the same with falls positive
	changeView view = "change" // by how much it grew, in its own unit
	dropView   view = "drop"   // by how much it fell
)

// demand is a target made comparable: which figure has to lie between which bounds.
type demand struct {
	view           view
	floor, ceiling *big.Rat // nil where there is none
	strict         bool     // the bound itself is not enough
	bound          ledger.Decimal
	unit           string
	why            Step
}

// meets tells whether a figure keeps the promise.
func (d *demand) meets(a *big.Rat) bool { return d.misses(a) == nil }

// misses is by how much a figure misses the promise; nil where it keeps it.
func (d *demand) misses(a *big.Rat) *big.Rat {
	if d.floor != nil {
		if sign := a.Cmp(d.floor); sign < 0 || d.strict && sign == 0 {
			return new(big.Rat).Sub(d.floor, a)
		}
	}
	if d.ceiling != nil {
		if sign := a.Cmp(d.ceiling); sign > 0 || d.strict && sign == 0 {
			return new(big.Rat).Sub(a, d.ceiling)
		}
	}
	return nil
}

// aim is the bound that a path leads to: the floor where there is one.
func (d *demand) aim() *big.Rat {
	if d.floor != nil {
		return d.floor
	}
	return d.ceiling
}

// isPercent tells whether a unit counts in hundredths.
func isPercent(unit string) bool {
	switch unit {
	case "%", "\uff05", "\u4e2a\u767e\u5206\u70b9", "\u767e\u5206\u70b9": // ％, 个百分点, 百分点
		return true
	}
	return false
}

// isMultiple tells whether a unit says how many times something was multiplied, which no period's figure tells.
func isMultiple(unit string) bool { return unit == "倍" || unit == "番" || unit == "成" }

// demand makes the target comparable, or says why a person has to judge it.
func (j *judging) demand() (demand, bool) {
	t := &j.m.Target
	if t.IsWorded() {
		return j.worded()
	}
	d := demand{view: viewOf(t, j.m.Terms), unit: t.Unit, bound: t.Value}
	d.strict = t.Cmp == ledger.MoreThan || t.Cmp == ledger.LessThan
	d.why = step("target", t.Subject, named("kind", t.Measure), j.boundFact(), amount(t.Value, t.Unit))
	if t.Cmp == ledger.Between {
		d.why = step("target.between", t.Subject, named("kind", t.Measure), plain(t.Value), amount(t.Upper, t.Unit))
	}
	switch {
	case !t.Value.Known() || isMultiple(t.Unit):
		return d, j.person("person.unit", t.Unit)
	case d.view == levelView && !sameUnit(t.Unit, j.m.Terms.Unit):
		return d, j.person("person.units", t.Unit, j.m.Terms.Unit)
	case d.view == levelView && isFractionOf(t, j.m.Terms.Unit):
		return d, j.person("person.fraction", plain(t.Value), j.m.Terms.Unit)
	}
	j.bounds(&d)
	return d, true
}

// boundFact is how the target bounds: a plain figure is to be reached, or not to be passed.
func (j *judging) boundFact() string {
	t := &j.m.Target
	switch {
	case t.Cmp != ledger.Equal:
		return named("cmp", t.Cmp)
	case upward(t, j.m.Terms.Direction):
		return labelFact + "bound.reach"
	}
	return labelFact + "bound.within"
}

// bounds sets floor and ceiling by comparator and direction.
func (j *judging) bounds(d *demand) {
	t, low, high := &j.m.Target, j.m.Target.Value.Rat(), j.m.Target.Value.Rat()
	both := false
	switch t.Cmp {
	case ledger.Between:
		high = t.Upper.Rat()
		both = j.m.Terms.Direction == ledger.Neither
	case ledger.Approximately:
		width := j.width(t)
		low.Sub(low, width)
		high.Add(high, width)
		both = j.m.Terms.Direction == ledger.Neither
		d.why = step("target.approx", t.Subject, named("kind", t.Measure), amount(t.Value, t.Unit), exact(width))
	}
	up := upward(t, j.m.Terms.Direction)
	if up || both {
		d.floor = low
	}
	if !up || both {
		d.ceiling = high
	}
	if t.Cmp == ledger.Between && !up {
		d.bound = t.Upper
	}
}

// width is how far a figure may lie from one that is stated with 左右.
func (j *judging) width(t *ledger.Target) *big.Rat {
	if isPercent(t.Unit) {
		return j.rule.Approx[0].Rat()
	}
	width := t.Value.Rat()
	width.Mul(width.Abs(width), j.rule.Approx[1].Rat())
	return width.Quo(width, big.NewRat(100, 1))
}

// upward tells whether a target is a lower bound. Its words decide; where they do not, the direction of the indicator
// does, and a promised decrease always wants at least that decrease.
func upward(t *ledger.Target, direction ledger.Direction) bool {
	switch t.Cmp {
	case ledger.AtLeast, ledger.MoreThan:
		return true
	case ledger.AtMost, ledger.LessThan:
		return false
	}
	return direction != ledger.Less || t.Measure == ledger.Decline
}

// viewOf is which figure a target speaks of. An indicator that is a rate of growth itself has its growth for a level.
func viewOf(t *ledger.Target, terms reporting.Terms) view {
	rate := t.Unit == "" || isPercent(t.Unit) && !(pointsOf(t.Unit) && isPercent(terms.Unit))
	switch {
	case terms.Aggregation == ledger.AsGrowth && t.Measure == ledger.Decline:
		return fallView
	case terms.Aggregation == ledger.AsGrowth:
		return growthView
	case t.Measure == ledger.Growth && rate:
		return growthView
	case t.Measure == ledger.Growth:
		return changeView
	case t.Measure == ledger.Decline && rate:
		return fallView
	case t.Measure == ledger.Decline:
		return dropView
	}
	return levelView
}

// pointsOf tells whether a unit is points, in which rates change.
func pointsOf(unit string) bool { return isPercent(unit) && strings.HasSuffix(unit, "\u70b9") }

// isFractionOf tells whether a target is a bare fraction where things are counted in a unit: three quarters of the villages
// are to earn more than 500,000 yuan, and 0.75 is no sum of money.
func isFractionOf(t *ledger.Target, measure string) bool {
	return t.Unit == "" && measure != "" && !isPercent(measure) && !t.Value.Rat().IsInt()
}

// sameUnit tells whether a target and its indicator count alike. Counters of things stand for each other.
func sameUnit(target, measure string) bool {
	return target == measure || target == "" || measure == "" || isPercent(target) && isPercent(measure) ||
		judge.CountsThings(target) && judge.CountsThings(measure)
}
