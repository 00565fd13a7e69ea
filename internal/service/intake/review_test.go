package intake_test

import (
	"errors"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"luoshi/calendar"
	"luoshi/internal/service"
	"luoshi/internal/service/intake"
	"luoshi/internal/store"
	"luoshi/ledger"
	rules "luoshi/ledger/intake"
)

// item is the item of a review whose title holds words.
func item(t *testing.T, desk *intake.Desk, words string) rules.Item {
	t.Helper()
	for _, i := range desk.Review.Items() {
		if strings.Contains(i.Title, words) {
			return i
		}
	}
	t.Fatalf("no item of %q", words)
	return rules.Item{}
}

func ptr[T any](v T) *T { return &v }

func TestAPlanIsMadeOfADocument(t *testing.T) {
	each(t, func(t *testing.T, r *room) {
		id, digest := r.review(t)
		desk, err := r.Desk(r.ctx, id, digest)
		if err != nil || desk.Plan.Value.Title != "望溪区2026年政府工作安排" || desk.Plan.Value.Year != 2026 || desk.Ref.Pending != 5 {
			t.Fatalf("got %+v, %v", desk, err)
		}
		if _, err := r.Enter(r.ctx, id, digest); !hasProblem(err, "review.pending") {
			t.Errorf("something enters unseen: %v", err)
		}
		beds := item(t, desk, "养老床位")
		target := beds.Targets[0]
		target.Value = ledger.Int(320)
		r.step(t, id, digest, rules.Event{Op: rules.Correct, Items: []rules.ItemID{beds.ID}, Correction: &rules.Correction{
			Targets: []ledger.Target{target}, By: ptr(calendar.LastDay(2026, 11)), Kind: ptr(ledger.KindLivelihood),
		}})
		r.acceptAll(t, id, digest)
		canteens := item(t, desk, "社区食堂")
		desk = r.step(t, id, digest, rules.Event{Op: rules.Reject, Items: []rules.ItemID{canteens.ID}, Reason: "另文下达"})
		if desk.Ref.Accepted != 4 || desk.Ref.Rejected != 1 || desk.Ref.Decided() != 100 {
			t.Errorf("it counts %+v", desk.Ref)
		}
		entered, err := r.Enter(r.ctx, id, digest)
		if err != nil || entered != (intake.Entered{Commitments: 4, Projects: 1, Indicators: entered.Indicators}) || entered.Indicators == 0 {
			t.Fatalf("entered %+v, %v", entered, err)
		}
		r.planHolds(t, id, digest)
		if _, err := r.Enter(r.ctx, id, digest); !service.HasCode(err, "review.closed") {
			t.Errorf("it enters twice: %v", err)
		}
		_, err = r.Take(r.ctx, id, digest, rules.Event{Number: 4, Op: rules.Undo})
		if !service.HasCode(err, "review.closed") {
			t.Errorf("what has entered is changed: %v", err)
		}
	})
}

// planHolds checks what entered the plan of the test above.
func (r *room) planHolds(t *testing.T, id ledger.PlanID, digest ledger.Digest) {
	t.Helper()
	all, err := service.All(t.Context(), r.Store().Commitments().List, store.InPlan(id))
	if err != nil {
		t.Fatal(err)
	}
	first := all[0].Value
	if first.Number != "2026-001" || first.Kind != ledger.KindLivelihood || first.Targets[0].Value.Cmp(ledger.Int(320)) != 0 ||
		first.By != calendar.LastDay(2026, 11) || first.Source()[0].Document() != digest || first.Section != 1 {
		t.Errorf("the first is %+v", first)
	}
	plan, err := r.Store().Plans().Get(t.Context(), string(id))
	if err != nil || len(plan.Value.Sources) != 1 || len(plan.Value.Outline) != 2 || plan.Revision != 2 {
		t.Errorf("the plan is %+v, %v", plan, err)
	}
	projects, err := service.All(t.Context(), r.Store().Projects().List, store.InPlan(id))
	if err != nil || len(projects) != 1 || projects[0].Value.Category != ledger.Ecology {
		t.Errorf("the projects are %+v, %v", projects, err)
	}
	if got := r.Entries(t, "commitments", string(first.ID)); len(got) != 1 {
		t.Errorf("the log of the first says %v", got)
	}
}

func TestStepsOfAReview(t *testing.T) {
	each(t, func(t *testing.T, r *room) {
		id, digest := r.review(t)
		selected, err := r.Select(r.ctx, digest, intake.Selection{Words: "办好民生实事"})
		if err != nil {
			t.Fatal(err)
		}
		selected.By = calendar.LastDay(2026, 12)
		desk := r.step(t, id, digest, rules.Event{Op: rules.Add, Added: &selected})
		if added := item(t, desk, "办好民生实事"); added.Section != 1 || added.Status != rules.Pending {
			t.Errorf("added %+v", added)
		}
		beds, canteens := item(t, desk, "养老床位"), item(t, desk, "社区食堂")
		desk = r.step(t, id, digest, rules.Event{Op: rules.Merge, Items: []rules.ItemID{beds.ID, canteens.ID}})
		merged := item(t, desk, "养老床位")
		if len(merged.Source) != 2 {
			t.Errorf("merged %+v", merged)
		}
		desk = r.step(t, id, digest, rules.Event{Op: rules.Split, Items: []rules.ItemID{merged.ID}, Cuts: []int{merged.Source[1].At()}})
		if len(item(t, desk, "社区食堂").Source) != 1 {
			t.Error("it is not split")
		}
		desk = r.step(t, id, digest, rules.Event{Op: rules.Undo})
		if len(item(t, desk, "养老床位").Source) != 2 {
			t.Error("splitting is not undone")
		}
		desk = r.step(t, id, digest, rules.Event{Op: rules.Redo})
		if len(item(t, desk, "社区食堂").Source) != 1 || desk.Ref.Steps != 5 {
			t.Error("splitting is not brought back")
		}
		entries := r.Entries(t, "reviews", string(id)+"/"+string(digest))
		if got := strings.Join(entries, " "); got != "proposal.review proposal.review proposal.split proposal.split proposal.review proposal.review" {
			t.Errorf("the log says %s", got)
		}
	})
}

func TestASelectionIsTakenFromTheText(t *testing.T) {
	each(t, func(t *testing.T, r *room) {
		_, digest := r.review(t)
		at := len([]rune("望溪区2026年政府工作安排\n一、办好民生实事\n"))
		for _, tc := range []struct {
			selection intake.Selection
			title     string
			targets   int
			fault     string
		}{
			{intake.Selection{At: at, End: at + 13}, "新增养老床位300张以上", 1, ""},
			{intake.Selection{Words: " 建成望溪湿地公园，总投资9000万元 "}, "建成望溪湿地公园，总投资9000万元", 1, ""},
			{intake.Selection{At: at, End: at + 9999}, "", 0, "review.selection"},
			{intake.Selection{At: -5, End: 3}, "", 0, "review.selection"},
			{intake.Selection{}, "", 0, "review.selection"},
			{intake.Selection{Words: "建成望溪大桥"}, "", 0, "review.words_absent"},
		} {
			item, err := r.Select(r.ctx, digest, tc.selection)
			if tc.fault != "" {
				if !service.HasCode(err, tc.fault) {
					t.Errorf("%+v: got %v", tc.selection, err)
				}
				continue
			}
			if err != nil || item.Title != tc.title || len(item.Targets) != tc.targets {
				t.Errorf("%+v: got %+v, %v", tc.selection, item, err)
			}
		}
	})
}

func TestTwoReviewersAtOnce(t *testing.T) {
	each(t, func(t *testing.T, r *room) {
		id, digest := r.review(t)
		first, second := r.ctx, r.AsAccount(t.Context(), "second", "reviewer", r.Bureau.ID)
		desk, err := r.Desk(second, id, digest)
		if err != nil {
			t.Fatal(err)
		}
		number := desk.Next()
		if _, err := r.Take(first, id, digest, rules.Event{Number: number, Op: rules.Accept, Items: []rules.ItemID{"p1"}}); err != nil {
			t.Fatal(err)
		}
		_, err = r.Take(second, id, digest, rules.Event{Number: number, Op: rules.Reject, Items: []rules.ItemID{"p1"}, Reason: "背景"})
		var outOfTurn *store.OutOfTurn
		if !errors.As(err, &outOfTurn) || outOfTurn.Next != number+1 {
			t.Errorf("the second is told %v", err)
		}
		desk, err = r.Desk(second, id, digest)
		if err != nil || item(t, desk, "养老床位").Status != rules.Accepted || desk.Events[0].Account != officeAccount {
			t.Errorf("he sees %+v, %v", desk.Events, err)
		}
		var taken atomic.Int32
		var wait sync.WaitGroup
		for range 4 {
			wait.Go(func() {
				_, err := r.Take(r.ctx, id, digest, rules.Event{Number: number + 1, Op: rules.Accept, Items: []rules.ItemID{"p2"}})
				if err == nil {
					taken.Add(1)
				} else if !store.IsConflict(err) {
					t.Error(err)
				}
			})
		}
		wait.Wait()
		if taken.Load() != 1 {
			t.Errorf("%d took one step", taken.Load())
		}
	})
}

// officeAccount is the account of Fixture.Office.
const officeAccount = "supervising-office"

func TestWhoReviews(t *testing.T) {
	each(t, func(t *testing.T, r *room) {
		id, digest := r.review(t)
		reporter := r.As(t.Context(), "reporter", r.Bureau.ID)
		if _, err := r.Desk(reporter, id, digest); !isRefused(err) {
			t.Errorf("a reporter sees proposals: %v", err)
		}
		if _, err := r.Take(reporter, id, digest, rules.Event{Number: 1, Op: rules.Accept, Items: []rules.ItemID{"p1"}}); !isRefused(err) {
			t.Errorf("a reporter accepts: %v", err)
		}
		head := r.As(t.Context(), "unit-head", r.Bureau.ID)
		if refs, err := r.Reviews(head, digest); err != nil || len(refs) > 0 {
			t.Errorf("the head of a bureau is shown the reviews of a plan above it: %+v, %v", refs, err)
		}
		reviewer := r.As(t.Context(), "reviewer", r.Bureau.ID)
		if refs, err := r.Reviews(reviewer, digest); err != nil || len(refs) != 1 {
			t.Errorf("a reviewer is shown the reviews %+v, %v", refs, err)
		}
		if _, err := r.Take(reviewer, id, digest, rules.Event{Number: 1, Op: rules.Accept, Items: []rules.ItemID{"p1"}}); err != nil {
			t.Errorf("a reviewer may not accept: %v", err)
		}
		if _, err := r.Enter(reviewer, id, digest); !isRefused(err) {
			t.Errorf("a reviewer changes the plan: %v", err)
		}
		if _, err := r.OpenReview(reviewer, intake.Opening{Document: digest}); !isRefused(err) {
			t.Errorf("a reviewer makes plans: %v", err)
		}
	})
}

func TestWhatCannotBeOpenedForReview(t *testing.T) {
	each(t, func(t *testing.T, r *room) {
		id, digest := r.review(t)
		if _, err := r.OpenReview(r.ctx, intake.Opening{Document: digest, Plan: id}); !service.HasCode(err, "review.open") {
			t.Errorf("it is opened twice: %v", err)
		}
		if _, err := r.OpenReview(r.ctx, intake.Opening{Document: "00", Plan: id}); !isNotFound(err) {
			t.Errorf("got %v", err)
		}
		if _, err := r.OpenReview(r.ctx, intake.Opening{Document: digest, Plan: "none"}); !isNotFound(err) {
			t.Errorf("got %v", err)
		}
		if _, err := r.OpenReview(r.ctx, intake.Opening{Document: digest, Year: 12}); !hasProblem(err, "plan.year") {
			t.Errorf("got %v", err)
		}
		second, err := r.OpenReview(r.ctx, intake.Opening{Document: digest, Title: "另一计划", Year: 2027})
		if err != nil || second == id {
			t.Errorf("got %s, %v", second, err)
		}
		refs, err := r.Reviews(r.ctx, digest)
		if err != nil || len(refs) != 2 || refs[0].PlanTitle != "另一计划" {
			t.Errorf("the reviews are %+v, %v", refs, err)
		}
	})
}

func TestVersionsOfADocument(t *testing.T) {
	each(t, func(t *testing.T, r *room) {
		earlier := r.bring(t, "plan.txt", []byte(plan))
		later := r.bring(t, "plan-2.txt", []byte(strings.Replace(plan, "300张", "260张", 1)))
		found, err := r.Compare(r.ctx, earlier, later)
		if err != nil || len(found) != 1 || found[0].Kind != ledger.Changed || len(found[0].Changes) != 1 {
			t.Errorf("got %+v, %v", found, err)
		}
		if _, err := r.Compare(r.ctx, earlier, earlier); !service.HasCode(err, "compare.same") {
			t.Errorf("got %v", err)
		}
		if _, err := r.Compare(r.As(t.Context(), "reporter", r.Bureau.ID), earlier, later); !isRefused(err) {
			t.Errorf("got %v", err)
		}
	})
}

func TestCorrectionsGoOutAsRecords(t *testing.T) {
	each(t, func(t *testing.T, r *room) {
		id, digest := r.review(t)
		desk, err := r.Desk(r.ctx, id, digest)
		if err != nil {
			t.Fatal(err)
		}
		beds, canteens := item(t, desk, "养老床位"), item(t, desk, "社区食堂")
		target := beds.Targets[0]
		target.Cmp = ledger.Equal
		r.step(t, id, digest, rules.Event{Op: rules.Correct, Items: []rules.ItemID{beds.ID}, Correction: &rules.Correction{Targets: []ledger.Target{target}}})
		r.acceptAll(t, id, digest)
		r.step(t, id, digest, rules.Event{Op: rules.Reject, Items: []rules.ItemID{canteens.ID}, Reason: "背景"})
		corrected, removed, err := r.Corrections(r.ctx, id, digest)
		if err != nil || strings.Count(string(corrected), "\n") != 1 || !strings.Contains(string(corrected), `"cmp":"eq"`) ||
			!strings.Contains(string(removed), `"surface":"12个"`) {
			t.Errorf("got %s and %s, %v", corrected, removed, err)
		}
		if _, _, err := r.Corrections(r.As(t.Context(), "reviewer", r.Bureau.ID), id, digest); !isRefused(err) {
			t.Errorf("got %v", err)
		}
	})
}

func TestRealPlansEnter(t *testing.T) {
	for _, path := range []string{"../shared/documents/xixian-2021-plan.txt", "../shared/documents/guandu-2021h1-report.txt", "examples/2026-plan.docx"} {
		t.Run(path, func(t *testing.T) {
			each(t, func(t *testing.T, r *room) {
				digest := r.bringFile(t, path)
				id, err := r.OpenReview(r.ctx, intake.Opening{Document: digest, Title: "计划", Year: 2021})
				if err != nil {
					t.Fatal(err)
				}
				desk := r.acceptAll(t, id, digest)
				entered, err := r.Enter(r.ctx, id, digest)
				if err != nil || entered.Commitments != len(desk.Review.Items()) || entered.Commitments == 0 {
					t.Errorf("entered %+v, %v", entered, err)
				}
				t.Logf("%d commitments, %d projects, %d indicators", entered.Commitments, entered.Projects, entered.Indicators)
			})
		})
	}
}

func isRefused(err error) bool {
	var refused *service.Refused
	return errors.As(err, &refused)
}

func isNotFound(err error) bool {
	var missing *store.NotFound
	return errors.As(err, &missing)
}

// hasProblem tells whether an error is of problems with one of a code.
func hasProblem(err error, code string) bool {
	var found ledger.Problems
	return errors.As(err, &found) && found.Has(code)
}
