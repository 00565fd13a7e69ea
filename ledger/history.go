package ledger

import (
	"slices"

	"luoshi/calendar"
)

// AsOf is the commitments as they were in an earlier version of their plan: the amendments that later
// versions applied are taken back, the last one first.
func AsOf(version int, plan Plan, commitments []Commitment, amendments []Amendment) []Commitment {
	earlier := slices.Clone(commitments)
	for _, a := range slices.Backward(inOrder(plan, amendments)) {
		i := position(earlier, a.Commitment)
		if a.Version <= version || i < 0 {
			continue
		}
		for _, change := range slices.Backward(a.Changes) {
			earlier[i] = earlier[i].with(change.Field, change.Target, change.Old)
		}
	}
	return earlier
}

// inOrder are the applied amendments of a plan in the order in which its versions applied them.
func inOrder(plan Plan, amendments []Amendment) []Amendment {
	byID := make(map[AmendmentID]Amendment, len(amendments))
	for _, a := range amendments {
		byID[a.ID] = a
	}
	var ordered []Amendment
	for _, version := range plan.Versions {
		for _, id := range version.Amendments {
			if a, ok := byID[id]; ok {
				ordered = append(ordered, a)
			}
		}
	}
	return ordered
}

// Held is what a field held from a date on.
type Held struct {
	Content   Content
	From      calendar.Date // zero for a plan that was not published
	Version   int           // of the plan that brought it
	Amendment AmendmentID   // empty for what stood in version 1
}

// History is everything that a field of a commitment has ever held in a published plan, the oldest
// first and what holds now last. Target is the number of the target where one is meant.
func History(plan Plan, c Commitment, amendments []Amendment, f Field, target int) []Held {
	var held []Held
	original := c.content(f, target)
	for _, a := range inOrder(plan, amendments) {
		for _, change := range a.Changes {
			if a.Commitment != c.ID || change.Field != f || change.Target != target {
				continue
			}
			if len(held) == 0 {
				original = change.Old
			}
			held = append(held, Held{Content: change.New, From: a.Effective, Version: a.Version, Amendment: a.ID})
		}
	}
	first := Held{Content: original}
	if len(plan.Versions) > 0 {
		first.From, first.Version = plan.Versions[0].On, plan.Versions[0].Number
	}
	return append([]Held{first}, held...)
}

// NextTarget is the number for a target that is to be added to a commitment: one that neither it nor
// any amendment of it has used.
func NextTarget(c Commitment, amendments []Amendment) int {
	last := 0
	for _, t := range c.Targets {
		last = max(last, t.Number)
	}
	for _, a := range amendments {
		for _, change := range a.Changes {
			if a.Commitment == c.ID {
				last = max(last, change.Target)
			}
		}
	}
	return last + 1
}
