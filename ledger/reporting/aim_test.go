package reporting

import (
	"testing"

	"luoshi/ledger"
)

func TestTargetsAreSaidInTheUnitOfTheRow(t *testing.T) {
	row := Row{Terms: Terms{Unit: "吨"}, Scale: 4}
	aim := row.Aim(ledger.Target{Cmp: ledger.Between, Measure: ledger.Level, Value: figure("3000000"), Upper: figure("3200000"), Unit: "吨"})
	equal(t, "a level", aim.Value.Plain()+"–"+aim.Upper.Plain()+aim.Unit, "300–320万吨")
	growth := ledger.Target{Cmp: ledger.AtLeast, Measure: ledger.Growth, Value: figure("6.5"), Unit: "%"}
	equal(t, "growth", row.Aim(growth), growth)
	other := ledger.Target{Cmp: ledger.AtLeast, Measure: ledger.Level, Value: figure("3000000"), Unit: "立方米"}
	equal(t, "a level in another unit", row.Aim(other), other)
}
