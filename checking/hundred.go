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
	terms := make([]string, len(parts))
	places := 0
	for j, i := range parts {
		f := &p.facts[i]
		sum.Add(sum, f.Value.Rat())
		within = within.Add(f.span())
		terms[j] = f.number(0)
		places = max(places, f.places())
	}
	shown := strings.Join(terms, " + ") + " = " + scaled(sum, 0, places)
	exact := sum.Cmp(hundred.Lo) == 0
	if !exact {
		shown += bounds(within, 0, places+1, "")
	}
	return &relation{
		facts: parts, exact: exact, holds: within.Meets(hundred), shown: shown, say: hundredSaying,
		wanted: func(k int) (interval.Interval, bool) {
			rest := hundred
			for j, i := range parts {
				if j != k {
					rest = rest.Sub(p.facts[i].span())
				}
			}
			return rest.Positive(), rest.Hi.Sign() >= 0
		},
	}
}
