package reporting

import (
	"time"

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
