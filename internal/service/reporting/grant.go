package reporting

import (
	"luoshi/ledger"
	"luoshi/ledger/reporting"
)

// Grant lets another system deliver some figures of a unit with its token, and no others.
type Grant struct {
	Token    string              `json:"token"` // its identifier
	Plan     ledger.PlanID       `json:"plan"`
	Unit     ledger.UnitID       `json:"unit"`
	Subjects []reporting.Subject `json:"subjects"`
}
