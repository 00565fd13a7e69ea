package access_test

import (
	"fmt"
	"testing"

	"luoshi/calendar"
	"luoshi/internal/access"
	"luoshi/ledger"
)

// manyUnits is 3,000 units in three levels, ten times a large district.
func manyUnits(b *testing.B) *ledger.Tree {
	b.Helper()
	units := []ledger.Unit{{ID: "district"}}
	for i := range 3000 {
		parent := access.Unit("district")
		if i >= 300 {
			parent = units[1+i%300].ID
		}
		units = append(units, ledger.Unit{ID: access.Unit(fmt.Sprintf("unit%d", i)), Parent: parent, Order: i})
	}
	tree, _ := ledger.NewTree(units, nil)
	return tree
}

func BenchmarkCan(b *testing.B) {
	object := access.UnitsOn(manyUnits(b), calendar.Date{Year: 2026, Month: 1, Day: 1}).Object("unit700", nil, false)
	actor := as("unit-head", "unit100")
	for b.Loop() {
		if !access.Rights().Can(actor, "assignment.edit", object).Allowed {
			b.Fatal("refused")
		}
	}
}

func BenchmarkUnitsOn(b *testing.B) {
	tree := manyUnits(b)
	for b.Loop() {
		access.UnitsOn(tree, calendar.Date{Year: 2026, Month: 1, Day: 1})
	}
}

func BenchmarkFilter(b *testing.B) {
	units := access.UnitsOn(manyUnits(b), calendar.Date{Year: 2026, Month: 1, Day: 1})
	scope := access.Rights().Scope(as("unit-head", "district"), "commitment.read")
	for b.Loop() {
		units.Object("unit700", nil, false)
		access.Reach(units, scope)
	}
}
