package planning_test

import (
	"context"
	"errors"
	"testing"

	"luoshi/internal/access"
	"luoshi/internal/service"
	"luoshi/internal/service/planning"
	"luoshi/internal/store"
	"luoshi/ledger"
)

// stale is a revision that no record is at: whoever may do something is told of a conflict, and nothing is changed.
const stale = -1

// TestRightsAreAskedFirst calls every use case as every role, in the unit that leads a commitment, in one above it, in
// one that takes part, and in a stranger, and holds the answer against the table of rights.
func TestRightsAreAskedFirst(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		bed, plan := o.District.Commitment.ID, o.District.Plan.ID
		o.publish(t)
		amendment := have[store.Record[ledger.Amendment]](t)(o.ProposeAmendment(o.staff, o.wish(t, func(w *planning.Wish) { w.Deadline = ptr(day(2027, 1, 1)) }))).Value.ID
		picked := []planning.Chosen{{ID: bed, Seen: stale}}
		ofBed := service.Owned{Lead: o.Bureau.ID, Cooperating: []ledger.UnitID{o.Street.ID}}
		ofPlan := service.Owned{Lead: o.Government.ID}
		stranger := ledger.Unit{ID: store.NewID[ledger.UnitID](o.Store()), Kind: ledger.Department, Parent: o.Government.ID, Name: "望溪区水务局"}
		have[store.Record[ledger.Unit]](t)(o.Store().Units().Add(t.Context(), stranger))

		for _, tc := range []struct {
			action access.Action
			of     service.Owned
			do     func(ctx context.Context) error
		}{
			{"plan.read", ofPlan, func(ctx context.Context) error { _, err := o.Overview(ctx, plan); return err }},
			{"plan.create", ofPlan, func(ctx context.Context) error {
				_, err := o.CreatePlan(ctx, planning.NewPlan{Government: o.Government.ID, Year: 1})
				return err
			}},
			{"plan.edit", ofPlan, func(ctx context.Context) error { _, err := o.RetitlePlan(ctx, plan, "x", stale); return err }},
			{"plan.submit", ofPlan, o.planStep("submit")},
			{"plan.return", ofPlan, o.planStep("return")},
			{"plan.approve", ofPlan, o.planStep("approve")},
			{"plan.publish", ofPlan, o.planStep("publish")},
			{"plan.drop", ofPlan, o.planStep("drop")},
			{"commitment.read", ofBed, func(ctx context.Context) error { _, err := o.View(ctx, bed); return err }},
			{"commitment.correct", ofBed, func(ctx context.Context) error {
				_, err := o.Correct(ctx, bed, planning.Correction{}, stale)
				return err
			}},
			{"commitment.correct", ofBed, func(ctx context.Context) error { _, err := o.Split(ctx, bed, []int{12}, stale); return err }},
			{"commitment.correct", ofBed, func(ctx context.Context) error { _, err := o.Merge(ctx, plan, picked); return err }},
			{"commitment.create", ofPlan, func(ctx context.Context) error {
				_, err := o.AddCommitment(ctx, planning.NewCommitment{Plan: plan})
				return err
			}},
			{"commitment.weigh", ofBed, func(ctx context.Context) error { return o.Weigh(ctx, plan, picked, ledger.Int(1)) }},
			{"assignment.edit", ofPlan, func(ctx context.Context) error { _, err := o.SaveRules(ctx, plan, nil, stale); return err }},
			{"assignment.edit", ofBed, func(ctx context.Context) error { return o.Reply(ctx, bed, o.Street.ID, "") }},
			{"assignment.accept", ofBed, func(ctx context.Context) error { return o.Accept(ctx, bed) }},
			{"assignment.object", ofBed, func(ctx context.Context) error { return o.Object(ctx, bed, "", "") }},
			{"milestone.edit", ofBed, func(ctx context.Context) error { _, err := o.SetMilestones(ctx, bed, nil, stale); return err }},
			{"milestone.mark", ofBed, func(ctx context.Context) error { return o.Reach(ctx, bed, 99, day(2026, 1, 1), "") }},
			{"amendment.read", ofBed, func(ctx context.Context) error { _, err := o.Amendment(ctx, amendment); return err }},
			{"amendment.propose", ofBed, func(ctx context.Context) error {
				_, err := o.ProposeAmendment(ctx, planning.Wish{Commitment: bed, Seen: stale})
				return err
			}},
			{"amendment.review", ofBed, o.amendmentStep(amendment, "pass")},
			{"amendment.approve", ofBed, o.amendmentStep(amendment, "approve")},
			{"amendment.withdraw", ofBed, o.amendmentStep(amendment, "withdraw")},
			{"amendment.apply", ofPlan, func(ctx context.Context) error {
				_, err := o.ApplyAmendments(ctx, planning.Application{Plan: plan, Seen: stale})
				return err
			}},
		} {
			o.asEverybody(t, stranger.ID, func(ctx context.Context, who string) {
				var refused *service.Refused
				was := errors.As(tc.do(ctx), &refused)
				if may := o.Can(ctx, tc.action, tc.of); may == was {
					t.Errorf("%s by %s: the table says %t, refused %t", tc.action, who, may, was)
				}
				if was && refused.Action != tc.action {
					t.Errorf("%s by %s: refused was %s", tc.action, who, refused.Action)
				}
			})
		}
		if c := o.now(t, bed); c.Revision != 2 {
			t.Errorf("something was changed: revision %d", c.Revision)
		}
	})
}

func (o *office) planStep(action string) func(context.Context) error {
	return func(ctx context.Context) error {
		_, err := o.TakePlanStep(ctx, planning.PlanStep{Plan: o.District.Plan.ID, Seen: stale, Action: action})
		return err
	}
}

func (o *office) amendmentStep(id ledger.AmendmentID, action string) func(context.Context) error {
	return func(ctx context.Context) error {
		_, err := o.TakeAmendmentStep(ctx, planning.AmendmentStep{Amendment: id, Seen: stale, Action: action})
		return err
	}
}

// asEverybody does something as every role in every unit.
func (o *office) asEverybody(t *testing.T, stranger ledger.UnitID, do func(ctx context.Context, who string)) {
	t.Helper()
	for _, role := range o.Rights().Roles() {
		if role == access.Public {
			do(t.Context(), "the public")
			continue
		}
		for name, unit := range map[string]ledger.UnitID{
			"that leads": o.Bureau.ID, "above it": o.Government.ID, "that takes part": o.Street.ID, "that is a stranger": stranger,
		} {
			account := ledger.AccountID(string(role) + " of the unit " + name)
			do(o.AsAccount(t.Context(), account, role, unit), string(account))
		}
	}
}
