package catalogue

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/uptrace/bun"

	"luoshi/internal/access"
	"luoshi/internal/service"
	"luoshi/internal/service/catalogue/table"
	"luoshi/internal/store"
	"luoshi/ledger"
)

// ImportRow is a row of a table as it would come in.
type ImportRow struct {
	Number   int      // in the file
	Cells    []string // as pages show them, in the order of the columns
	Problems []ledger.Problem
	Faults   []*service.Fault
	Known    bool // it is there already, and is left alone
}

// Sound tells whether the row can come in.
func (r ImportRow) Sound() bool { return len(r.Problems)+len(r.Faults) == 0 && !r.Known }

// Preview is a table before it comes in.
type Preview struct {
	ID      string
	Name    string // of the file
	Plan    ledger.PlanID
	Columns []string // keys, for pages to name
	Rows    []ImportRow
	Unknown []string // headings that nothing is known of
}

// Count is how many rows can come in, how many are there already and how many have faults.
func (p Preview) Count() (sound, known, faulty int) {
	for _, r := range p.Rows {
		switch {
		case r.Known:
			known++
		case r.Sound():
			sound++
		default:
			faulty++
		}
	}
	return sound, known, faulty
}

type importRow struct {
	bun.BaseModel `bun:"table:table_imports"`
	Account       string `bun:"account,pk"`
	Kind          string `bun:"kind,pk"`
	ID            string `bun:"id"`
	Created       string `bun:"created"`
	Name          string `bun:"name"`
	Plan          string `bun:"plan"`
	Content       string `bun:"content"`
}

// aside is a table that was read and waits until somebody confirms it.
type aside struct {
	kind   string
	action access.Action // by which its rows come in
	whose  service.Owned
	name   string // of the file
	plan   ledger.PlanID
	table  table.Table
}

// putAside keeps a table for the caller, who may do its action to some records at least.
func (s *Service) putAside(ctx context.Context, a aside) (id string, err error) {
	err = s.Change(ctx, func(ctx context.Context, w *service.Work) error {
		if err := w.AllowFor(ctx, a.action, a.whose); err != nil {
			return err
		}
		if id, err = s.keep(ctx, w, a); err != nil {
			return err
		}
		w.Record(a.action, "table_imports", id, nil, nil, map[string]any{"file": a.name, "rows": len(a.table.Rows)})
		return nil
	})
	return id, err
}

// keep takes the place of a table that the account has put aside before.
func (s *Service) keep(ctx context.Context, w *service.Work, a aside) (string, error) {
	content, err := json.Marshal(a.table)
	if err != nil {
		return "", fmt.Errorf("keeping table %s: %w", a.name, err)
	}
	row := importRow{
		Account: string(service.CallerOf(ctx).Account()), Kind: a.kind, ID: store.NewID[string](s.Store()),
		Created: s.Store().Now().UTC().Format(timeForm), Name: a.name, Plan: string(a.plan), Content: string(content),
	}
	_, err = w.Tx().NewInsert().Model(&row).On("CONFLICT (account, kind) DO UPDATE").
		Set("id = EXCLUDED.id").Set("created = EXCLUDED.created").Set("name = EXCLUDED.name").
		Set("plan = EXCLUDED.plan").Set("content = EXCLUDED.content").Exec(ctx)
	if err != nil {
		return "", fmt.Errorf("keeping table %s: %w", a.name, err)
	}
	return row.ID, nil
}

// kept is a table that the caller put aside.
func (s *Service) kept(ctx context.Context, kind, id string) (importRow, table.Table, error) {
	var row importRow
	var t table.Table
	err := s.Store().View(ctx).NewSelect().Model(&row).Where("account = ?", service.CallerOf(ctx).Account()).
		Where("kind = ?", kind).Where("id = ?", id).Scan(ctx)
	if errors.Is(err, sql.ErrNoRows) {
		return row, t, fault("import.absent")
	}
	if err != nil {
		return row, t, fmt.Errorf("reading table %s: %w", id, err)
	}
	return row, t, json.Unmarshal([]byte(row.Content), &t)
}

// forget takes away a table that came in.
func (s *Service) forget(ctx context.Context, w *service.Work, row importRow) error {
	_, err := w.Tx().NewDelete().Model(&row).WherePK().Exec(ctx)
	if err != nil {
		return fmt.Errorf("taking away table %s: %w", row.ID, err)
	}
	return nil
}

// confirmable tells whether a table may come in: whole, or where asked for without the rows that have faults.
func confirmable(p Preview, soundOnly bool) error {
	sound, _, faulty := p.Count()
	switch {
	case faulty > 0 && !soundOnly:
		return fault("import.faulty", fmt.Sprint(faulty))
	case sound == 0:
		return fault("import.nothing")
	}
	return nil
}
