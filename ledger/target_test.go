package ledger_test

import (
	"testing"

	"luoshi/ledger"
)

func TestATargetIsCountedInTheUnitOfItsIndicator(t *testing.T) {
	for _, c := range []struct {
		name, value, unit string
		measure           ledger.Measure
		in, want          string
	}{
		{"hundred millions of yuan", "420e8", "元", ledger.Level, "亿元", "420 亿元"},
		{"ten thousands of people", "12e3", "人", ledger.Level, "万人", "1.2 万人"},
		{"the same unit", "12e3", "人", ledger.Level, "人", "12000 人"},
		{"another unit", "450", "亩", ledger.Level, "公顷", "450 亩"},
		{"a rate of growth", "6", "%", ledger.Growth, "亿元", "6 %"},
		{"a unit that only ends alike", "3", "瓦", ledger.Level, "兆瓦", "3 瓦"},
	} {
		value, err := ledger.ParseDecimal(c.value)
		if err != nil {
			t.Fatal(err)
		}
		got := ledger.Target{Value: value, Unit: c.unit, Measure: c.measure}.In(c.in)
		if said := got.Value.Plain() + " " + got.Unit; said != c.want {
			t.Errorf("%s: %s, want %s", c.name, said, c.want)
		}
	}
}
