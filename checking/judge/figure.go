package judge

import (
	"math/big"
	"strings"

	"luoshi/calendar"
	"luoshi/reading"
	"luoshi/reading/numeral"
)

// Figure is a target or a result as the page prints it.
type Figure struct {
	Value, Upper numeral.Decimal // Upper is meaningful when Cmp is Between
	Cmp          reading.Comparator
	Measure      reading.Measure
	Unit         string
	Surface      string // shows in which magnitude people count it: 亿元
	By           calendar.Date
}

// Of is the figure of a quantity. A rate of change that the text makes a noun (涨幅控制在3%) counts as
// the change itself.
func Of(q *reading.Quantity) Figure {
	f := Figure{Value: q.Value, Upper: q.Upper, Cmp: q.Cmp, Measure: q.Measure, Unit: q.Unit, Surface: q.Surface, By: q.By}
	if f.Measure == reading.Level && f.Percent() {
		f.Measure = noun(q.Subject)
	}
	if TakenAway(q) {
		f.Measure = reading.Level
	}
	return f
}

// TakenAway tells whether a quantity is a decrease that is counted in people or things: 农村贫困人口减少
// 1232万人. It counts as an amount, the amount of the decrease.
func TakenAway(q *reading.Quantity) bool {
	return q.Measure == reading.Decline && Counted(q.Unit)
}

// Counted tells whether a unit counts people or things one by one; no unit does too.
func Counted(unit string) bool { return unit == "" || units()[unit].counts() }

// noun is the measure that the end of a subject names: 涨幅 is growth, 降幅 decline.
func noun(subject string) reading.Measure {
	for _, w := range vocabulary()["growth"] {
		if strings.HasSuffix(subject, w) {
			return reading.Growth
		}
	}
	for _, w := range vocabulary()["decline"] {
		if strings.HasSuffix(subject, w) {
			return reading.Decline
		}
	}
	return reading.Level
}

// Percent tells whether the figure is counted in hundredths or thousandths.
func (f *Figure) Percent() bool { return dimension(f.Unit) == "share" || points(f.Unit) }

// Money tells whether the figure is an amount of money.
func (f *Figure) Money() bool {
	switch dimension(f.Unit) {
	case "yuan", "usd", "eur", "hkd":
		return true
	}
	return false
}

func points(unit string) bool { return strings.HasSuffix(unit, "百分点") }

// changes tells whether a measure speaks of a change rather than of an amount.
func changes(m reading.Measure) bool { return m == reading.Growth || m == reading.Decline }

// Comparable tells whether a target and a result can be compared: like measures, and units that
// convert into each other.
func Comparable(target, result Figure) bool {
	_, ok := comparable(&target, &result)
	return ok
}

// comparable is the factor that brings the result to the target's unit.
func comparable(target, result *Figure) (*big.Rat, bool) {
	if changes(target.Measure) != changes(result.Measure) {
		return nil, false
	}
	return convert(result.Unit, target.Unit)
}

// Elapsed is the share of a target's period that was over at the date of the result. The period begins
// with the year of the deadline. It is nil where the period is over, and false where it has not begun.
func Elapsed(deadline, counted calendar.Date) (*big.Rat, bool) {
	if deadline.IsZero() || counted.IsZero() || !counted.Before(deadline) {
		return nil, true
	}
	if counted.Year < deadline.Year {
		return nil, false
	}
	return new(big.Rat).Quo(months(counted), months(deadline)), true
}

// months is how much of its year has passed at the end of a date, in months.
func months(d calendar.Date) *big.Rat {
	part := big.NewRat(int64(d.Day), int64(calendar.DaysIn(int(d.Year), int(d.Month))))
	return part.Add(part, big.NewRat(int64(d.Month)-1, 1))
}
