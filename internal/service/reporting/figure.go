package reporting

import (
	"luoshi/ledger"
	"luoshi/ledger/reporting"
)

// Figure is a locked figure with what is derived from it: what totals, lights and reports read.
type Figure struct {
	Plan        ledger.PlanID          `json:"plan"`
	Subject     reporting.Subject      `json:"subject"`
	Unit        ledger.UnitID          `json:"unit"`
	Submission  reporting.SubmissionID `json:"submission"`
	Point       reporting.Point        `json:"point"`
	Observation reporting.Observation  `json:"observation"` // as it stands after corrections
}

// FigureFilter narrows figures. What is empty narrows nothing.
type FigureFilter struct {
	Subjects []reporting.Subject
	Units    []ledger.UnitID
	Upto     reporting.Period // those that end no later
	Period   reporting.Period // those of one period
}

// Series is what a unit said on a subject through the year, locked or not; the state of each point says which.
type Series struct {
	Subject     reporting.Subject
	Unit        ledger.UnitID // of subjects that one unit after another may report on, the last one
	Terms       reporting.Terms
	Points      []reporting.Point
	Corrections []CorrectionView
}

// TotalQuery asks what the figures of units make together.
type TotalQuery struct {
	Period   reporting.Period
	Subjects []reporting.Subject // all of the plan's indicators where empty
	Under    ledger.UnitID       // of the units beneath one, and that one; of all where empty
}

// SubjectTotal is what the figures of units on a subject make together.
type SubjectTotal struct {
	Subject reporting.Subject
	Terms   reporting.Terms
	Total   reporting.Total
}
