package bulletin

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/uptrace/bun"

	"luoshi/internal/service"
	"luoshi/internal/store"
	"luoshi/ledger"
)

// Settings are how the bulletins of a government look and how they are numbered.
type Settings struct {
	Sign   string `json:"sign"`             // of the numbers: 望督通
	Series string `json:"series"`           // the red head: 督查通报
	Office string `json:"office"`           // that issues them
	Copies string `json:"copies,omitempty"` // 抄送
	Lines  int    `json:"lines"`            // how many matters a table names
}

// The bounds of settings, in characters and lines.
const (
	longestSign  = 10
	longestName  = 30
	longestCopy  = 200
	mostLines    = 200
	usualLines   = 20
	usualSign    = "督通"
	usualSeries  = "督查通报"
	usualDesk    = "督查室"
	noGovernment = "政府"
)

type settingsRow struct {
	bun.BaseModel `bun:"table:bulletin_settings,alias:bulletin_settings"`
	Government    string `bun:"government,pk"`
	Revision      int64  `bun:"revision"`
	Body          string `bun:"body"`
}

// Settings are those of a government; the usual ones, at revision 0, until the office saves some.
func (s *Service) Settings(ctx context.Context, government ledger.UnitID) (store.Record[Settings], error) {
	if err := s.core.Check(ctx, edit, service.Owned{Lead: government}); err != nil {
		return store.Record[Settings]{}, err
	}
	return s.settings(ctx, government)
}

func (s *Service) settings(ctx context.Context, government ledger.UnitID) (store.Record[Settings], error) {
	r := settingsRow{Government: string(government)}
	record := store.Record[Settings]{}
	err := s.core.Store().View(ctx).NewSelect().Model(&r).WherePK().Scan(ctx)
	if noRows(err) {
		tree, err := s.core.Tree(ctx)
		name := noGovernment
		if err == nil && tree.Name(government, s.core.Today()) != "" {
			name = tree.Name(government, s.core.Today())
		}
		record.Value = Settings{Sign: usualSign, Series: usualSeries, Office: name + usualDesk, Lines: usualLines}
		return record, err
	}
	if err != nil {
		return record, fmt.Errorf("bulletin: reading the settings of %s: %w", government, err)
	}
	record.Revision = r.Revision
	if err := json.Unmarshal([]byte(r.Body), &record.Value); err != nil {
		return record, fmt.Errorf("bulletin: reading the settings of %s: %w", government, err)
	}
	return record, nil
}

// SaveSettings sets how the bulletins of a government look from now on. What was published stays as it is.
func (s *Service) SaveSettings(ctx context.Context, government ledger.UnitID, settings Settings, seen int64) (store.Record[Settings], error) {
	var saved store.Record[Settings]
	err := s.core.Change(ctx, func(ctx context.Context, w *service.Work) error {
		if err := w.AllowFor(ctx, edit, service.Owned{Lead: government}); err != nil {
			return err
		}
		if err := settings.check(); err != nil {
			return err
		}
		before, err := s.settings(ctx, government)
		if err != nil {
			return err
		}
		body, err := json.Marshal(settings)
		if err != nil {
			return fmt.Errorf("bulletin: writing settings: %w", err)
		}
		r := settingsRow{Government: string(government), Revision: seen + 1, Body: string(body)}
		result, err := w.Tx().NewInsert().Model(&r).On("CONFLICT (government) DO UPDATE").Set("revision = EXCLUDED.revision").
			Set("body = EXCLUDED.body").Where("bulletin_settings.revision = ?", seen).Exec(ctx)
		if err != nil {
			return fmt.Errorf("bulletin: keeping settings: %w", err)
		}
		if n, err := result.RowsAffected(); err != nil || n != 1 || before.Revision != seen {
			return errors.Join(err, &store.Conflict[Settings]{Kind: SettingsKind, ID: string(government), Seen: seen, Current: before})
		}
		saved = store.Record[Settings]{Value: settings, Revision: r.Revision}
		w.Record(edit, SettingsKind, string(government), before.Value, settings, nil)
		return nil
	})
	return saved, err
}

// check finds what is wrong with settings.
func (t *Settings) check() error {
	t.Sign, t.Series, t.Office, t.Copies = strings.TrimSpace(t.Sign), strings.TrimSpace(t.Series), strings.TrimSpace(t.Office), strings.TrimSpace(t.Copies)
	long := func(text string, most int) bool { return utf8.RuneCountInString(text) > most }
	switch {
	case t.Sign == "" || long(t.Sign, longestSign):
		return faults.New("settings.sign", strconv.Itoa(longestSign))
	case t.Series == "" || long(t.Series, longestName):
		return faults.New("settings.series", strconv.Itoa(longestName))
	case t.Office == "" || long(t.Office, longestName):
		return faults.New("settings.office", strconv.Itoa(longestName))
	case t.Lines < 1 || t.Lines > mostLines:
		return faults.New("settings.lines", strconv.Itoa(mostLines))
	case long(t.Copies, longestCopy):
		return faults.New("settings.copies", strconv.Itoa(longestCopy))
	}
	return nil
}
