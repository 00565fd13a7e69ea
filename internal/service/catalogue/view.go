package catalogue

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"slices"
	"strings"

	"github.com/uptrace/bun"

	"luoshi/internal/service"
	"luoshi/internal/store"
	"luoshi/ledger"
)

// viewKind is what the log calls saved views.
const viewKind = "saved_views"

// viewPages are the lists whose views can be kept, by their paths.
var viewPages = []string{"/projects", "/indicators", "/commitments", "/documents", "/intakes", "/amendments", "/units", "/search", "/lights"}

// SavedView is the filters and the order of a list under a name.
type SavedView struct {
	ID      string
	Name    string
	Page    string // the path of the list
	Query   string // of its address
	Account ledger.AccountID
	Unit    ledger.UnitID // with which it is shared; empty where it is its owner's alone
	Own     bool          // the caller's
	Default bool          // what the caller sees who comes to the page without filters
}

type viewRow struct {
	bun.BaseModel `bun:"table:saved_views,alias:saved_views"`
	ID            string `bun:"id,pk"`
	Revision      int64  `bun:"revision"`
	Created       string `bun:"created"`
	Updated       string `bun:"updated"`
	Account       string `bun:"account"`
	Unit          string `bun:"unit"`
	Page          string `bun:"page"`
	Name          string `bun:"name"`
	Query         string `bun:"query"`
	Dropped       bool   `bun:"dropped"`
}

type defaultRow struct {
	bun.BaseModel `bun:"table:saved_view_defaults"`
	Account       string `bun:"account,pk"`
	Page          string `bun:"page,pk"`
	SavedView     string `bun:"saved_view"`
}

// timeForm is how the tables keep times.
const timeForm = "2006-01-02T15:04:05.000000Z"

// Views are the views of a page that the caller has or that are shared with a unit of his, by their names.
func (s *Service) Views(ctx context.Context, page string) ([]SavedView, error) {
	caller := service.CallerOf(ctx)
	if caller.Account() == "" {
		return nil, nil
	}
	db := s.Store().View(ctx)
	var rows []viewRow
	err := db.NewSelect().Model(&rows).Where("page = ?", page).Where("NOT dropped").
		WhereGroup(" AND ", func(q *bun.SelectQuery) *bun.SelectQuery {
			q = q.Where("account = ?", caller.Account())
			if units := unitsOf(caller); len(units) > 0 {
				q = q.WhereOr("unit IN (?)", bun.List(units))
			}
			return q
		}).Order("name", "id").Scan(ctx)
	if err != nil {
		return nil, fmt.Errorf("reading the views of %s: %w", page, err)
	}
	chosen, err := s.chosen(ctx, caller.Account(), page)
	if err != nil {
		return nil, err
	}
	views := make([]SavedView, len(rows))
	for i, r := range rows {
		views[i] = SavedView{
			ID: r.ID, Name: r.Name, Page: r.Page, Query: r.Query, Account: ledger.AccountID(r.Account), Unit: ledger.UnitID(r.Unit),
			Own: r.Account == string(caller.Account()), Default: r.ID == chosen,
		}
	}
	return views, nil
}

func (s *Service) chosen(ctx context.Context, account ledger.AccountID, page string) (string, error) {
	var row defaultRow
	err := s.Store().View(ctx).NewSelect().Model(&row).Where("account = ?", account).Where("page = ?", page).Scan(ctx)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return "", fmt.Errorf("reading the default view of %s: %w", page, err)
	}
	return row.SavedView, nil
}

// unitsOf are the units in which a caller holds a post himself.
func unitsOf(caller service.Caller) []ledger.UnitID {
	var units []ledger.UnitID
	for _, post := range caller.Actor.Posts {
		if post.Unit != "" && !slices.Contains(units, post.Unit) {
			units = append(units, post.Unit)
		}
	}
	return units
}

// NewView is a view that somebody wants to keep.
type NewView struct {
	Name    string
	Page    string
	Query   string
	Share   bool // with the own unit
	Default bool // to be seen by the caller who comes to the page without filters
}

// viewNameLength bounds a view's name, in code points.
const viewNameLength = 40

// SaveView keeps a view. One of the caller's with the same name on the same page is replaced.
func (s *Service) SaveView(ctx context.Context, view NewView) (string, error) {
	row, err := s.viewOf(ctx, view)
	if err != nil {
		return "", err
	}
	err = s.Change(ctx, func(ctx context.Context, w *service.Work) error {
		if err := s.allowView(ctx, w); err != nil {
			return err
		}
		before, err := s.replaceable(ctx, w, row)
		if err != nil {
			return err
		}
		now := s.Store().Now().UTC().Format(timeForm)
		row.ID, row.Revision, row.Created, row.Updated = store.NewID[string](s.Store()), 1, now, now
		if before != nil {
			row.ID, row.Revision, row.Created = before.ID, before.Revision+1, before.Created
			_, err = w.Tx().NewUpdate().Model(&row).WherePK().Exec(ctx)
		} else {
			_, err = w.Tx().NewInsert().Model(&row).Exec(ctx)
		}
		if err != nil {
			return fmt.Errorf("keeping view %s: %w", row.Name, err)
		}
		if view.Default {
			if err := s.choose(ctx, w, row.Page, row.ID); err != nil {
				return err
			}
		}
		w.Record("view.save", viewKind, row.ID, said(before), said(&row), nil)
		return nil
	})
	return row.ID, err
}

// said is a view as the log has it; nil where there is none.
func said(r *viewRow) any {
	if r == nil {
		return nil
	}
	return map[string]any{"page": r.Page, "name": r.Name, "query": r.Query, "unit": r.Unit, "dropped": r.Dropped}
}

func (s *Service) viewOf(ctx context.Context, view NewView) (viewRow, error) {
	name := strings.TrimSpace(view.Name)
	if name == "" || len([]rune(name)) > viewNameLength {
		return viewRow{}, fault("view.name", fmt.Sprint(viewNameLength))
	}
	if !slices.Contains(viewPages, view.Page) {
		return viewRow{}, fault("view.page")
	}
	query, err := url.ParseQuery(view.Query)
	if err != nil {
		return viewRow{}, fault("view.page")
	}
	// A view begins at the first page, in whatever language its user reads.
	for _, passing := range []string{"after", "lang", "view"} {
		query.Del(passing)
	}
	caller := service.CallerOf(ctx)
	row := viewRow{Account: string(caller.Account()), Page: view.Page, Name: name, Query: query.Encode()}
	if view.Share {
		units := unitsOf(caller)
		if len(units) == 0 {
			return viewRow{}, fault("view.unit")
		}
		row.Unit = string(units[0])
	}
	return row, nil
}

func (s *Service) allowView(ctx context.Context, w *service.Work) error {
	owned := service.Owned{}
	if units := unitsOf(service.CallerOf(ctx)); len(units) > 0 {
		owned.Lead = units[0]
	}
	return w.AllowFor(ctx, "view.save", owned)
}

// replaceable is the caller's view with the same name on the same page; nil where there is none.
func (s *Service) replaceable(ctx context.Context, w *service.Work, row viewRow) (*viewRow, error) {
	var before viewRow
	err := w.Tx().NewSelect().Model(&before).Where("account = ?", row.Account).Where("page = ?", row.Page).
		Where("name = ?", row.Name).Where("NOT dropped").Scan(ctx)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("reading view %s: %w", row.Name, err)
	}
	return &before, nil
}

func (s *Service) choose(ctx context.Context, w *service.Work, page, id string) error {
	row := defaultRow{Account: string(service.CallerOf(ctx).Account()), Page: page, SavedView: id}
	_, err := w.Tx().NewInsert().Model(&row).On("CONFLICT (account, page) DO UPDATE").Set("saved_view = EXCLUDED.saved_view").Exec(ctx)
	if err != nil {
		return fmt.Errorf("choosing view %s: %w", id, err)
	}
	return nil
}

// ChooseView makes a view what the caller sees who comes to its page without filters; with choose false it is so no
// more.
func (s *Service) ChooseView(ctx context.Context, id string, choose bool) error {
	return s.changeView(ctx, id, func(ctx context.Context, w *service.Work, row viewRow) (viewRow, error) {
		if choose {
			return row, s.choose(ctx, w, row.Page, id)
		}
		_, err := w.Tx().NewDelete().Model((*defaultRow)(nil)).Where("account = ?", service.CallerOf(ctx).Account()).
			Where("page = ?", row.Page).Where("saved_view = ?", id).Exec(ctx)
		return row, err
	})
}

// DropView takes away a view of the caller's own.
func (s *Service) DropView(ctx context.Context, id string) error {
	return s.changeView(ctx, id, func(ctx context.Context, w *service.Work, row viewRow) (viewRow, error) {
		if row.Account != string(service.CallerOf(ctx).Account()) {
			return row, &store.NotFound{Kind: viewKind, ID: id}
		}
		if _, err := w.Tx().NewDelete().Model((*defaultRow)(nil)).Where("saved_view = ?", id).Exec(ctx); err != nil {
			return row, err
		}
		row.Dropped, row.Revision, row.Updated = true, row.Revision+1, s.Store().Now().UTC().Format(timeForm)
		_, err := w.Tx().NewUpdate().Model(&row).WherePK().Exec(ctx)
		return row, err
	})
}

// changeView changes a view that the caller can see.
func (s *Service) changeView(ctx context.Context, id string, change func(context.Context, *service.Work, viewRow) (viewRow, error)) error {
	return s.Change(ctx, func(ctx context.Context, w *service.Work) error {
		if err := s.allowView(ctx, w); err != nil {
			return err
		}
		var before viewRow
		err := w.Tx().NewSelect().Model(&before).Where("id = ?", id).Where("NOT dropped").Scan(ctx)
		caller := service.CallerOf(ctx)
		seen := before.Account == string(caller.Account()) || slices.Contains(unitsOf(caller), ledger.UnitID(before.Unit))
		if errors.Is(err, sql.ErrNoRows) || err == nil && !seen {
			return &store.NotFound{Kind: viewKind, ID: id}
		}
		if err != nil {
			return fmt.Errorf("reading view %s: %w", id, err)
		}
		after, err := change(ctx, w, before)
		if err != nil {
			return err
		}
		w.Record("view.save", viewKind, id, said(&before), said(&after), nil)
		return nil
	})
}
