package supervision

import (
	"context"
	"fmt"
	"slices"

	"github.com/uptrace/bun"

	"luoshi/calendar"
	"luoshi/internal/service"
	"luoshi/ledger"
)

// UnitStatistics is how the orders that a unit leads went in a span of days.
type UnitStatistics struct {
	Unit ledger.UnitID
	Name string
	// Issued are the orders of which the first day is in the span, Signed those signed for in it.
	Issued, Signed, SignedInTime int
	// Replied are those that were replied to for good in it, the last time.
	Replied, RepliedInTime int
	// Returned, Reopened and Extended count steps.
	Returned, Reopened, Extended int
	Closed                       int // in the span
	Open, Overdue                int // as they are now, of those issued up to its last day
}

// Statistics tell for each unit how its orders went from one day to another, with both; of all plans where none is
// named. Parts of orders count for the units that have them.
func (s *Service) Statistics(ctx context.Context, plan ledger.PlanID, from, to calendar.Date) ([]UnitStatistics, error) {
	scope, err := s.core.Scope(ctx, readOrder, orderColumns)
	if err != nil {
		return nil, err
	}
	by := map[string]*UnitStatistics{}
	at := func(unit string) *UnitStatistics {
		if by[unit] == nil {
			by[unit] = &UnitStatistics{Unit: ledger.UnitID(unit)}
		}
		return by[unit]
	}
	of := func(q *bun.SelectQuery) *bun.SelectQuery {
		if plan != "" {
			q = q.Where("orders.plan = ?", plan)
		}
		return scope(q)
	}
	if err := s.countOrders(ctx, of, at, from, to); err != nil {
		return nil, err
	}
	if err := s.countSteps(ctx, of, at, from, to); err != nil {
		return nil, err
	}
	return s.inTreeOrder(ctx, by)
}

// countOrders counts by what the rows of orders say.
func (s *Service) countOrders(ctx context.Context, of func(*bun.SelectQuery) *bun.SelectQuery, at func(string) *UnitStatistics,
	from, to calendar.Date,
) error {
	var rows []struct {
		Lead                                                                           string
		Issued, Signed, SignedInTime, Replied, RepliedInTime, Closed, OpenNow, Overdue int
	}
	in := func(column string) string {
		return "orders." + column + " >= '" + from.String() + "' AND orders." + column + " <= '" + to.String() + "'"
	}
	count := func(q *bun.SelectQuery, name, when string) *bun.SelectQuery {
		return q.ColumnExpr("coalesce(sum(CASE WHEN " + when + " THEN 1 ELSE 0 END), 0) AS " + name)
	}
	open := "orders.issued <> '' AND orders.ended = '' AND orders.issued <= '" + to.String() + "'"
	q := s.core.Store().View(ctx).NewSelect().Table("orders").Column("orders.lead").Group("orders.lead")
	q = count(q, "issued", in("issued"))
	q = count(q, "signed", in("signed"))
	q = count(q, "signed_in_time", in("signed")+" AND NOT orders.signed_late")
	q = count(q, "replied", in("replied"))
	q = count(q, "replied_in_time", in("replied")+" AND NOT orders.replied_late")
	q = count(q, "closed", in("ended")+" AND orders.state = 'closed'")
	q = count(q, "open_now", open)
	q = count(q, "overdue", open+" AND orders.running AND orders.due < '"+s.core.Today().String()+"'")
	if err := of(q).Scan(ctx, &rows); err != nil {
		return fmt.Errorf("counting orders by unit: %w", err)
	}
	for _, r := range rows {
		u := at(r.Lead)
		u.Issued, u.Signed, u.SignedInTime, u.Replied, u.RepliedInTime = r.Issued, r.Signed, r.SignedInTime, r.Replied, r.RepliedInTime
		u.Closed, u.Open, u.Overdue = r.Closed, r.OpenNow, r.Overdue
	}
	return nil
}

// countSteps counts by which steps were taken.
func (s *Service) countSteps(ctx context.Context, of func(*bun.SelectQuery) *bun.SelectQuery, at func(string) *UnitStatistics,
	from, to calendar.Date,
) error {
	var rows []struct {
		Lead, Action string
		Number       int
	}
	q := s.core.Store().View(ctx).NewSelect().Table("orders").Column("orders.lead", "flow_steps.action").ColumnExpr("count(*) AS number").
		Join("JOIN flow_steps ON flow_steps.object = orders.id AND flow_steps.kind = ?", OrderKind).
		Where("flow_steps.action IN (?)", bun.List([]string{returnStep, reopenStep, "extend"})).
		Where("flow_steps.on_day >= ?", from.String()).Where("flow_steps.on_day <= ?", to.String()).Group("orders.lead", "flow_steps.action")
	if err := of(q).Scan(ctx, &rows); err != nil {
		return fmt.Errorf("counting the steps of orders by unit: %w", err)
	}
	for _, r := range rows {
		switch u := at(r.Lead); r.Action {
		case returnStep:
			u.Returned = r.Number
		case reopenStep:
			u.Reopened = r.Number
		default:
			u.Extended = r.Number
		}
	}
	return nil
}

// inTreeOrder are statistics in the order of the units.
func (s *Service) inTreeOrder(ctx context.Context, by map[string]*UnitStatistics) ([]UnitStatistics, error) {
	tree, err := s.core.Tree(ctx)
	if err != nil {
		return nil, err
	}
	place := map[ledger.UnitID]int{}
	for i, unit := range tree.Units() {
		place[unit.ID] = i
	}
	all := make([]UnitStatistics, 0, len(by))
	for _, u := range by {
		if u.Issued+u.Signed+u.Replied+u.Returned+u.Reopened+u.Extended+u.Closed+u.Open == 0 {
			continue
		}
		u.Name = tree.Name(u.Unit, s.core.Today())
		all = append(all, *u)
	}
	slices.SortFunc(all, func(a, b UnitStatistics) int { return place[a.Unit] - place[b.Unit] })
	return all, nil
}

// MayRead tells whether the caller may read orders at all.
func (s *Service) MayRead(ctx context.Context) bool { return s.core.May(ctx, readOrder) }

// MayIssue tells whether the caller may draft and issue orders.
func (s *Service) MayIssue(ctx context.Context) bool {
	return s.core.Can(ctx, issueOrder, service.Owned{})
}
