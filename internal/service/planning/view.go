package planning

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"github.com/uptrace/bun"

	"luoshi/internal/audit"
	"luoshi/internal/service"
	"luoshi/internal/store"
	"luoshi/ledger"
)

// CommitmentView is a commitment with what a page tells of it.
type CommitmentView struct {
	store.Record[ledger.Commitment]
	Plan       store.Record[ledger.Plan]
	Whole      *store.Record[ledger.Commitment] // that it is a part of
	Parts      []store.Record[ledger.Commitment]
	Breakdowns []ledger.Breakdown // of its targets, and of those of its whole that it takes up
	Amendments []store.Record[ledger.Amendment]
	Answers    []Answer
	Marks      []Mark
	MadeOf     []store.Record[ledger.Commitment]
	Became     []store.Record[ledger.Commitment]
	Post       *ledger.Post
	Holder     *ledger.Holder // of the post, today
}

// View is a commitment with its parts, amendments, answers and milestones.
func (s *Service) View(ctx context.Context, id ledger.CommitmentID) (CommitmentView, error) {
	var v CommitmentView
	var err error
	if v.Record, err = s.Commitment(ctx, id); err != nil {
		return v, err
	}
	if v.Plan, err = s.core.Store().Plans().Get(ctx, string(v.Value.Plan)); err != nil {
		return v, err
	}
	if err := s.family(ctx, &v); err != nil {
		return v, err
	}
	amendments, err := s.Amendments(ctx, AmendmentQuery{Commitment: id}, store.Page{Descending: true, Limit: store.MaxLimit})
	if err != nil {
		return v, err
	}
	v.Amendments = amendments.Records
	if v.Answers, err = s.answers(ctx, id); err != nil {
		return v, err
	}
	if v.Marks, err = s.marks(ctx, id); err != nil {
		return v, err
	}
	if v.MadeOf, v.Became, err = s.origins(ctx, id); err != nil {
		return v, err
	}
	return v, s.responsible(ctx, &v)
}

// family finds what a commitment is a part of, its parts, and how their targets stand to each other. A balance whose
// figures the caller may not all see is not shown.
func (s *Service) family(ctx context.Context, v *CommitmentView) error {
	indicators, err := service.All(ctx, s.core.Store().Indicators().List, store.InPlan(v.Value.Plan))
	if err != nil {
		return err
	}
	if v.Parts, err = s.Parts(ctx, v.Value.ID); err != nil {
		return err
	}
	if err := s.balance(ctx, v, v.Record, v.Parts, store.Values(indicators)); err != nil || v.Value.Parent == "" {
		return err
	}
	whole, err := s.core.Store().Commitments().Get(ctx, string(v.Value.Parent))
	if err != nil || !s.core.Can(ctx, "commitment.read", ofCommitment(whole.Value)) {
		return err
	}
	v.Whole = &whole
	siblings, err := s.Parts(ctx, whole.Value.ID)
	if err != nil {
		return err
	}
	return s.balance(ctx, v, whole, siblings, store.Values(indicators))
}

// balance adds how the targets of parts stand to those of a whole.
func (s *Service) balance(ctx context.Context, v *CommitmentView, whole store.Record[ledger.Commitment],
	parts []store.Record[ledger.Commitment], indicators []ledger.Indicator,
) error {
	n, err := s.core.Store().Commitments().Count(ctx, store.Where("parent", string(whole.Value.ID)))
	if err != nil || int(n) != len(parts) {
		return err
	}
	family := append([]ledger.Commitment{whole.Value}, store.Values(parts)...)
	v.Breakdowns = append(v.Breakdowns, ledger.Breakdowns(family, indicators)...)
	return nil
}

// responsible finds the post that answers for a commitment, and who holds it: whoever follows in the post inherits.
func (s *Service) responsible(ctx context.Context, v *CommitmentView) error {
	if v.Value.Post == "" {
		return nil
	}
	post, err := s.core.Store().Posts().Get(ctx, string(v.Value.Post))
	if err != nil {
		return err
	}
	holders, err := s.core.Store().Posts().Holders(ctx, v.Value.Post)
	if err != nil {
		return err
	}
	v.Post = &post.Value
	if holder, held := ledger.HolderOn(holders, v.Value.Post, s.core.Today()); held {
		v.Holder = &holder
	}
	return nil
}

// Entries are what the log says of a commitment: of itself, of its milestones, and of what units said to it.
func (s *Service) Entries(ctx context.Context, id ledger.CommitmentID) ([]audit.Entry, error) {
	if _, err := s.Commitment(ctx, id); err != nil {
		return nil, err
	}
	var all []audit.Entry
	for _, kind := range []string{commitmentKind, AnswersKind, MilestonesKind} {
		entries, err := audit.History(ctx, s.core.Store().View(ctx), audit.Object{Kind: kind, ID: string(id)}, 0, store.MaxLimit)
		if err != nil {
			return nil, fmt.Errorf("reading what the log says of commitment %s: %w", id, err)
		}
		all = append(all, entries...)
	}
	slices.SortFunc(all, func(a, b audit.Entry) int { return cmp.Compare(a.Sequence, b.Sequence) })
	return all, nil
}

// Balances are how the targets of a plan's commitments stand to those of their parts, as far as the caller may see.
func (s *Service) Balances(ctx context.Context, plan ledger.PlanID) ([]ledger.Breakdown, error) {
	records, err := s.readable(ctx, plan, brokenDown)
	if err != nil {
		return nil, err
	}
	indicators, err := service.All(ctx, s.core.Store().Indicators().List, store.InPlan(plan))
	if err != nil {
		return nil, err
	}
	return ledger.Breakdowns(store.Values(records), store.Values(indicators)), nil
}

// brokenDown narrows a list to commitments that are part of another one or have parts.
func brokenDown(q *bun.SelectQuery) *bun.SelectQuery {
	return q.Where("(commitments.parent IS NOT NULL OR commitments.id IN (SELECT c.parent FROM commitments AS c WHERE c.parent IS NOT NULL))")
}
