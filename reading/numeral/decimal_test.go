package numeral_test

import (
	"testing"

	"luoshi/reading/numeral"
)

func TestCmpComparesValues(t *testing.T) {
	for _, test := range []struct {
		a, b numeral.Decimal
		want int
	}{
		{numeral.Decimal{Coef: 110, Exp: -1}, numeral.Int(11), 0},
		{numeral.Decimal{Coef: 110, Exp: -1}, numeral.Decimal{Coef: 111, Exp: -1}, -1},
		{numeral.Decimal{Coef: 1594, Exp: 6}, numeral.Decimal{Coef: 1594, Exp: 6}, 0},
		{numeral.Decimal{Coef: 2, Exp: 8}, numeral.Decimal{Coef: 199, Exp: 6}, 1},
		{numeral.Int(-3), numeral.Int(2), -1},
	} {
		if got := test.a.Cmp(test.b); got != test.want {
			t.Errorf("%v against %v is %d, not %d", test.a, test.b, got, test.want)
		}
	}
}
