package ledger

import (
	"cmp"
	"slices"
)

// Validate tells what is wrong with a change.
func (c Change) Validate() Problems {
	var found Problems
	found.add(slices.Contains(Fields(), c.Field), "change.field", "field", string(c.Field))
	found.add(!c.Old.same(c.New), "change.nothing", "new")
	found.add(c.Field.numbered() == (c.Target > 0), "change.target", "target")
	for _, side := range []struct {
		name    string
		content Content
	}{{"old", c.Old}, {"new", c.New}} {
		found.add(side.content.fits(c.Field), "change.content", side.name, "field."+string(c.Field))
		if target := side.content.Target; target != nil {
			found.within(side.name+"/target", target.Validate())
			found.add(target.Number == c.Target, "change.other_target", side.name+"/target/number")
		}
		if milestone := side.content.Milestone; milestone != nil {
			found.within(side.name+"/milestone", milestone.Validate())
			found.add(milestone.Number == c.Target, "change.other_target", side.name+"/milestone/number")
		}
	}
	return found
}

// Fields are all fields that a change can be about, in the order in which they are listed.
func Fields() []Field {
	return []Field{TargetField, DeadlineField, MilestoneField, LeadField, CooperatingField, PostField, StateField}
}

// numbered tells whether a commitment has several of the field, by their numbers.
func (f Field) numbered() bool { return f == TargetField || f == MilestoneField }

// fits tells whether nothing is set but the part that belongs to the field.
func (c Content) fits(f Field) bool {
	switch f {
	case TargetField:
		c.Target = nil
	case DeadlineField:
		c.Date = Content{}.Date
	case MilestoneField:
		c.Milestone = nil
	case LeadField:
		c.Unit = ""
	case CooperatingField:
		c.Units = nil
	case PostField:
		c.Post = ""
	case StateField:
		c.State = ""
	}
	return c.Target == nil && c.Milestone == nil && c.Date.IsZero() && c.Unit == "" && len(c.Units) == 0 && c.Post == "" && c.State == ""
}

// same tells whether two contents say the same, however precisely figures are written and wherever
// they are quoted from.
func (c Content) same(other Content) bool {
	if (c.Target == nil) != (other.Target == nil) {
		return false
	}
	if c.Target != nil && !c.Target.Same(*other.Target) {
		return false
	}
	if (c.Milestone == nil) != (other.Milestone == nil) || c.Milestone != nil && *c.Milestone != *other.Milestone {
		return false
	}
	return c.Date == other.Date && c.Unit == other.Unit && slices.Equal(c.Units, other.Units) &&
		c.Post == other.Post && c.State == other.State
}

// identical tells whether two contents are the same to the last digit and quotation.
func (c Content) identical(other Content) bool {
	return c.same(other) && (c.Target == nil || *c.Target == *other.Target)
}

// content is what a field of a commitment holds; target is its number where one target or milestone is meant.
func (c Commitment) content(f Field, target int) Content {
	switch f {
	case TargetField:
		if i := c.targetAt(target); i >= 0 {
			held := c.Targets[i]
			return Content{Target: &held}
		}
	case DeadlineField:
		return Content{Date: c.By}
	case MilestoneField:
		if i := c.milestoneAt(target); i >= 0 {
			held := c.Milestones[i]
			return Content{Milestone: &held}
		}
	case LeadField:
		return Content{Unit: c.Lead}
	case CooperatingField:
		return Content{Units: slices.Clone(c.Cooperating)}
	case PostField:
		return Content{Post: c.Post}
	case StateField:
		return Content{State: c.State}
	}
	return Content{}
}

// targetAt is the position of the target with a number, -1 where there is none.
func (c Commitment) targetAt(number int) int {
	return slices.IndexFunc(c.Targets, func(t Target) bool { return t.Number == number })
}

// milestoneAt is the position of the milestone with a number, -1 where there is none.
func (c Commitment) milestoneAt(number int) int {
	return slices.IndexFunc(c.Milestones, func(m Milestone) bool { return m.Number == number })
}

// with is the commitment with other content in one field.
func (c Commitment) with(f Field, target int, content Content) Commitment {
	c = c.clone()
	switch f {
	case TargetField:
		c.Targets = slices.DeleteFunc(c.Targets, func(t Target) bool { return t.Number == target })
		if content.Target != nil {
			c.Targets = append(c.Targets, *content.Target)
		}
		slices.SortFunc(c.Targets, func(a, b Target) int { return cmp.Compare(a.Number, b.Number) })
	case DeadlineField:
		c.By = content.Date
	case MilestoneField:
		c.Milestones = slices.DeleteFunc(c.Milestones, func(m Milestone) bool { return m.Number == target })
		if content.Milestone != nil {
			c.Milestones = append(c.Milestones, *content.Milestone)
		}
		slices.SortFunc(c.Milestones, func(a, b Milestone) int { return cmp.Compare(a.Number, b.Number) })
	case LeadField:
		c.Lead = content.Unit
	case CooperatingField:
		c.Cooperating = slices.Clone(content.Units)
	case PostField:
		c.Post = content.Post
	case StateField:
		c.State = content.State
	}
	return c
}

// Changes are the differences between two states of a commitment in what an amendment can change, in
// the order of Fields and of the targets' numbers.
func Changes(before, after Commitment) []Change {
	var changes []Change
	note := func(f Field, target int) {
		change := Change{Field: f, Target: target, Old: before.content(f, target), New: after.content(f, target)}
		if !change.Old.same(change.New) {
			changes = append(changes, change)
		}
	}
	for _, f := range Fields() {
		for _, number := range slices.Compact(slices.Sorted(slices.Values(append(before.numbers(f), after.numbers(f)...)))) {
			note(f, number)
		}
	}
	return changes
}

// numbers are those of what a commitment has several of; 0 for a field of which there is one.
func (c Commitment) numbers(f Field) []int {
	if !f.numbered() {
		return []int{0}
	}
	var all []int
	for _, t := range c.Targets {
		if f == TargetField {
			all = append(all, t.Number)
		}
	}
	for _, m := range c.Milestones {
		if f == MilestoneField {
			all = append(all, m.Number)
		}
	}
	return all
}
