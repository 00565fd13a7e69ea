package intake

import (
	"slices"

	"luoshi/ledger"
)

// kindOf decides the kind of a promise: where it stands decides first, then what it builds, then
// whether it is of a measure that the dictionary knows. Everything else is a task.
func kindOf(p promise) ledger.CommitmentKind {
	switch {
	case p.livelihood:
		return ledger.KindLivelihood
	case isProject(p.wording) && !onlyRates(p.targets):
		return ledger.KindProject
	case measured(p):
		return ledger.KindIndicator
	}
	return ledger.KindTask
}

// promise is what the kind of an item is decided by.
type promise struct {
	wording    string
	livelihood bool // it stands where livelihood items are promised
	targets    []ledger.Target
}

// isProject tells whether a promise is one of investment: it says so, or it builds something.
func isProject(wording string) bool {
	if holds("not_project", wording) {
		return false
	}
	return holds("investment", wording) || holds("build", wording) && holds("project", wording)
}

// onlyRates tells whether there are targets and all are shares or rates of growth: 签约项目当年开工率达到80%以上
// bounds projects and is none.
func onlyRates(targets []ledger.Target) bool {
	rates := []ledger.Measure{ledger.Share, ledger.Growth, ledger.Decline}
	return len(targets) > 0 && !slices.ContainsFunc(targets, func(t ledger.Target) bool { return !slices.Contains(rates, t.Measure) })
}

// measured tells whether every target is of an indicator of the dictionary, or the promise bounds one
// in words.
func measured(p promise) bool {
	if len(p.targets) == 0 {
		return false
	}
	return !slices.ContainsFunc(p.targets, func(t ledger.Target) bool { return t.Code == "" })
}

// listedItems tells whether a text announces the livelihood items that follow it: 办好十件民生实事.
func listedItems(text string) bool { return holds("livelihood", text) }

// KindOf is the kind of a promise by its wording and targets, for promises that do not come from clauses.
func KindOf(wording string, targets []ledger.Target) ledger.CommitmentKind {
	return kindOf(promise{wording: wording, livelihood: listedItems(wording), targets: targets})
}
