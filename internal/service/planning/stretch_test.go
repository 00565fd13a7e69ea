package planning_test

import (
	"slices"
	"testing"

	"luoshi/internal/service/planning"
	"luoshi/internal/store"
	"luoshi/ledger"
)

// A plan's stretches, one after another, are all of it in the order of its documents.
func TestStretchesAreThePlanInItsOrder(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		plan := o.District.Plan.ID
		o.Promises(t, o.Store(), 2*planning.StretchSize+30)
		withdrawn := o.Promise(o.Store(), ledger.CommitmentTerms{Title: "撤销", State: ledger.Withdrawn})
		have[store.Record[ledger.Commitment]](t)(o.Store().Commitments().Add(t.Context(), withdrawn))
		var walked []ledger.Commitment
		for before, stretches := 0, 0; ; stretches++ {
			s := have[planning.Stretch](t)(o.InOrder(o.leader, plan, before))
			if s.Total != 2*planning.StretchSize+31 || s.Before != before || len(s.Commitments) > planning.StretchSize {
				t.Fatalf("a stretch of %d behind %d of %d", len(s.Commitments), s.Before, s.Total)
			}
			walked = append(walked, s.Commitments...)
			if before = s.Next(); before == 0 {
				if stretches != 2 || len(walked) != s.Total {
					t.Errorf("%d commitments in %d stretches and one", len(walked), stretches)
				}
				break
			}
		}
		if !slices.IsSortedFunc(walked, ledger.InOrder) {
			t.Error("they are out of order")
		}
		if s := have[planning.Stretch](t)(o.InOrder(o.leader, plan, 10_000)); len(s.Commitments) != 0 || s.Next() != 0 {
			t.Errorf("behind the end there are %d", len(s.Commitments))
		}
		_, err := o.InOrder(t.Context(), plan, 0)
		wantRefused(t, err, "plan.read")
	})
}

func TestAStretchOfAVersionIsAsTheVersionWas(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		o.publish(t)
		plan := o.plan(t).Value
		whole := have[[]ledger.Commitment](t)(o.PlanAsOf(o.staff, plan.ID, 1))
		s := have[planning.Stretch](t)(o.StretchAsOf(o.staff, plan.ID, 1, 0))
		if len(s.Commitments) != len(whole) || s.Total != len(whole) || s.Commitments[0].Title != whole[0].Title {
			t.Errorf("%d of %d, the version has %d", len(s.Commitments), s.Total, len(whole))
		}
		_, err := o.StretchAsOf(o.staff, plan.ID, 2, 0)
		wantFault(t, err, "version.unknown")
	})
}
