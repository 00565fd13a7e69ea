package reporting

import (
	"time"

	"luoshi/internal/service/workflow"
	"luoshi/ledger"
	"luoshi/ledger/reporting"
)

// CorrectionState is how far a correction is. The names are those of flow/definitions/correction.txt.
type CorrectionState string

const (
	Proposed  CorrectionState = "proposed"
	Agreed    CorrectionState = "approved"
	Rejected  CorrectionState = "refused"
	Withdrawn CorrectionState = "withdrawn"
)

// Proposal is a correction of a locked figure that somebody wishes.
type Proposal struct {
	Plan     ledger.PlanID
	Subject  reporting.Subject
	Unit     ledger.UnitID
	Period   reporting.Period
	After    reporting.Observation
	Reason   string
	Basis    string        // the paper that it rests on
	Document ledger.Digest // where that is kept, if it is here
}

// CorrectionView is a correction with what became of it.
type CorrectionView struct {
	reporting.Correction
	Plan     ledger.PlanID
	Title    string // of the row
	UnitName string
	Document ledger.Digest
	State    CorrectionState
	Revision int64
	Proposer ledger.AccountID
	Proposed time.Time
	Decider  ledger.AccountID
	Decided  time.Time
	Answer   string // the reason of a refusal
	// Derived are the later periods whose figures changed with it.
	Derived []reporting.Derived
	Offers  []workflow.Offer
}

// CorrectionQuery narrows a list of corrections. What is empty narrows nothing.
type CorrectionQuery struct {
	Plan    ledger.PlanID
	State   CorrectionState
	Subject reporting.Subject
	Unit    ledger.UnitID
}
