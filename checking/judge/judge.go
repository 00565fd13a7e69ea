// Package judge says what became of one target, given one result. It does not look for the result:
// whoever calls it vouches that both figures speak of the same thing.
//
// Growth and rates are compared as they are printed, whatever part of the year is over. Amounts that
// add up through the year are compared with the time that has passed (序时进度) until the year is over
// or the whole year's target is reached. All arithmetic is exact.
package judge

import (
	"math/big"

	"luoshi/indicator"
	"luoshi/reading"
)

// Outcome is what became of a target.
type Outcome uint8

const (
	Open Outcome = iota // the figures cannot decide
	Missed
	Behind // under way, less done than time has passed
	Ahead  // under way, at least as much done as time has passed
	Met
	Exceeded
)

// String is the name in records: open, missed, behind, ahead, met, exceeded.
func (o Outcome) String() string {
	return [...]string{"open", "missed", "behind", "ahead", "met", "exceeded"}[o]
}

// Terms are what the indicator and the calendar add to two figures.
type Terms struct {
	Direction   indicator.Direction
	Aggregation indicator.Aggregation
	// Elapsed is the share of the target's period that was over when the result was counted; nil where
	// all of it was.
	Elapsed *big.Rat
	// Strict lets any excess over a plain number or a lower bound count as exceeding it; else it must be
	// clearly more.
	Strict bool
}

// over tells whether the target's period has ended.
func (t *Terms) over() bool { return t.Elapsed == nil || t.Elapsed.Cmp(one) >= 0 }

// Running tells whether a target adds up through a period that is not over.
func (t *Terms) Running(target Figure) bool {
	return !t.over() && t.Aggregation == indicator.Sum && target.Measure == reading.Level && !target.Percent()
}

// Judgement is an outcome with its arithmetic.
type Judgement struct {
	Outcome     Outcome
	Gap         string // result less target in the unit of the target, with its sign: "-0.9 个百分点"
	Computation string // Chinese; "" where nothing was computed
}

var (
	one     = big.NewRat(1, 1)
	hundred = big.NewRat(100, 1)
)

// Judge compares a target with the result that answers it. Open means that they cannot be compared:
// unlike measures, units or currencies.
func Judge(target, result Figure, terms Terms) Judgement {
	c, ok := compare(target, result, &terms)
	if !ok {
		return Judgement{}
	}
	if terms.Running(target) && c.want.Sign() > 0 {
		return c.underWay(terms.Elapsed)
	}
	j := Judgement{Outcome: c.final(), Gap: c.gap(), Computation: c.difference()}
	if j.Outcome == Missed && c.upward && !terms.over() && !target.By.IsZero() && target.By.Month != 12 {
		j.Outcome = Behind // a day within the year is set for it, and that day has not come
	}
	return j
}

// comparison is a target and a result brought to one unit and one sense: a promised decrease counts
// decreases as positive.
type comparison struct {
	target, result Figure
	want, upper    *big.Rat // the bound; upper is nil but for ranges
	got            *big.Rat
	upward         bool // more satisfies the target
	strict         bool
	margin         *big.Rat // how far beyond the bound is clearly beyond
}

func compare(target, result Figure, terms *Terms) (*comparison, bool) {
	factor, ok := comparable(&target, &result)
	if !ok {
		return nil, false
	}
	c := &comparison{target: target, result: result, want: target.Value.Rat(), got: result.Value.Rat()}
	c.got.Mul(c.got, factor)
	if changes(target.Measure) && target.Measure != result.Measure {
		c.got.Neg(c.got)
	}
	if target.Cmp == reading.Between {
		c.upper = target.Upper.Rat()
	}
	c.upward = upward(&target, terms.Direction)
	c.margin = clear(&target)
	c.strict = terms.Strict
	return c, true
}

// upward tells whether the target is a lower bound. Words decide (以上, 以内); where there are none the
// indicator's direction does, and a promised decrease always wants at least that decrease.
func upward(target *Figure, direction indicator.Direction) bool {
	switch target.Cmp {
	case reading.AtLeast, reading.MoreThan:
		return true
	case reading.AtMost, reading.LessThan:
		return false
	}
	return target.Measure == reading.Decline || direction != indicator.Less
}

// clear is how far a result must lie beyond its target to count as exceeding it, and how far 左右 lets it
// fall short: half a point of a rate or of growth, 5% of an amount.
func clear(target *Figure) *big.Rat {
	if target.Percent() {
		return big.NewRat(1, 2)
	}
	t := target.Value.Rat()
	return t.Mul(t.Abs(t), big.NewRat(1, 20))
}

// final judges a target whose time is over or which does not add up through the year.
func (c *comparison) final() Outcome {
	if c.undecided() {
		return Open
	}
	low, high := c.want, c.want
	if c.upper != nil {
		high = c.upper
	}
	if c.about() {
		low, high = new(big.Rat).Sub(low, c.margin), new(big.Rat).Add(high, c.margin)
	} else if c.upward && c.upper == nil && !c.strict {
		high = new(big.Rat).Add(high, c.margin)
	}
	switch below, above := c.got.Cmp(low) < 0, c.got.Cmp(high) > 0; {
	case c.upward && below, !c.upward && above:
		return Missed
	case c.upward && above:
		return Exceeded
	}
	return Met
}

// about tells whether the target is stated with 左右 or 约.
func (c *comparison) about() bool { return c.target.Cmp == reading.Approximately }

// undecided tells that the result is itself a bound which leaves the question open (target at least
// 10, result fewer than 12), or that it equals a bound that must be passed.
func (c *comparison) undecided() bool {
	equal := c.got.Cmp(c.want) == 0
	switch c.result.Cmp {
	case reading.LessThan, reading.AtMost:
		return c.upward && c.got.Cmp(c.want) > 0
	case reading.MoreThan, reading.AtLeast:
		return !c.upward && c.got.Cmp(c.want) < 0
	}
	return equal && (c.target.Cmp == reading.MoreThan || c.target.Cmp == reading.LessThan)
}

// underWay judges an amount while its period is running.
func (c *comparison) underWay(elapsed *big.Rat) Judgement {
	j := Judgement{Gap: c.gap(), Computation: c.progress(elapsed)}
	done := new(big.Rat).Quo(c.got, c.want)
	timely := done.Cmp(elapsed) >= 0
	bound := c.want
	if c.upper != nil && !c.upward {
		bound = c.upper
	}
	if !c.upward {
		timely = done.Cmp(elapsed) <= 0
	}
	switch reached := c.got.Cmp(bound); {
	case reached > 0 && !c.upward:
		j.Outcome = Missed
	case reached >= 0 && c.upward:
		j.Outcome = c.final()
	case timely:
		j.Outcome = Ahead
	default:
		j.Outcome = Behind
	}
	return j
}
