package reporting

import (
	"time"

	"luoshi/internal/service/workflow"
	"luoshi/ledger"
	"luoshi/ledger/reporting"
)

// FormView is a form with all that was said in it, and what the caller may do with it.
type FormView struct {
	Submission Submission
	Round      reporting.Round
	Plan       ledger.Plan
	UnitName   string
	Rows       []RowView
	Case       workflow.Case
	Offers     []workflow.Offer
	MayFill    bool
	MayAttach  bool
	DaysLeft   int
}

// RowView is a row of a form.
type RowView struct {
	reporting.Row
	Observation reporting.Observation // what was said; empty where nothing was yet
	ID          reporting.ObservationID
	Revision    int64 // of the row; 0 where nothing was said yet
	By          ledger.AccountID
	At          time.Time
	// Offered is the row as far as it can be filled without asking, and Hints where that and more is from.
	Offered  reporting.Observation
	Hints    []reporting.Hint
	Point    reporting.Point   // what was said in both views; zero where nothing was
	Earlier  []reporting.Point // of the year, in order; those that are not locked say so
	Findings reporting.Findings
	Evidence []Evidence
	// Gone tells that the unit is no longer asked for it: the commitment has gone to another one since.
	Gone bool
}

// Filling is rows that somebody fills.
type Filling struct {
	Round  reporting.RoundID
	Unit   ledger.UnitID
	Rows   []Filled
	Import bool   // they come out of a file or from another system
	Token  string // the token by which another system delivers; what it was not granted is refused
}

// Filled is what is to stand in a row, and the revision of the row that was seen: 0 where nothing was said.
type Filled struct {
	reporting.Observation
	Seen int64
}

// Saved is what came of saving rows: those without a conflict are saved.
type Saved struct {
	Submission Submission
	Rows       []RowView
	Conflicts  []RowConflict
}

// RowConflict is a row that somebody else has filled since it was read. Nothing of it was saved.
type RowConflict struct {
	Subject  reporting.Subject
	Mine     reporting.Observation // what was to be saved
	Theirs   reporting.Observation // what stands there
	Revision int64                 // of what stands there
	By       ledger.AccountID
	At       time.Time
}
