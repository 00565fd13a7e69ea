package planning

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"luoshi/calendar"
	"luoshi/internal/service"
	"luoshi/internal/store"
	"luoshi/ledger"
)

// Wish is an amendment that somebody proposes. What is nil stays as it is.
type Wish struct {
	Commitment  ledger.CommitmentID
	Seen        int64 // the revision of the commitment that it was made from
	Deadline    *calendar.Date
	Lead        *ledger.UnitID
	Cooperating *[]ledger.UnitID
	Post        *ledger.PostID
	State       *ledger.CommitmentState // withdrawn, or in force again
	Targets     []ledger.Target         // each replaces the target of its number; number 0 adds one
	Drop        []int                   // numbers of targets that are given up
	Milestones  map[int]calendar.Date   // by their numbers, the days on which they are to be reached instead
	Reason      string
	Basis       ledger.Basis
	Effective   calendar.Date
}

// ProposeAmendment proposes to change a commitment of a published plan. Nothing changes until it is approved by
// another person and put in force.
func (s *Service) ProposeAmendment(ctx context.Context, wish Wish) (store.Record[ledger.Amendment], error) {
	var made store.Record[ledger.Amendment]
	err := s.core.Change(ctx, func(ctx context.Context, w *service.Work) error {
		c, err := s.open(ctx, w, actionOf{action: "amendment.propose"}, wish.Commitment)
		if err != nil {
			return err
		}
		if err := fresh(commitmentKind, string(wish.Commitment), c, wish.Seen); err != nil {
			return err
		}
		// Alone, so that two who wish the same thing at once notice each other.
		plan, err := s.held(ctx, w, c.Value.Plan, "UPDATE")
		if err != nil {
			return err
		}
		if plan.Value.State != ledger.Published {
			return fault("plan.not_published")
		}
		amendment, err := s.amendmentOf(ctx, c.Value, wish)
		if err != nil {
			return err
		}
		if made, err = s.core.Store().Amendments().Add(ctx, amendment); err != nil {
			return err
		}
		opened := s.cases.Begin(s.amendment, s.core.Today())
		step, err := s.cases.StepBy(ctx, s.amendment, "propose", ofCommitment(c.Value))
		if err != nil {
			return err
		}
		step.Reason, step.Facts = amendment.Reason, amendmentFacts(amendment)
		if _, err := s.cases.Take(ctx, w, opened, amendmentKind, string(amendment.ID), step); err != nil {
			return err
		}
		w.Record("amendment.propose", amendmentKind, string(amendment.ID), nil, amendment, nil)
		return nil
	})
	return made, err
}

// amendmentFacts are the guards of the workflow of amendments that hold.
func amendmentFacts(a ledger.Amendment) []string {
	if strings.TrimSpace(a.Basis.Title) == "" {
		return nil
	}
	return []string{"has-basis"}
}

// amendmentOf is a wish as an amendment.
func (s *Service) amendmentOf(ctx context.Context, c ledger.Commitment, wish Wish) (ledger.Amendment, error) {
	earlier, err := s.amendmentsOf(ctx, c.ID)
	if err != nil {
		return ledger.Amendment{}, err
	}
	after, err := wish.of(c, earlier)
	if err != nil {
		return ledger.Amendment{}, err
	}
	amendment := ledger.Amendment{
		ID: store.NewID[ledger.AmendmentID](s.core.Store()), Plan: c.Plan, Commitment: c.ID, Changes: ledger.Changes(c, after),
		Reason: strings.TrimSpace(wish.Reason), Basis: wish.Basis, Effective: wish.Effective, State: ledger.Proposed,
	}
	if len(amendment.Changes) == 0 {
		return amendment, fault("amendment.nothing")
	}
	if err := s.present(ctx, ownersOf(c), ownersOf(after)); err != nil {
		return amendment, err
	}
	if err := underWay(c, amendment.Changes, earlier); err != nil {
		return amendment, err
	}
	problems := append(amendment.Validate(), after.Validate()...)
	return amendment, problems.Err()
}

// of is a commitment as somebody wishes it.
func (wish Wish) of(c ledger.Commitment, earlier []ledger.Amendment) (ledger.Commitment, error) {
	after := Give{Lead: wish.Lead, Cooperating: wish.Cooperating, Post: wish.Post}.to(c)
	set(&after.By, wish.Deadline)
	set(&after.State, wish.State)
	after.Milestones = slices.Clone(c.Milestones)
	for number, by := range wish.Milestones {
		i := slices.IndexFunc(after.Milestones, func(m ledger.Milestone) bool { return m.Number == number })
		if i < 0 {
			return c, fault("milestone.unknown", said(c.Title), said(strconv.Itoa(number)))
		}
		after.Milestones[i].By = by
	}
	after.Targets = slices.Clone(c.Targets)
	for _, number := range wish.Drop {
		i := targetAt(after.Targets, number)
		if i < 0 {
			return c, fault("amendment.target", said(strconv.Itoa(number)))
		}
		after.Targets = slices.Delete(after.Targets, i, i+1)
	}
	next := ledger.NextTarget(c, earlier)
	for _, target := range wish.Targets {
		if target.Number == 0 {
			target.Number = next
			next++
			after.Targets = append(after.Targets, target)
			continue
		}
		i := targetAt(after.Targets, target.Number)
		if i < 0 {
			return c, fault("amendment.target", said(strconv.Itoa(target.Number)))
		}
		if after.Targets[i].Same(target) {
			continue // as precisely printed as it was, and quoted from where it was
		}
		target.Quoted = ledger.Passage{} // no document of the plan states the new bound
		after.Targets[i] = target
	}
	return after, nil
}

func targetAt(targets []ledger.Target, number int) int {
	return slices.IndexFunc(targets, func(t ledger.Target) bool { return t.Number == number })
}

// underWay fails where something of what is to be changed is being amended already.
func underWay(c ledger.Commitment, changes []ledger.Change, earlier []ledger.Amendment) error {
	for _, a := range earlier {
		if a.State != ledger.Proposed && a.State != ledger.Agreed {
			continue
		}
		for _, change := range a.Changes {
			clash := func(other ledger.Change) bool { return other.Field == change.Field && other.Target == change.Target }
			if slices.ContainsFunc(changes, clash) {
				return fault("amendment.pending", said(c.Title), change.Field.Label())
			}
		}
	}
	return nil
}

// amendmentsOf are all amendments of a commitment, the oldest first, whoever asks.
func (s *Service) amendmentsOf(ctx context.Context, id ledger.CommitmentID) ([]ledger.Amendment, error) {
	records, err := service.All(ctx, s.core.Store().Amendments().List, store.Where("commitment", string(id)))
	return store.Values(records), err
}

// AmendmentQuery narrows a list of amendments. What is empty narrows nothing.
type AmendmentQuery struct {
	Plan       ledger.PlanID
	Commitment ledger.CommitmentID
	State      ledger.AmendmentState
}

// Amendments are the amendments that the caller may see, in an order: effective.
func (s *Service) Amendments(ctx context.Context, query AmendmentQuery, page store.Page) (store.Listing[ledger.Amendment], error) {
	scope, err := s.core.Scope(ctx, "amendment.read", amendmentColumns)
	if err != nil {
		return store.Listing[ledger.Amendment]{}, err
	}
	filters := []store.Filter{scope}
	for column, value := range map[string]string{
		"plan": string(query.Plan), "commitment": string(query.Commitment), "state": string(query.State),
	} {
		if value != "" {
			filters = append(filters, store.Where(column, value))
		}
	}
	return s.core.Store().Amendments().List(ctx, page, filters...)
}

// AmendmentView is an amendment with what a page tells of it.
type AmendmentView struct {
	store.Record[ledger.Amendment]
	Commitment store.Record[ledger.Commitment]
	Plan       ledger.Plan
	Case       Case
	Offers     []Offer
}

// Amendment is an amendment, its commitment, and the steps that were and may be taken.
func (s *Service) Amendment(ctx context.Context, id ledger.AmendmentID) (AmendmentView, error) {
	var view AmendmentView
	record, err := s.core.Store().Amendments().Get(ctx, string(id))
	if err != nil {
		return view, err
	}
	c, err := s.core.Store().Commitments().Get(ctx, string(record.Value.Commitment))
	if err != nil {
		return view, err
	}
	if err := s.core.Check(ctx, "amendment.read", ofCommitment(c.Value)); err != nil {
		return view, err
	}
	plan, err := s.core.Store().Plans().Get(ctx, string(c.Value.Plan))
	if err != nil {
		return view, err
	}
	view = AmendmentView{Record: record, Commitment: c, Plan: plan.Value}
	if view.Case, err = s.caseAmendment(ctx, record); err != nil {
		return view, err
	}
	view.Offers, err = s.cases.Offers(ctx, view.Case, ofCommitment(c.Value), amendmentFacts(record.Value))
	return view, err
}

func (s *Service) caseAmendment(ctx context.Context, record store.Record[ledger.Amendment]) (Case, error) {
	begun := calendar.On(record.Created.In(service.Zone()))
	return s.cases.Case(ctx, s.amendment, amendmentKind, string(record.Value.ID), begun)
}
