package planning_test

import (
	"testing"

	"luoshi/calendar"
	"luoshi/internal/service/planning"
	"luoshi/internal/store"
	"luoshi/ledger"
)

func TestAMilestoneOfAPublishedPlanIsAmended(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		o.publish(t)
		id := o.District.Commitment.ID
		before := o.now(t, id).Value.Milestones[0]
		on := func(number int, by calendar.Date) func(*planning.Wish) {
			return func(w *planning.Wish) { w.Milestones = map[int]calendar.Date{number: by} }
		}
		_, err := o.ProposeAmendment(o.head, o.wish(t, on(9, day(2026, 8, 31))))
		wantFault(t, err, "milestone.unknown")
		_, err = o.ProposeAmendment(o.head, o.wish(t, on(1, day(2029, 1, 1))))
		wantProblem(t, err, "milestone.late")
		_, err = o.ProposeAmendment(o.head, o.wish(t, on(1, before.By)))
		wantFault(t, err, "amendment.nothing")
		made := have[store.Record[ledger.Amendment]](t)(o.ProposeAmendment(o.head, o.wish(t, on(1, day(2026, 8, 31)))))
		_, err = o.ProposeAmendment(o.staff, o.wish(t, on(1, day(2026, 9, 30))))
		wantFault(t, err, "amendment.pending")
		o.agree(t, made.Value.ID)
		must(t, o.apply(t, made.Value.ID))
		after := o.now(t, id).Value.Milestones[0]
		if after.By != day(2026, 8, 31) || after.Title != before.Title || after.Weight != before.Weight {
			t.Errorf("it is %+v, was %+v", after, before)
		}
		held := have[[]ledger.Held](t)(o.History(o.head, id, ledger.MilestoneField, 1))
		if len(held) != 2 || *held[0].Content.Milestone != before || held[1].Amendment != made.Value.ID {
			t.Errorf("%+v", held)
		}
		changed := have[[]ledger.Difference](t)(o.CompareVersions(o.leader, o.plan(t).Value.ID, 1, 2))
		if len(changed) != 1 || changed[0].Changes[0].Field != ledger.MilestoneField {
			t.Errorf("%+v", changed)
		}
	})
}
