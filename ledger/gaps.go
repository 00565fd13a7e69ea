package ledger

import "luoshi/calendar"

// Gap is something that a commitment still lacks. Without an owner or a deadline a plan cannot be
// published; the other gaps are told and can be lived with.
type Gap struct {
	Commitment CommitmentID
	Problem
}

// Blocks tells whether the plan cannot be published with the gap.
func (g Gap) Blocks() bool { return g.Code == "gap.owner" || g.Code == "gap.deadline" }

// Gaps are what the commitments of a plan lack on a date, in their order. Withdrawn ones lack nothing.
func Gaps(commitments []Commitment, tree *Tree, holders []Holder, on calendar.Date) []Gap {
	var gaps []Gap
	for _, c := range commitments {
		if c.State == Withdrawn {
			continue
		}
		for _, problem := range c.lacks(tree, holders, on) {
			gaps = append(gaps, Gap{c.ID, problem})
		}
	}
	return gaps
}

// lacks is what one commitment lacks.
func (c Commitment) lacks(tree *Tree, holders []Holder, on calendar.Date) Problems {
	var found Problems
	found.add(c.Lead != "", "gap.owner", "lead", c.Title)
	if c.Lead != "" {
		found.add(tree.Exists(c.Lead, on), "gap.owner_ended", "lead", c.Title, tree.Name(c.Lead, on))
	}
	found.add(!c.By.IsZero(), "gap.deadline", "by", c.Title)
	if c.Post != "" {
		_, held := HolderOn(holders, c.Post, on)
		found.add(held, "gap.post_vacant", "post", c.Title)
	}
	if c.Kind != KindIndicator {
		return found
	}
	found.add(len(c.Targets) > 0, "gap.target", "targets", c.Title)
	for i, target := range c.Targets {
		found.add(target.Indicator != "" || target.Code != "", "gap.indicator", at("targets", i), target.Subject)
	}
	return found
}
