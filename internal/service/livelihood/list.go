package livelihood

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"github.com/uptrace/bun"

	"luoshi/calendar"
	"luoshi/internal/service"
	"luoshi/internal/store"
	"luoshi/ledger"
	"luoshi/ledger/livelihood"
)

// Listing is a part of the items of a plan.
type Listing struct {
	Items []Item
	Next  string
}

// List is a part of the livelihood items of a plan by their numbers, whatever order the page asks for; those that have none
// yet come as their words stand in the document. Everybody of the government may see all of them.
func (s *Service) List(ctx context.Context, id ledger.PlanID, page store.Page) (Listing, error) {
	return s.list(ctx, id, page)
}

func (s *Service) list(ctx context.Context, id ledger.PlanID, page store.Page, filters ...store.Filter) (Listing, error) {
	if err := s.ofPlan(ctx, id); err != nil {
		return Listing{}, err
	}
	page.Order, page.Descending = "number", false
	part, err := s.core.Store().Commitments().List(ctx, page, append(filters, store.InPlan(id), itemsAlone)...)
	if err != nil {
		return Listing{}, err
	}
	commitments := store.Values(part.Records)
	slices.SortStableFunc(commitments, func(a, b ledger.Commitment) int {
		return cmp.Or(cmp.Compare(a.Number, b.Number), ledger.InOrder(a, b))
	})
	items, err := s.items(ctx, commitments)
	return Listing{items, part.Next}, err
}

// ofPlan fails where the caller may not see the items of a plan.
func (s *Service) ofPlan(ctx context.Context, id ledger.PlanID) error {
	plan, err := s.core.Store().Plans().Get(ctx, string(id))
	if err != nil {
		return err
	}
	return s.core.Check(ctx, read, service.Owned{Lead: plan.Value.Government})
}

// itemsAlone are the commitments that are livelihood items and were not given up.
func itemsAlone(q *bun.SelectQuery) *bun.SelectQuery {
	return q.Where("commitments.kind = ?", string(ledger.KindLivelihood)).Where("commitments.state <> ?", string(ledger.Withdrawn))
}

// Counts is how far the items of a plan are.
type Counts struct {
	All, Closed int
	Asked       int // of which somebody was asked whether he is satisfied
}

// Count counts the livelihood items of a plan.
func (s *Service) Count(ctx context.Context, id ledger.PlanID) (Counts, error) {
	if err := s.ofPlan(ctx, id); err != nil {
		return Counts{}, err
	}
	var n struct{ Known, Closed, Asked int }
	view := s.core.Store().View(ctx)
	asked := view.NewSelect().TableExpr("livelihood_surveys AS v").ColumnExpr("1").Where("v.commitment = commitments.id AND v.withdrawn = ''")
	err := itemsAlone(view.NewSelect().Table("commitments")).Join("LEFT JOIN livelihood_items AS i ON i.commitment = commitments.id").
		ColumnExpr("count(*) AS known").
		ColumnExpr("coalesce(sum(CASE WHEN i.state = ? THEN 1 ELSE 0 END), 0) AS closed", Closed).
		ColumnExpr("coalesce(sum(CASE WHEN EXISTS (?) THEN 1 ELSE 0 END), 0) AS asked", asked).
		Where("commitments.plan = ?", id).Scan(ctx, &n)
	if err != nil {
		return Counts{}, fmt.Errorf("livelihood: counting the items of plan %s: %w", id, err)
	}
	return Counts{All: n.Known, Closed: n.Closed, Asked: n.Asked}, nil
}

// Standing is how an item stands, for what counts items: bulletins and assessments.
type Standing struct {
	Commitment    ledger.CommitmentID
	Number, Title string
	Lead          ledger.UnitID
	By            calendar.Date
	State         string // of flow livelihood-item
	Voted         bool   // there was a vote on it
	// Score is how satisfied people are; nobody was asked where it has no answers.
	Score livelihood.Score
}

// Closed tells whether the item is signed off.
func (s Standing) Closed() bool { return s.State == Closed }

// Standings are how all livelihood items of a plan stand, by their numbers.
func (s *Service) Standings(ctx context.Context, id ledger.PlanID) ([]Standing, error) {
	if err := s.ofPlan(ctx, id); err != nil {
		return nil, err
	}
	return s.Counted(ctx, id)
}

// Counted are the standings for what counts items and shows its own figures under its own rights: whoever asks.
func (s *Service) Counted(ctx context.Context, id ledger.PlanID) ([]Standing, error) {
	var rows []struct {
		ID, Number, Title, Unit, Day, State string
		Voted                               bool
	}
	view := s.core.Store().View(ctx)
	err := itemsAlone(view.NewSelect().Table("commitments")).Join("LEFT JOIN livelihood_items AS i ON i.commitment = commitments.id").
		Join("LEFT JOIN livelihood_promises AS p ON p.commitment = commitments.id").
		ColumnExpr("commitments.id, commitments.number, commitments.title, coalesce(commitments.lead_unit, '') AS unit").
		ColumnExpr("commitments.by_day AS day, coalesce(i.state, ?) AS state", s.item.States[0].Name).ColumnExpr("p.candidate IS NOT NULL AS voted").
		Where("commitments.plan = ?", id).OrderExpr("commitments.number, commitments.id").Scan(ctx, &rows)
	if err != nil {
		return nil, fmt.Errorf("livelihood: reading the items of plan %s: %w", id, err)
	}
	asked, err := s.surveysWhere(ctx, "commitment IN (SELECT id FROM commitments WHERE plan = ?)", id)
	if err != nil {
		return nil, err
	}
	all, rule := make([]Standing, len(rows)), livelihood.Usual() // figures of satisfaction are the same by every rule
	for i, r := range rows {
		all[i] = Standing{
			Commitment: ledger.CommitmentID(r.ID), Number: r.Number, Title: r.Title, Lead: ledger.UnitID(r.Unit), By: store.DateOf(r.Day), State: r.State,
			Voted: r.Voted,
		}
		all[i].Score, _ = livelihood.Figure(rule.Scores(surveysOf(asked[all[i].Commitment])))
	}
	return all, nil
}
