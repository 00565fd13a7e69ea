package demo

import (
	"testing"

	"luoshi/calendar"
	"luoshi/document"
	"luoshi/examples"
	"luoshi/internal/access"
	"luoshi/ledger"
	"luoshi/ledger/intake"
	"luoshi/reading"
)

func mustDistrict(t *testing.T) *district {
	t.Helper()
	d, err := readDistrict(&unregistered{})
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func TestTheDistrictHas31UnitsInThreeLevels(t *testing.T) {
	d := mustDistrict(t)
	tree, problems := ledger.NewTree(d.units, d.changes)
	if err := problems.Err(); err != nil {
		t.Fatal(err)
	}
	levels := map[int]int{}
	for _, u := range d.units {
		level := 1
		for parent := u.Parent; parent != ""; level++ {
			above, _ := tree.Unit(parent)
			parent = above.Parent
		}
		levels[level]++
	}
	if len(d.units) != 31 || len(levels) != 3 || levels[3] == 0 {
		t.Errorf("%d units, by level %v", len(d.units), levels)
	}
}

func TestEveryRoleHasAnAccount(t *testing.T) {
	d := mustDistrict(t)
	count := map[access.Role]int{}
	for _, a := range d.accounts {
		count[a.Role]++
		if (a.Try.Chinese == "") != (a.Try.English == "") {
			t.Errorf("%s: what to try first is said in one language only", a.Name)
		}
	}
	for _, role := range access.Rights().Roles() {
		if role != access.Public && count[role] == 0 {
			t.Errorf("nobody is a %s", role)
		}
	}
	if count["supervising-office"] < 3 || count["unit-head"] < 3 || count["reporter"] < 3 {
		t.Errorf("too few accounts: %v", count)
	}
}

func TestSomebodyHoldsEveryPostAllTheYear(t *testing.T) {
	d := mustDistrict(t)
	successions := 0
	for _, post := range d.posts {
		holders := d.holders[post.ID]
		for month := int8(1); month <= 12; month++ {
			if _, held := ledger.HolderOn(holders, post.ID, calendar.Date{Year: year, Month: month, Day: 15}); !held {
				t.Errorf("nobody is %s in month %d", post.Title, month)
			}
		}
		if len(holders) > 1 {
			successions++
		}
	}
	if successions == 0 {
		t.Error("nobody succeeds anybody")
	}
}

func TestProjectsAddUp(t *testing.T) {
	d := mustDistrict(t)
	all, err := d.projects(ledger.PlanID((&unregistered{}).next()), (&unregistered{}).next)
	if err != nil {
		t.Fatal(err)
	}
	var projects []ledger.Project
	for _, p := range all {
		projects = append(projects, p.Project)
	}
	if err := ledger.ValidateProjects(projects).Err(); err != nil {
		t.Fatal(err)
	}
	stages, categories := map[ledger.Stage]int{}, map[ledger.ProjectCategory]int{}
	for _, p := range projects {
		stages[p.Stage]++
		categories[p.Category]++
		planned, _, _ := p.Funded()
		if len(p.Funds) > 0 && planned.Cmp(p.Total.Rat()) != 0 {
			t.Errorf("%s: funds of %s for a total of %s", p.Name, planned, p.Total.Plain())
		}
	}
	if len(projects) != 40 || len(stages) != len(ledger.Stages()) || len(categories) < 5 {
		t.Errorf("%d projects, by stage %v, by category %v", len(projects), stages, categories)
	}
}

func TestThereAre20Indicators(t *testing.T) {
	list, err := indicators(ledger.PlanID((&unregistered{}).next()), (&unregistered{}).next)
	if err != nil {
		t.Fatal(err)
	}
	if err := ledger.ValidateIndicators(list).Err(); err != nil {
		t.Error(err)
	}
	if len(list) != 20 {
		t.Errorf("%d indicators", len(list))
	}
}

// propose reads the plan of the examples.
func propose(t *testing.T, name string) intake.Proposal {
	t.Helper()
	bytes, err := examples.Files.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	doc, err := document.Open(t.Context(), name, bytes, document.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return intake.Propose(reading.Read(doc, reading.Options{Year: year}))
}

// reviewed is the plan's commitments once the officers are through with it.
func reviewed(t *testing.T, d *district) (intake.Proposal, []ledger.Commitment) {
	t.Helper()
	proposal := propose(t, "2026-plan.docx")
	review := intake.NewReview(proposal)
	list, err := decisions()
	if err != nil {
		t.Fatal(err)
	}
	take := func(e intake.Event) {
		e.Number = len(review.Events()) + 1
		if problems := review.Apply(e); problems != nil {
			t.Fatalf("%s of %v: %v", e.Op, e.Items, problems)
		}
	}
	for _, decided := range list {
		event, err := decided.event(review.Items())
		if err != nil {
			t.Fatal(err)
		}
		take(event)
	}
	take(intake.Event{Op: intake.Accept, Items: pending(review.Items())})
	tree, problems := ledger.NewTree(d.units, d.changes)
	if err := problems.Err(); err != nil {
		t.Fatal(err)
	}
	commitments, problems := review.Enter(intake.Entry{
		Plan: ledger.PlanID((&unregistered{}).next()), Tree: tree, On: calendar.Date{Year: year, Month: 1, Day: 30}, NewID: (&unregistered{}).next,
	})
	if err := problems.Err(); err != nil {
		t.Fatal(err)
	}
	return proposal, commitments
}

func TestThePlanIsReviewedAndBrokenDown(t *testing.T) {
	d := mustDistrict(t)
	proposal, commitments := reviewed(t, d)
	kinds := map[ledger.CommitmentKind]int{}
	for _, c := range commitments {
		kinds[c.Kind]++
	}
	if len(commitments) < 80 || kinds[ledger.KindLivelihood] < 10 || kinds[ledger.KindProject] == 0 {
		t.Errorf("%d commitments, by kind %v", len(commitments), kinds)
	}

	rules, err := d.rules(proposal.Outline)
	if err != nil {
		t.Fatal(err)
	}
	plan := ledger.Plan{Outline: proposal.Outline}
	given := map[ledger.CommitmentID]ledger.Assignment{}
	for _, a := range ledger.Assign(rules, plan, commitments) {
		given[a.Commitment] = a
	}
	byHand, err := d.assignedByHand()
	if err != nil {
		t.Fatal(err)
	}
	left, leads := 0, map[ledger.UnitID]int{}
	for _, c := range commitments {
		if a, fits := given[c.ID]; fits {
			c = a.To(c)
		}
		if c.Lead == "" {
			left++
			c.Lead = byHand.lead(c)
		}
		if c.Lead == "" {
			t.Error("nobody leads", c.Title)
		}
		leads[c.Lead]++
	}
	if left != len(byHand) {
		t.Errorf("rules leave %d commitments, and %d are assigned by hand", left, len(byHand))
	}
	if len(leads) < 20 {
		t.Errorf("only %d units lead something", len(leads))
	}
}
