package plans

import (
	"slices"

	"luoshi/flow"
	"luoshi/internal/service/planning"
	"luoshi/internal/web/page"
	"luoshi/ledger"
)

// sideways are states that a case need not pass; they are shown where it came by them.
var sideways = map[string]bool{"dropped": true, "suspended": true, "refused": true, "withdrawn": true}

// way is what a case has passed without turning back, where it is, and what still lies ahead of it.
func way(c planning.Case) []flow.State {
	states := c.Definition.States
	passed := []string{states[0].Name}
	for _, step := range c.Steps {
		if to := leadsTo(c.Definition.Action(step.Action), passed[len(passed)-1]); to != "" {
			passed = reach(passed, to)
		}
	}
	passed = reach(passed, c.State)
	var found []flow.State
	for _, name := range passed {
		found = append(found, *c.Definition.State(name))
	}
	if c.Definition.State(c.State).End {
		return found
	}
	farthest := 0
	for i, state := range states {
		if !sideways[state.Name] && slices.Contains(passed, state.Name) {
			farthest = i
		}
	}
	return append(found, slices.DeleteFunc(slices.Clone(states[farthest+1:]), func(s flow.State) bool { return sideways[s.Name] })...)
}

// leadsTo is the state to which an action leads from another; nothing where it leads nowhere from there.
func leadsTo(action *flow.Action, from string) string {
	if action == nil {
		return ""
	}
	for _, move := range action.Moves {
		if slices.Contains(move.From, from) {
			return move.To
		}
	}
	return ""
}

// reach goes on to a state, or back to it where the way came by it before.
func reach(passed []string, state string) []string {
	if i := slices.Index(passed, state); i >= 0 {
		return passed[:i+1]
	}
	return append(passed, state)
}

// furtherState is where a plan is on its way to publication, where that says more than the state of the plan does.
func furtherState(v page.View, p ledger.Plan, c planning.Case) string {
	if c.Definition.State(c.State).End || c.Title().ZH == p.State.Label().ZH {
		return ""
	}
	return v.Wording(c.Title())
}
