package slip_test

import (
	"testing"

	"luoshi/checking/interval"
	"luoshi/checking/slip"
	"luoshi/reading/numeral"
)

// TestFind says which figure was meant, and by which slip.
func TestFind(t *testing.T) {
	for _, c := range []struct {
		printed, wanted string
		kind            slip.Kind
		meant           string
	}{
		{"58.76", "85.76", slip.Swap, "85.76"},
		{"107", "101", slip.Digit, "101"},
		{"1070", "107", slip.Scale, "107"},
		{"1.43", "14.3", slip.Scale, "14.3"},
		{"15e8", "15e4", slip.Wan, "150000"},
		{"15e4", "15e8", slip.Wan, "1500000000"},
		{"2600", "260", slip.Scale, "260"},
	} {
		d, err := numeral.Parse(c.printed)
		if err != nil {
			t.Fatal(err)
		}
		w, err := numeral.Parse(c.wanted)
		if err != nil {
			t.Fatal(err)
		}
		got, ok := slip.Find(d, false, interval.Of(w, false))
		if !ok || got.Kind != c.kind || got.Meant.String() != c.meant {
			t.Errorf("%s for %s: %v %s (%t), want %v %s", c.printed, c.wanted, got.Kind, got.Meant, ok, c.kind, c.meant)
		}
	}
}

// TestNoSlip lists figures that no single slip turns into the other.
func TestNoSlip(t *testing.T) {
	for _, c := range [][2]string{{"747.7", "812.3"}, {"7.1", "8.3"}, {"107", "123"}} {
		d, _ := numeral.Parse(c[0])
		w, _ := numeral.Parse(c[1])
		if got, ok := slip.Find(d, false, interval.Point(w.Rat())); ok {
			t.Errorf("%s for %s: %v %s", c[0], c[1], got.Kind, got.Meant)
		}
	}
}

// TestDigits says how much of a figure a slip leaves alone: zeros at its end tell nothing.
func TestDigits(t *testing.T) {
	for printed, want := range map[string]int{"2000": 0, "43": 1, "107": 2, "15.94": 3} {
		d, _ := numeral.Parse(printed)
		tenfold := numeral.Decimal{Coef: d.Coef, Exp: d.Exp + 1}
		got, ok := slip.Find(d, true, interval.Of(tenfold, true))
		if !ok || got.Digits != want {
			t.Errorf("%s: %d digits left alone (%t), want %d", printed, got.Digits, ok, want)
		}
	}
}
