package bulletin

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/uptrace/bun"

	"luoshi/internal/access"
	"luoshi/internal/store"
	"luoshi/ledger"
	"luoshi/ledger/reporting"
)

// Summary is a bulletin in a list.
type Summary struct {
	ID         ID
	Plan       ledger.PlanID
	Period     reporting.Period
	State      State
	Title      string
	Number     string
	Corrects   ID
	Public     bool
	Updated    time.Time
	Published  time.Time
	Sent, Read int // units that it went to, and those of them that have confirmed
}

// listed are the columns of a summary.
var listed = []string{"id", "plan", "period", "state", "title", "printed", "corrects", "open", "made", "updated", "published"}

func (r row) summary() Summary {
	s := Summary{
		ID: ID(r.ID), Plan: ledger.PlanID(r.Plan), State: State(r.State), Title: r.Title, Number: r.Printed, Corrects: ID(r.Corrects),
		Public: r.Open, Updated: store.TimeOf(r.Updated),
	}
	s.Period, _ = reporting.ParsePeriod(r.Period) // written from a period
	if r.Published != nil {
		s.Published = store.TimeOf(*r.Published)
	}
	return s
}

// Filter narrows a list of bulletins. What is empty narrows nothing.
type Filter struct {
	Plan  ledger.PlanID
	State State
	Words string // in the title or the number
}

// Listing is a part of a list, the youngest first.
type Listing struct {
	Bulletins []Summary
	Next      string
}

// ownColumns is where lists of bulletins find whose they are.
var ownColumns = access.Columns{Unit: "bulletins.government", Published: "bulletins.disclosed"}

// List are the bulletins that the caller may read.
func (s *Service) List(ctx context.Context, filter Filter, page store.Page) (Listing, error) {
	scope, err := s.scope(ctx)
	if err != nil {
		return Listing{}, err
	}
	var rows []row
	query := scope(s.core.Store().View(ctx).NewSelect().Model(&rows).Column(listed...)).OrderExpr("bulletins.made DESC, bulletins.id DESC")
	for column, value := range map[string]string{"plan": string(filter.Plan), "state": string(filter.State)} {
		if value != "" {
			query = query.Where("? = ?", bun.Ident("bulletins."+column), value)
		}
	}
	if filter.Words != "" {
		query = query.Where(`(bulletins.title LIKE ? ESCAPE '\' OR bulletins.printed LIKE ? ESCAPE '\')`, holding(filter.Words), holding(filter.Words))
	}
	if page.After != "" {
		made, id, _ := strings.Cut(page.After, " ")
		query = query.Where("(bulletins.made, bulletins.id) < (?, ?)", made, id)
	}
	limit := min(page.Limit, store.MaxLimit)
	if limit <= 0 {
		limit = store.DefaultLimit
	}
	if err := query.Limit(int64(limit) + 1).Scan(ctx); err != nil {
		return Listing{}, fmt.Errorf("bulletin: listing: %w", err)
	}
	var l Listing
	if len(rows) > limit {
		rows = rows[:limit]
		l.Next = rows[limit-1].Made + " " + rows[limit-1].ID
	}
	for _, r := range rows {
		l.Bulletins = append(l.Bulletins, r.summary())
	}
	return l, s.count(ctx, l.Bulletins)
}

// scope lets through what the caller may read.
func (s *Service) scope(ctx context.Context) (store.Filter, error) {
	readable, err := s.core.Scope(ctx, read, ownColumns)
	if err != nil {
		return nil, err
	}
	tended, err := s.core.Scope(ctx, review, ownColumns)
	if err != nil {
		return nil, err
	}
	return func(q *bun.SelectQuery) *bun.SelectQuery {
		return readable(q).WhereGroup(" AND ", func(q *bun.SelectQuery) *bun.SelectQuery {
			q = q.Where("bulletins.state = ?", string(Issued))
			return q.WhereGroup(" OR ", func(q *bun.SelectQuery) *bun.SelectQuery { return tended(q.Where("1 = 1")) })
		})
	}, nil
}

// count adds to published bulletins how many units have confirmed.
func (s *Service) count(ctx context.Context, all []Summary) error {
	ids := []string{""}
	for _, b := range all {
		ids = append(ids, string(b.ID))
	}
	var counts []struct {
		Bulletin   string
		Sent, Read int
	}
	err := s.core.Store().View(ctx).NewSelect().Table("bulletin_receipts").Column("bulletin").ColumnExpr("count(*) AS sent").
		ColumnExpr("sum(CASE WHEN account <> '' THEN 1 ELSE 0 END) AS read").Where("bulletin IN (?)", bun.List(ids)).Group("bulletin").Scan(ctx, &counts)
	if err != nil {
		return fmt.Errorf("bulletin: counting who has read: %w", err)
	}
	for _, c := range counts {
		for i := range all {
			if string(all[i].ID) == c.Bulletin {
				all[i].Sent, all[i].Read = c.Sent, c.Read
			}
		}
	}
	return nil
}

// Unread are the published bulletins that wait for the confirmation of the caller's units, the oldest first.
func (s *Service) Unread(ctx context.Context) ([]Summary, error) {
	scope, err := s.core.Scope(ctx, receive, access.Columns{Unit: "r.unit"})
	if err != nil {
		return nil, err
	}
	var rows []row
	query := s.core.Store().View(ctx).NewSelect().Model(&rows).Distinct().Join("JOIN bulletin_receipts AS r ON r.bulletin = bulletins.id").
		Where("r.account = ''").OrderExpr("bulletins.made, bulletins.id").Limit(store.DefaultLimit)
	for _, column := range listed {
		query = query.Column("bulletins." + column)
	}
	if err := scope(query).Scan(ctx); err != nil {
		return nil, fmt.Errorf("bulletin: looking for what was not read: %w", err)
	}
	all := make([]Summary, len(rows))
	for i, r := range rows {
		all[i] = r.summary()
	}
	return all, nil
}
