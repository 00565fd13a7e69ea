package ledger

import (
	"fmt"
	"math/big"
	"strconv"

	"luoshi/reading/numeral"
)

// Decimal is an exact figure, or none. It is a numeral.Decimal that can be absent and that has a text
// form for storage: numeral's own text drops what a page says of its precision, and a target of 11.0
// must come back from the database as 11.0. The zero Decimal is no figure, and its text is empty.
type Decimal struct {
	number numeral.Decimal
	known  bool
}

// Exactly is the figure that was read or entered.
func Exactly(number numeral.Decimal) Decimal { return Decimal{number: number, known: true} }

// Int is a whole figure.
func Int(n int64) Decimal { return Exactly(numeral.Int(n)) }

// ParseDecimal reads the text form; the empty text is no figure.
func ParseDecimal(s string) (Decimal, error) {
	if s == "" {
		return Decimal{}, nil
	}
	number, err := numeral.Parse(s)
	if err != nil {
		return Decimal{}, fmt.Errorf("read figure: %w", err)
	}
	return Exactly(number), nil
}

// Known tells whether there is a figure.
func (d Decimal) Known() bool { return d.known }

// IsZero is the opposite of Known, for encoding/json: an absent figure is left out. The figure 0 is
// not zero in this sense.
func (d Decimal) IsZero() bool { return !d.known }

// Number is the figure; 0 where there is none.
func (d Decimal) Number() numeral.Decimal { return d.number }

// Rat is the exact value, for arithmetic; 0 where there is no figure.
func (d Decimal) Rat() *big.Rat { return d.number.Rat() }

// Cmp compares values, not precision.
func (d Decimal) Cmp(e Decimal) int { return d.number.Cmp(e.number) }

// Same tells whether both are absent or have the same value, whatever their precision.
func (d Decimal) Same(e Decimal) bool { return d.known == e.known && d.Cmp(e) == 0 }

// Sign is -1, 0 or 1.
func (d Decimal) Sign() int { return d.number.Cmp(numeral.Decimal{}) }

// Plain is the value in plain digits for people, with the precision that was printed: "15300", "6.5", "11.0".
func (d Decimal) Plain() string {
	if !d.known {
		return ""
	}
	if d.number.Exp < 0 {
		return d.String()
	}
	return d.number.String()
}

// String is the text form for storage, which keeps the precision: "11.0", and "1594e6" for 15.94亿.
func (d Decimal) String() string {
	switch exp := int(d.number.Exp); {
	case !d.known:
		return ""
	case exp > 0:
		return strconv.FormatInt(d.number.Coef, 10) + "e" + strconv.Itoa(exp)
	case exp == 0:
		return strconv.FormatInt(d.number.Coef, 10)
	default:
		return new(big.Rat).Set(d.Rat()).FloatString(-exp)
	}
}

// MarshalText is String. In JSON a figure is therefore a string, which no reader turns into a float.
func (d Decimal) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

// UnmarshalText is ParseDecimal.
func (d *Decimal) UnmarshalText(text []byte) error {
	parsed, err := ParseDecimal(string(text))
	if err != nil {
		return err
	}
	*d = parsed
	return nil
}

// Shifted is the figure with its point moved by some places: 747.7 by 8 is 74770000000. Its digits stay as they were
// printed; it is absent where it would be too large or too small to be a figure.
func (d Decimal) Shifted(places int) Decimal {
	exp := int(d.number.Exp) + places
	if !d.known || exp < -100 || exp > 100 {
		return Decimal{}
	}
	return Exactly(numeral.Decimal{Coef: d.number.Coef, Exp: int8(exp)})
}
