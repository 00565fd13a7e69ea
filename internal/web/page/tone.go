package page

import "luoshi/ledger"

// PlanTone is the tone of a plan's state.
func PlanTone(s ledger.PlanState) Tone {
	switch s {
	case ledger.Published:
		return Success
	case ledger.Reviewed, ledger.Approved:
		return Info
	case ledger.Abandoned:
		return Danger
	default:
		return Neutral
	}
}
