package reporting

import "luoshi/ledger"

// Part is one unit's point of a measure, to be added to others.
type Part struct {
	Unit  ledger.UnitID `json:"unit"`
	Point Point         `json:"point"`
	Scope string        `json:"scope,omitempty"` // where it differs from that of the measure
}

// Why is why a part was left out of a total.
type Why string

const (
	NotLocked    Why = "unlocked"
	OtherScope   Why = "scope"
	NoFigure     Why = "missing"
	NoNumerator  Why = "numerator"
	NotAdditive  Why = "not_additive"
	OfOtherMonth Why = "period" // of another period than the total
)

// Left is a part that does not count, and why.
type Left struct {
	Unit ledger.UnitID `json:"unit"`
	Why  Why           `json:"why"`
}

// Total is what parts make together.
type Total struct {
	Point
	Counted []ledger.UnitID `json:"counted,omitempty"`
	Left    []Left          `json:"left,omitempty"`
}

// RollUp adds the parts of one period: levels are added, rates only computed from their numerators and denominators,
// what is of another scope is left out, and averages and growth are not added. Only locked figures count. The order of
// the parts does not matter.
func RollUp(t Terms, period Period, parts []Part) Total { return Total{Point: Point{Period: period}} }
