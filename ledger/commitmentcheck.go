package ledger

import (
	"slices"
	"strconv"
)

// Validate tells what is wrong with a commitment by itself.
func (c Commitment) Validate() Problems {
	var found Problems
	found.add(wellFormed(c.ID), "id.malformed", "id", string(c.ID))
	found.add(wellFormed(c.Plan), "id.malformed", "plan", string(c.Plan))
	found.add(!blank(c.Title), "commitment.title", "title")
	found.add(slices.Contains(CommitmentKinds(), c.Kind), "commitment.kind", "kind", string(c.Kind))
	found.add(commitmentMoves.knows(c.State), "commitment.state", "state", string(c.State))
	found.add(len(c.source) > 0, "commitment.source", "source", c.Title)
	for i, passage := range c.source {
		found.within(at("source", i), passage.Validate())
	}
	found = append(found, c.ownerProblems()...)
	for i, target := range c.Targets {
		found.within(at("targets", i), target.Validate())
		ordered := i == 0 || c.Targets[i-1].Number < target.Number
		found.add(ordered, "target.order", at("targets", i)+"/number")
	}
	for i, milestone := range c.Milestones {
		found.within(at("milestones", i), milestone.Validate())
		ordered := i == 0 || c.Milestones[i-1].Number < milestone.Number
		found.add(ordered, "milestone.order", at("milestones", i)+"/number")
		late := !c.By.IsZero() && c.By.Before(milestone.By)
		found.add(!late, "milestone.late", at("milestones", i)+"/by", milestone.Title, milestone.By.String(), c.By.String())
	}
	found.add(c.Weight.Sign() >= 0, "weight.negative", "weight", c.Weight.Plain())
	found.add(c.Parent == "" || wellFormed(c.Parent), "id.malformed", "parent", string(c.Parent))
	found.add(c.Parent == "" || c.Parent != c.ID, "commitment.circle", "parent", c.Title)
	return found
}

// ownerProblems tells what is wrong with who answers for it.
func (c Commitment) ownerProblems() Problems {
	var found Problems
	found.add(c.Lead == "" || wellFormed(c.Lead), "id.malformed", "lead", string(c.Lead))
	found.add(c.Post == "" || wellFormed(c.Post), "id.malformed", "post", string(c.Post))
	found.add(c.Project == "" || wellFormed(c.Project), "id.malformed", "project", string(c.Project))
	for i, unit := range c.Cooperating {
		found.add(wellFormed(unit), "id.malformed", at("cooperating", i), string(unit))
		found.add(unit != c.Lead, "commitment.lead_cooperates", at("cooperating", i), c.Title)
	}
	found.add(distinct(c.Cooperating), "commitment.cooperates_twice", "cooperating", c.Title)
	return found
}

// Validate tells what is wrong with a milestone.
func (m Milestone) Validate() Problems {
	var found Problems
	found.add(m.Number > 0, "milestone.number", "number")
	found.add(!blank(m.Title), "milestone.title", "title")
	found.add(!m.By.IsZero(), "milestone.date", "by", m.Title)
	found.add(m.Weight.Sign() >= 0, "weight.negative", "weight", m.Weight.Plain())
	return found
}

// Move takes the commitment to another state.
func (c Commitment) Move(to CommitmentState) (Commitment, Problems) {
	if !commitmentMoves.allow(c.State, to) {
		return c, Problems{{Code: "commitment.move", Where: "state", Facts: []string{"commitment." + string(c.State), "commitment." + string(to)}}}
	}
	c.State = to
	return c, nil
}

// CheckKept tells whether an edited commitment is still the same promise: of the same plan and in the
// same words from the same place.
func CheckKept(before, after Commitment) Problems {
	var found Problems
	found.add(before.ID == after.ID && before.Plan == after.Plan, "commitment.identity", "id", before.Title)
	found.add(slices.Equal(before.source, after.source), "commitment.source_changed", "source", before.Title)
	return found
}

// ValidateCommitments tells what is wrong with the commitments of a plan, by themselves and among
// each other.
func ValidateCommitments(commitments []Commitment) Problems {
	var found Problems
	parents := make(map[CommitmentID]CommitmentID, len(commitments))
	numbers := map[string]bool{}
	for i, c := range commitments {
		_, twice := parents[c.ID]
		found.add(!twice, "commitment.twice", strconv.Itoa(i)+"/id", c.Title)
		found.add(c.Number == "" || !numbers[c.Number], "commitment.number_twice", strconv.Itoa(i)+"/number", c.Number)
		parents[c.ID], numbers[c.Number] = c.Parent, true
	}
	for i, c := range commitments {
		place := strconv.Itoa(i)
		found.within(place, c.Validate())
		if c.Parent == "" || c.Parent == c.ID {
			continue
		}
		_, known := parents[c.Parent]
		found.add(known, "commitment.parent_unknown", place+"/parent", c.Title)
		found.add(!aboveItself(c.ID, parents), "commitment.circle", place+"/parent", c.Title)
	}
	return found
}

// aboveItself tells whether a commitment is among those that it is a part of.
func aboveItself(id CommitmentID, parents map[CommitmentID]CommitmentID) bool {
	above := parents[id]
	for steps := 0; above != "" && steps <= len(parents); steps++ {
		if above == id {
			return true
		}
		above = parents[above]
	}
	return false
}
