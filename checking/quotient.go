package checking

import (
	"math/big"

	"luoshi/checking/interval"
)

// form is a way of computing a rate from two figures.
type form uint8

const (
	share  form = iota // a ÷ b
	growth             // a ÷ b − 1
)

var quotientSaying = map[form]saying{
	share: {
		holds: Wording{"比率与分子、分母相符", "The rate is the quotient of the two figures"},
		fails: Wording{"比率与分子、分母不符", "The rate is not the quotient of the two figures"},
	},
	growth: {
		holds: Wording{"增幅与前后两数相符", "The growth follows from the two figures"},
		fails: Wording{"增幅与前后两数不符", "The growth does not follow from the two figures"},
	},
}

var hundred = interval.Point(big.NewRat(100, 1))

// quotientRelation claims that the rate is numerator ÷ denominator, or the growth from the denominator
// to the numerator. ok is false where the denominator may be zero.
func (p *paper) quotientRelation(rate, numerator, denominator int32, way form) (r *relation, ok bool) {
	a, b, c := &p.facts[numerator], &p.facts[denominator], &p.facts[rate]
	within, ok := rateOf(a.span(), b.span(), way)
	if !ok {
		return nil, false
	}
	middle := new(big.Rat).Quo(a.Value.Rat(), b.Value.Rat())
	if way == growth {
		middle.Sub(middle, big.NewRat(1, 1))
	}
	middle.Mul(middle, big.NewRat(100, 1))
	places := c.places()
	printed := scaled(middle, 0, places)
	shown := a.number(a.scale()) + " ÷ " + b.number(a.scale())
	if way == growth {
		shown += " − 1"
	}
	shown += " = " + printed + "%"
	exact := printed == c.number(0)
	if !exact {
		shown += bounds(within, 0, places, "%") + "，文中 " + c.number(0) + "%"
	}
	return &relation{
		facts: []int32{rate, numerator, denominator},
		exact: exact,
		holds: within.Meets(c.span()),
		shown: shown,
		wanted: func(k int) (interval.Interval, bool) {
			return wantedOfRate(k, a.span(), b.span(), c.span(), way, within)
		},
		say: quotientSaying[way],
	}, true
}

func rateOf(a, b interval.Interval, way form) (interval.Interval, bool) {
	q, ok := a.Positive().Quo(b)
	if !ok {
		return interval.Interval{}, false
	}
	if way == growth {
		q = q.Sub(interval.Point(big.NewRat(1, 1)))
		return interval.Interval{Lo: new(big.Rat).Mul(q.Lo, hundred.Lo), Hi: new(big.Rat).Mul(q.Hi, hundred.Hi)}, true
	}
	return q.Mul(hundred), true
}

// wantedOfRate is what the rate (0), the numerator (1) or the denominator (2) would have to be, the
// others being right.
func wantedOfRate(k int, a, b, c interval.Interval, way form, within interval.Interval) (interval.Interval, bool) {
	if k == 0 {
		return within, true
	}
	factor, _ := c.Quo(hundred)
	if way == growth {
		factor = factor.Add(interval.Point(big.NewRat(1, 1)))
	}
	factor = factor.Positive()
	if k == 1 {
		return b.Positive().Mul(factor), true
	}
	return a.Positive().Quo(factor)
}
