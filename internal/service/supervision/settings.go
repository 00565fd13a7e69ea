package supervision

import (
	"context"
	"encoding/json"
	"fmt"

	"luoshi/internal/service"
	"luoshi/internal/store"
	"luoshi/ledger/supervision"
)

// settingsID is the identifier of the one record of settings.
const settingsID = "supervision"

// Settings are the rules as they hold; those of a district that has laid down none, at revision 0, until the office saves some.
func (s *Service) Settings(ctx context.Context) (store.Record[supervision.Settings], error) {
	if !s.core.May(ctx, readOrder) {
		return store.Record[supervision.Settings]{}, s.core.Check(ctx, readOrder, service.Owned{})
	}
	return s.settings(ctx)
}

func (s *Service) settings(ctx context.Context) (store.Record[supervision.Settings], error) {
	record := store.Record[supervision.Settings]{Value: supervision.Defaults()}
	var row settingsRow
	err := s.core.Store().View(ctx).NewSelect().Model(&row).Where("id = ?", settingsID).Scan(ctx)
	if noRows(err) {
		return record, nil
	}
	if err != nil {
		return record, fmt.Errorf("reading the settings of supervision: %w", err)
	}
	record.Revision = row.Revision
	if err := json.Unmarshal([]byte(row.Body), &record.Value); err != nil {
		return record, fmt.Errorf("reading the settings of supervision: %w", err)
	}
	return record, nil
}

// SaveSettings sets the rules. Orders that were issued keep their terms and numbers.
func (s *Service) SaveSettings(ctx context.Context, settings supervision.Settings, seen int64) (store.Record[supervision.Settings], error) {
	var saved store.Record[supervision.Settings]
	err := s.core.Change(ctx, func(ctx context.Context, w *service.Work) error {
		if err := w.AllowFor(ctx, setRules, service.Owned{}); err != nil {
			return err
		}
		if found := settings.Validate(); len(found) > 0 {
			return found
		}
		before, err := s.settings(ctx)
		if err != nil {
			return err
		}
		saved = store.Record[supervision.Settings]{Value: settings, Revision: seen + 1}
		row := settingsRow{ID: settingsID, Revision: saved.Revision, Body: written(settings)}
		result, err := w.Tx().NewInsert().Model(&row).On("CONFLICT (id) DO UPDATE").Set("revision = excluded.revision").
			Set("body = excluded.body").Where("supervision_settings.revision = ?", seen).Exec(ctx)
		if err != nil {
			return fmt.Errorf("writing the settings of supervision: %w", err)
		}
		if changed, err := result.RowsAffected(); err != nil || changed != 1 || before.Revision != seen {
			return &store.Conflict[supervision.Settings]{Kind: SettingsKind, ID: settingsID, Seen: seen, Current: before}
		}
		w.Record(setRules, SettingsKind, settingsID, before.Value, settings, nil)
		return nil
	})
	return saved, err
}
