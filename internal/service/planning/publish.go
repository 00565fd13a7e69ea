package planning

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"luoshi/calendar"
	"luoshi/flow"
	"luoshi/internal/service"
	"luoshi/internal/store"
	"luoshi/ledger"
	"luoshi/ledger/intake"
)

// PlanStep is a step of the workflow of plans that somebody wants to take.
type PlanStep struct {
	Plan   ledger.PlanID
	Seen   int64  // the revision of the plan
	Action string // consult, extend, rework, submit, return, approve, publish, drop
	Reason string
	Days   int // by how many working days the time for the units is extended
	// On is from when version 1 holds, for publish; from today where it is zero.
	On calendar.Date
	// Basis is the paper that publishes the plan.
	Basis string
}

// PlanCase is how far a plan is in its workflow.
func (s *Service) PlanCase(ctx context.Context, id ledger.PlanID) (Case, error) {
	record, err := s.Plan(ctx, id)
	if err != nil {
		return Case{}, err
	}
	return s.casePlan(ctx, record)
}

func (s *Service) casePlan(ctx context.Context, record store.Record[ledger.Plan]) (Case, error) {
	begun := calendar.On(record.Created.In(service.Zone()))
	return s.cases.Case(ctx, s.publication, planKind, string(record.Value.ID), begun)
}

// TakePlanStep takes a plan a step on or back. Sending it for approval and publishing it are refused while a
// commitment has no owner or no deadline, and say which; the commitments are numbered when they are published.
func (s *Service) TakePlanStep(ctx context.Context, asked PlanStep) (store.Record[ledger.Plan], error) {
	var changed store.Record[ledger.Plan]
	right, ours := rights()[s.publication.Name+"/"+asked.Action]
	if !ours {
		return changed, fault("plan.step", said(asked.Action))
	}
	err := s.core.Change(ctx, func(ctx context.Context, w *service.Work) error {
		before, err := s.held(ctx, w, asked.Plan, "UPDATE")
		if err != nil {
			return err
		}
		if err := w.AllowFor(ctx, right, ofPlan(before.Value)); err != nil {
			return err
		}
		if err := fresh(planKind, string(asked.Plan), before, asked.Seen); err != nil {
			return err
		}
		c, err := s.casePlan(ctx, before)
		if err != nil {
			return err
		}
		if c, err = s.stepPlan(ctx, w, c, before.Value, asked); err != nil {
			return err
		}
		after, err := s.moved(ctx, w, before.Value, c, asked)
		if err != nil {
			return err
		}
		if changed, err = s.core.Store().Plans().Change(ctx, after, asked.Seen); err != nil {
			return err
		}
		w.Record(right, planKind, string(after.ID), before.Value, after, told{
			Step: asked.Action, State: c.State, Reason: asked.Reason, Basis: asked.Basis,
		})
		return nil
	})
	return changed, err
}

// told is what the log keeps of a step beside the record.
type told struct {
	Step   string `json:"step"`
	State  string `json:"state"` // of the workflow, that the step led to
	Reason string `json:"reason,omitempty"`
	Basis  string `json:"basis,omitempty"`
}

// stepPlan does a step of a plan's case.
func (s *Service) stepPlan(ctx context.Context, w *service.Work, c Case, plan ledger.Plan, asked PlanStep) (Case, error) {
	facts, blocking, err := s.facts(ctx, plan)
	if err != nil {
		return c, err
	}
	action := c.Definition.Action(asked.Action)
	if blocking > 0 && slices.Contains(action.If, "complete") && mayBegin(c, asked.Action) {
		gaps, err := s.blocking(ctx, plan.ID)
		return c, errors.Join(err, gaps.Err())
	}
	step, err := s.cases.StepBy(ctx, c.Definition, asked.Action, ofPlan(plan))
	if err != nil {
		return c, err
	}
	step.Reason, step.Days, step.Facts = asked.Reason, asked.Days, facts
	return s.cases.Take(ctx, w, c, planKind, string(plan.ID), step)
}

// mayBegin tells whether the state of a case has an action at all; if not, that is what is to be said.
func mayBegin(c Case, action string) bool {
	return slices.ContainsFunc(c.Definition.Action(action).Moves, func(m flow.Move) bool { return slices.Contains(m.From, c.State) })
}

// moved is a plan as a step of its case leaves it, with its commitments where it was published.
func (s *Service) moved(ctx context.Context, w *service.Work, plan ledger.Plan, c Case, asked PlanStep) (ledger.Plan, error) {
	to, known := ledger.PlanStateIn(c.State)
	switch {
	case !known:
		return plan, fmt.Errorf("the ledger knows no state %q of a plan", c.State)
	case to == plan.State:
		return plan, nil
	case to == ledger.Published:
		return s.publish(ctx, w, plan, asked)
	}
	after, problems := plan.Move(to)
	return after, problems.Err()
}

// publish puts a plan in force as version 1.
func (s *Service) publish(ctx context.Context, w *service.Work, plan ledger.Plan, asked PlanStep) (ledger.Plan, error) {
	on := asked.On
	if on.IsZero() {
		on = s.core.Today()
	}
	records, err := s.all(ctx, plan.ID)
	if err != nil {
		return plan, err
	}
	published, commitments, problems := plan.Publish(ledger.Number(plan.Year, store.Values(records)), on, asked.Basis)
	if err := problems.Err(); err != nil {
		return plan, err
	}
	for i, c := range commitments {
		if records[i].Value.State == c.State && records[i].Value.Number == c.Number {
			continue
		}
		if _, err := s.core.Store().Commitments().Change(ctx, c, records[i].Revision); err != nil {
			return plan, err
		}
		w.Record("plan.publish", commitmentKind, string(c.ID), records[i].Value, c, versionOne)
	}
	return published, nil
}

// versionOne is what the log keeps beside a commitment that is published.
var versionOne = map[string]int{"version": 1}

// facts are the guards of the workflow of plans that hold, and how many gaps stand against publishing.
func (s *Service) facts(ctx context.Context, plan ledger.Plan) ([]string, int, error) {
	var facts []string
	reviewed, err := s.reviewed(ctx, plan)
	if err != nil {
		return nil, 0, err
	}
	if reviewed {
		facts = append(facts, "reviewed")
	}
	gaps, err := s.countBlocking(ctx, plan.ID)
	if err != nil {
		return nil, 0, err
	}
	if gaps == 0 {
		facts = append(facts, "complete")
	}
	open, err := s.openObjections(ctx, plan.ID)
	if err != nil {
		return nil, 0, err
	}
	if open == 0 {
		facts = append(facts, "objections-settled")
	}
	return facts, gaps, nil
}

// reviewed tells whether everything that documents proposed to a plan was decided.
func (s *Service) reviewed(ctx context.Context, plan ledger.Plan) (bool, error) {
	var documents []string
	err := s.core.Store().View(ctx).NewSelect().Table("reviews").Column("document").Where("plan = ?", plan.ID).Scan(ctx, &documents)
	if err != nil {
		return false, fmt.Errorf("reading which documents plan %s was offered: %w", plan.ID, err)
	}
	reviews := s.core.Store().Reviews()
	for _, document := range documents {
		proposal, err := reviews.Proposal(ctx, plan.ID, ledger.Digest(document))
		if err != nil {
			return false, err
		}
		steps, err := reviews.Events(ctx, plan.ID, ledger.Digest(document))
		if err != nil {
			return false, err
		}
		events := make([]intake.Event, len(steps))
		for i, step := range steps {
			events[i] = step.Event
		}
		review, err := intake.Replay(proposal, events)
		if err != nil {
			return false, fmt.Errorf("replaying the review of document %s: %w", document, err)
		}
		if review.Count(intake.Pending) > 0 {
			return false, nil
		}
	}
	return true, nil
}
