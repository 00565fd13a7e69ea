package checking

import (
	"math/big"
	"strings"

	"luoshi/checking/interval"
)

var hundredSaying = saying{
	holds: Wording{"各部分占比之和为100", "The shares make a hundred"},
	fails: Wording{"各部分占比之和不为100", "The shares do not make a hundred"},
}

// hundredRelation claims that shares make a hundred.
func (p *paper) hundredRelation(parts []int32) *relation {
	sum, within := new(big.Rat), interval.Point(new(big.Rat))
	for _, i := range parts {
		sum.Add(sum, p.facts[i].Value.Rat())
		within = within.Add(p.facts[i].span())
	}
	return &relation{
		facts: parts, exact: sum.Cmp(hundred.Lo) == 0, holds: within.Meets(hundred), say: hundredSaying,
		shown: func() string { return p.shownHundred(parts, sum, within) },
		wanted: func(k int) (interval.Interval, bool) {
			rest := hundred.Sub(within.Without(p.facts[parts[k]].span()))
			return rest.Positive(), rest.Hi.Sign() >= 0
		},
	}
}

func (p *paper) shownHundred(parts []int32, sum *big.Rat, within interval.Interval) string {
	terms := make([]string, len(parts))
	places := 0
	for j, i := range parts {
		terms[j] = p.facts[i].number(0)
		places = max(places, p.facts[i].places())
	}
	shown := strings.Join(terms, " + ") + " = " + scaled(sum, 0, places)
	if sum.Cmp(hundred.Lo) != 0 {
		shown += bounds(within, 0, places+1, "")
	}
	return shown
}
