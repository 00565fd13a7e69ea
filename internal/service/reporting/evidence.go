package reporting

import (
	"time"

	"luoshi/ledger"
	"luoshi/ledger/reporting"
)

// Evidence is a 佐证材料: a file that shows what a row says.
type Evidence struct {
	ID         reporting.EvidenceID   `json:"id"`
	Submission reporting.SubmissionID `json:"submission"`
	Subject    reporting.Subject      `json:"subject"`
	Name       string                 `json:"name"`
	MediaType  string                 `json:"media_type"`
	Size       int64                  `json:"size"`
	Digest     ledger.Digest          `json:"digest"`
	Preview    ledger.Digest          `json:"preview,omitempty"` // a small picture of it; empty where there is none
	Scanned    bool                   `json:"scanned"`           // a virus scanner has looked at it
	By         ledger.AccountID       `json:"by"`
	At         time.Time              `json:"at"`
}
