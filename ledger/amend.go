package ledger

import (
	"slices"

	"luoshi/calendar"
)

// Validate tells what is wrong with an amendment by itself.
func (a Amendment) Validate() Problems {
	var found Problems
	found.add(wellFormed(a.ID), "id.malformed", "id", string(a.ID))
	found.add(wellFormed(a.Plan), "id.malformed", "plan", string(a.Plan))
	found.add(wellFormed(a.Commitment), "id.malformed", "commitment", string(a.Commitment))
	found.add(len(a.Changes) > 0, "amendment.nothing", "changes")
	type place struct {
		field  Field
		target int
	}
	seen := map[place]bool{}
	for i, change := range a.Changes {
		found.within(at("changes", i), change.Validate())
		key := place{change.Field, change.Target}
		found.add(!seen[key], "change.twice", at("changes", i))
		seen[key] = true
	}
	found.add(!blank(a.Reason), "amendment.reason", "reason")
	found.within("basis", a.Basis.Validate())
	found.add(!a.Effective.IsZero(), "amendment.effective", "effective")
	found.add(amendmentMoves.knows(a.State), "amendment.state", "state", string(a.State))
	found.add((a.State == Applied) == (a.Version > 1), "amendment.version", "version")
	return found
}

// Validate tells what is wrong with a basis.
func (b Basis) Validate() Problems {
	var found Problems
	found.add(!blank(b.Title), "basis.title", "title")
	found.add(b.Document == "" || b.Document.wellFormed(), "passage.digest", "document")
	return found
}

// Move takes the amendment to another state. It becomes Applied only with a version, see Amend.
func (a Amendment) Move(to AmendmentState) (Amendment, Problems) {
	if to == Applied || !amendmentMoves.allow(a.State, to) {
		return a, Problems{{Code: "amendment.move", Where: "state", Facts: []string{"amendment." + string(a.State), "amendment." + string(to)}}}
	}
	a.State = to
	return a, nil
}

// Amended is what comes of applying amendments.
type Amended struct {
	Plan        Plan         // with the next version
	Commitments []Commitment // all of the plan, changed or not
	Amendments  []Amendment  // those applied, with the version that they made
}

// Amend applies agreed amendments, in their order, to a published plan and so makes its next version,
// which holds from a date. Either all of them are applied or none. An amendment is refused when what it
// takes for the old content is no longer there: somebody else was faster.
func Amend(plan Plan, commitments []Commitment, amendments []Amendment, on calendar.Date, basis string) (Amended, Problems) {
	var found Problems
	found.add(plan.State == Published, "amendment.plan", "plan", plan.Title)
	found.add(len(amendments) > 0, "version.amendments", "amendments")
	next := Version{Number: len(plan.Versions) + 1, On: on, Basis: basis}
	current := slices.Clone(commitments)
	applied := slices.Clone(amendments)
	for i, a := range amendments {
		place := at("amendments", i)
		found.within(place, a.Validate())
		found.add(a.State == Agreed, "amendment.not_agreed", place, "amendment."+string(a.State))
		found.add(a.Plan == plan.ID, "amendment.other_plan", place)
		found.add(!on.Before(a.Effective), "amendment.too_early", place, a.Effective.String(), on.String())
		found.within(place, applyTo(current, a))
		applied[i].State, applied[i].Version = Applied, next.Number
		next.Amendments = append(next.Amendments, a.ID)
	}
	plan.Versions = append(slices.Clone(plan.Versions), next)
	found.within("plan", plan.Validate())
	if len(found) > 0 {
		return Amended{}, found
	}
	return Amended{Plan: plan, Commitments: current, Amendments: applied}, nil
}

// applyTo changes the one commitment in the list that an amendment is of. Where there are problems the
// list is of no use any more.
func applyTo(commitments []Commitment, a Amendment) Problems {
	i := position(commitments, a.Commitment)
	if i < 0 {
		return Problems{{Code: "amendment.commitment", Where: "commitment"}}
	}
	var found Problems
	amended := commitments[i]
	for n, change := range a.Changes {
		fresh := amended.content(change.Field, change.Target).identical(change.Old)
		found.add(fresh, "amendment.stale", at("changes", n), amended.Title)
		if change.Field == StateField {
			allowed := commitmentMoves.allow(change.Old.State, change.New.State)
			found.add(allowed, "commitment.move", at("changes", n), "commitment."+string(change.Old.State), "commitment."+string(change.New.State))
		}
		amended = amended.with(change.Field, change.Target, change.New)
	}
	found.within("result", amended.Validate())
	commitments[i] = amended
	return found
}

func position(commitments []Commitment, id CommitmentID) int {
	return slices.IndexFunc(commitments, func(c Commitment) bool { return c.ID == id })
}
