package ledger

import (
	"slices"

	"luoshi/calendar"
)

// Years that a plan may be of: a figure outside is a slip of the pen.
const (
	firstYear = 1949
	lastYear  = 2999
)

// Validate tells what is wrong with a plan.
func (p Plan) Validate() Problems {
	var found Problems
	found.add(wellFormed(p.ID), "id.malformed", "id", string(p.ID))
	found.add(wellFormed(p.Government), "id.malformed", "government", string(p.Government))
	found.add(plausibleYear(p.Year), "plan.year", "year")
	found.add(!blank(p.Title), "plan.title", "title")
	found.add(planMoves.knows(p.State), "plan.state", "state", string(p.State))
	found.add((p.State == Published) == (len(p.Versions) > 0), "plan.versions", "versions")
	seen := map[Digest]bool{}
	for i, source := range p.Sources {
		found.within(at("sources", i), source.Validate())
		found.add(!seen[source.Document], "plan.source_twice", at("sources", i), source.Name)
		seen[source.Document] = true
	}
	found.within("outline", ValidateOutline(p.Outline))
	for i, version := range p.Versions {
		found.within(at("versions", i), version.validate(i, p.Versions))
	}
	return found
}

func plausibleYear(year int) bool { return year >= firstYear && year <= lastYear }

// Validate tells what is wrong with a source.
func (s Source) Validate() Problems {
	var found Problems
	found.add(s.Document.wellFormed(), "passage.digest", "document")
	found.add(!blank(s.Name), "source.name", "name")
	return found
}

// validate tells what is wrong with version i of a plan.
func (v Version) validate(i int, versions []Version) Problems {
	var found Problems
	found.add(v.Number == i+1, "version.number", "number")
	found.add(!v.On.IsZero(), "version.date", "on")
	found.add((i == 0) == (len(v.Amendments) == 0), "version.amendments", "amendments")
	if i > 0 {
		found.add(!v.On.Before(versions[i-1].On), "version.order", "on")
	}
	return found
}

// ValidateOutline tells what is wrong with an outline: sections are numbered from 1 without a gap, and
// a parent stands before its parts and above them.
func ValidateOutline(outline []Section) Problems {
	var found Problems
	for i, section := range outline {
		place := at("sections", i)
		found.add(section.Number == i+1, "section.number", place+"/number")
		found.add(!blank(section.Marker+section.Title), "section.title", place+"/title")
		if section.Parent == 0 {
			continue
		}
		before := section.Parent > 0 && section.Parent <= i
		found.add(before, "section.parent", place+"/parent")
		if before {
			found.add(outline[section.Parent-1].Level < section.Level, "section.level", place+"/level")
		}
	}
	return found
}

// Path is the sections from the highest down to the one with a number.
func (p Plan) Path(section int) []Section {
	var path []Section
	for n := section; n > 0 && n <= len(p.Outline) && len(path) <= len(p.Outline); n = p.Outline[n-1].Parent {
		path = append([]Section{p.Outline[n-1]}, path...)
	}
	return path
}

// AddSource puts a document into a draft, its outline behind what is there. Offset is to be added to
// the numbers of the document's sections.
func (p Plan) AddSource(source Source, outline []Section) (added Plan, offset int, problems Problems) {
	var found Problems
	found.add(p.State == Draft, "plan.not_draft", "state", "plan."+string(p.State))
	offset = len(p.Outline)
	added = p
	added.Sources = append(slices.Clone(p.Sources), source)
	added.Outline = slices.Clone(p.Outline)
	for _, section := range outline {
		section.Number += offset
		if section.Parent > 0 {
			section.Parent += offset
		}
		added.Outline = append(added.Outline, section)
	}
	if found = append(found, added.Validate()...); len(found) > 0 {
		return p, 0, found
	}
	return added, offset, nil
}

// Move takes the plan a step on or back. Publishing is a step of its own, see Publish.
func (p Plan) Move(to PlanState) (Plan, Problems) {
	if to == Published || !planMoves.allow(p.State, to) {
		return p, Problems{{Code: "plan.move", Where: "state", Facts: []string{"plan." + string(p.State), "plan." + string(to)}}}
	}
	p.State = to
	return p, nil
}

// Publish puts an approved plan in force as version 1, with its commitments. It is refused while a
// commitment is wrong or has no owner or no deadline.
func (p Plan) Publish(commitments []Commitment, on calendar.Date, basis string) (Plan, []Commitment, Problems) {
	var found Problems
	found.add(planMoves.allow(p.State, Published), "plan.move", "state", "plan."+string(p.State), "plan."+string(Published))
	found.add(!on.IsZero(), "version.date", "on")
	found.within("commitments", ValidateCommitments(commitments))
	for i, c := range commitments {
		found.add(c.Plan == p.ID, "commitment.other_plan", at("commitments", i)+"/plan", c.Title)
		if c.State == Withdrawn {
			continue
		}
		found.add(c.Lead != "", "gap.owner", at("commitments", i), c.Title)
		found.add(!c.By.IsZero(), "gap.deadline", at("commitments", i), c.Title)
	}
	if len(found) > 0 {
		return p, commitments, found
	}
	published := make([]Commitment, len(commitments))
	for i, c := range commitments {
		published[i] = c.clone()
		if c.State == Prepared {
			published[i].State = InForce
		}
	}
	p.State = Published
	p.Versions = []Version{{Number: 1, On: on, Basis: basis}}
	return p, published, nil
}
