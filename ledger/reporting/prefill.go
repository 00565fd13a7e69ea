package reporting

import "luoshi/ledger"

// Held is a figure that is already known, from another unit or another system: what need not be asked again.
type Held struct {
	Subject Subject       `json:"subject"`
	Period  Period        `json:"period"`
	Unit    ledger.UnitID `json:"unit,omitempty"` // who said it; empty for another system
	Figures
	Source string `json:"source"` // for people: the unit's name, the system
}

// HintKind is what a hint rests on.
type HintKind string

const (
	HintLast       HintKind = "last"        // what was said for the period before
	HintYearBefore HintKind = "year_before" // what was said for the same period of the year before
	HintSum        HintKind = "sum"         // what the shorter periods within this one add up to
	HintHeld       HintKind = "held"        // what others hold
)

// Hint is a figure to show beside an empty cell, and where it is from.
type Hint struct {
	Field  Field          `json:"field"`
	Kind   HintKind       `json:"kind"`
	Given  Basis          `json:"given,omitempty"`
	Value  ledger.Decimal `json:"value,omitzero"`
	Period Period         `json:"period"`
	Source string         `json:"source,omitempty"`
	Filled bool           `json:"filled,omitempty"` // the observation that comes with it already holds it
}

// Prefill is a row as far as it can be filled without asking, and hints for the rest.
func Prefill(row Row, period Period, earlier []Point, held []Held) (Observation, []Hint) {
	return Observation{Subject: row.Subject}, nil
}

// Burden is what one unit was asked, counted in cells.
type Burden struct {
	Unit      ledger.UnitID `json:"unit"`
	Rows      int           `json:"rows"`
	Asked     int           `json:"asked"`
	New       int           `json:"new"`       // only the unit knows them
	Prefilled int           `json:"prefilled"` // the form came with them
	Twice     int           `json:"twice"`     // asked although somebody had already said them
}

// Burdens counts forms by unit, in the order in which the units come first.
func Burdens(forms []Form, earlier func(Row, ledger.UnitID) []Point, held []Held) []Burden {
	return nil
}
