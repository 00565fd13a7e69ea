package interval_test

import (
	"math/big"
	"testing"
	"testing/quick"

	"luoshi/checking/interval"
	"luoshi/reading/numeral"
)

func decimal(t *testing.T, s string) numeral.Decimal {
	t.Helper()
	d, err := numeral.Parse(s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// TestOf says what a printed figure stands for.
func TestOf(t *testing.T) {
	for _, c := range []struct {
		printed string
		counted bool
		lo, hi  string
	}{
		{"15.94", false, "15.935", "15.945"},
		{"11.0", false, "10.95", "11.05"},
		{"5", false, "4.5", "5.5"},
		{"107", true, "107", "107"},
		{"0", true, "0", "0"},
		{"1.2e4", true, "11500", "12500"}, // 1.2万 hides three digits
		{"1594e6", false, "1593500000", "1594500000"},
		{"2.5", true, "2.45", "2.55"},
	} {
		got := interval.Of(decimal(t, c.printed), c.counted)
		if got.Lo.Cmp(decimal(t, c.lo).Rat()) != 0 || got.Hi.Cmp(decimal(t, c.hi).Rat()) != 0 {
			t.Errorf("%s (counted %t) stands for %s to %s, want %s to %s", c.printed, c.counted, got.Lo, got.Hi, c.lo, c.hi)
		}
	}
}

func TestQuoByZero(t *testing.T) {
	zero := interval.Of(numeral.Int(0), false)
	if _, ok := interval.Of(numeral.Int(3), true).Quo(zero); ok {
		t.Error("3 ÷ [−0.5, 0.5] has a quotient")
	}
}

func TestOverlaps(t *testing.T) {
	a, b := interval.Of(decimal(t, "13.6"), false), interval.Of(decimal(t, "13.7"), false)
	if !a.Meets(b) {
		t.Error("13.6 and 13.7 do not meet in 13.65")
	}
	if a.Overlaps(b) {
		t.Error("13.6 and 13.7 overlap")
	}
	if !interval.Of(decimal(t, "30.2"), false).Overlaps(interval.Point(decimal(t, "30.2326").Rat())) {
		t.Error("30.2 does not hold 30.2326")
	}
}

// TestArithmeticHolds checks that the result of an operation holds the result for any values within.
func TestArithmeticHolds(t *testing.T) {
	within := func(d numeral.Decimal, part uint8) *big.Rat {
		i := interval.Of(d, false)
		width := new(big.Rat).Sub(i.Hi, i.Lo)
		return width.Mul(width, big.NewRat(int64(part), 255)).Add(width, i.Lo)
	}
	property := func(x, y uint16, p, q uint8, places uint8) bool {
		a := numeral.Decimal{Coef: int64(x) + 1, Exp: -int8(places % 4)}
		b := numeral.Decimal{Coef: int64(y) + 1, Exp: -int8(places % 3)}
		i, j := interval.Of(a, false), interval.Of(b, false)
		u, v := within(a, p), within(b, q)
		quotient, ok := i.Quo(j)
		return i.Add(j).Holds(new(big.Rat).Add(u, v)) &&
			i.Sub(j).Holds(new(big.Rat).Sub(u, v)) &&
			i.Mul(j).Holds(new(big.Rat).Mul(u, v)) &&
			(!ok || quotient.Holds(new(big.Rat).Quo(u, v)))
	}
	if err := quick.Check(property, nil); err != nil {
		t.Error(err)
	}
}
