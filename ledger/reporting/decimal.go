package reporting

import (
	"math/big"

	"luoshi/ledger"
	"luoshi/reading/numeral"
)

// places is how many decimals a quotient keeps where it has to be stored as a figure: more than anybody prints. What is
// compared or added is computed from numerator and denominator, not from the stored quotient.
const places = 6

// Sum adds figures exactly, with the precision of the most precise one. There is no sum where one of them is absent, and
// none that is too long to be a figure.
func Sum(figures ...ledger.Decimal) ledger.Decimal {
	if len(figures) == 0 {
		return ledger.Decimal{}
	}
	sum := figures[0]
	for _, d := range figures[1:] {
		sum = plus(sum, d, 1)
	}
	return sum
}

// Less takes one figure from another exactly; there is no difference where one of them is absent.
func Less(from, take ledger.Decimal) ledger.Decimal { return plus(from, take, -1) }

// plus is a + sign × b, in whole numbers where they are short enough.
func plus(a, b ledger.Decimal, sign int64) ledger.Decimal {
	if !a.Known() || !b.Known() {
		return ledger.Decimal{}
	}
	x, y := a.Number(), b.Number()
	exp := min(x.Exp, y.Exp)
	m, short := inSteps(x, exp)
	n, too := inSteps(y, exp)
	if short && too {
		return ledger.Exactly(numeral.Decimal{Coef: m + sign*n, Exp: exp})
	}
	moved := new(big.Rat).Mul(b.Rat(), new(big.Rat).SetInt64(sign))
	return fitted(moved.Add(moved, a.Rat()), int(exp))
}

// inSteps is a number in steps of 10^exp, if it is short enough to be added to another one like it.
func inSteps(d numeral.Decimal, exp int8) (coef int64, short bool) {
	const longest = 1 << 62
	coef = d.Coef
	for e := d.Exp; e > exp; e-- {
		if coef >= longest/10 || coef <= -longest/10 {
			return 0, false
		}
		coef *= 10
	}
	return coef, coef < longest && coef > -longest
}

// Share is a part of a whole in per cent, exactly; nil where one of them is absent or the whole is 0.
func Share(part, whole ledger.Decimal) *big.Rat { return quotient(part, whole, 100) }

// Rounded is a value with a number of decimals, halves away from 0, as it is printed; absent for nil and for what is
// too long to be a figure.
func Rounded(value *big.Rat, decimals int) ledger.Decimal {
	if value == nil {
		return ledger.Decimal{}
	}
	return fitted(value, -decimals)
}

// Scaled is a figure in units of a power of ten: 74770000000 with 8 is 747.7, in 亿. Its digits stay as they were printed.
func Scaled(d ledger.Decimal, power int) ledger.Decimal { return d.Shifted(-power) }

// Shown is a figure in units of a power of ten as people read it: of one that is kept to the unit the noughts go that come
// of the power alone. 3000000 with 4 is 300, in 万, and not 300.0000.
func Shown(d ledger.Decimal, power int) ledger.Decimal {
	scaled, before := Scaled(d, power), d.Number().Exp
	n := scaled.Number()
	if !scaled.Known() || before > 0 {
		return scaled
	}
	for n.Exp < before && n.Coef%10 == 0 {
		n.Coef, n.Exp = n.Coef/10, n.Exp+1
	}
	return ledger.Exactly(n)
}

// quotient is part / whole × factor, exactly.
func quotient(part, whole ledger.Decimal, factor int64) *big.Rat {
	if !part.Known() || !whole.Known() || whole.Sign() == 0 {
		return nil
	}
	q := new(big.Rat).Quo(part.Rat(), whole.Rat())
	return q.Mul(q, new(big.Rat).SetInt64(factor))
}

// fitted is a value as a figure in steps of 10^exp, rounded where it lies between two of them.
func fitted(value *big.Rat, exp int) ledger.Decimal {
	if exp < -100 || exp > 100 {
		return ledger.Decimal{}
	}
	step := numeral.Decimal{Coef: 1, Exp: int8(exp)}.Rat()
	coef := nearest(new(big.Rat).Quo(value, step))
	if !coef.IsInt64() {
		return ledger.Decimal{}
	}
	return ledger.Exactly(numeral.Decimal{Coef: coef.Int64(), Exp: int8(exp)})
}

// nearest is the whole number nearest to a value; of two, the one farther from 0.
func nearest(value *big.Rat) *big.Int {
	half := big.NewRat(int64(value.Sign()), 2)
	moved := new(big.Rat).Add(value, half)
	return new(big.Int).Quo(moved.Num(), moved.Denom())
}
