package checking

import (
	"math/big"
	"strings"

	"luoshi/checking/interval"
)

var sumSaying = saying{
	holds: Wording{"各项之和与总数相符", "The parts add up to the total"},
	fails: Wording{"各项之和与总数不符", "The parts do not add up to the total"},
}

// sumRelation claims that the parts make the total.
func (p *paper) sumRelation(total int32, parts []int32) *relation {
	sum, within := new(big.Rat), interval.Point(new(big.Rat))
	for _, i := range parts {
		sum.Add(sum, p.facts[i].Value.Rat())
		within = within.Add(p.facts[i].span())
	}
	t := &p.facts[total]
	return &relation{
		facts:  append([]int32{total}, parts...),
		exact:  sum.Cmp(t.Value.Rat()) == 0,
		holds:  within.Meets(t.span()),
		shown:  func() string { return p.shownSum(t, parts, sum, within) },
		wanted: p.wantedOfSum(total, parts, within),
		say:    sumSaying,
	}
}

// wantedOfSum is what each figure would have to be, the others being right.
func (p *paper) wantedOfSum(total int32, parts []int32, within interval.Interval) func(int) (interval.Interval, bool) {
	return func(k int) (interval.Interval, bool) {
		if k == 0 {
			return within, true
		}
		wanted := p.facts[total].span().Sub(within.Without(p.facts[parts[k-1]].span()))
		return wanted.Positive(), wanted.Hi.Sign() >= 0
	}
}

// shownSum is “2 + 3 + 23 = 28,允许 …,文中 107”.
func (p *paper) shownSum(total *fact, parts []int32, sum *big.Rat, within interval.Interval) string {
	scale := total.scale()
	places := total.places()
	terms := make([]string, len(parts))
	for j, i := range parts {
		terms[j] = p.facts[i].number(scale)
		places = max(places, scale-int(p.facts[i].Value.Exp))
	}
	text := strings.Join(terms, " + ") + " = " + scaled(sum, scale, places)
	if sum.Cmp(total.Value.Rat()) == 0 {
		return text
	}
	if within.Lo.Cmp(within.Hi) != 0 {
		text += bounds(within, scale, places+1, "")
	}
	return text + "，文中 " + total.number(scale)
}
