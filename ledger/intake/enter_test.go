package intake

import (
	"strings"
	"testing"

	"luoshi/calendar"
	"luoshi/ledger"
)

func uuid(n int) string { return ledger.NewUUID(int64(n), [10]byte{}) }

func units(t *testing.T) *ledger.Tree {
	t.Helper()
	tree, found := ledger.NewTree([]ledger.Unit{
		{ID: ledger.UnitID(uuid(1)), Kind: ledger.Government, Name: "望溪区人民政府"},
		{ID: ledger.UnitID(uuid(2)), Parent: ledger.UnitID(uuid(1)), Kind: ledger.Department, Name: "望溪区发展和改革局"},
		{ID: ledger.UnitID(uuid(3)), Parent: ledger.UnitID(uuid(1)), Kind: ledger.Department, Name: "望溪区财政局"},
	}, nil)
	if len(found) > 0 {
		t.Fatal(found)
	}
	return tree
}

func TestNothingEntersUnseen(t *testing.T) {
	r, p := sample(t)
	next := 100
	entry := Entry{
		Plan: ledger.PlanID(uuid(9)), Offset: 5, Tree: units(t), On: calendar.LastDay(2026, 1),
		NewID: func() string { next++; return uuid(next) },
	}
	if _, found := r.Enter(entry); !found.Has("review.pending") {
		t.Errorf("got %v", found)
	}
	var accepted, rejected []ItemID
	for n, i := range p.Items {
		if n%2 == 0 {
			accepted = append(accepted, i.ID)
		} else {
			rejected = append(rejected, i.ID)
		}
	}
	must(t, r, Event{Op: Accept, Items: accepted}, Event{Op: Reject, Items: rejected, Reason: "不是承诺"})
	commitments, found := r.Enter(entry)
	if len(found) > 0 || len(commitments) != len(accepted) {
		t.Fatalf("%d commitments, %v", len(commitments), found)
	}
	if found := ledger.ValidateCommitments(commitments); len(found) > 0 {
		t.Error(found)
	}
	// The third item: 全年安排区级重点建设项目73个 of section 2, 牵头单位：区发展和改革局.
	third := commitments[1]
	if third.Wording() != p.Items[2].Source[0].Wording() || third.Section != 7 || third.Lead != ledger.UnitID(uuid(2)) || third.State != ledger.Prepared {
		t.Errorf("got %+v", third.CommitmentTerms)
	}
	if commitments[0].Section != 0 {
		t.Errorf("what stands in no section enters none, got %d", commitments[0].Section)
	}
}

func TestOwnersAreTakenFromTheText(t *testing.T) {
	for text, want := range map[string][2]string{
		"区发展和改革局":       {uuid(2), ""},
		"区财政局、区发展和改革局":  {uuid(3), uuid(2)},
		"各镇街，区财政局；区财政局": {uuid(3), ""},
		"区教育局":          {"", ""},
		"":              {"", ""},
	} {
		lead, cooperating := Owners(text, units(t), calendar.LastDay(2026, 1))
		var others []string
		for _, unit := range cooperating {
			others = append(others, string(unit))
		}
		if string(lead) != want[0] || strings.Join(others, " ") != want[1] {
			t.Errorf("%q: got %s and %v", text, lead, others)
		}
	}
}

func TestCorrectionsAreRecords(t *testing.T) {
	r, p := sample(t)
	if c := r.Corrections(); len(c.Corrected)+len(c.Removed) != 0 {
		t.Errorf("nothing was decided, got %+v", c)
	}
	beds, training := id(t, r, "新增养老床位300张"), id(t, r, "开展业务培训12场")
	target := item(t, r, beds).Targets[0]
	target.Cmp, target.Scope = ledger.AtLeast, "全区"
	var others []ItemID
	for _, i := range p.Items {
		if i.ID != training {
			others = append(others, i.ID)
		}
	}
	must(t, r,
		Event{Op: Correct, Items: []ItemID{beds}, Correction: &Correction{Targets: []ledger.Target{target}}},
		Event{Op: Correct, Items: []ItemID{"p1"}, Correction: &Correction{Kind: ptr(ledger.KindTask)}},
		Event{Op: Accept, Items: others},
		Event{Op: Reject, Items: []ItemID{training}, Reason: "不是承诺"})
	c := r.Corrections()
	corrected, err := JSONL("plan", c.Corrected)
	if err != nil {
		t.Fatal(err)
	}
	want := `{"doc":"plan","at":258,"surface":"300张","value":300,"unit":"张","cmp":"ge","measure":"level","subject":"新增养老床位","by":"2026-12-31","kind":"target","firm":true}` + "\n"
	if string(corrected) != want {
		t.Errorf("got %s, want %s", corrected, want)
	}
	if len(c.Removed) != 1 || c.Removed[0].Surface != "12场" {
		t.Errorf("got %+v", c.Removed)
	}
}
