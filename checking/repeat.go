package checking

import "luoshi/checking/interval"

var sameSaying = saying{
	holds: Wording{"同一数据前后一致", "The same figure is stated alike in both places"},
	fails: Wording{"同一数据前后不一致", "The same figure is stated differently"},
}

// sameRelation claims that two figures state the same thing.
func (p *paper) sameRelation(a, b int32) *relation {
	x, y := &p.facts[a], &p.facts[b]
	equal := x.Value.Cmp(y.Value) == 0
	return &relation{
		facts: []int32{a, b},
		exact: equal,
		holds: equal || x.Value.Exp != y.Value.Exp && x.span().Meets(y.span()),
		shown: func() string {
			if equal {
				return x.Surface + " = " + y.Surface
			}
			return x.Surface + " ≠ " + y.Surface
		},
		wanted: func(k int) (interval.Interval, bool) {
			return p.facts[[2]int32{b, a}[k]].span(), true
		},
		say: sameSaying,
	}
}
