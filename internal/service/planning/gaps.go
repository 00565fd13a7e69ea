package planning

import (
	"context"
	"fmt"

	"github.com/uptrace/bun"

	"luoshi/internal/service"
	"luoshi/internal/store"
	"luoshi/ledger"
)

// Gap is what a commitment lacks, with the commitment.
type Gap struct {
	ledger.Gap
	Of ledger.Commitment
}

// GapPage is a part of the gaps of a plan.
type GapPage struct {
	Gaps []Gap
	Next string // behind which the next part begins; empty at the end
}

// Gaps are what the commitments of a plan that the caller may see lack today, by their numbers. Of the page limit and
// place count: the limit is one of commitments, each with all that it lacks.
func (s *Service) Gaps(ctx context.Context, plan ledger.PlanID, page store.Page) (GapPage, error) {
	var part GapPage
	if _, err := s.Plan(ctx, plan); err != nil {
		return part, err
	}
	scope, err := s.core.Scope(ctx, "commitment.read", commitmentColumns)
	if err != nil {
		return part, err
	}
	suspect, err := s.suspects(ctx)
	if err != nil {
		return part, err
	}
	page.Order, page.Descending = "number", false
	listing, err := s.core.Store().Commitments().List(ctx, page, scope, notWithdrawn, suspect, store.InPlan(plan))
	if err != nil {
		return part, fmt.Errorf("reading what the commitments of plan %s lack: %w", plan, err)
	}
	part.Next = listing.Next
	part.Gaps, err = s.lacking(ctx, store.Values(listing.Records))
	return part, err
}

// suspects narrow a list to the commitments that may lack something, so that those in order, which are most, need not
// be read: without owner or deadline, led by a unit that has ended, given to a vacant post, or an indicator without a
// target or with one that names no indicator.
func (s *Service) suspects(ctx context.Context) (store.Filter, error) {
	tree, err := s.core.Tree(ctx)
	if err != nil {
		return nil, err
	}
	ended, vacant := []string{""}, []string{""} // a list in SQL is never empty
	for _, unit := range tree.Units() {
		if !tree.Exists(unit.ID, s.core.Today()) {
			ended = append(ended, string(unit.ID))
		}
	}
	posts, err := service.All(ctx, s.core.Store().Posts().List)
	if err != nil {
		return nil, err
	}
	ids := make([]ledger.PostID, len(posts))
	for i, post := range posts {
		ids[i] = post.Value.ID
	}
	holders, err := s.core.Store().Posts().HoldersOf(ctx, ids...)
	if err != nil {
		return nil, err
	}
	for _, id := range ids {
		if _, held := ledger.HolderOn(holders, id, s.core.Today()); !held {
			vacant = append(vacant, string(id))
		}
	}
	return func(q *bun.SelectQuery) *bun.SelectQuery {
		return q.Where("(commitments.lead_unit IS NULL OR commitments.by_day = '' OR commitments.lead_unit IN (?) OR commitments.post IN (?) "+
			"OR commitments.kind = ? AND (NOT EXISTS (SELECT 1 FROM commitment_targets AS t WHERE t.commitment = commitments.id) "+
			"OR EXISTS (SELECT 1 FROM commitment_targets AS t WHERE t.commitment = commitments.id AND t.indicator IS NULL AND t.code = '')))",
			bun.List(ended), bun.List(vacant), string(ledger.KindIndicator))
	}, nil
}

// lacking are the gaps of commitments.
func (s *Service) lacking(ctx context.Context, commitments []ledger.Commitment) ([]Gap, error) {
	tree, err := s.core.Tree(ctx)
	if err != nil {
		return nil, err
	}
	holders, err := s.holders(ctx, commitments)
	if err != nil {
		return nil, err
	}
	byID := make(map[ledger.CommitmentID]ledger.Commitment, len(commitments))
	for _, c := range commitments {
		byID[c.ID] = c
	}
	found := ledger.Gaps(commitments, tree, holders, s.core.Today())
	gaps := make([]Gap, len(found))
	for i, gap := range found {
		gaps[i] = Gap{gap, byID[gap.Commitment]}
	}
	return gaps, nil
}

// holders are who held the posts that answer for commitments.
func (s *Service) holders(ctx context.Context, commitments []ledger.Commitment) ([]ledger.Holder, error) {
	var posts []ledger.PostID
	seen := map[ledger.PostID]bool{"": true}
	for _, c := range commitments {
		if !seen[c.Post] {
			seen[c.Post] = true
			posts = append(posts, c.Post)
		}
	}
	return s.core.Store().Posts().HoldersOf(ctx, posts...)
}

// blocking are the gaps with which a plan cannot be published, whoever asks.
func (s *Service) blocking(ctx context.Context, plan ledger.PlanID) (ledger.Problems, error) {
	records, err := s.all(ctx, plan, notWithdrawn, lacksBasics)
	if err != nil {
		return nil, err
	}
	var problems ledger.Problems
	gaps, err := s.lacking(ctx, store.Values(records))
	if err != nil {
		return nil, err
	}
	for _, gap := range gaps {
		if gap.Blocks() {
			gap.Problem.Where = "commitments/" + string(gap.Commitment) + "/" + gap.Problem.Where
			problems = append(problems, gap.Problem)
		}
	}
	return problems, nil
}

// countBlocking is how many gaps keep a plan from being published: owners and deadlines that are missing.
func (s *Service) countBlocking(ctx context.Context, plan ledger.PlanID) (int, error) {
	var n int
	err := notWithdrawn(s.core.Store().View(ctx).NewSelect().Table(commitmentKind)).Where("plan = ?", plan).
		ColumnExpr("coalesce(sum(CASE WHEN lead_unit IS NULL THEN 1 ELSE 0 END + CASE WHEN by_day = '' THEN 1 ELSE 0 END), 0)").Scan(ctx, &n)
	if err != nil {
		return 0, fmt.Errorf("counting what keeps plan %s from being published: %w", plan, err)
	}
	return n, nil
}

func notWithdrawn(q *bun.SelectQuery) *bun.SelectQuery {
	return q.Where("commitments.state <> ?", string(ledger.Withdrawn))
}

// lacksBasics are the commitments without an owner or a deadline.
func lacksBasics(q *bun.SelectQuery) *bun.SelectQuery {
	return q.Where("(commitments.lead_unit IS NULL OR commitments.by_day = '')")
}

// readable are the commitments of a plan that the caller may see, in the order of the documents.
func (s *Service) readable(ctx context.Context, plan ledger.PlanID, filters ...store.Filter) ([]store.Record[ledger.Commitment], error) {
	if _, err := s.Plan(ctx, plan); err != nil {
		return nil, err
	}
	scope, err := s.core.Scope(ctx, "commitment.read", commitmentColumns)
	if err != nil {
		return nil, err
	}
	records, err := s.all(ctx, plan, append(filters, scope)...)
	if err != nil {
		return nil, fmt.Errorf("reading what the caller may see: %w", err)
	}
	return records, nil
}
