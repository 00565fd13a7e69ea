package planning_test

import (
	"errors"
	"fmt"
	"sync"
	"testing"

	"luoshi/internal/service/planning"
	"luoshi/internal/store"
	"luoshi/ledger"
)

// at starts several at once and collects what became of them.
func at(n int, do func(i int) error) []error {
	var wait sync.WaitGroup
	begin := make(chan struct{})
	ends := make([]error, n)
	for i := range n {
		wait.Go(func() {
			<-begin
			ends[i] = do(i)
		})
	}
	close(begin)
	wait.Wait()
	return ends
}

func TestOfManyEditorsAtOnceOneWins(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		bed := o.now(t, o.District.Commitment.ID)
		won := 0
		for i, err := range at(8, func(i int) error {
			_, err := o.Correct(o.staff, bed.Value.ID, planning.Correction{Title: ptr(fmt.Sprint("第", i, "位"))}, bed.Revision)
			return err
		}) {
			var conflict *store.Conflict[ledger.Commitment]
			switch {
			case err == nil:
				won++
				if title := o.now(t, bed.Value.ID).Value.Title; title != fmt.Sprint("第", i, "位") {
					t.Errorf("editor %d was told that he won, there is %q", i, title)
				}
			case !errors.As(err, &conflict):
				t.Errorf("editor %d: %v", i, err)
			}
		}
		if won != 1 {
			t.Errorf("%d editors won", won)
		}
		o.sound(t, bed.Value.ID)
	})
}

// TestNothingSlipsIntoAPlanOnItsWay adds a commitment without an owner while the plan is sent for approval: either it
// is there and the plan stays, or the plan goes and it is not.
func TestNothingSlipsIntoAPlanOnItsWay(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		for range 6 {
			seen := o.plan(t).Revision
			ends := at(2, func(i int) error {
				if i == 0 {
					_, err := o.TakePlanStep(o.staff, planning.PlanStep{Plan: o.District.Plan.ID, Seen: seen, Action: "submit"})
					return err
				}
				_, err := o.AddCommitment(o.second, planning.NewCommitment{
					Plan: o.District.Plan.ID, Document: o.Document.Digest, At: 13, End: 20,
				})
				return err
			})
			if (ends[0] == nil) == (ends[1] == nil) {
				t.Fatalf("sending says %v, adding says %v", ends[0], ends[1])
			}
			if ends[0] != nil {
				wantProblem(t, ends[0], "gap.owner")
				return
			}
			wantFault(t, ends[1], "plan.not_draft")
			must(t, o.step(o.leader, t, "return", "再试一次"))
		}
	})
}

func TestOfTwoEqualWishesOneIsTaken(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		o.publish(t)
		wish := o.wish(t, func(w *planning.Wish) { w.Deadline = ptr(day(2027, 3, 31)) })
		taken := 0
		for _, err := range at(4, func(int) error { _, err := o.ProposeAmendment(o.staff, wish); return err }) {
			if err == nil {
				taken++
			} else {
				wantFault(t, err, "amendment.pending")
			}
		}
		if taken != 1 {
			t.Errorf("%d were taken", taken)
		}
	})
}
