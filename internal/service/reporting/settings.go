package reporting

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/uptrace/bun"

	"luoshi/calendar"
	"luoshi/internal/access"
	"luoshi/internal/service"
	"luoshi/internal/store"
	"luoshi/ledger"
	"luoshi/ledger/reporting"
)

// Settings say when and how often the units of a plan are asked, and what.
type Settings struct {
	Schedules []reporting.Schedule `json:"schedules"` // one for each frequency that is asked
	Asking    reporting.Asking     `json:"asking"`
	// From is the first day of reporting: periods that end before it are not asked. The whole year where it is zero.
	From calendar.Date `json:"from,omitzero"`
}

// UsualSettings are what holds until the office says otherwise; nothing is asked before it has saved some.
func UsualSettings() Settings {
	return Settings{Schedules: reporting.Usual(), Asking: reporting.UsualAsking()}
}

// schedule is when the rounds of a frequency open, are due and close.
func (s Settings) schedule(f reporting.Frequency) reporting.Schedule {
	for _, schedule := range s.Schedules {
		if schedule.Frequency == f {
			return schedule
		}
	}
	return reporting.Schedule{}
}

// schedules tells whether a round has the dates that its schedule gives.
func (s Settings) schedules(r reporting.Round, days *calendar.Workdays) bool {
	given := s.schedule(r.Period.Frequency).Round(r.Period, days)
	return given.Opens == r.Opens && given.Due == r.Due && given.Closes == r.Closes
}

// sound fails where settings do not fit together.
func (s Settings) sound() error {
	found := s.Asking.Validate()
	seen := map[reporting.Frequency]bool{}
	for _, schedule := range s.Schedules {
		if seen[schedule.Frequency] {
			return fault("settings.schedule", schedule.Frequency.Label())
		}
		seen[schedule.Frequency] = true
		found = append(found, schedule.Validate()...)
	}
	if len(found) > 0 {
		return because(found, "settings.unsound", found[0].What())
	}
	for _, f := range s.Asking.Frequencies() {
		if !seen[f] {
			return fault("settings.missing", f.Label())
		}
	}
	return nil
}

// Settings are the settings of a plan; the usual ones, at revision 0, until the office saves some.
func (s *Service) Settings(ctx context.Context, plan ledger.PlanID) (store.Record[Settings], error) {
	if err := s.checkPlan(ctx, readRound, plan); err != nil {
		return store.Record[Settings]{}, err
	}
	return s.settings(ctx, plan)
}

// checkPlan fails where the caller may not do an action to a plan.
func (s *Service) checkPlan(ctx context.Context, action access.Action, id ledger.PlanID) error {
	plan, err := s.core.Store().Plans().Get(ctx, string(id))
	if err != nil {
		return err
	}
	return s.core.Check(ctx, action, service.Owned{Lead: plan.Value.Government})
}

func (s *Service) settings(ctx context.Context, plan ledger.PlanID) (store.Record[Settings], error) {
	record := store.Record[Settings]{Value: UsualSettings()}
	var row settingsRow
	err := s.core.Store().View(ctx).NewSelect().Model(&row).Where("plan = ?", plan).Scan(ctx)
	if noRows(err) {
		return record, nil
	}
	if err != nil {
		return record, fmt.Errorf("reading the settings of plan %s: %w", plan, err)
	}
	record.Revision, record.Value = row.Revision, Settings{}
	if err := json.Unmarshal([]byte(row.Body), &record.Value); err != nil {
		return record, fmt.Errorf("reading the settings of plan %s: %w", plan, err)
	}
	return record, nil
}

// SaveSettings sets when and what the units of a plan are asked, and plans its rounds. Rounds that were opened stay as
// they are, and so do the dates of others that were set by hand.
func (s *Service) SaveSettings(ctx context.Context, plan ledger.PlanID, settings Settings, seen int64) (store.Record[Settings], error) {
	var saved store.Record[Settings]
	err := s.core.Change(ctx, func(ctx context.Context, w *service.Work) error {
		of, err := s.core.Store().Plans().Get(ctx, string(plan))
		if err != nil {
			return err
		}
		if err := w.AllowFor(ctx, setUp, service.Owned{Lead: of.Value.Government}); err != nil {
			return err
		}
		if err := settings.sound(); err != nil {
			return err
		}
		before, err := s.settings(ctx, plan)
		if err != nil {
			return err
		}
		saved = store.Record[Settings]{Value: settings, Revision: seen + 1}
		row := settingsRow{Plan: string(plan), Revision: saved.Revision, Body: written(settings)}
		kept, err := s.keepSettings(ctx, w.Tx(), row, seen)
		if err != nil {
			return err
		}
		if !kept || before.Revision != seen {
			return &store.Conflict[Settings]{Kind: SettingsKind, ID: string(plan), Seen: seen, Current: before}
		}
		w.Record(setUp, SettingsKind, string(plan), was(before), settings, nil)
		return s.plan(ctx, w.Tx(), of.Value, settings)
	})
	return saved, err
}

// was is a record as the log keeps it: nothing where there was none.
func was[T any](before store.Record[T]) any {
	if before.Revision == 0 {
		return nil
	}
	return before.Value
}

// keepSettings writes settings, unless somebody else has done so meanwhile.
func (s *Service) keepSettings(ctx context.Context, tx bun.Tx, row settingsRow, seen int64) (bool, error) {
	query := tx.NewInsert().Model(&row).On("CONFLICT (plan) DO UPDATE").Set("revision = excluded.revision").
		Set("body = excluded.body").Where("report_settings.revision = ?", seen)
	result, err := query.Exec(ctx)
	if err != nil {
		return false, fmt.Errorf("writing the settings of plan %s: %w", row.Plan, err)
	}
	changed, err := result.RowsAffected()
	return changed == 1, err
}

// plan plans the rounds of settings anew: those that were not opened take their dates from the schedules unless they
// were set by hand, and those that nobody asks for any more are dropped.
func (s *Service) plan(ctx context.Context, tx bun.Tx, plan ledger.Plan, settings Settings) error {
	var rows []roundRow
	wanted := []string{""}
	for _, f := range settings.Asking.Frequencies() {
		schedule := settings.schedule(f)
		for _, r := range schedule.Rounds(plan.Year, s.options.Workdays()) {
			if r.Period.Span().To.Before(settings.From) {
				continue
			}
			r.ID, r.Plan = store.NewID[reporting.RoundID](s.core.Store()), plan.ID
			rows, wanted = append(rows, rowOfRound(r)), append(wanted, r.Period.Key())
		}
	}
	_, err := tx.NewDelete().Model((*roundRow)(nil)).Where("plan = ?", plan.ID).Where("state = ?", string(reporting.Planned)).
		Where("period NOT IN (?)", bun.List(wanted)).Exec(ctx)
	if err != nil {
		return fmt.Errorf("dropping rounds of plan %s: %w", plan.ID, err)
	}
	if len(rows) == 0 {
		return nil
	}
	_, err = tx.NewInsert().Model(&rows).On("CONFLICT (plan, period) DO UPDATE").Set("opens = excluded.opens").
		Set("due = excluded.due").Set("closes = excluded.closes").Set("revision = rounds.revision + 1").
		Where("rounds.state = ?", string(reporting.Planned)).Where("NOT rounds.by_hand").Exec(ctx)
	if err != nil {
		return fmt.Errorf("planning the rounds of plan %s: %w", plan.ID, err)
	}
	return nil
}
