package ledger

import (
	"slices"
	"strings"
	"testing"
)

func TestAPlanOnItsWay(t *testing.T) {
	allowed := map[PlanState][]PlanState{
		Draft: {Reviewed, Abandoned}, Reviewed: {Approved, Draft, Abandoned}, Approved: {Published, Reviewed, Abandoned},
	}
	all := []PlanState{Draft, Reviewed, Approved, Published, Abandoned}
	for _, from := range all {
		if got := from.Next(); !slices.Equal(got, allowed[from]) {
			t.Errorf("from %s: got %v, want %v", from, got, allowed[from])
		}
		for _, to := range all {
			plan := samplePlan()
			plan.State = from
			moved, found := plan.Move(to)
			want := slices.Contains(allowed[from], to) && to != Published
			if got := len(found) == 0; got != want || got && moved.State != to || !got && moved.State != from {
				t.Errorf("%s to %s: %v", from, to, found)
			}
		}
	}
}

func TestPublishing(t *testing.T) {
	withdrawn := sampleCommitment(2, "新建公厕25座")
	withdrawn.State, withdrawn.Lead = Withdrawn, ""
	draft := samplePlan()
	commitments := []Commitment{sampleCommitment(1, "新增学位300个"), withdrawn}
	if _, _, found := draft.Publish(commitments, day("2026-02-01"), ""); !found.Has("plan.move") {
		t.Errorf("a draft cannot be published, got %v", found)
	}
	plan, inForce := published(t, commitments...)
	if plan.State != Published || len(plan.Versions) != 1 || plan.Versions[0].Number != 1 || len(plan.Validate()) > 0 {
		t.Errorf("got %+v", plan)
	}
	if inForce[0].State != InForce || inForce[1].State != Withdrawn || commitments[0].State != Prepared {
		t.Errorf("got %s and %s", inForce[0].State, inForce[1].State)
	}
}

func TestASecondDocumentAddsToTheOutline(t *testing.T) {
	second := Source{Document: Digest(strings.Repeat("0b", 32)), Name: "tasks.xlsx"}
	plan, offset, found := samplePlan().AddSource(second, []Section{
		{Number: 1, Level: 1, Title: "任务分解"}, {Number: 2, Parent: 1, Level: 2, Title: "区财政局"},
	})
	if len(found) > 0 || offset != 3 || len(plan.Sources) != 2 || len(samplePlan().Sources) != 1 {
		t.Fatalf("got offset %d, %v", offset, found)
	}
	var titles []string
	for _, section := range plan.Path(2 + offset) {
		titles = append(titles, section.Title)
	}
	if want := []string{"任务分解", "区财政局"}; !slices.Equal(titles, want) {
		t.Errorf("got %v, want %v", titles, want)
	}
	if _, _, found := plan.AddSource(second, nil); !found.Has("plan.source_twice") {
		t.Errorf("the same file is recognised, got %v", found)
	}
	if got := plan.Path(0); got != nil {
		t.Errorf("no section has no path, got %v", got)
	}
}

func TestRulesAssign(t *testing.T) {
	plan := samplePlan()
	in := func(n, section int, words string) Commitment {
		c := sampleCommitment(n, words)
		c.Section, c.Lead = section, ""
		return c
	}
	led := in(4, 2, "安排重点项目73个")
	led.Lead, led.Cooperating = unitID(street), []UnitID{unitID(finance)}
	inForce := in(5, 2, "开工项目32个")
	inForce.State = InForce
	commitments := []Commitment{in(1, 2, "新建公厕25座"), in(2, 3, "新增学位300个"), in(3, 3, "开展惠民演出120场"), led, inForce}
	rules := []Rule{
		{Words: []string{"学位", "学校"}, Lead: unitID(education)},
		{Section: 1, Lead: unitID(street), Cooperating: []UnitID{unitID(education)}, Post: PostID(uuid(60))},
		{Section: 3, Words: []string{"学位"}, Lead: unitID(finance)},
		{From: unitID(street), Lead: unitID(finance)},
	}
	for i, rule := range rules {
		if found := rule.Validate(); len(found) > 0 {
			t.Fatalf("rule %d: %v", i, found)
		}
	}
	given := Assign(rules, plan, commitments)
	type line struct {
		commitment CommitmentID
		rule       int
		rivals     string
	}
	var got []line
	for _, a := range given {
		got = append(got, line{a.Commitment, a.Rule, strings.Repeat("!", len(a.Rivals))})
	}
	want := []line{
		{commitments[0].ID, 1, ""},  // a section holds what stands below it
		{commitments[1].ID, 0, "!"}, // the first rule wins, and the other is told
		{commitments[3].ID, 3, ""},  // who leads keeps it, unless it is handed over
	}
	if !slices.Equal(got, want) {
		t.Fatalf("got %v, want %v", got, want)
	}
	first := given[0].To(commitments[0])
	if first.Lead != unitID(street) || !slices.Equal(first.Cooperating, []UnitID{unitID(education)}) || first.Post != PostID(uuid(60)) {
		t.Errorf("got %+v", first.CommitmentTerms)
	}
	if handed := given[2].To(led); handed.Lead != unitID(finance) || len(handed.Cooperating) != 0 || len(led.Cooperating) != 1 {
		t.Errorf("a unit that comes to lead no longer cooperates, got %v", handed.Cooperating)
	}
}

func TestGapsAreListed(t *testing.T) {
	tree, _ := NewTree(sampleUnits(), []UnitChange{{Unit: unitID(street), On: day("2026-03-01"), Kind: Abolished}})
	holders := []Holder{{Post: PostID(uuid(60)), Person: "林澜", From: day("2025-01-01"), To: day("2026-03-31")}}
	whole := sampleCommitment(1, "新增学位300个")
	whole.Post = PostID(uuid(60))
	ownerless := sampleCommitment(2, "新建公厕25座")
	ownerless.Lead, ownerless.By = "", day("")
	ended := sampleCommitment(3, "整治背街小巷")
	ended.Lead = unitID(street)
	unmeasured := sampleCommitment(4, "保持经济增长")
	unmeasured.Kind = KindIndicator
	unknown := sampleCommitment(5, "望溪夜读40场", sampleTarget(1, "望溪夜读", "40", "场"))
	unknown.Kind = KindIndicator
	gone := sampleCommitment(6, "不再实施")
	gone.State, gone.Lead = Withdrawn, ""
	all := []Commitment{whole, ownerless, ended, unmeasured, unknown, gone}
	list := func(on string) []string {
		var codes []string
		for _, g := range Gaps(all, tree, holders, day(on)) {
			mark := ""
			if g.Blocks() {
				mark = "!"
			}
			i := slices.IndexFunc(all, func(c Commitment) bool { return c.ID == g.Commitment })
			codes = append(codes, string(rune('1'+i))+" "+g.Code+mark)
			if words := g.What(); words.ZH == "" || strings.Contains(words.ZH+words.EN, "{") {
				t.Errorf("%s: %q", g.Code, words)
			}
		}
		return codes
	}
	want := []string{"2 gap.owner!", "2 gap.deadline!", "4 gap.target", "5 gap.indicator"}
	if got := list("2026-02-01"); !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
	want = []string{"1 gap.post_vacant", "2 gap.owner!", "2 gap.deadline!", "3 gap.owner_ended", "4 gap.target", "5 gap.indicator"}
	if got := list("2026-04-01"); !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}
