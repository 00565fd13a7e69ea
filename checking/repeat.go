package checking

import "luoshi/checking/interval"

var sameSaying = saying{
	holds: Wording{"同一数据前后一致", "The same figure is stated alike in both places"},
	fails: Wording{"同一数据前后不一致", "The same figure is stated differently"},
}

// sameRelation claims that two figures state the same thing: alike to the digit, or to the digits of the one
// that is rounded (16.23亿元 for 162347万元).
func (p *paper) sameRelation(a, b int32) *relation {
	x, y := &p.facts[a], &p.facts[b]
	equal := x.Value.Cmp(y.Value) == 0
	rounded := !equal && (rounds(x, y) || rounds(y, x))
	return &relation{
		facts: []int32{a, b},
		exact: equal || rounded,
		holds: equal || x.Value.Exp != y.Value.Exp && x.span().Meets(y.span()),
		shown: func() string {
			switch {
			case equal:
				return x.Surface + " = " + y.Surface
			case rounded:
				return x.Surface + " ≈ " + y.Surface
			}
			return x.Surface + " ≠ " + y.Surface
		},
		wanted: func(k int) (interval.Interval, bool) {
			return p.facts[[2]int32{b, a}[k]].span(), true
		},
		say: sameSaying,
	}
}

// rounds tells whether the first figure is the second in fewer digits.
func rounds(x, y *fact) bool {
	a, b := x.printed(), y.printed()
	if a.Exp <= b.Exp {
		return false
	}
	return scaled(b.Rat(), int(a.Exp), 0) == scaled(a.Rat(), int(a.Exp), 0)
}
