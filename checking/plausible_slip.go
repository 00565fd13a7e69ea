package checking

import (
	"math/big"
	"slices"
	"strings"

	"luoshi/reading"
)

// minIndicator is the shortest subject, in bytes, that names the same thing wherever it stands.
const minIndicator = len("旅游收入")

// slips finds figures of one subject that stand apart by 10^4 or 10^8: 1.2亿元 here, 1.2万元 there.
func (p *paper) slips() []Finding {
	type key struct{ subject, unit string }
	first := map[key]int32{}
	var found []Finding
	for i := range p.Quantities {
		q := &p.Quantities[i]
		if q.Measure != reading.Level || q.Unit == "" || isPercent(q.Unit) || len(q.Subject) < minIndicator ||
			slices.Contains(boundsOf().lists["generic"], q.Subject) {
			continue
		}
		k := key{q.Subject, q.Unit}
		other, met := first[k]
		if !met {
			first[k] = int32(i)
			continue
		}
		if slipped(&p.Quantities[other], q) {
			found = append(found, p.slip(other, int32(i)))
		}
	}
	return found
}

// slipped tells whether two figures differ by 10^4 or 10^8, up to what a figure changes in a year or two.
// At least one of them is written with 万 or 亿; otherwise there is nothing to slip.
func slipped(a, b *reading.Quantity) bool {
	if a.Value.Coef == 0 || b.Value.Coef == 0 || !hasMagnitude(a) && !hasMagnitude(b) {
		return false
	}
	const closest, farthest = 3, 9 // digits between figures that 10^4 or 10^8 may part
	if apart := magnitude(a.Value) - magnitude(b.Value); max(apart, -apart) < closest || max(apart, -apart) > farthest {
		return false
	}
	ratio := new(big.Rat).Quo(a.Value.Rat(), b.Value.Rat())
	if ratio.Cmp(big.NewRat(1, 1)) < 0 {
		ratio.Inv(ratio)
	}
	for _, step := range []int64{1e4, 1e8} {
		if ratio.Cmp(big.NewRat(step*2, 3)) >= 0 && ratio.Cmp(big.NewRat(step*3, 2)) <= 0 {
			return true
		}
	}
	return false
}

// hasMagnitude tells whether a figure is written with 万 or 亿.
func hasMagnitude(q *reading.Quantity) bool {
	return strings.Contains(q.Surface, "万") || strings.Contains(q.Surface, "亿")
}

func (p *paper) slip(first, second int32) Finding {
	a, b := &p.Quantities[first], &p.Quantities[second]
	return Finding{
		Severity: Warning,
		Message: Wording{
			"“" + a.Subject + "”一处为" + a.Surface + "，另一处为" + b.Surface + "，相差约万倍，疑为万、亿单位错位。",
			a.Subject + " is " + a.Surface + " in one place and " + b.Surface + " in another, apart by about 10^4: one unit may be wrong.",
		},
		Places:      []Place{place(p.Reading, first), place(p.Reading, second)},
		Computation: a.Value.String() + b.Unit + " ↔ " + b.Value.String() + b.Unit,
		Suggestion:  Wording{"请核对两处的单位；如口径不同，请写明口径。", "Check both units; if the scopes differ, state them."},
	}
}
