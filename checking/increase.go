package checking

import (
	"math/big"

	"luoshi/checking/interval"
)

var growthSaying = quotientSaying[growth]

// increaseRelation claims that a figure is its base and what was added.
func (p *paper) increaseRelation(level, base, added int32) *relation {
	r := p.sumRelation(level, []int32{base, added})
	r.say = growthSaying
	return r
}

// addedRelation claims that the growth in hundredths is what was added ÷ (the level − what was added).
func (p *paper) addedRelation(level, added, rate int32) *relation {
	l, a, c := &p.facts[level], &p.facts[added], &p.facts[rate]
	base := l.span().Sub(a.span())
	within, possible := rateOf(a.span(), base, share)
	r := &relation{facts: []int32{rate, level, added}, say: growthSaying}
	if !possible {
		r.holds = true // the base may be zero: nothing can be said
		r.shown = func() string { return "" }
		r.wanted = func(int) (interval.Interval, bool) { return interval.Interval{}, false }
		return r
	}
	value := new(big.Rat).Sub(l.Value.Rat(), a.Value.Rat())
	value.Quo(a.Value.Rat(), value)
	value.Mul(value, big.NewRat(100, 1))
	printed := scaled(value, 0, c.places())
	r.exact = printed == c.number(0)
	r.shown = func() string {
		scale := l.scale()
		shown := a.number(scale) + " ÷ (" + l.number(scale) + " − " + a.number(scale) + ") = " + printed + "%"
		return shown + differs(r.exact, within, c)
	}
	r.holds = within.Meets(c.span())
	r.wanted = func(k int) (interval.Interval, bool) {
		factor, _ := c.span().Positive().Quo(hundred)
		switch k {
		case 0:
			return within, true
		case 1: // added ÷ rate + added
			q, ok := a.span().Quo(factor)
			return q.Add(a.span()), ok
		}
		q, ok := l.span().Mul(factor).Quo(factor.Add(interval.Point(one))) // level × rate ÷ (1 + rate)
		return q, ok
	}
	return r
}

// timesRelation claims that a figure grew by so many times its base: 由11家增加到37家,增长2.4倍.
func (p *paper) timesRelation(times, now, base int32) (r *relation, ok bool) {
	t, n, b := &p.facts[times], &p.facts[now], &p.facts[base]
	within, ok := n.span().Positive().Quo(b.span())
	if !ok {
		return nil, false
	}
	within = within.Without(interval.Point(one))
	value := new(big.Rat).Sub(new(big.Rat).Quo(n.Value.Rat(), b.Value.Rat()), one)
	printed := scaled(value, 0, t.places())
	return &relation{
		facts: []int32{times, now, base},
		exact: printed == t.number(0),
		holds: within.Meets(t.span()),
		say:   growthSaying,
		shown: func() string {
			return n.number(n.scale()) + " ÷ " + b.number(n.scale()) + " − 1 = " + printed + "倍"
		},
		wanted: func(k int) (interval.Interval, bool) {
			grown := t.span().Add(interval.Point(one))
			switch k {
			case 0:
				return within, true
			case 1:
				return b.span().Mul(grown), true
			}
			return n.span().Quo(grown)
		},
	}, true
}
