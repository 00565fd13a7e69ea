package reporting

import "luoshi/ledger"

// Correction is a 更正 of a locked figure. What was said before stays beside what is said now.
type Correction struct {
	ID      CorrectionID  `json:"id"`
	Subject Subject       `json:"subject"`
	Unit    ledger.UnitID `json:"unit"`
	Period  Period        `json:"period"`
	Before  Observation   `json:"before"`
	After   Observation   `json:"after"`
	Reason  string        `json:"reason"`
	Basis   string        `json:"basis"` // the paper that it rests on
}

// Effective is what counts after corrections, which are applied in their order. All of them are of one row.
func Effective(said []Stated, corrections []Correction) []Stated { return said }

// Derived is a period whose figures changed because an earlier one was corrected.
type Derived struct {
	Period Period `json:"period"`
	Before Point  `json:"before"`
	After  Point  `json:"after"`
}

// Differences are the periods in which two series of a row differ, in order.
func Differences(before, after []Point) []Derived { return nil }

// Validate tells what is wrong with a correction.
func (c Correction) Validate() Findings { return nil }
