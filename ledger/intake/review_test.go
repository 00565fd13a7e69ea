package intake

import (
	"encoding/json"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"

	"luoshi/calendar"
	"luoshi/ledger"
	"luoshi/reading/numeral"
)

// step applies an event to a review and gives it its number.
func step(r *Review, e Event) ledger.Problems {
	e.Number = len(r.Events()) + 1
	return r.Apply(e)
}

// must applies events that are in order.
func must(t *testing.T, r *Review, events ...Event) {
	t.Helper()
	for _, e := range events {
		if found := step(r, e); len(found) > 0 {
			t.Fatalf("%s: %v", e.Op, found)
		}
	}
}

// id is the item whose wording holds words.
func id(t *testing.T, r *Review, title string) ItemID {
	t.Helper()
	for _, i := range r.Items() {
		if i.Title == title {
			return i.ID
		}
	}
	t.Fatalf("no item %q", title)
	return ""
}

func sample(t *testing.T) (*Review, Proposal) {
	t.Helper()
	p, _ := proposed(t, "testdata/plan.txt")
	return NewReview(p), p
}

func item(t *testing.T, r *Review, id ItemID) Item {
	t.Helper()
	i, ok := r.Item(id)
	if !ok {
		t.Fatalf("no item %s", id)
	}
	return i
}

func ptr[T any](v T) *T { return &v }

func TestAccepting(t *testing.T) {
	r, p := sample(t)
	var all []ItemID
	for _, i := range p.Items {
		all = append(all, i.ID)
	}
	must(t, r, Event{Op: Accept, Items: all})
	if r.Count(Accepted) != len(all) || r.Count(Pending) != 0 {
		t.Errorf("%d accepted, %d pending", r.Count(Accepted), r.Count(Pending))
	}
	must(t, r, Event{Op: Reject, Items: all[:2], Reason: "不是承诺"}, Event{Op: Reopen, Items: all[1:2]})
	if i := item(t, r, all[0]); i.Status != Rejected || i.Reason != "不是承诺" {
		t.Errorf("got %+v", i)
	}
	if i := item(t, r, all[1]); i.Status != Pending || i.Reason != "" {
		t.Errorf("got %+v", i)
	}
}

func TestCorrecting(t *testing.T) {
	r, _ := sample(t)
	beds := id(t, r, "新增养老床位300张")
	before := item(t, r, beds).Targets[0]
	corrected := before
	corrected.Cmp, corrected.Value, corrected.Subject, corrected.Quoted = ledger.AtLeast, ledger.Int(320), "养老床位", ledger.Passage{}
	must(t, r, Event{Op: Correct, Items: []ItemID{beds}, Correction: &Correction{
		Targets: []ledger.Target{corrected, {Subject: "床位", Cmp: ledger.Equal, Value: ledger.Int(5), Unit: "张", Measure: ledger.Level}},
		Kind:    ptr(ledger.KindTask), Title: ptr("养老床位"), By: ptr(calendar.LastDay(2026, 10)),
	}})
	after := item(t, r, beds)
	if got := after.Targets[0]; got.Quoted != before.Quoted || got.Value.Plain() != "320" || got.Cmp != ledger.AtLeast {
		t.Errorf("a target keeps the words it was read from, got %+v", got)
	}
	if after.Targets[1].Number != 2 || after.Kind != ledger.KindTask || after.Title != "养老床位" || after.By != calendar.LastDay(2026, 10) {
		t.Errorf("got %+v", after)
	}
	must(t, r, Event{Op: Correct, Items: []ItemID{beds}, Correction: &Correction{Drop: []int{1}}})
	if got := item(t, r, beds).Targets; len(got) != 1 || got[0].Number != 2 {
		t.Errorf("got %+v", got)
	}
	// Many at once: what they have in common.
	must(t, r, Event{Op: Correct, Items: []ItemID{"p1", "p2", "p3"}, Correction: &Correction{By: ptr(calendar.LastDay(2026, 6))}})
	for _, i := range []ItemID{"p1", "p2", "p3"} {
		if item(t, r, i).By != calendar.LastDay(2026, 6) {
			t.Errorf("%s is due by %s", i, item(t, r, i).By)
		}
	}
}

func TestSplittingAndMerging(t *testing.T) {
	r, _ := sample(t)
	canteens := id(t, r, "9月底前建成社区食堂12个、农村幸福院20个")
	whole := item(t, r, canteens)
	cut := whole.Source[0].At() + len([]rune("9月底前建成社区食堂12个、"))
	must(t, r, Event{Op: Split, Items: []ItemID{canteens}, Cuts: []int{cut}})
	first, second := item(t, r, "e1.1"), item(t, r, "e1.2")
	if first.Title != "9月底前建成社区食堂12个" || second.Title != "农村幸福院20个" {
		t.Errorf("got %q and %q", first.Title, second.Title)
	}
	if len(first.Targets) != 1 || len(second.Targets) != 1 || second.Targets[0].Subject != "农村幸福院" || second.Targets[0].Number != 1 {
		t.Errorf("each figure goes with its words, got %+v and %+v", first.Targets, second.Targets)
	}
	if second.By != whole.By || second.Kind != ledger.KindLivelihood || !slices.Equal(second.From, []ItemID{canteens}) {
		t.Errorf("got %+v", second)
	}
	if _, there := r.Item(canteens); there {
		t.Error("what was split is gone")
	}
	must(t, r, Event{Op: Merge, Items: []ItemID{"e1.2", "e1.1"}})
	merged := item(t, r, "e2.1")
	if len(merged.Source) != 2 || merged.Source[0] != first.Source[0] || len(merged.Targets) != 2 || merged.Targets[1].Number != 2 {
		t.Errorf("got %+v", merged)
	}
	if i := slices.IndexFunc(r.Items(), func(i Item) bool { return i.ID == "e2.1" }); r.Items()[i-1].Title != "新增养老床位300张" {
		t.Errorf("it stands in the place of its parts, behind %q", r.Items()[i-1].Title)
	}
}

func TestAdding(t *testing.T) {
	r, _ := sample(t)
	_, doc := proposed(t, "testdata/plan.txt")
	begin := runeIndex(doc.Text, "健全项目储备机制")
	passage, err := ledger.Quote(ledger.Digest(doc.Digest), doc.Text, begin, begin+8)
	if err != nil {
		t.Fatal(err)
	}
	added := Item{ID: "mine", Source: []ledger.Passage{passage}, Kind: ledger.KindTask, By: calendar.LastDay(2026, 12), Status: Accepted}
	must(t, r, Event{Op: Add, Added: &added})
	got := item(t, r, "e1.1")
	if got.Title != "健全项目储备机制" || got.Status != Pending {
		t.Errorf("got %+v", got)
	}
	i := slices.IndexFunc(r.Items(), func(i Item) bool { return i.ID == got.ID })
	if before := r.Items()[i-1]; before.Source[0] != passage || r.Items()[i+1].begin() <= begin {
		t.Errorf("it stands at its place, behind what begins there; got %d behind %q", i, before.Title)
	}
}

func runeIndex(text, words string) int {
	runes, sought := []rune(text), []rune(words)
	for i := range runes {
		if i+len(sought) <= len(runes) && slices.Equal(runes[i:i+len(sought)], sought) {
			return i
		}
	}
	return -1
}

func TestAStepAfterUndoingTakesTheOtherRoad(t *testing.T) {
	r, _ := sample(t)
	must(t, r, Event{Op: Accept, Items: []ItemID{"p1"}}, Event{Op: Undo}, Event{Op: Accept, Items: []ItemID{"p2"}})
	if r.CanRedo() {
		t.Error("what was undone before another step is not brought back")
	}
	must(t, r, Event{Op: Undo}, Event{Op: Redo})
	if item(t, r, "p1").Status != Pending || item(t, r, "p2").Status != Accepted || len(r.Events()) != 5 {
		t.Errorf("got %s and %s", item(t, r, "p1").Status, item(t, r, "p2").Status)
	}
}

func TestWhatAReviewRefuses(t *testing.T) {
	elsewhere, err := ledger.RestorePassage(ledger.Digest(strings.Repeat("0c", 32)), 0, 2, "新建")
	if err != nil {
		t.Fatal(err)
	}
	outside := ledger.Target{Subject: "床位", Cmp: ledger.Equal, Value: ledger.Int(5), Measure: ledger.Level, Quoted: elsewhere}
	unnamed := ledger.Target{Number: 1, Cmp: ledger.Equal, Value: ledger.Int(5), Measure: ledger.Level}
	for _, tc := range []struct {
		code  string
		event Event
	}{
		{"review.turn", Event{Number: 7, Op: Accept, Items: []ItemID{"p1"}}},
		{"review.op", Event{Op: "applaud", Items: []ItemID{"p1"}}},
		{"review.nothing_to_undo", Event{Op: Undo}},
		{"review.nothing_to_redo", Event{Op: Redo}},
		{"review.items", Event{Op: Accept}},
		{"review.items", Event{Op: Merge, Items: []ItemID{"p1"}}},
		{"review.item", Event{Op: Accept, Items: []ItemID{"p99"}}},
		{"review.item", Event{Op: Merge, Items: []ItemID{"p1", "p1"}}},
		{"review.reason", Event{Op: Reject, Items: []ItemID{"p1"}}},
		{"review.added", Event{Op: Add}},
		{"review.other_document", Event{Op: Add, Added: &Item{Source: []ledger.Passage{elsewhere}, Kind: ledger.KindTask}}},
		{"commitment.source", Event{Op: Add, Added: &Item{Title: "新建", Kind: ledger.KindTask}}},
		{"review.split_one", Event{Op: Split, Items: []ItemID{"p1", "p2"}, Cuts: []int{60}}},
		{"review.cuts", Event{Op: Split, Items: []ItemID{"p1"}}},
		{"review.cuts", Event{Op: Split, Items: []ItemID{"p1"}, Cuts: []int{0}}},
		{"review.cuts", Event{Op: Split, Items: []ItemID{"p1"}, Cuts: []int{9999}}},
		{"review.correction", Event{Op: Correct, Items: []ItemID{"p1"}}},
		{"review.one_by_one", Event{Op: Correct, Items: []ItemID{"p1", "p2"}, Correction: &Correction{Title: ptr("同名")}}},
		{"review.target", Event{Op: Correct, Items: []ItemID{"p1"}, Correction: &Correction{Drop: []int{5}}}},
		{"review.target", Event{Op: Correct, Items: []ItemID{"p1"}, Correction: &Correction{Targets: []ledger.Target{{Number: 5}}}}},
		{"review.quoted", Event{Op: Correct, Items: []ItemID{"p1"}, Correction: &Correction{Targets: []ledger.Target{outside}}}},
		{"target.subject", Event{Op: Correct, Items: []ItemID{"p1"}, Correction: &Correction{Targets: []ledger.Target{unnamed}}}},
		{"commitment.kind", Event{Op: Correct, Items: []ItemID{"p1"}, Correction: &Correction{Kind: ptr(ledger.CommitmentKind("wish"))}}},
	} {
		t.Run(tc.code, func(t *testing.T) {
			r, p := sample(t)
			if tc.event.Number == 0 {
				tc.event.Number = 1
			}
			found := r.Apply(tc.event)
			if !found.Has(tc.code) {
				t.Errorf("got %v", found)
			}
			if len(r.Events()) != 0 || !reflect.DeepEqual(r.Items(), NewReview(p).Items()) {
				t.Error("what was refused has left a trace")
			}
			for _, problem := range found {
				if problem.What().ZH == "" || problem.Do().EN == "" {
					t.Errorf("%s has no words", problem.Code)
				}
			}
		})
	}
}

// randomEvent is an event that may or may not make sense.
func randomEvent(rng *rand.Rand, r *Review) Event {
	items := r.Items()
	one := items[rng.IntN(len(items))]
	other := items[rng.IntN(len(items))]
	ops := []Op{Accept, Reject, Reopen, Correct, Split, Merge, Add, Undo, Undo, Redo}
	e := Event{Op: ops[rng.IntN(len(ops))], Items: []ItemID{one.ID}, Reason: "不是承诺"}
	switch e.Op {
	case Merge:
		e.Items = append(e.Items, other.ID)
	case Split:
		e.Cuts = []int{one.Source[0].At() + rng.IntN(30)}
	case Correct:
		e.Correction = &Correction{Kind: ptr(ledger.CommitmentKinds()[rng.IntN(4)]), Firm: ptr(rng.IntN(2) == 0)}
		if len(one.Targets) > 0 && !one.Targets[0].IsWorded() {
			target := one.Targets[0]
			target.Value = ledger.Exactly(numeral.Decimal{Coef: rng.Int64N(1000), Exp: -1})
			if target.Cmp == ledger.Between {
				target.Cmp, target.Upper = ledger.Equal, ledger.Decimal{}
			}
			e.Correction.Targets = []ledger.Target{target}
		}
	case Add:
		e.Items, e.Added = nil, &Item{Source: one.Source[:1], Kind: ledger.KindTask}
	case Undo, Redo:
		e.Items = nil
	}
	return e
}

// TestAReviewIsItsEvents takes random steps and compares the review with what replaying its stored
// events makes of the stored proposal, with undoing each step, and with undoing all of them.
func TestAReviewIsItsEvents(t *testing.T) {
	for seed := range uint64(40) {
		rng := rand.New(rand.NewPCG(seed, 7))
		r, p := sample(t)
		taken := map[Op]int{}
		for range 60 {
			before := r.Items()
			e := randomEvent(rng, r)
			if found := step(r, e); len(found) > 0 {
				if !reflect.DeepEqual(r.Items(), before) {
					t.Fatalf("seed %d: a refused %s has changed the items", seed, e.Op)
				}
				continue
			}
			taken[e.Op]++
			if e.Op == Undo || e.Op == Redo {
				continue
			}
			after := r.Items()
			must(t, r, Event{Op: Undo})
			if !reflect.DeepEqual(r.Items(), before) {
				t.Fatalf("seed %d: undoing %s does not restore", seed, e.Op)
			}
			must(t, r, Event{Op: Redo})
			if !reflect.DeepEqual(r.Items(), after) {
				t.Fatalf("seed %d: redoing %s does not repeat", seed, e.Op)
			}
		}
		if len(taken) < 8 {
			t.Fatalf("seed %d took only %v", seed, taken)
		}
		replayed, err := Replay(stored(t, p), stored(t, r.Events()))
		if err != nil {
			t.Fatal(err)
		}
		if !reflect.DeepEqual(replayed.Items(), r.Items()) {
			t.Fatalf("seed %d: replayed\n%s, was\n%s", seed, show(replayed.Items()), show(r.Items()))
		}
		for r.CanUndo() {
			must(t, r, Event{Op: Undo})
		}
		if !reflect.DeepEqual(r.Items(), NewReview(p).Items()) {
			t.Fatalf("seed %d: undoing everything does not restore the proposal", seed)
		}
	}
}

// stored is a value as it comes back from JSON.
func stored[T any](t *testing.T, v T) T {
	t.Helper()
	data, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	var back T
	if err := json.Unmarshal(data, &back); err != nil {
		t.Fatal(err)
	}
	return back
}
