package store

import (
	"database/sql/driver"
	"fmt"
	"math/big"
	"strconv"
	"strings"

	"modernc.org/sqlite"

	"luoshi/ledger"
)

// decimal is a figure as a column holds it.
type decimal struct{ ledger.Decimal }

// Value is the text form.
func (d decimal) Value() (driver.Value, error) { return d.String(), nil }

// Scan reads the text form.
func (d *decimal) Scan(src any) error {
	text, err := asText(src)
	if err != nil {
		return err
	}
	return d.UnmarshalText([]byte(text))
}

func asText(src any) (string, error) {
	switch v := src.(type) {
	case nil:
		return "", nil
	case string:
		return v, nil
	case []byte:
		return string(v), nil
	}
	return "", fmt.Errorf("store: a column of text holds %T", src)
}

// The functions that PostgreSQL gets from its migration. Registering happens before any connection is
// opened, since the driver gives them to new connections only.
func init() {
	sqlite.MustRegisterDeterministicScalarFunction("decimal_key", 1,
		func(_ *sqlite.FunctionContext, args []driver.Value) (driver.Value, error) {
			d, err := decimalOf(args)
			if err != nil || !d.Known() {
				return nil, err
			}
			return decimalKey(d), nil
		})
	sqlite.MustRegisterFunction("decimal_sum", &sqlite.FunctionImpl{
		NArgs: 1, Deterministic: true,
		MakeAggregate: func(sqlite.FunctionContext) (sqlite.AggregateFunction, error) { return &decimalSum{}, nil },
	})
}

func decimalOf(args []driver.Value) (ledger.Decimal, error) {
	text, err := asText(args[0])
	if err != nil {
		return ledger.Decimal{}, err
	}
	return ledger.ParseDecimal(text)
}

// decimalKey is a text that sorts as the figure does: the sign, the number of digits before the point,
// the digits. Of negative figures everything behind the sign is turned round.
func decimalKey(d ledger.Decimal) string {
	plain := d.Plain()
	negative := strings.HasPrefix(plain, "-")
	whole, fraction, _ := strings.Cut(strings.TrimPrefix(plain, "-"), ".")
	whole = strings.TrimLeft(whole, "0")
	if whole == "" && strings.Trim(fraction, "0") == "" {
		return "1"
	}
	length := strconv.Itoa(len(whole))
	key := "0000"[:4-min(4, len(length))] + length + whole + "." + strings.TrimRight(fraction, "0")
	if !negative {
		return "2" + key
	}
	turned := []byte(key)
	for i, c := range turned {
		if c != '.' {
			turned[i] = '0' + '9' - c
		}
	}
	// What is longer is further from nought, so it must sort first.
	return "0" + string(turned) + "~"
}

// decimalSum adds figures exactly.
type decimalSum struct {
	sum  big.Rat
	some bool
}

// Step adds a figure; absent ones are passed over.
func (s *decimalSum) Step(_ *sqlite.FunctionContext, args []driver.Value) error {
	d, err := decimalOf(args)
	if err != nil || !d.Known() {
		return err
	}
	s.sum.Add(&s.sum, d.Rat())
	s.some = true
	return nil
}

// WindowInverse takes a figure away again.
func (s *decimalSum) WindowInverse(_ *sqlite.FunctionContext, args []driver.Value) error {
	d, err := decimalOf(args)
	if err != nil {
		return err
	}
	s.sum.Sub(&s.sum, d.Rat())
	return nil
}

// WindowValue is the sum in plain digits, empty where there was no figure.
func (s *decimalSum) WindowValue(*sqlite.FunctionContext) (driver.Value, error) {
	if !s.some {
		return "", nil
	}
	// A sum of decimals is a decimal: its denominator has no prime factors but 2 and 5.
	places, _ := s.sum.FloatPrec()
	return s.sum.FloatString(places), nil
}

// Final has nothing to let go of.
func (s *decimalSum) Final(*sqlite.FunctionContext) {}
