// Package numeral reads the numerals of Chinese official prose: digits in half and full width with
// separators, decimals, spelled-out numbers, and the magnitudes 千, 万 and 亿 that multiply them.
package numeral

import (
	"cmp"
	"fmt"
	"math/big"
	"strconv"
	"strings"
)

// Decimal is a number as it was printed: Coef × 10^Exp. The exponent keeps what the page says of its
// precision: 11.0 is 110 × 10^-1 and 15.94亿 is 1594 × 10^6, so that a printed figure can stand for
// the interval that rounds to it.
type Decimal struct {
	Coef int64
	Exp  int8
}

// Int is a whole number.
func Int(n int64) Decimal { return Decimal{Coef: n} }

// AppendTo appends the value in plain digits without trailing zeros behind the point.
func (d Decimal) AppendTo(b []byte) []byte {
	if d.Exp >= 0 {
		b = strconv.AppendInt(b, d.Coef, 10)
		if d.Coef != 0 {
			for range d.Exp {
				b = append(b, '0')
			}
		}
		return b
	}
	coef, places := d.Coef, int(-d.Exp)
	for places > 0 && coef%10 == 0 {
		coef /= 10
		places--
	}
	if coef < 0 {
		b = append(b, '-')
		coef = -coef
	}
	digits := strconv.FormatInt(coef, 10)
	if len(digits) <= places {
		digits = strings.Repeat("0", places-len(digits)+1) + digits
	}
	b = append(b, digits[:len(digits)-places]...)
	if places > 0 {
		b = append(b, '.')
		b = append(b, digits[len(digits)-places:]...)
	}
	return b
}

// String is the value in plain digits: "15300", "6.5".
func (d Decimal) String() string { return string(d.AppendTo(nil)) }

// MarshalJSON writes the value as a JSON number.
func (d Decimal) MarshalJSON() ([]byte, error) { return d.AppendTo(nil), nil }

// UnmarshalJSON reads a JSON number without passing through a float.
func (d *Decimal) UnmarshalJSON(data []byte) error {
	parsed, err := Parse(string(data))
	if err != nil {
		return err
	}
	*d = parsed
	return nil
}

// Parse reads plain decimal notation, with an optional exponent.
func Parse(s string) (Decimal, error) {
	mantissa, exponent, hasExponent := strings.Cut(strings.ToLower(s), "e")
	whole, fraction, _ := strings.Cut(mantissa, ".")
	coef, err := strconv.ParseInt(whole+fraction, 10, 64)
	if err != nil {
		return Decimal{}, fmt.Errorf("read decimal %q: %w", s, err)
	}
	exp := -len(fraction)
	if hasExponent {
		shift, err := strconv.Atoi(exponent)
		if err != nil {
			return Decimal{}, fmt.Errorf("read decimal %q: %w", s, err)
		}
		exp += shift
	}
	if exp < -100 || exp > 100 {
		return Decimal{}, fmt.Errorf("read decimal %q: exponent out of range", s)
	}
	return Decimal{Coef: coef, Exp: int8(exp)}, nil
}

// Rat is the exact value, for arithmetic.
func (d Decimal) Rat() *big.Rat {
	if d.Exp == 0 {
		return new(big.Rat).SetInt64(d.Coef)
	}
	coef, scale := big.NewInt(d.Coef), new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(max(d.Exp, -d.Exp))), nil)
	if d.Exp < 0 {
		return new(big.Rat).SetFrac(coef, scale)
	}
	return new(big.Rat).SetInt(coef.Mul(coef, scale))
}

// Cmp compares values, not precision: 11.0 equals 11.
func (d Decimal) Cmp(e Decimal) int {
	if d.Exp == e.Exp {
		return cmp.Compare(d.Coef, e.Coef) // most figures that are compared have as many decimals
	}
	return d.Rat().Cmp(e.Rat())
}
