package checking

import (
	"math/big"

	"luoshi/checking/interval"
)

// form is a way of computing a rate from two figures.
type form uint8

const (
	share   form = iota // a ÷ b
	growth              // a ÷ b − 1
	decline             // 1 − a ÷ b
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
	decline: {
		holds: Wording{"降幅与前后两数相符", "The decline follows from the two figures"},
		fails: Wording{"降幅与前后两数不符", "The decline does not follow from the two figures"},
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
	places := c.places()
	quotient := new(big.Rat).Quo(a.Value.Rat(), b.Value.Rat())
	printed := scaled(way.of(quotient), 0, places)
	exact := printed == c.number(0)
	return &relation{
		facts: []int32{rate, numerator, denominator},
		exact: exact,
		holds: within.Meets(c.span()),
		shown: func() string {
			return shownQuotient(a, b, way, printed) + differs(exact, within, c)
		},
		wanted: func(k int) (interval.Interval, bool) {
			return wantedOfRate(k, a.span(), b.span(), c.span(), way, within)
		},
		say: quotientSaying[way],
	}, true
}

// shownQuotient is “3.09 ÷ 15.94 = 19.39%”.
func shownQuotient(a, b *fact, way form, printed string) string {
	shown := a.number(a.scale()) + " ÷ " + b.number(a.scale())
	switch way {
	case growth:
		shown += " − 1"
	case decline:
		shown = "1 − " + shown
	}
	return shown + " = " + printed + "%"
}

// differs says what would be right and what is printed, where they are not the same.
func differs(exact bool, within interval.Interval, rate *fact) string {
	if exact {
		return ""
	}
	return bounds(within, 0, rate.places(), "%") + "，文中 " + rate.number(0) + "%"
}

// of is the rate in hundredths for a quotient.
func (way form) of(quotient *big.Rat) *big.Rat {
	v := new(big.Rat)
	switch way {
	case share:
		v.Set(quotient)
	case growth:
		v.Sub(quotient, one)
	case decline:
		v.Sub(one, quotient)
	}
	return v.Mul(v, big.NewRat(100, 1))
}

// quotient is the quotient for a rate in hundredths.
func (way form) quotient(rate *big.Rat) *big.Rat {
	v := new(big.Rat).Quo(rate, big.NewRat(100, 1))
	switch way {
	case growth:
		v.Add(v, one)
	case decline:
		v.Sub(one, v)
	}
	return v
}

var one = big.NewRat(1, 1)

func rateOf(a, b interval.Interval, way form) (interval.Interval, bool) {
	q, ok := a.Positive().Quo(b)
	if !ok {
		return interval.Interval{}, false
	}
	return interval.Ordered(way.of(q.Lo), way.of(q.Hi)), true
}

// wantedOfRate is what the rate (0), the numerator (1) or the denominator (2) would have to be, the
// others being right.
func wantedOfRate(k int, a, b, c interval.Interval, way form, within interval.Interval) (interval.Interval, bool) {
	if k == 0 {
		return within, true
	}
	q := interval.Ordered(way.quotient(c.Lo), way.quotient(c.Hi)).Positive()
	if k == 1 {
		return b.Positive().Mul(q), true
	}
	return a.Positive().Quo(q)
}
