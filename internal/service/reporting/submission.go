package reporting

import (
	"time"

	"luoshi/internal/service/workflow"
	"luoshi/ledger"
	"luoshi/ledger/reporting"
)

// Submission is a 报送: one unit's form of one round.
type Submission struct {
	ID       reporting.SubmissionID `json:"id"`
	Round    reporting.RoundID      `json:"round"`
	Plan     ledger.PlanID          `json:"plan"`
	Period   reporting.Period       `json:"period"`
	Unit     ledger.UnitID          `json:"unit"`
	State    reporting.State        `json:"state"`
	Asked    int                    `json:"asked"`  // rows of the form
	Filled   int                    `json:"filled"` // rows that say something
	Warnings int                    `json:"warnings"`
	Late     bool                   `json:"late,omitempty"` // sent in after the due day
	Sent     time.Time              `json:"sent,omitzero"`  // last
	Revision int64                  `json:"-"`
	Updated  time.Time              `json:"-"`
}

// DueItem is a form that a unit of the caller's is to fill.
type DueItem struct {
	Submission Submission
	Round      reporting.Round
	Plan       string // its title
	UnitName   string
	DaysLeft   int    // to the due day; negative behind it
	Reason     string // why it was returned
	Reminded   bool
}

// Board is who has reported in a round.
type Board struct {
	Round RoundView
	Lines []BoardLine // in the order of the units
}

// BoardLine is a unit on the board.
type BoardLine struct {
	Submission
	UnitName string
	// Waits says by whom the submission is waited for: “单位负责人”; empty for one that is locked.
	Waits    ledger.Wording
	Overdue  bool // not sent in although the due day is over
	Reminded time.Time
	Returned string // the reason of the last return; empty where it was sent in again
}

// Waiting is what the caller may decide now.
type Waiting struct {
	Submissions []WaitingItem
	Corrections []CorrectionView
}

// WaitingItem is a submission that waits for the caller.
type WaitingItem struct {
	Submission Submission
	Round      reporting.Round
	Plan       string // its title
	UnitName   string
	Since      time.Time
	Offers     []workflow.Offer
}

// Outcome is what became of one submission of several.
type Outcome struct {
	ID         reporting.SubmissionID
	Submission Submission // as it is now
	Err        error      // why the step was not taken; nil where it was
}
