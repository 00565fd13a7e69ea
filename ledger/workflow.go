package ledger

// How far a case of a shipped workflow has brought a plan or an amendment. A workflow knows who is to
// act next and by when; the ledger knows only what that means for the promises.
var (
	planStates = map[string]PlanState{
		"draft":        Draft,
		"consultation": Draft,
		"approval":     Reviewed,
		"approved":     Approved,
		"published":    Published,
		"dropped":      Abandoned,
	}
	amendmentStates = map[string]AmendmentState{
		"draft":     Proposed,
		"review":    Proposed,
		"suspended": Proposed,
		"decision":  Proposed,
		"approved":  Agreed,
		"refused":   Refused,
		"withdrawn": TakenBack,
	}
)

// PlanStateIn is what a state of the workflow plan-publication means for the plan.
func PlanStateIn(state string) (PlanState, bool) {
	s, ok := planStates[state]
	return s, ok
}

// AmendmentStateIn is what a state of the workflow amendment means for the amendment.
func AmendmentStateIn(state string) (AmendmentState, bool) {
	s, ok := amendmentStates[state]
	return s, ok
}
