package supervision

import (
	"context"
	"fmt"
	"slices"

	"github.com/uptrace/bun"

	"luoshi/ledger"
)

// AboutCommitments are the open orders about each of some commitments, by whoever may read them.
func (s *Service) AboutCommitments(ctx context.Context, ids []ledger.CommitmentID) (map[ledger.CommitmentID][]Summary, error) {
	return about(ctx, s, ids, func(q *bun.SelectQuery) *bun.SelectQuery {
		return q.ColumnExpr("order_subjects.subject AS subject").Where("order_subjects.kind = ?", ofCommitment).
			Where("order_subjects.subject IN (?)", bun.List(ids))
	})
}

// AboutProjects are the open orders about each of some projects or about what they serve, by whoever may read them.
func (s *Service) AboutProjects(ctx context.Context, ids []ledger.ProjectID) (map[ledger.ProjectID][]Summary, error) {
	themselves, err := about(ctx, s, ids, func(q *bun.SelectQuery) *bun.SelectQuery {
		return q.ColumnExpr("order_subjects.subject AS subject").Where("order_subjects.kind = ?", ofProject).
			Where("order_subjects.subject IN (?)", bun.List(ids))
	})
	if err != nil {
		return nil, err
	}
	served, err := about(ctx, s, ids, func(q *bun.SelectQuery) *bun.SelectQuery {
		return q.ColumnExpr("commitments.project AS subject").Where("order_subjects.kind = ?", ofCommitment).
			Join("JOIN commitments ON commitments.id = order_subjects.subject").Where("commitments.project IN (?)", bun.List(ids))
	})
	for id, orders := range served {
		for _, order := range orders {
			known := func(other Summary) bool { return other.ID == order.ID }
			if !slices.ContainsFunc(themselves[id], known) {
				themselves[id] = append(themselves[id], order)
			}
		}
		slices.SortStableFunc(themselves[id], func(a, b Summary) int { return b.Due.DaysTo(a.Due) })
	}
	return themselves, err
}

// AboutSections are the open orders about the commitments in some sections of a plan or about what projects serve them, by
// whoever may read them: those that are due first in front, and at most as many as asked for where that is not 0.
func (s *Service) AboutSections(ctx context.Context, plan ledger.PlanID, sections []int, most int) ([]Summary, error) {
	scope, err := s.core.Scope(ctx, readOrder, orderColumns)
	if err != nil {
		return nil, err
	}
	within := func(column string) *bun.SelectQuery {
		return s.core.Store().View(ctx).NewSelect().Table("commitments").Column(column).
			Where("commitments.plan = ? AND commitments.section IN (?) AND commitments.? IS NOT NULL", plan, bun.List(sections), bun.Ident(column))
	}
	query := s.core.Store().View(ctx).NewSelect().Table("orders").ColumnExpr("orders.*").Where("orders.ended = ''").
		Where("EXISTS (SELECT 1 FROM order_subjects AS o WHERE o.order_id = orders.id AND "+
			"(o.kind = ? AND o.subject IN (?) OR o.kind = ? AND o.subject IN (?)))", ofCommitment, within("id"), ofProject, within("project")).
		Order("orders.due", "orders.id")
	if most > 0 {
		query = query.Limit(int64(most))
	}
	var rows []orderRow
	if err := scope(query).Scan(ctx, &rows); err != nil {
		return nil, fmt.Errorf("reading which orders are about sections of plan %s: %w", plan, err)
	}
	return s.summaries(ctx, rows)
}

// about are the open orders by what they are about, those that are due first in front.
func about[ID ~string](ctx context.Context, s *Service, ids []ID, subjects func(*bun.SelectQuery) *bun.SelectQuery) (map[ID][]Summary, error) {
	found := map[ID][]Summary{}
	if len(ids) == 0 {
		return found, nil
	}
	scope, err := s.core.Scope(ctx, readOrder, orderColumns)
	if err != nil {
		return nil, err
	}
	var rows []struct {
		orderRow
		Subject string
	}
	query := s.core.Store().View(ctx).NewSelect().Table("orders").ColumnExpr("orders.*").
		Join("JOIN order_subjects ON order_subjects.order_id = orders.id").Where("orders.ended = ''").Order("orders.due", "orders.id")
	if err := scope(subjects(query)).Scan(ctx, &rows); err != nil {
		return nil, fmt.Errorf("reading what orders are about: %w", err)
	}
	orders := make([]orderRow, len(rows))
	for i, row := range rows {
		orders[i] = row.orderRow
	}
	summaries, err := s.summaries(ctx, orders)
	if err != nil {
		return nil, err
	}
	for i, row := range rows {
		found[ID(row.Subject)] = append(found[ID(row.Subject)], summaries[i])
	}
	return found, nil
}
