package reporting

import (
	"strings"
	"testing"

	"luoshi/calendar"
	"luoshi/ledger"
)

// The samples are of a fictional district, 望溪区, in 2026.

// uuid is the identifier with a number.
func uuid(n int) string { return ledger.NewUUID(int64(n), [10]byte{}) }

// day reads a date, for tables.
func day(s string) calendar.Date {
	d, err := calendar.ParseDate(s)
	if err != nil {
		panic(err)
	}
	return d
}

// figure reads a decimal, for tables; the empty text is none.
func figure(s string) ledger.Decimal {
	d, err := ledger.ParseDecimal(s)
	if err != nil {
		panic(err)
	}
	return d
}

// period reads a key, for tables.
func period(key string) Period {
	p, err := ParsePeriod(key)
	if err != nil {
		panic(err)
	}
	return p
}

// month is a month of 2026.
func month(n int) Period { return Period{Monthly, 2026, n} }

var (
	finance   = ledger.UnitID(uuid(2))
	education = ledger.UnitID(uuid(3))
	street    = ledger.UnitID(uuid(4))
)

var (
	flow    = Terms{Aggregation: ledger.AsSum, Direction: ledger.More, Unit: "元", Additive: true}
	stock   = Terms{Aggregation: ledger.AsLatest, Direction: ledger.More, Unit: "张", Additive: true}
	rate    = Terms{Aggregation: ledger.AsSum, Direction: ledger.More, Unit: "%", Rate: true}
	level   = Terms{Aggregation: ledger.AsLatest, Direction: ledger.Less, Unit: "%", Rate: true}
	mean    = Terms{Aggregation: ledger.AsAverage, Direction: ledger.More, Unit: "%"}
	growing = Terms{Aggregation: ledger.AsGrowth, Direction: ledger.More, Unit: "%"}
)

// given is a stated value of a month of 2026: "当期 5", "累计 12", "累计 3/4" for a numerator and a denominator.
func given(n int, text string) Stated {
	view, value, _ := strings.Cut(text, " ")
	s := Stated{Period: month(n), State: Locked}
	s.Given = map[string]Basis{"当期": OfPeriod, "累计": Cumulative}[view]
	if numerator, denominator, cut := strings.Cut(value, "/"); cut {
		s.Numerator, s.Denominator = figure(numerator), figure(denominator)
	} else {
		s.Value = figure(value)
	}
	return s
}

// views are both views of a point as text, with what is lacking.
func views(p Point) string {
	return strings.TrimSpace(p.OfPeriod.Plain() + " | " + p.Cumulative.Plain() + " " + string(p.Lacks))
}

func equal[T comparable](t *testing.T, what string, got, want T) {
	t.Helper()
	if got != want {
		t.Errorf("%s: got %v, want %v", what, got, want)
	}
}

func codes(found Findings) string {
	all := make([]string, len(found))
	for i, f := range found {
		all[i] = f.Code
	}
	return strings.Join(all, " ")
}
