package accounting

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

// Summary is a report in a list.
type Summary struct {
	ID       ID
	Plan     ledger.PlanID
	Owner    ledger.UnitID
	Period   reporting.Period
	Template string
	Version  int
	State    State
	Title    string
	Number   string
	Public   bool
	Updated  time.Time
	Frozen   time.Time
}

// listed are the columns of a summary.
var listed = []string{"id", "plan", "owner", "period", "template", "version", "state", "title", "printed", "open", "made", "updated", "frozen"}

func (r row) summary() Summary {
	s := Summary{
		ID: ID(r.ID), Plan: ledger.PlanID(r.Plan), Owner: ledger.UnitID(r.Owner), Template: r.Template, Version: r.Version,
		State: State(r.State), Title: r.Title, Number: r.Printed, Public: r.Open, Updated: store.TimeOf(r.Updated),
	}
	s.Period, _ = reporting.ParsePeriod(r.Period) // written from a period
	if r.Frozen != nil {
		s.Frozen = store.TimeOf(*r.Frozen)
	}
	return s
}

// Filter narrows a list of reports. What is empty narrows nothing.
type Filter struct {
	Plan     ledger.PlanID
	State    State
	Template string
	Words    string // in the title or the number
}

// Listing is a part of a list, the youngest first.
type Listing struct {
	Reports []Summary
	Next    string
}

// ownColumns is where lists of reports find whose they are.
var ownColumns = access.Columns{Unit: "papers.owner", Published: "papers.disclosed"}

// List are the reports that the caller may read.
func (s *Service) List(ctx context.Context, filter Filter, page store.Page) (Listing, error) {
	scope, err := s.scope(ctx)
	if err != nil {
		return Listing{}, err
	}
	var rows []row
	query := scope(s.core.Store().View(ctx).NewSelect().Model(&rows).Column(listed...)).OrderExpr("papers.made DESC, papers.id DESC")
	for column, value := range map[string]string{"plan": string(filter.Plan), "state": string(filter.State), "template": filter.Template} {
		if value != "" {
			query = query.Where("? = ?", bun.Ident("papers."+column), value)
		}
	}
	if filter.Words != "" {
		query = query.Where(`(papers.title LIKE ? ESCAPE '\' OR papers.printed LIKE ? ESCAPE '\')`, holding(filter.Words), holding(filter.Words))
	}
	if page.After != "" {
		made, id, _ := strings.Cut(page.After, " ")
		query = query.Where("(papers.made, papers.id) < (?, ?)", made, id)
	}
	limit := min(page.Limit, store.MaxLimit)
	if limit <= 0 {
		limit = store.DefaultLimit
	}
	if err := query.Limit(int64(limit) + 1).Scan(ctx); err != nil {
		return Listing{}, fmt.Errorf("accounting: listing: %w", err)
	}
	var l Listing
	if len(rows) > limit {
		rows = rows[:limit]
		l.Next = rows[limit-1].Made + " " + rows[limit-1].ID
	}
	for _, r := range rows {
		l.Reports = append(l.Reports, r.summary())
	}
	return l, nil
}

// scope lets through what the caller may read: what is frozen, and drafts of those who write or review them.
func (s *Service) scope(ctx context.Context) (store.Filter, error) {
	scopes := make([]store.Filter, 3)
	for i, action := range []access.Action{read, edit, review} {
		var err error
		if scopes[i], err = s.core.Scope(ctx, action, ownColumns); err != nil {
			return nil, err
		}
	}
	return func(q *bun.SelectQuery) *bun.SelectQuery {
		return scopes[0](q).WhereGroup(" AND ", func(q *bun.SelectQuery) *bun.SelectQuery {
			q = q.Where("papers.state = ?", string(Frozen))
			for _, tended := range scopes[1:] {
				q = q.WhereGroup(" OR ", func(q *bun.SelectQuery) *bun.SelectQuery { return tended(q.Where("1 = 1")) })
			}
			return q
		})
	}, nil
}

// holding is a pattern of LIKE for what holds a text.
func holding(text string) string {
	return "%" + strings.NewReplacer(`\`, `\\`, `%`, `\%`, `_`, `\_`).Replace(text) + "%"
}
