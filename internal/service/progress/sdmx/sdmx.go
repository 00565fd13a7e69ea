// Package sdmx writes the indicators of a plan in the form in which statistical offices exchange figures: messages of
// SDMX-JSON 2.0, one with the structure and one with the data, and a plain table in CSV with a dictionary of its
// columns. All three are made from one vocabulary, components.txt and codes.txt, so that they cannot differ. Figures
// are exact: they are written with the digits that they have in the ledger.
package sdmx

import (
	"time"

	"luoshi/ledger"
	"luoshi/ledger/reporting"
)

// Set is what is exchanged: indicators of a plan with the figures that units reported for them.
type Set struct {
	ID         string // of the plan
	Title      ledger.Wording
	Sender     Code      // who sends it: the government of the plan
	Prepared   time.Time // when
	Indicators []Indicator
	Units      []Code // that report, by their identifiers
	Figures    []Figure
}

// Code is something that a code stands for.
type Code struct {
	ID    string
	Words ledger.Wording
}

// Indicator is what a series is about.
type Indicator struct {
	ID          ledger.IndicatorID
	Name        string
	Unit        string // of measure
	Scope       string
	Aggregation ledger.Aggregation
	Direction   ledger.Direction
}

// Figure is one figure by one basis.
type Figure struct {
	Indicator   ledger.IndicatorID
	Unit        ledger.UnitID
	Basis       reporting.Basis
	Period      reporting.Period
	Value       ledger.Decimal
	Growth      ledger.Decimal
	Numerator   ledger.Decimal
	Denominator ledger.Decimal
	Derived     bool // from the other basis
	Corrected   bool // after it was locked
	Source      reporting.ObservationID
}

// MediaTypes of the messages.
const (
	DataType      = "application/vnd.sdmx.data+json;version=2.0.0"
	StructureType = "application/vnd.sdmx.structure+json;version=2.0.0"
	CSVType       = "text/csv; charset=utf-8"
)
