package reporting

import "luoshi/ledger"

// Known is what a row is held against when it is checked.
type Known struct {
	Period     Period         `json:"period"`
	Year       []Point        `json:"year,omitempty"`        // earlier points of the year, in order
	YearBefore []Point        `json:"year_before,omitempty"` // points of the year before, in order
	Parts      []Part         `json:"parts,omitempty"`       // what the parts of this figure say for the period, locked or not
	Whole      ledger.Decimal `json:"whole,omitzero"`        // cumulative figure of what this row is a part of
}

// Check tells what is wrong or doubtful with what was entered in a row.
func Check(row Row, o Observation, known Known) Findings { return nil }
