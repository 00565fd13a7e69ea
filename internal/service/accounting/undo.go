package accounting

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"github.com/uptrace/bun"

	"luoshi/internal/service"
	"luoshi/internal/store"
	"luoshi/ledger"
)

// mostVersions is how many changes of a draft can be undone.
const mostVersions = 200

// Version is a change of a draft that can be undone, or done again.
type Version struct {
	Number int // 1 is the first change
	By     ledger.AccountID
	At     time.Time
}

type versionRow struct {
	bun.BaseModel `bun:"table:paper_versions,alias:paper_versions"`
	Paper         string `bun:"paper,pk"`
	Number        int    `bun:"number,pk"`
	Edits         string `bun:"edits"`
	Account       string `bun:"account"`
	AtTime        string `bun:"at_time"`
}

func (r versionRow) version() Version {
	return Version{Number: r.Number, By: ledger.AccountID(r.Account), At: store.TimeOf(r.AtTime)}
}

// Undo makes of a draft what it was before the last change of it that still holds.
func (s *Service) Undo(ctx context.Context, id ID, seen int64) (View, error) {
	return s.walk(ctx, id, seen, -1, faults.New("undo.none"))
}

// Redo takes back the last Undo.
func (s *Service) Redo(ctx context.Context, id ID, seen int64) (View, error) {
	return s.walk(ctx, id, seen, 1, faults.New("redo.none"))
}

// walk goes to another version of a draft; none is the fault where there is none.
func (s *Service) walk(ctx context.Context, id ID, seen int64, by int, none error) (View, error) {
	return s.change(ctx, id, seen, func(ctx context.Context, r *Report) error {
		row, err := s.version(ctx, id, r.Place+by)
		if noRows(err) {
			return none
		}
		if err != nil {
			return err
		}
		r.Place, r.Edits = row.Number, Edits{}
		if err := json.Unmarshal([]byte(row.Edits), &r.Edits); err != nil {
			return fmt.Errorf("accounting: reading version %d of %s: %w", row.Number, id, err)
		}
		return nil
	})
}

func (s *Service) version(ctx context.Context, id ID, number int) (versionRow, error) {
	row := versionRow{Paper: string(id), Number: number}
	err := s.core.Store().View(ctx).NewSelect().Model(&row).WherePK().Scan(ctx)
	if err != nil && !noRows(err) {
		err = fmt.Errorf("accounting: reading version %d of %s: %w", number, id, err)
	}
	return row, err
}

// versions are the change that can be undone and the one that can be done again; nil where there is none.
func (s *Service) versions(ctx context.Context, r Report) (undo, redo *Version, err error) {
	var rows []versionRow
	err = s.core.Store().View(ctx).NewSelect().Model(&rows).ExcludeColumn("edits").Where("paper = ?", r.ID).
		Where("number BETWEEN ? AND ?", r.Place-1, r.Place+1).Order("number").Scan(ctx)
	if err != nil {
		return nil, nil, fmt.Errorf("accounting: reading the versions of %s: %w", r.ID, err)
	}
	before := false
	for _, row := range rows {
		v := row.version()
		switch row.Number {
		case r.Place - 1:
			before = true
		case r.Place:
			if before {
				undo = &v
			}
		default:
			redo = &v
		}
	}
	return undo, redo, nil
}

// remember keeps what a change made of a draft behind what it was before. What was undone is forgotten with it: who goes
// another way from there does not want it back.
func (s *Service) remember(ctx context.Context, w *service.Work, before Report, after *Report) error {
	was, is, err := before.written(after)
	if err != nil || was == is || before.Place != after.Place {
		return err
	}
	after.Place = before.Place + 1
	_, err = w.Tx().NewDelete().Model((*versionRow)(nil)).Where("paper = ?", before.ID).
		Where("(number > ? OR number < ?)", before.Place, after.Place-mostVersions).Exec(ctx)
	if err != nil {
		return fmt.Errorf("accounting: forgetting versions of %s: %w", before.ID, err)
	}
	rows := []versionRow{
		{Paper: string(before.ID), Number: before.Place, Edits: was, Account: string(before.Author), AtTime: store.TimeText(before.Made)},
		{Paper: string(before.ID), Number: after.Place, Edits: is, Account: string(service.CallerOf(ctx).Account()), AtTime: s.core.Store().NowText()},
	}
	if _, err := w.Tx().NewInsert().Model(&rows).On("CONFLICT DO NOTHING").Exec(ctx); err != nil {
		return fmt.Errorf("accounting: keeping a version of %s: %w", before.ID, err)
	}
	return nil
}

// written is what people had made of a draft, and have made of it now, as it is kept.
func (r Report) written(now *Report) (was, is string, err error) {
	for _, f := range []field{{&was, r.Edits}, {&is, now.Edits}} {
		text, err := json.Marshal(f.value)
		if err != nil {
			return "", "", fmt.Errorf("accounting: writing the edits of %s: %w", r.ID, err)
		}
		*f.text = string(text)
	}
	return was, is, nil
}
