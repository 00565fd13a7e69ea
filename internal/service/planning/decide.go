package planning

import (
	"context"
	"fmt"
	"slices"

	"luoshi/calendar"
	"luoshi/internal/service"
	"luoshi/internal/store"
	"luoshi/ledger"
)

// AmendmentStep is a step of the workflow of amendments that somebody wants to take.
type AmendmentStep struct {
	Amendment ledger.AmendmentID
	Seen      int64  // the revision of the amendment
	Action    string // return, supplement, pass, delay, approve, refuse, withdraw
	Reason    string
	Days      int           // by how many working days the review is prolonged
	Basis     *ledger.Basis // a better paper, for supplement
}

// TakeAmendmentStep takes an amendment a step on. Whoever proposed it passes it neither on nor approves it.
func (s *Service) TakeAmendmentStep(ctx context.Context, asked AmendmentStep) (store.Record[ledger.Amendment], error) {
	var changed store.Record[ledger.Amendment]
	right, ours := rights()[s.amendment.Name+"/"+asked.Action]
	if !ours || asked.Action == "propose" {
		return changed, fault("amendment.step", said(asked.Action))
	}
	err := s.core.Change(ctx, func(ctx context.Context, w *service.Work) error {
		before, err := s.core.Store().Amendments().Get(ctx, string(asked.Amendment))
		if err != nil {
			return err
		}
		c, err := s.core.Store().Commitments().Get(ctx, string(before.Value.Commitment))
		if err != nil {
			return err
		}
		if err := w.AllowFor(ctx, right, ofCommitment(c.Value)); err != nil {
			return err
		}
		if err := fresh(amendmentKind, string(asked.Amendment), before, asked.Seen); err != nil {
			return err
		}
		after := before.Value
		if asked.Basis != nil && asked.Action == "supplement" {
			after.Basis = *asked.Basis
		}
		state, err := s.stepAmendment(ctx, w, before, after, ofCommitment(c.Value), asked)
		if err != nil {
			return err
		}
		if after, err = movedTo(after, state); err != nil {
			return err
		}
		if changed, err = s.core.Store().Amendments().Change(ctx, after, asked.Seen); err != nil {
			return err
		}
		w.Record(right, amendmentKind, string(after.ID), before.Value, after, told{Step: asked.Action, State: state, Reason: asked.Reason})
		return nil
	})
	return changed, err
}

// stepAmendment does a step of an amendment's case and tells the state that it leads to.
func (s *Service) stepAmendment(ctx context.Context, w *service.Work, record store.Record[ledger.Amendment], now ledger.Amendment,
	owned service.Owned, asked AmendmentStep,
) (string, error) {
	c, err := s.caseAmendment(ctx, record)
	if err != nil {
		return "", err
	}
	step, err := s.cases.StepBy(ctx, s.amendment, asked.Action, owned)
	if err != nil {
		return "", err
	}
	step.Reason, step.Days, step.Facts = asked.Reason, asked.Days, amendmentFacts(now)
	c, err = s.cases.Take(ctx, w, c, amendmentKind, string(now.ID), step)
	return c.State, err
}

// movedTo is an amendment in what a state of the workflow means for it.
func movedTo(a ledger.Amendment, state string) (ledger.Amendment, error) {
	to, known := ledger.AmendmentStateIn(state)
	if !known {
		return a, fmt.Errorf("the ledger knows no state %q of an amendment", state)
	}
	if to != a.State {
		moved, problems := a.Move(to)
		if err := problems.Err(); err != nil {
			return a, err
		}
		a = moved
	}
	return a, a.Validate().Err()
}

// Application puts approved amendments in force.
type Application struct {
	Plan       ledger.PlanID
	Seen       int64 // the revision of the plan
	Amendments []ledger.AmendmentID
	// On is from when the new version holds; from today where it is zero.
	On    calendar.Date
	Basis string // the paper that publishes it
}

// ApplyAmendments puts approved amendments in force, all of them or none, as the next version of their plan. The
// versions before stay as they were.
func (s *Service) ApplyAmendments(ctx context.Context, asked Application) (store.Record[ledger.Plan], error) {
	var changed store.Record[ledger.Plan]
	err := s.core.Change(ctx, func(ctx context.Context, w *service.Work) error {
		plan, err := s.held(ctx, w, asked.Plan, "UPDATE")
		if err != nil {
			return err
		}
		if err := w.AllowFor(ctx, apply.action, ofPlan(plan.Value)); err != nil {
			return err
		}
		if err := fresh(planKind, string(asked.Plan), plan, asked.Seen); err != nil {
			return err
		}
		before, err := s.agreed(ctx, asked.Amendments)
		if err != nil {
			return err
		}
		on := asked.On
		if on.IsZero() {
			on = s.core.Today()
		}
		commitments, err := s.touched(ctx, before)
		if err != nil {
			return err
		}
		amended, problems := ledger.Amend(plan.Value, store.Values(commitments), store.Values(before), on, asked.Basis)
		if err := problems.Err(); err != nil {
			return err
		}
		if changed, err = s.core.Store().Plans().Change(ctx, amended.Plan, asked.Seen); err != nil {
			return err
		}
		w.Record(apply.action, planKind, string(asked.Plan), plan.Value, amended.Plan, nil)
		return s.writeAmended(ctx, w, amended, before, commitments)
	})
	return changed, err
}

// apply is the right to put amendments in force.
var apply = actionOf{action: "amendment.apply"}

// agreed are the amendments with identifiers, in the order in which they are to be applied.
func (s *Service) agreed(ctx context.Context, ids []ledger.AmendmentID) ([]store.Record[ledger.Amendment], error) {
	if len(ids) == 0 {
		return nil, fault("amendment.none")
	}
	var records []store.Record[ledger.Amendment]
	for _, id := range ids {
		record, err := s.core.Store().Amendments().Get(ctx, string(id))
		if err != nil {
			return nil, err
		}
		records = append(records, record)
	}
	slices.SortStableFunc(records, func(a, b store.Record[ledger.Amendment]) int {
		return a.Value.Effective.DaysTo(b.Value.Effective) * -1
	})
	return records, nil
}

// touched are the commitments that amendments change, each once.
func (s *Service) touched(ctx context.Context, amendments []store.Record[ledger.Amendment]) ([]store.Record[ledger.Commitment], error) {
	ids := make([]string, len(amendments))
	for i, a := range amendments {
		ids[i] = string(a.Value.Commitment)
	}
	return s.core.Store().Commitments().Some(ctx, ids...)
}

// writeAmended writes what came of amendments.
func (s *Service) writeAmended(ctx context.Context, w *service.Work, amended ledger.Amended,
	amendments []store.Record[ledger.Amendment], commitments []store.Record[ledger.Commitment],
) error {
	version := map[string]int{"version": len(amended.Plan.Versions)}
	for i, c := range amended.Commitments {
		if _, err := s.core.Store().Commitments().Change(ctx, c, commitments[i].Revision); err != nil {
			return err
		}
		w.Record(apply.action, commitmentKind, string(c.ID), commitments[i].Value, c, version)
	}
	for i, a := range amended.Amendments {
		if _, err := s.core.Store().Amendments().Change(ctx, a, amendments[i].Revision); err != nil {
			return err
		}
		w.Record(apply.action, amendmentKind, string(a.ID), amendments[i].Value, a, version)
	}
	return nil
}
