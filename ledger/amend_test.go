package ledger

import (
	"encoding/json"
	"math/rand/v2"
	"reflect"
	"slices"
	"strconv"
	"testing"
)

// randomChange is a change of any field of a commitment that is really one.
func randomChange(r *rand.Rand, c Commitment, next int) Change {
	after := c.clone()
	switch r.IntN(8) {
	case 0:
		after.By = day("2026-0" + strconv.Itoa(1+r.IntN(9)) + "-15")
	case 1:
		after.Lead = UnitID(uuid(20 + r.IntN(5)))
	case 2:
		after.Cooperating = []UnitID{UnitID(uuid(30 + r.IntN(5))), UnitID(uuid(40 + r.IntN(5)))}
	case 3:
		after.Post = PostID(uuid(50 + r.IntN(5)))
	case 4:
		after.State = map[CommitmentState]CommitmentState{InForce: Withdrawn, Withdrawn: InForce}[c.State]
	case 6:
		after.Milestones = slices.Clone(c.Milestones)
		after.Milestones[0].By = day("2026-01-01").AddDays(r.IntN(14))
	case 5:
		after.Targets = append(after.Targets, sampleTarget(next, "惠及居民", strconv.Itoa(r.IntN(1000)), "户"))
	default:
		if len(after.Targets) == 0 {
			break
		}
		i := r.IntN(len(after.Targets))
		if r.IntN(3) == 0 {
			after.Targets = slices.Delete(after.Targets, i, i+1)
		} else {
			after.Targets[i].Value = figure(strconv.Itoa(r.IntN(100000)) + ".50")
		}
	}
	if changes := Changes(c, after); len(changes) == 1 {
		return changes[0]
	}
	return randomChange(r, c, next)
}

// TestAmendmentsLoseNothing amends a plan at random and restores every version that it ever had.
func TestAmendmentsLoseNothing(t *testing.T) {
	for seed := range uint64(60) {
		r := rand.New(rand.NewPCG(seed, 4))
		target := sampleTarget(1, "学位", "300", "个")
		target.Quoted = quote(102, "300个")
		plan, now := published(t,
			sampleCommitment(1, "新增学位300个", target, sampleTarget(2, "学校", "4.0", "所")), sampleCommitment(2, "新建公厕25座"))
		for i := range now {
			now[i].Milestones = []Milestone{{Number: 1, Title: "开工", By: day("2026-01-10")}}
		}
		versions := [][]Commitment{now}
		var applied []Amendment
		for n := range 12 {
			c := now[r.IntN(len(now))]
			a := sampleAmendment(n, c, randomChange(r, c, NextTarget(c, applied)))
			amended, found := Amend(plan, now, []Amendment{a}, day("2026-06-10"), "")
			if len(found) > 0 {
				t.Fatalf("seed %d: %v", seed, found)
			}
			plan, now = amended.Plan, amended.Commitments
			applied = append(applied, amended.Amendments...)
			versions = append(versions, now)
		}
		for n, want := range versions {
			if got := AsOf(n+1, plan, now, applied); asJSON(t, got) != asJSON(t, want) {
				t.Fatalf("seed %d: version %d is\n%s, was\n%s", seed, n+1, asJSON(t, got), asJSON(t, want))
			}
		}
		checkHistory(t, plan, now, applied, versions)
	}
}

// checkHistory compares the history of each field with what the versions held.
func checkHistory(t *testing.T, plan Plan, now []Commitment, applied []Amendment, versions [][]Commitment) {
	t.Helper()
	for i, c := range now {
		for _, f := range Fields()[1:] {
			number := 0
			if f == MilestoneField {
				number = 1
			}
			held := History(plan, c, applied, f, number)
			for n, version := range versions {
				last := held[0]
				for _, h := range held {
					if h.Version <= n+1 {
						last = h
					}
				}
				if !last.Content.identical(version[i].content(f, number)) {
					t.Fatalf("%s of version %d: history says %+v, it was %+v", f, n+1, last.Content, version[i].content(f, number))
				}
			}
		}
	}
}

func asJSON(t *testing.T, v any) string {
	t.Helper()
	data, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

func TestAmendingIsAllOrNothing(t *testing.T) {
	plan, now := published(t, sampleCommitment(1, "新增学位300个"), sampleCommitment(2, "新建公厕25座"))
	later := Change{Field: DeadlineField, Old: Content{Date: now[0].By}, New: Content{Date: day("2027-03-31")}}
	stale := Change{Field: DeadlineField, Old: Content{Date: day("2026-06-30")}, New: Content{Date: day("2027-03-31")}}
	before := asJSON(t, now)
	_, found := Amend(plan, now, []Amendment{sampleAmendment(1, now[0], later), sampleAmendment(2, now[1], stale)}, day("2026-06-10"), "")
	if !found.Has("amendment.stale") || asJSON(t, now) != before {
		t.Errorf("got %v and %s", found, asJSON(t, now))
	}
	// The same amendment twice: the second finds what the first has changed.
	_, found = Amend(plan, now, []Amendment{sampleAmendment(1, now[0], later), sampleAmendment(2, now[0], later)}, day("2026-06-10"), "")
	if !found.Has("amendment.stale") {
		t.Errorf("got %v", found)
	}
	amended, found := Amend(plan, now, []Amendment{sampleAmendment(1, now[0], later)}, day("2026-06-10"), "望政发〔2026〕30号")
	if len(found) > 0 || amended.Plan.Versions[1].Number != 2 || amended.Amendments[0].State != Applied || amended.Amendments[0].Version != 2 {
		t.Fatalf("got %+v, %v", amended, found)
	}
	if len(plan.Versions) != 1 || asJSON(t, now) != before {
		t.Error("what was amended from has changed")
	}
	held := History(amended.Plan, amended.Commitments[0], amended.Amendments, DeadlineField, 0)
	if len(held) != 2 || held[0].Content.Date != day("2026-12-31") || held[0].From != day("2026-02-01") || held[1].From != day("2026-06-01") {
		t.Errorf("the old deadline stays visible, got %+v", held)
	}
}

// TestTheOldContentIsKeptWhole: an amendment that forgets where the old figure was quoted, or how
// precisely it was printed, would lose it.
func TestTheOldContentIsKeptWhole(t *testing.T) {
	target := sampleTarget(1, "研发经费投入强度", "2.60", "%")
	target.Quoted = quote(100, "2.60%")
	plan, now := published(t, sampleCommitment(1, "研发经费投入强度提高到2.60%", target))
	raised := target
	raised.Value = figure("2.7")
	for name, tc := range map[string]struct {
		forget func(*Target)
		stale  bool
	}{
		"nothing":   {func(*Target) {}, false},
		"its words": {func(old *Target) { old.Quoted = Passage{} }, true},
		"its zeros": {func(old *Target) { old.Value = figure("2.6") }, true},
	} {
		old := broken(target, tc.forget)
		change := Change{Field: TargetField, Target: 1, Old: Content{Target: &old}, New: Content{Target: &raised}}
		_, found := Amend(plan, now, []Amendment{sampleAmendment(1, now[0], change)}, day("2026-06-10"), "")
		if found.Has("amendment.stale") != tc.stale {
			t.Errorf("forgets %s: %v", name, found)
		}
	}
}

// TestAmendingMayNotSpoil: what an amendment makes has to be sound.
func TestAmendingMayNotSpoil(t *testing.T) {
	plan, now := published(t, sampleCommitment(1, "新增学位300个"))
	spoil := Change{Field: CooperatingField, New: Content{Units: []UnitID{now[0].Lead}}}
	if _, found := Amend(plan, now, []Amendment{sampleAmendment(1, now[0], spoil)}, day("2026-06-10"), ""); !found.Has("commitment.lead_cooperates") {
		t.Errorf("got %v", found)
	}
}

func TestAmendmentsOnTheirWay(t *testing.T) {
	allowed := map[AmendmentState][]AmendmentState{
		Proposed: {Agreed, Refused, TakenBack}, Agreed: {Applied, TakenBack},
	}
	for _, from := range []AmendmentState{Proposed, Agreed, Applied, Refused, TakenBack} {
		if got := from.Next(); !slices.Equal(got, allowed[from]) {
			t.Errorf("from %s: got %v, want %v", from, got, allowed[from])
		}
		for _, to := range from.Next() {
			moved, found := Amendment{State: from}.Move(to)
			if wants := to != Applied; wants != (len(found) == 0 && moved.State == to) {
				t.Errorf("%s to %s: %v; only a version applies an amendment", from, to, found)
			}
		}
	}
}

func TestTargetNumbersAreNotGivenTwice(t *testing.T) {
	c := sampleCommitment(1, "新增学位300个", sampleTarget(1, "学位", "300", "个"))
	dropped := sampleTarget(4, "学校", "4", "所")
	a := sampleAmendment(1, c, Change{Field: TargetField, Target: 4, Old: Content{Target: &dropped}})
	if got := NextTarget(c, []Amendment{a}); got != 5 {
		t.Errorf("got %d, want 5: 4 was the number of a target that was dropped", got)
	}
}

func TestChangesAreSeenByValue(t *testing.T) {
	before := sampleCommitment(1, "新增学位300个", sampleTarget(1, "学位", "300", "个"))
	after := before.clone()
	after.Targets[0].Value = figure("300.0")
	after.Targets[0].Quoted = quote(102, "300个")
	if got := Changes(before, after); len(got) != 0 {
		t.Errorf("the same bound is no change, got %+v", got)
	}
	after.Lead, after.By = UnitID(uuid(education)), day("2026-09-01")
	var fields []Field
	for _, change := range Changes(before, after) {
		fields = append(fields, change.Field)
	}
	if want := []Field{DeadlineField, LeadField}; !reflect.DeepEqual(fields, want) {
		t.Errorf("got %v, want %v", fields, want)
	}
}

func TestAMilestoneIsAmended(t *testing.T) {
	plan, now := published(t, sampleCommitment(1, "新增学位300个"))
	now[0].Milestones = []Milestone{{Number: 1, Title: "开工", By: day("2026-03-31")}, {Number: 2, Title: "封顶", By: day("2026-09-30")}}
	after := now[0].clone()
	after.Milestones[1].By = day("2026-10-31")
	changes := Changes(now[0], after)
	if len(changes) != 1 || changes[0].Field != MilestoneField || changes[0].Target != 2 || changes[0].New.Milestone.By != day("2026-10-31") {
		t.Fatalf("the changes are %+v", changes)
	}
	amended, found := Amend(plan, now, []Amendment{sampleAmendment(1, now[0], changes...)}, day("2026-06-10"), "")
	if len(found) > 0 || amended.Commitments[0].Milestones[1].By != day("2026-10-31") || now[0].Milestones[1].By != day("2026-09-30") {
		t.Fatalf("%v, %+v", found, amended.Commitments[0].Milestones)
	}
	held := History(amended.Plan, amended.Commitments[0], amended.Amendments, MilestoneField, 2)
	if len(held) != 2 || held[0].Content.Milestone.By != day("2026-09-30") {
		t.Errorf("the old day stays visible, got %+v", held)
	}
	// Behind the deadline it cannot be, and another milestone it is not.
	late, other := changes[0], changes[0]
	late.New = Content{Milestone: &Milestone{Number: 2, Title: "封顶", By: day("2027-01-31")}}
	other.New = Content{Milestone: &Milestone{Number: 1, Title: "封顶", By: day("2026-10-31")}}
	for change, code := range map[*Change]string{&late: "milestone.late", &other: "change.other_target"} {
		if _, found := Amend(plan, now, []Amendment{sampleAmendment(1, now[0], *change)}, day("2026-06-10"), ""); !found.Has(code) {
			t.Errorf("%s: %v", code, found)
		}
	}
}
