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
	found.add((c.Field == TargetField) == (c.Target > 0), "change.target", "target")
	for _, side := range []struct {
		name    string
		content Content
	}{{"old", c.Old}, {"new", c.New}} {
		found.add(side.content.fits(c.Field), "change.content", side.name, "field."+string(c.Field))
		target := side.content.Target
		if target == nil {
			continue
		}
		found.within(side.name+"/target", target.Validate())
		found.add(target.Number == c.Target, "change.other_target", side.name+"/target/number")
	}
	return found
}

// Fields are all fields that a change can be about, in the order in which they are listed.
func Fields() []Field {
	return []Field{TargetField, DeadlineField, LeadField, CooperatingField, PostField, StateField}
}

// fits tells whether nothing is set but the part that belongs to the field.
func (c Content) fits(f Field) bool {
	switch f {
	case TargetField:
		c.Target = nil
	case DeadlineField:
		c.Date = Content{}.Date
	case LeadField:
		c.Unit = ""
	case CooperatingField:
		c.Units = nil
	case PostField:
		c.Post = ""
	case StateField:
		c.State = ""
	}
	return c.Target == nil && c.Date.IsZero() && c.Unit == "" && len(c.Units) == 0 && c.Post == "" && c.State == ""
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
	return c.Date == other.Date && c.Unit == other.Unit && slices.Equal(c.Units, other.Units) &&
		c.Post == other.Post && c.State == other.State
}

// identical tells whether two contents are the same to the last digit and quotation.
func (c Content) identical(other Content) bool {
	return c.same(other) && (c.Target == nil || *c.Target == *other.Target)
}

// content is what a field of a commitment holds; target is its number where one target is meant.
func (c Commitment) content(f Field, target int) Content {
	switch f {
	case TargetField:
		if i := c.targetAt(target); i >= 0 {
			held := c.Targets[i]
			return Content{Target: &held}
		}
	case DeadlineField:
		return Content{Date: c.By}
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
	var numbers []int
	for _, t := range slices.Concat(before.Targets, after.Targets) {
		numbers = append(numbers, t.Number)
	}
	slices.Sort(numbers)
	for _, number := range slices.Compact(numbers) {
		note(TargetField, number)
	}
	for _, f := range Fields()[1:] {
		note(f, 0)
	}
	return changes
}
