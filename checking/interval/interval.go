// Package interval does exact arithmetic on printed figures. A printed 15.94 stands for every value
// that rounds to it, [15.935, 15.945]; what is computed from printed figures stands for an interval too.
//
// Both ends count as inside. A relation that holds at an end alone is thereby taken to hold, so that
// nothing is called wrong for want of a rule how halves were rounded.
package interval

import (
	"math/big"

	"luoshi/reading/numeral"
)

// Interval is every value from Lo to Hi.
type Interval struct{ Lo, Hi *big.Rat }

// Point is one exact value.
func Point(v *big.Rat) Interval { return Interval{v, v} }

// Ordered is the interval between two values, in whichever order they are given.
func Ordered(a, b *big.Rat) Interval {
	if a.Cmp(b) > 0 {
		a, b = b, a
	}
	return Interval{a, b}
}

// Of is what a printed figure stands for; a counted one (107 项) is exact unless a magnitude hides
// digits (1.2 万人).
func Of(d numeral.Decimal, counted bool) Interval {
	v := d.Rat()
	if counted && d.Exp == 0 {
		return Point(v)
	}
	half := numeral.Decimal{Coef: 5, Exp: d.Exp - 1}.Rat()
	return Interval{new(big.Rat).Sub(v, half), new(big.Rat).Add(v, half)}
}

// Meets tells whether some value lies in both.
func (i Interval) Meets(j Interval) bool { return i.Lo.Cmp(j.Hi) <= 0 && j.Lo.Cmp(i.Hi) <= 0 }

// Overlaps tells whether both share more than an end, or one of them is a value inside the other.
func (i Interval) Overlaps(j Interval) bool {
	if i.Lo.Cmp(i.Hi) == 0 || j.Lo.Cmp(j.Hi) == 0 {
		return i.Meets(j)
	}
	return i.Lo.Cmp(j.Hi) < 0 && j.Lo.Cmp(i.Hi) < 0
}

// Holds tells whether the value lies inside.
func (i Interval) Holds(v *big.Rat) bool { return i.Lo.Cmp(v) <= 0 && v.Cmp(i.Hi) <= 0 }

// Add is every sum.
func (i Interval) Add(j Interval) Interval {
	return Interval{new(big.Rat).Add(i.Lo, j.Lo), new(big.Rat).Add(i.Hi, j.Hi)}
}

// Sub is every difference.
func (i Interval) Sub(j Interval) Interval {
	return Interval{new(big.Rat).Sub(i.Lo, j.Hi), new(big.Rat).Sub(i.Hi, j.Lo)}
}

// Without is the sum that is left of i where one of its terms, j, is taken out again.
func (i Interval) Without(j Interval) Interval {
	return Interval{new(big.Rat).Sub(i.Lo, j.Lo), new(big.Rat).Sub(i.Hi, j.Hi)}
}

// Mul is every product; neither may be negative.
func (i Interval) Mul(j Interval) Interval {
	return Interval{new(big.Rat).Mul(i.Lo, j.Lo), new(big.Rat).Mul(i.Hi, j.Hi)}
}

// Quo is every quotient; i may not be negative. ok is false where j may be zero.
func (i Interval) Quo(j Interval) (q Interval, ok bool) {
	if j.Lo.Sign() <= 0 {
		return Interval{}, false
	}
	return Interval{new(big.Rat).Quo(i.Lo, j.Hi), new(big.Rat).Quo(i.Hi, j.Lo)}, true
}

// Positive is the part that is not below zero.
func (i Interval) Positive() Interval {
	zero := new(big.Rat)
	if i.Lo.Sign() < 0 {
		i.Lo = zero
	}
	if i.Hi.Sign() < 0 {
		i.Hi = zero
	}
	return i
}
