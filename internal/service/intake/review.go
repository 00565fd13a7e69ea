package intake

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"

	"luoshi/internal/access"
	"luoshi/internal/service"
	"luoshi/internal/store"
	"luoshi/ledger"
	"luoshi/ledger/intake"
)

// Desk is a review with all that it needs on the table.
type Desk struct {
	Plan     store.Record[ledger.Plan]
	Proposal intake.Proposal
	Review   *intake.Review
	Events   []store.ReviewEvent
	Ref      ReviewRef
	// Changed are the items that the step just taken has changed; Reshaped tells that it made or removed some.
	Changed  []intake.ItemID
	Reshaped bool
}

// Closed tells whether the review has ended: its items are in the plan.
func (d *Desk) Closed() bool { return !d.Ref.Entered.IsZero() }

// Next is the number of the next step.
func (d *Desk) Next() int { return len(d.Events) + 1 }

// Opening is for which plan a document is to be reviewed.
type Opening struct {
	Document ledger.Digest
	Plan     ledger.PlanID // of a draft; empty where a plan is to be made
	Title    string        // of the plan that is to be made; the document's where empty
	Year     int           // of the plan that is to be made; the document's where 0
}

// OpenReview begins the review of a document for a plan, which is made where none is named, and tells for which.
func (s *Service) OpenReview(ctx context.Context, o Opening) (ledger.PlanID, error) {
	progress, err := s.Progress(ctx, o.Document)
	if err != nil {
		return "", err
	}
	if err := progress.ready(); err != nil {
		return "", err
	}
	proposal, err := s.proposal(ctx, progress)
	if err != nil {
		return "", err
	}
	var id ledger.PlanID
	err = s.core.Change(ctx, func(ctx context.Context, w *service.Work) error {
		plan, err := s.draftFor(ctx, w, o, proposal)
		if err != nil {
			return err
		}
		id = plan.ID
		if err := w.AllowFor(ctx, review, service.Owned{Lead: plan.Government}); err != nil {
			return err
		}
		return s.lay(ctx, w, plan.ID, proposal)
	})
	return id, err
}

// lay puts a proposal before reviewers.
func (s *Service) lay(ctx context.Context, w *service.Work, plan ledger.PlanID, proposal intake.Proposal) error {
	digest := proposal.Source.Document
	switch _, err := s.reviewRow(ctx, plan, digest); {
	case err == nil:
		return newFault("review.open", nil)
	case !isNotFound(err):
		return err
	}
	if err := s.core.Store().Reviews().Open(ctx, plan, proposal); err != nil {
		return err
	}
	row := reviewRow{
		Plan: string(plan), Document: string(digest), Opened: moment{s.core.Store().Now()},
		OpenedBy: string(service.CallerOf(ctx).Account()), Pending: len(proposal.Items),
	}
	if _, err := w.Tx().NewInsert().Model(&row).Exec(ctx); err != nil {
		return fmt.Errorf("opening the review: %w", err)
	}
	w.Record(review, "reviews", reviewID(plan, digest), nil, nil, map[string]any{"step": "open", "items": len(proposal.Items)})
	return nil
}

// draftFor is the draft that an opening names, or a new one.
func (s *Service) draftFor(ctx context.Context, w *service.Work, o Opening, proposal intake.Proposal) (ledger.Plan, error) {
	if o.Plan == "" {
		title, year := strings.TrimSpace(o.Title), o.Year
		if title == "" {
			title = proposal.Source.Title
		}
		if title == "" {
			title = proposal.Source.Name
		}
		if year == 0 {
			year = proposal.Year
		}
		return s.newPlan(ctx, w, title, year)
	}
	record, _, err := s.plan(ctx, o.Plan)
	if err != nil {
		return ledger.Plan{}, err
	}
	plan := record.Value
	if plan.State != ledger.Draft {
		return plan, ledger.Problems{{Code: "plan.not_draft", Where: "state", Facts: []string{"plan." + string(plan.State)}}}
	}
	return plan, nil
}

// newPlan makes a draft of the government at the top of the tree.
func (s *Service) newPlan(ctx context.Context, w *service.Work, title string, year int) (ledger.Plan, error) {
	tree, err := s.core.Tree(ctx)
	if err != nil {
		return ledger.Plan{}, err
	}
	plan := ledger.Plan{ID: store.NewID[ledger.PlanID](s.core.Store()), Year: year, Title: title, State: ledger.Draft}
	for _, unit := range tree.Units() {
		if unit.Kind == ledger.Government && unit.Parent == "" {
			plan.Government = unit.ID
			break
		}
	}
	if plan.Government == "" {
		return plan, newFault("plan.no_government", nil)
	}
	if err := w.AllowFor(ctx, createPlan, service.Owned{Lead: plan.Government}); err != nil {
		return plan, err
	}
	if err := plan.Validate().Err(); err != nil {
		return plan, err
	}
	if _, err := s.core.Store().Plans().Add(ctx, plan); err != nil {
		return plan, err
	}
	w.Record(createPlan, "plans", string(plan.ID), nil, plan, nil)
	return plan, nil
}

// Desk is a review as it stands.
func (s *Service) Desk(ctx context.Context, plan ledger.PlanID, digest ledger.Digest) (*Desk, error) {
	return s.desk(ctx, plan, digest, func(owned service.Owned) error { return s.core.Check(ctx, readProposal, owned) })
}

// desk is a review as it stands, for who passes a check.
func (s *Service) desk(ctx context.Context, id ledger.PlanID, digest ledger.Digest, check func(service.Owned) error) (*Desk, error) {
	plan, owned, err := s.plan(ctx, id)
	if err != nil {
		return nil, err
	}
	if err := check(owned); err != nil {
		return nil, err
	}
	row, err := s.reviewRow(ctx, id, digest)
	if err != nil {
		return nil, err
	}
	desk := &Desk{Plan: plan, Ref: row.ref()}
	desk.Proposal, err = cached(s.known, "review/"+reviewID(id, digest), func() (intake.Proposal, int, error) {
		proposal, err := s.core.Store().Reviews().Proposal(ctx, id, digest)
		return proposal, len(proposal.Items) * itemSize, err
	})
	if err != nil {
		return nil, err
	}
	if desk.Events, err = s.core.Store().Reviews().Events(ctx, id, digest); err != nil {
		return nil, err
	}
	events := make([]intake.Event, len(desk.Events))
	for i, e := range desk.Events {
		events[i] = e.Event
	}
	if desk.Review, err = intake.Replay(desk.Proposal, events); err != nil {
		return nil, fmt.Errorf("replaying the review: %w", err)
	}
	return desk, nil
}

// Take takes a step of a review. Its number is the one that the caller saw as next: where somebody else took it
// first, nothing is done and the error is a store.OutOfTurn.
func (s *Service) Take(ctx context.Context, plan ledger.PlanID, digest ledger.Digest, event intake.Event) (*Desk, error) {
	action := actionOf(event.Op)
	var desk *Desk
	err := s.core.Change(ctx, func(ctx context.Context, w *service.Work) (err error) {
		desk, err = s.desk(ctx, plan, digest, func(owned service.Owned) error { return w.AllowFor(ctx, action, owned) })
		if err != nil {
			return err
		}
		if desk.Closed() {
			return newFault("review.closed", nil)
		}
		if event.Number != desk.Next() {
			return &store.OutOfTurn{Given: event.Number, Next: desk.Next()}
		}
		before := desk.Review.Items()
		if err := desk.Review.Apply(event).Err(); err != nil {
			return err
		}
		desk.compare(before)
		step := store.ReviewEvent{Event: event, Account: service.CallerOf(ctx).Account(), At: s.core.Store().Now()}
		if err := s.core.Store().Reviews().Take(ctx, plan, digest, step); err != nil {
			return err
		}
		desk.Events = append(desk.Events, step)
		desk.count()
		w.Record(action, "reviews", reviewID(plan, digest), nil, nil, event)
		return s.setReview(ctx, w, desk.Ref)
	})
	return desk, err
}

// compare tells what a step has done to the items.
func (d *Desk) compare(before []intake.Item) {
	after := d.Review.Items()
	d.Reshaped = !slices.EqualFunc(before, after, func(a, b intake.Item) bool { return a.ID == b.ID })
	d.Changed = nil
	for i, item := range after {
		if d.Reshaped || !reflect.DeepEqual(item, before[i]) {
			d.Changed = append(d.Changed, item.ID)
		}
	}
	if d.Reshaped {
		d.Changed = slices.DeleteFunc(d.Changed, func(id intake.ItemID) bool {
			return slices.ContainsFunc(before, func(item intake.Item) bool { return item.ID == id })
		})
	}
}

// itemSize is about how many bytes an item of a proposal takes.
const itemSize = 1000

// actionOf is what the table of rights calls a step.
func actionOf(op intake.Op) access.Action {
	if op == intake.Split || op == intake.Merge {
		return reshape
	}
	return review
}

// count brings the numbers of the review up to date.
func (d *Desk) count() {
	d.Ref.Steps = len(d.Events)
	d.Ref.Pending = d.Review.Count(intake.Pending)
	d.Ref.Accepted = d.Review.Count(intake.Accepted)
	d.Ref.Rejected = d.Review.Count(intake.Rejected)
}

// setReview keeps how far a review is.
func (s *Service) setReview(ctx context.Context, w *service.Work, ref ReviewRef) error {
	values := map[string]any{
		"steps": ref.Steps, "pending": ref.Pending, "accepted": ref.Accepted, "rejected": ref.Rejected,
		"entered": moment{ref.Entered}, "commitments": ref.Commitments,
	}
	if !ref.Entered.IsZero() {
		values["entered_by"] = string(service.CallerOf(ctx).Account())
	}
	_, err := w.Tx().NewUpdate().Model(&values).TableExpr("intake_reviews").
		Where("plan = ?", string(ref.Plan)).Where("document = ?", string(ref.Document)).Exec(ctx)
	if err != nil {
		return fmt.Errorf("keeping how far a review is: %w", err)
	}
	return nil
}

func (s *Service) reviewRow(ctx context.Context, plan ledger.PlanID, digest ledger.Digest) (reviewRow, error) {
	var row reviewRow
	err := s.core.Store().View(ctx).NewSelect().Model(&row).
		Where("plan = ?", string(plan)).Where("document = ?", string(digest)).Scan(ctx)
	if errors.Is(err, sql.ErrNoRows) {
		return row, &store.NotFound{Kind: "reviews", ID: string(digest)}
	}
	if err != nil {
		return row, fmt.Errorf("reading how far a review is: %w", err)
	}
	return row, nil
}

func (r reviewRow) ref() ReviewRef {
	return ReviewRef{
		Plan: ledger.PlanID(r.Plan), Document: ledger.Digest(r.Document), Opened: r.Opened.Time,
		OpenedBy: ledger.AccountID(r.OpenedBy), Steps: r.Steps, Pending: r.Pending, Accepted: r.Accepted,
		Rejected: r.Rejected, Entered: r.Entered.Time, Commitments: r.Commitments,
	}
}

// reviewID names a review in the log.
func reviewID(plan ledger.PlanID, digest ledger.Digest) string {
	return string(plan) + "/" + string(digest)
}

func isNotFound(err error) bool {
	var missing *store.NotFound
	return errors.As(err, &missing)
}
