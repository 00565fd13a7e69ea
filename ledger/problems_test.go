package ledger

import (
	"errors"
	"testing"
)

func unitProblems() []problem {
	unit := func(breakIt func(*Unit)) Problems { return broken(sampleUnits()[1], breakIt).Validate() }
	change := func(c UnitChange) Problems {
		c.Unit = UnitID(uuid(finance))
		return c.Validate()
	}
	among := func(changes ...UnitChange) Problems {
		_, found := NewTree(sampleUnits(), changes)
		return found
	}
	on := day("2026-07-01")
	fin, edu, gov := UnitID(uuid(finance)), UnitID(uuid(education)), UnitID(uuid(government))
	tree := func(breakIt func([]Unit)) Problems {
		units := sampleUnits()
		breakIt(units)
		_, found := NewTree(units, nil)
		return found
	}
	holder := func(breakIt func(*Holder)) Problems {
		return broken(Holder{Post: PostID(uuid(1)), Person: "林澜", From: on}, breakIt).Validate()
	}
	return []problem{
		{"id.malformed", "id", unit(func(u *Unit) { u.ID = "17" })},
		{"id.malformed", "parent", unit(func(u *Unit) { u.Parent = "x" })},
		{"unit.own_parent", "parent", unit(func(u *Unit) { u.Parent = u.ID })},
		{"unit.kind", "kind", unit(func(u *Unit) { u.Kind = "club" })},
		{"unit.name", "name", unit(func(u *Unit) { u.Name = " " })},
		{"unit.alias", "aliases/0", unit(func(u *Unit) { u.Aliases = []string{""} })},
		{"unit.twice", "units/2/id", tree(func(u []Unit) { u[2].ID = u[1].ID })},
		{"unit.parent_unknown", "units/1/parent", tree(func(u []Unit) { u[1].Parent = UnitID(uuid(99)) })},
		{"unit.circle", "units/1/parent", tree(func(u []Unit) { u[1].Parent, u[2].Parent = u[2].ID, u[1].ID })},
		{"unit_change.kind", "kind", change(UnitChange{On: on, Kind: "sold"})},
		{"unit_change.date", "on", change(UnitChange{Kind: Abolished})},
		{"unit_change.name", "name", change(UnitChange{On: on, Kind: Renamed})},
		{"unit_change.parent", "parent", change(UnitChange{On: on, Kind: Moved})},
		{"unit_change.merged_into", "into", change(UnitChange{On: on, Kind: Merged})},
		{"unit_change.split_into", "into", change(UnitChange{On: on, Kind: Split, Into: []UnitID{edu, edu}})},
		{"unit_change.abolished_into", "into", change(UnitChange{On: on, Kind: Abolished, Into: []UnitID{edu}})},
		{"unit_change.into_itself", "into", change(UnitChange{On: on, Kind: Merged, Into: []UnitID{fin}})},
		{"unit_change.unit_unknown", "changes/0/unit", among(UnitChange{Unit: UnitID(uuid(99)), On: on, Kind: Abolished})},
		{"unit_change.heir_missing", "changes/0/into/0", among(UnitChange{Unit: fin, On: on, Kind: Merged, Into: []UnitID{UnitID(uuid(99))}})},
		{"unit_change.after_end", "changes/1/on", among(
			UnitChange{Unit: fin, On: on, Kind: Abolished},
			UnitChange{Unit: fin, On: day("2026-08-01"), Kind: Renamed, Name: "望溪区金融局"})},
		{"unit_change.after_end", "changes/1/on", among(
			UnitChange{Unit: fin, On: on, Kind: Abolished}, UnitChange{Unit: fin, On: day("2026-08-01"), Kind: Abolished})},
		{"unit_change.before_founding", "changes/0/on", func() Problems {
			units := sampleUnits()
			units[1].Since = day("2027-01-01")
			_, found := NewTree(units, []UnitChange{{Unit: fin, On: on, Kind: Abolished}})
			return found
		}()},
		{"unit.circle", "changes/0/parent", among(UnitChange{Unit: gov, On: on, Kind: Moved, Parent: fin})},
		{"post.title", "title", Post{ID: PostID(uuid(1)), Unit: fin}.Validate()},
		{"holder.person", "person", holder(func(h *Holder) { h.Person = "" })},
		{"holder.from", "from", holder(func(h *Holder) { h.From = day("") })},
		{"holder.reversed", "to", holder(func(h *Holder) { h.To = day("2026-06-30") })},
		{"holder.overlap", "holders/1", ValidateHolders([]Holder{
			{Post: PostID(uuid(1)), Person: "林澜", From: on},
			{Post: PostID(uuid(1)), Person: "赵屿", From: day("2026-09-01")}})},
	}
}

func planProblems() []problem {
	plan := func(breakIt func(*Plan)) Problems { return broken(samplePlan(), breakIt).Validate() }
	outline := func(breakIt func(*Section)) Problems {
		sections := samplePlan().Outline
		breakIt(&sections[1])
		return ValidateOutline(sections)
	}
	versions := func(all ...Version) Problems {
		return plan(func(p *Plan) { p.State, p.Versions = Published, all })
	}
	passage := func(document Digest, at, end int, words string) Problems {
		return Passage{document, at, end, words}.Validate()
	}
	outside := func() Problems {
		_, err := Quote(digest, "新增学位", 2, 9)
		var found Problems
		errors.As(err, &found)
		return found
	}
	_, moved := samplePlan().Move(Approved)
	inForce, _ := published(nilTB{}, sampleCommitment(1, "新增学位300个"))
	_, _, added := inForce.AddSource(Source{Document: digest, Name: "b"}, nil)
	approved := samplePlan()
	approved.State = Approved
	publish := func(breakIt func(*Commitment)) Problems {
		_, _, found := approved.Publish([]Commitment{broken(sampleCommitment(1, "新增学位300个"), breakIt)}, day("2026-02-01"), "")
		return found
	}
	return []problem{
		{"passage.outside", "passage", outside()},
		{"passage.digest", "document", passage("abc", 0, 1, "新")},
		{"passage.empty", "wording", passage(digest, 0, 1, " ")},
		{"passage.length", "at", passage(digest, 5, 9, "新增")},
		{"plan.year", "year", plan(func(p *Plan) { p.Year = 26 })},
		{"plan.title", "title", plan(func(p *Plan) { p.Title = "" })},
		{"plan.state", "state", plan(func(p *Plan) { p.State = "done" })},
		{"plan.versions", "versions", plan(func(p *Plan) { p.State = Published })},
		{"plan.source_twice", "sources/1", plan(func(p *Plan) { p.Sources = append(p.Sources, p.Sources[0]) })},
		{"source.name", "sources/0/name", plan(func(p *Plan) { p.Sources[0].Name = "" })},
		{"plan.move", "state", moved},
		{"plan.not_draft", "state", added},
		{"section.number", "sections/1/number", outline(func(s *Section) { s.Number = 7 })},
		{"section.title", "sections/1/title", outline(func(s *Section) { s.Marker, s.Title = "", "" })},
		{"section.parent", "sections/1/parent", outline(func(s *Section) { s.Parent = 3 })},
		{"section.level", "sections/1/level", outline(func(s *Section) { s.Level = 1 })},
		{"version.number", "versions/0/number", versions(Version{Number: 2, On: day("2026-02-01")})},
		{"version.date", "versions/0/on", versions(Version{Number: 1})},
		{"version.amendments", "versions/1/amendments", versions(Version{Number: 1, On: day("2026-02-01")}, Version{Number: 2, On: day("2026-03-01")})},
		{"version.order", "versions/1/on", versions(
			Version{Number: 1, On: day("2026-02-01")},
			Version{Number: 2, On: day("2026-01-01"), Amendments: []AmendmentID{AmendmentID(uuid(1))}})},
		{"gap.owner", "commitments/0", publish(func(c *Commitment) { c.Lead = "" })},
		{"gap.deadline", "commitments/0", publish(func(c *Commitment) { c.By = day("") })},
		{"commitment.other_plan", "commitments/0/plan", publish(func(c *Commitment) { c.Plan = PlanID(uuid(11)) })},
	}
}

// nilTB lets a table be made outside a test; what it is given is sound.
type nilTB struct{ testing.TB }

func (nilTB) Helper() {}

func commitmentProblems() []problem {
	commitment := func(breakIt func(*Commitment)) Problems {
		return broken(sampleCommitment(1, "新增学位300个", sampleTarget(1, "学位", "300", "个")), breakIt).Validate()
	}
	target := func(breakIt func(*Target)) Problems {
		return broken(sampleTarget(1, "学位", "300", "个"), breakIt).Validate()
	}
	milestone := func(m Milestone) Problems {
		return commitment(func(c *Commitment) { c.Milestones = []Milestone{m} })
	}
	several := func(breakIt func([]Commitment)) Problems {
		all := []Commitment{sampleCommitment(1, "新增学位300个"), sampleCommitment(2, "新建公厕25座")}
		breakIt(all)
		return ValidateCommitments(all)
	}
	first := sampleCommitment(1, "新增学位300个")
	_, moved := first.Move(Fulfilled)
	rule := func(r Rule) Problems { return r.Validate() }
	fin := UnitID(uuid(finance))
	return []problem{
		{"commitment.title", "title", commitment(func(c *Commitment) { c.Title = "" })},
		{"commitment.kind", "kind", commitment(func(c *Commitment) { c.Kind = "wish" })},
		{"commitment.state", "state", commitment(func(c *Commitment) { c.State = "late" })},
		{"commitment.source", "source", commitment(func(c *Commitment) { *c = NewCommitment(c.CommitmentTerms) })},
		{"commitment.lead_cooperates", "cooperating/0", commitment(func(c *Commitment) { c.Cooperating = []UnitID{c.Lead} })},
		{"commitment.cooperates_twice", "cooperating", commitment(func(c *Commitment) { c.Cooperating = []UnitID{UnitID(uuid(3)), UnitID(uuid(3))} })},
		{"commitment.move", "state", moved},
		{"commitment.identity", "id", CheckKept(first, sampleCommitment(2, "新增学位300个"))},
		{"commitment.source_changed", "source", CheckKept(first, NewCommitment(first.CommitmentTerms, quote(100, "新增学位500个")))},
		{"commitment.twice", "1/id", several(func(c []Commitment) { c[1].ID = c[0].ID })},
		{"commitment.number_twice", "1/number", several(func(c []Commitment) { c[0].Number, c[1].Number = "2026-001", "2026-001" })},
		{"commitment.parent_unknown", "0/parent", several(func(c []Commitment) { c[0].Parent = CommitmentID(uuid(99)) })},
		{"commitment.circle", "0/parent", several(func(c []Commitment) { c[0].Parent, c[1].Parent = c[1].ID, c[0].ID })},
		{"commitment.cuts", "cuts", refusedSplit(first, 99)},
		{"commitment.merge_two", "commitments", refusedMerge(first)},
		{"weight.negative", "weight", commitment(func(c *Commitment) { c.Weight = figure("-1") })},
		{"target.number", "number", target(func(t *Target) { t.Number = 0 })},
		{"target.order", "targets/1/number", commitment(func(c *Commitment) { c.Targets = append(c.Targets, c.Targets[0]) })},
		{"target.subject", "subject", target(func(t *Target) { t.Subject = "" })},
		{"target.code", "code", target(func(t *Target) { t.Code = "economy.luck" })},
		{"target.comparator", "cmp", target(func(t *Target) { t.Cmp = "≥" })},
		{"target.measure", "measure", target(func(t *Target) { t.Measure = "speed" })},
		{"target.empty", "value", target(func(t *Target) { t.Value = Decimal{} })},
		{"target.both", "words", target(func(t *Target) { t.Words = "正增长" })},
		{"target.range", "upper", target(func(t *Target) { t.Cmp = Between })},
		{"target.range_reversed", "upper", target(func(t *Target) { t.Cmp, t.Upper = Between, figure("200") })},
		{"target.negative_decline", "value", target(func(t *Target) { t.Measure, t.Value = Decline, figure("-2") })},
		{"milestone.number", "milestones/0/number", milestone(Milestone{Title: "开工", By: day("2026-03-31")})},
		{"milestone.order", "milestones/1/number", commitment(func(c *Commitment) {
			c.Milestones = []Milestone{{2, "开工", day("2026-03-31"), Decimal{}}, {1, "完工", day("2026-09-30"), Decimal{}}}
		})},
		{"milestone.title", "milestones/0/title", milestone(Milestone{Number: 1, By: day("2026-03-31")})},
		{"milestone.date", "milestones/0/by", milestone(Milestone{Number: 1, Title: "开工"})},
		{"milestone.late", "milestones/0/by", milestone(Milestone{Number: 1, Title: "开工", By: day("2027-01-01")})},
		{"rule.unconditional", "", rule(Rule{Lead: fin})},
		{"rule.lead", "lead", rule(Rule{Section: 1})},
		{"rule.same_unit", "from", rule(Rule{From: fin, Lead: fin})},
		{"rule.section", "section", rule(Rule{Section: -1, Lead: fin})},
		{"rule.word", "words/0", rule(Rule{Words: []string{""}, Lead: fin})},
	}
}

func projectProblems() []problem {
	project := func(breakIt func(*Project)) Problems { return broken(sampleProject(), breakIt).Validate() }
	fund := func(breakIt func(*Fund)) Problems {
		return project(func(p *Project) { breakIt(&p.Funds[0]) })
	}
	several := func(breakIt func([]Project)) Problems {
		all := []Project{sampleProject(), sampleProject()}
		all[1].ID = ProjectID(uuid(701))
		breakIt(all)
		return ValidateProjects(all)
	}
	_, moved := sampleProject().Move(Reserve, "")
	return []problem{
		{"project.name", "name", project(func(p *Project) { p.Name = "" })},
		{"project.category", "category", project(func(p *Project) { p.Category = "fun" })},
		{"project.stage", "stage", project(func(p *Project) { p.Stage = "stalled" })},
		{"project.move", "stage", moved},
		{"project.reversed", "completion", project(func(p *Project) { p.Completion = day("2024-01-01") })},
		{"project.no_start", "start", project(func(p *Project) { p.Start = day("") })},
		{"project.no_completion", "completion", project(func(p *Project) { p.Stage, p.Completion, p.Nodes = Finished, day(""), nil })},
		{"project.open_node", "nodes/0", project(func(p *Project) { p.Stage = Finished })},
		{"project.no_reason", "exit_reason", project(func(p *Project) { p.Stage = Exited })},
		{"project.years_order", "years/1/year", project(func(p *Project) { p.Years[1].Year = 2025 })},
		{"project.years_exceed", "years", project(func(p *Project) { p.Years[1].Planned = figure("5.1e8") })},
		{"project.done_exceeds", "years", project(func(p *Project) { p.Years[1].Done = figure("6e8") })},
		{"project.funds_exceed", "funds", fund(func(f *Fund) { f.Planned = figure("9e8") })},
		{"project.twice", "1/id", several(func(p []Project) { p[1].ID = p[0].ID })},
		{"project.number_twice", "1/number", several(func(p []Project) { p[0].Number, p[1].Number = "X1", "X1" })},
		{"money.negative", "total", project(func(p *Project) { p.Total = figure("-1") })},
		{"fund.source", "funds/0/source", fund(func(f *Fund) { f.Source = "lottery" })},
		{"fund.twice", "funds/1", project(func(p *Project) { p.Funds = append(p.Funds, p.Funds[0]) })},
		{"fund.arrived_exceeds", "funds/0/arrived", fund(func(f *Fund) { f.Arrived = figure("2.1e8") })},
		{"fund.paid_exceeds", "funds/0/paid", fund(func(f *Fund) { f.Paid = figure("1.6e8") })},
		{"node.number", "nodes/0/number", project(func(p *Project) { p.Nodes[0].Number = 0 })},
		{"node.order", "nodes/1/number", project(func(p *Project) { p.Nodes = append(p.Nodes, p.Nodes[0]) })},
		{"node.title", "nodes/0/title", project(func(p *Project) { p.Nodes[0].Title = "" })},
		{"node.date", "nodes/0/by", project(func(p *Project) { p.Nodes[0].By = day("") })},
		{"obstacle.number", "obstacles/0/number", project(func(p *Project) { p.Obstacles[0].Number = 0 })},
		{"obstacle.order", "obstacles/1/number", project(func(p *Project) { p.Obstacles = append(p.Obstacles, p.Obstacles[0]) })},
		{"obstacle.text", "obstacles/0/text", project(func(p *Project) { p.Obstacles[0].Text = "" })},
		{"obstacle.raised", "obstacles/0/raised", project(func(p *Project) { p.Obstacles[0].Raised = day("") })},
		{"obstacle.reversed", "obstacles/0/solved", project(func(p *Project) { p.Obstacles[0].Solved = day("2026-02-01") })},
		{"place.half", "place/latitude", project(func(p *Project) { p.Place.Latitude = Decimal{} })},
		{"place.longitude", "place/longitude", project(func(p *Project) { p.Place.Longitude = figure("181") })},
		{"place.latitude", "place/latitude", project(func(p *Project) { p.Place.Latitude = figure("-90.5") })},
	}
}

func indicatorProblems() []problem {
	indicator := func(breakIt func(*Indicator)) Problems { return broken(sampleIndicator(), breakIt).Validate() }
	return []problem{
		{"indicator.name", "name", indicator(func(i *Indicator) { i.Name = "" })},
		{"indicator.direction", "direction", indicator(func(i *Indicator) { i.Direction = "up" })},
		{"indicator.aggregation", "aggregation", indicator(func(i *Indicator) { i.Aggregation = "median" })},
		{"indicator.base_year", "base_year", indicator(func(i *Indicator) { i.BaseYear = 0 })},
		{"indicator.fraction", "denominator", indicator(func(i *Indicator) { i.Numerator = "达标河段长度" })},
		{"indicator.series_order", "series/1/year", indicator(func(i *Indicator) { i.Series[1].Year = 2025 })},
		{"indicator.year_empty", "series/1", indicator(func(i *Indicator) { i.Series[1].Target = Decimal{} })},
		{"indicator.twice", "indicators/1", ValidateIndicators([]Indicator{sampleIndicator(), sampleIndicator()})},
	}
}

func amendmentProblems() []problem {
	plan, commitments := published(nilTB{}, sampleCommitment(1, "新增学位300个", sampleTarget(1, "学位", "300", "个")))
	c := commitments[0]
	raised := c.Targets[0]
	raised.Value = figure("360")
	raise := Change{Field: TargetField, Target: 1, Old: c.content(TargetField, 1), New: Content{Target: &raised}}
	amendment := func(breakIt func(*Amendment)) Problems {
		return broken(sampleAmendment(1, c, raise), breakIt).Validate()
	}
	change := func(breakIt func(*Change)) Problems { return broken(raise, breakIt).Validate() }
	amend := func(breakIt func(*Amendment)) Problems {
		_, found := Amend(plan, commitments, []Amendment{broken(sampleAmendment(1, c, raise), breakIt)}, day("2026-06-10"), "")
		return found
	}
	_, unpublished := Amend(samplePlan(), commitments, []Amendment{sampleAmendment(1, c, raise)}, day("2026-06-10"), "")
	_, moved := sampleAmendment(1, c, raise).Move(Refused)
	return []problem{
		{"amendment.nothing", "changes", amendment(func(a *Amendment) { a.Changes = nil })},
		{"amendment.reason", "reason", amendment(func(a *Amendment) { a.Reason = "" })},
		{"amendment.effective", "effective", amendment(func(a *Amendment) { a.Effective = day("") })},
		{"amendment.state", "state", amendment(func(a *Amendment) { a.State = "lost" })},
		{"amendment.version", "version", amendment(func(a *Amendment) { a.Version = 2 })},
		{"amendment.move", "state", moved},
		{"basis.title", "basis/title", amendment(func(a *Amendment) { a.Basis.Title = "" })},
		{"change.twice", "changes/1", amendment(func(a *Amendment) { a.Changes = []Change{raise, raise} })},
		{"change.field", "field", change(func(c *Change) { c.Field = "wording" })},
		{"change.nothing", "new", change(func(c *Change) { c.New = c.Old })},
		{"change.target", "target", change(func(c *Change) { c.Target = 0 })},
		{"change.other_target", "new/target/number", change(func(c *Change) { c.New = Content{Target: &Target{Number: 2}} })},
		{"change.content", "new", change(func(c *Change) { c.New.Unit = UnitID(uuid(3)) })},
		{"amendment.plan", "plan", unpublished},
		{"amendment.not_agreed", "amendments/0", amend(func(a *Amendment) { a.State = Proposed })},
		{"amendment.other_plan", "amendments/0", amend(func(a *Amendment) { a.Plan = PlanID(uuid(11)) })},
		{"amendment.commitment", "amendments/0/commitment", amend(func(a *Amendment) { a.Commitment = CommitmentID(uuid(99)) })},
		{"amendment.too_early", "amendments/0", amend(func(a *Amendment) { a.Effective = day("2026-09-01") })},
		{"amendment.stale", "amendments/0/changes/0", amend(func(a *Amendment) {
			other := raised
			other.Value = figure("280")
			a.Changes = []Change{{Field: TargetField, Target: 1, Old: Content{Target: &other}, New: raise.New}}
		})},
	}
}
