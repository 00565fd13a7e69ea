package reporting

import (
	"context"
	"fmt"
	"time"

	"github.com/uptrace/bun"

	"luoshi/calendar"
	"luoshi/internal/service"
	"luoshi/internal/store"
	"luoshi/ledger"
	"luoshi/ledger/reporting"
)

// Reminder is a 催报: a notice to a unit that a form of it is waited for.
type Reminder struct {
	Round    reporting.Round
	Unit     ledger.UnitID
	UnitName string
	On       calendar.Date
	By       ledger.AccountID // who reminded; empty where the calendar did
	At       time.Time
}

// Reminders are the notices to units of the caller's about forms that are still waited for, the youngest first.
func (s *Service) Reminders(ctx context.Context) ([]Reminder, error) {
	scope, err := s.core.Scope(ctx, fillObservation, submissionColumns)
	if err != nil {
		return nil, err
	}
	var rows []reminderRow
	query := s.core.Store().View(ctx).NewSelect().Model(&rows).
		Join("JOIN submissions ON submissions.round = reminders.round AND submissions.unit = reminders.unit").
		Where("submissions.state IN (?)", bun.List(waiting)).OrderExpr("reminders.on_day DESC, reminders.at_time DESC").Limit(100)
	if err := scope(query).Scan(ctx); err != nil {
		return nil, fmt.Errorf("reading reminders: %w", err)
	}
	return s.reminders(ctx, rows)
}

// waiting are the states in which a form is with its unit.
var waiting = []string{string(reporting.Drafted), string(reporting.Returned)}

func (s *Service) reminders(ctx context.Context, rows []reminderRow) ([]Reminder, error) {
	rounds := map[string]reporting.Round{}
	tree, err := s.core.Tree(ctx)
	if err != nil {
		return nil, err
	}
	all := make([]Reminder, len(rows))
	for i, row := range rows {
		if _, known := rounds[row.Round]; !known {
			round, err := s.round(ctx, reporting.RoundID(row.Round))
			if err != nil {
				return nil, err
			}
			rounds[row.Round] = round.round()
		}
		unit := ledger.UnitID(row.Unit)
		all[i] = Reminder{
			Round: rounds[row.Round], Unit: unit, UnitName: tree.Name(unit, s.core.Today()), On: store.DateOf(row.OnDay),
			By: ledger.AccountID(row.Account), At: store.TimeOf(row.AtTime),
		}
	}
	return all, nil
}

// RemindNow reminds units of a round that have not sent in their forms, all of them where none is named, and tells how
// many it were. A unit is reminded once a day.
func (s *Service) RemindNow(ctx context.Context, round reporting.RoundID, units []ledger.UnitID) (int, error) {
	row, err := s.round(ctx, round)
	if err != nil {
		return 0, err
	}
	plan, err := s.core.Store().Plans().Get(ctx, row.Plan)
	if err != nil {
		return 0, err
	}
	owned := service.Owned{Lead: plan.Value.Government}
	if err := s.core.Check(ctx, remind, owned); err != nil {
		return 0, err
	}
	if row.State == string(reporting.Planned) {
		return 0, fault("round.not_open", said(row.Opens))
	}
	return s.remind(ctx, row.round(), owned, units, s.core.Today())
}

// remindOn reminds the units of a round where its schedule has it for the day, or had it for one on which no server ran.
func (s *Service) remindOn(ctx context.Context, round reporting.Round, today calendar.Date) error {
	settings, err := s.settings(ctx, round.Plan)
	if err != nil {
		return err
	}
	schedule := settings.Value.schedule(round.Period.Frequency)
	var last calendar.Date
	for _, on := range round.Reminders(schedule, s.options.Workdays()) {
		if !today.Before(on) {
			last = on
		}
	}
	if last.IsZero() {
		return nil
	}
	_, err = s.remind(ctx, round, service.Owned{}, nil, last)
	return err
}

// remind writes down that units are reminded today, of those that were not since a day, in one change with one entry.
func (s *Service) remind(ctx context.Context, round reporting.Round, owned service.Owned, units []ledger.UnitID, since calendar.Date) (int, error) {
	var told int
	silent, err := s.silent(ctx, round.ID, units, since)
	if err != nil || len(silent) == 0 {
		return 0, err
	}
	err = s.core.Change(ctx, func(ctx context.Context, w *service.Work) error {
		if err := w.AllowFor(ctx, remind, owned); err != nil {
			return err
		}
		if err := s.hold(ctx, w.Tx(), RoundKind, string(round.ID)); err != nil {
			return err
		}
		left, err := s.silent(ctx, round.ID, units, since)
		if err != nil {
			return err
		}
		if told = len(left); told == 0 {
			return errDone
		}
		rows := make([]reminderRow, len(left))
		for i, unit := range left {
			rows[i] = reminderRow{
				Round: string(round.ID), Unit: unit, OnDay: s.core.Today().String(),
				Account: string(service.CallerOf(ctx).Account()), AtTime: s.core.Store().NowText(),
			}
		}
		w.Record(remind, RoundKind, string(round.ID), nil, nil, map[string][]string{"units": left})
		if err := store.Insert(ctx, w.Tx(), rows...); err != nil {
			return err
		}
		return s.tellSilent(ctx, w, round, left)
	})
	return told, unless(err)
}

// silent are the units of a round that have not sent in their forms and were not reminded since a day.
func (s *Service) silent(ctx context.Context, round reporting.RoundID, units []ledger.UnitID, since calendar.Date) ([]string, error) {
	var found []string
	db := s.core.Store().View(ctx)
	query := db.NewSelect().Table("submissions").Column("unit").Where("round = ?", round).Where("asked > 0").
		Where("state IN (?)", bun.List(waiting)).
		Where("NOT EXISTS (?)", db.NewSelect().Table("reminders").ColumnExpr("1").Where("reminders.round = submissions.round").
			Where("reminders.unit = submissions.unit").Where("reminders.on_day >= ?", since.String())).Order("unit")
	if len(units) > 0 {
		query = query.Where("unit IN (?)", bun.List(units))
	}
	if err := query.Scan(ctx, &found); err != nil {
		return nil, fmt.Errorf("reading who has not reported: %w", err)
	}
	return found, nil
}
