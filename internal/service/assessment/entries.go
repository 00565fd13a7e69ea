package assessment

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/uptrace/bun"

	"luoshi/internal/service"
	"luoshi/internal/store"
	"luoshi/ledger/assessment"
)

// Given is points that somebody gave, with when he did and why they were withdrawn.
type Given struct {
	assessment.Entry
	At        time.Time
	Withdrawn string // empty while it counts
}

type entryRow struct {
	bun.BaseModel `bun:"table:assessment_entries,alias:assessment_entries"`
	ID            string `bun:"id,pk"`
	Assessment    string `bun:"assessment"`
	Unit          string `bun:"unit"`
	Item          string `bun:"item"`
	Account       string `bun:"account"`
	AtTime        string `bun:"at_time"`
	Withdrawn     string `bun:"withdrawn"`
	Body          string `bun:"body"`
}

// scoring tells whether points can be given now.
func (a Assessment) scoring() bool {
	return slices.Contains([]string{"adopted", "computed", "appeals"}, a.State)
}

// entries are what people gave, the first one first.
func (s *Service) entries(ctx context.Context, id ID) ([]Given, error) {
	var rows []entryRow
	if err := s.core.Store().View(ctx).NewSelect().Model(&rows).Where("assessment = ?", id).Order("at_time", "id").Scan(ctx); err != nil {
		return nil, fmt.Errorf("reading the entries of assessment %s: %w", id, err)
	}
	given := make([]Given, len(rows))
	for i, r := range rows {
		entry, err := parsed[assessment.Entry](r.Body)
		if err != nil {
			return nil, err
		}
		given[i] = Given{Entry: entry, At: store.TimeOf(r.AtTime), Withdrawn: r.Withdrawn}
	}
	return given, nil
}

// Give gives a unit points for a measure by hand, or as a bonus or deduction. One person judges a unit on a measure once.
func (s *Service) Give(ctx context.Context, id ID, entry assessment.Entry) error {
	return s.change(ctx, id, giveScore, government, 0, func(ctx context.Context, w *work) error {
		if !w.before.scoring() {
			return fault("entry.closed")
		}
		entry.Why, entry.Basis = strings.TrimSpace(entry.Why), strings.TrimSpace(entry.Basis)
		if err := unsound("entry.unsound", w.before.Scheme.CheckEntry(entry)); err != nil {
			return err
		}
		entry.ID, entry.On = store.NewID[string](s.core.Store()), s.core.Today()
		entry.Account = service.CallerOf(ctx).Account()
		if err := s.judgedOnce(ctx, w, entry); err != nil {
			return err
		}
		r := entryRow{
			ID: entry.ID, Assessment: w.row.ID, Unit: string(entry.Unit), Item: entry.Item, Account: string(entry.Account),
			AtTime: s.core.Store().NowText(), Body: written(entry),
		}
		if err := store.Insert(ctx, w.Tx(), r); err != nil {
			return err
		}
		w.Record(giveScore, EntryKind, entry.ID, nil, entry, nil)
		return s.again(ctx, w, stepped{Step: "give"})
	})
}

// judgedOnce fails where the caller has judged the unit on the measure already.
func (s *Service) judgedOnce(ctx context.Context, w *work, entry assessment.Entry) error {
	if _, judged := w.before.Scheme.Measure(entry.Item); !judged {
		return nil
	}
	n, err := s.core.Store().View(ctx).NewSelect().Table("assessment_entries").Where("assessment = ?", w.row.ID).
		Where("unit = ? AND item = ? AND account = ? AND withdrawn = ''", entry.Unit, entry.Item, entry.Account).Count(ctx)
	if err != nil {
		return fmt.Errorf("counting the entries of assessment %s: %w", w.row.ID, err)
	}
	if n > 0 {
		return fault("entry.twice")
	}
	return nil
}

// Withdraw takes points back that somebody gave. They stay in sight with the reason.
func (s *Service) Withdraw(ctx context.Context, id ID, entry, reason string) error {
	return s.change(ctx, id, giveScore, government, 0, func(ctx context.Context, w *work) error {
		if !w.before.scoring() {
			return fault("entry.closed")
		}
		if reason = strings.TrimSpace(reason); reason == "" {
			return fault("reason.missing")
		}
		var r entryRow
		err := s.core.Store().View(ctx).NewSelect().Model(&r).Where("id = ? AND assessment = ?", entry, id).Scan(ctx)
		if err := read(EntryKind, entry, err); err != nil {
			return err
		}
		if r.Withdrawn != "" {
			return fault("entry.withdrawn")
		}
		before, err := parsed[assessment.Entry](r.Body)
		if err != nil {
			return err
		}
		r.Withdrawn = reason
		if _, err := w.Tx().NewUpdate().Model(&r).WherePK().Exec(ctx); err != nil {
			return fmt.Errorf("withdrawing entry %s: %w", entry, err)
		}
		w.Record(giveScore, EntryKind, entry, before, nil, map[string]string{"reason": reason})
		return s.again(ctx, w, stepped{Step: "withdraw", Reason: reason})
	})
}
