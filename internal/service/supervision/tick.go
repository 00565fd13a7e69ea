package supervision

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/uptrace/bun"

	"luoshi/calendar"
	"luoshi/internal/service/workflow"
	"luoshi/internal/store"
	"luoshi/ledger/supervision"
)

// atOnce is how many orders a run looks at together.
const atOnce = 200

// lateCommit is how long a change may take from its moment to its being seen.
const lateCommit = 10 * time.Minute

// errDone says that another server was faster.
var errDone = errors.New("supervision: another server has done this already")

// run is one time that all open orders are seen to.
type run struct {
	today calendar.Date
	began string        // the moment, as a column holds it
	from  calendar.Date // the day of the last run that saw to all of them, zero where there was none
	rules supervision.Urging
}

// Tick urges whatever is due by the date of the district, and keeps the latest legal dates of orders whose clocks stand
// still. It may run as often as anybody likes, on any number of servers: everybody is told everything once. What fails
// with some orders keeps no others from their turn, and is made up for by the next run.
func (s *Service) Tick(ctx context.Context, _ json.RawMessage) error {
	r := run{today: s.core.Today(), began: s.core.Store().NowText()}
	settings, err := s.settings(ctx)
	if err != nil {
		return err
	}
	r.rules = settings.Value.Urging
	last, err := s.lastRun(ctx)
	if err != nil {
		return err
	}
	r.from = store.DateOf(last.OnDay)
	changed := "" // on one day, only what has changed since is looked at again
	if r.from == r.today {
		changed = store.TimeText(store.TimeOf(last.Began).Add(-lateCommit))
	}
	if err := s.seeTo(ctx, r, changed); err != nil {
		return err
	}
	return s.ran(ctx, r)
}

// seeTo sees to all open orders that have changed since a moment, some at a time.
func (s *Service) seeTo(ctx context.Context, r run, changed string) error {
	var failed []error
	for after := ""; ctx.Err() == nil; {
		var rows []orderRow
		err := s.core.Store().View(ctx).NewSelect().Model(&rows).Where("id > ?", after).Where("ended = ''").
			Where("state <> ?", s.order.States[0].Name).Where("updated >= ?", changed).Order("id").Limit(atOnce).Scan(ctx)
		if err != nil {
			return errors.Join(append(failed, fmt.Errorf("reading which orders are open: %w", err))...)
		}
		if len(rows) == 0 {
			break
		}
		if err := s.attend(ctx, r, rows); err != nil && !errors.Is(err, errDone) {
			failed = append(failed, err)
		}
		after = rows[len(rows)-1].ID
	}
	return errors.Join(append(failed, ctx.Err())...)
}

// lastRun is the last run that saw to everything.
func (s *Service) lastRun(ctx context.Context) (runRow, error) {
	var row runRow
	err := s.core.Store().View(ctx).NewSelect().Model(&row).Where("id = ?", settingsID).Scan(ctx)
	if err != nil && !noRows(err) {
		return row, fmt.Errorf("reading when orders were urged last: %w", err)
	}
	return row, nil
}

// ran keeps that a run has seen to everything.
func (s *Service) ran(ctx context.Context, r run) error {
	return s.core.Store().Within(ctx, func(ctx context.Context, tx bun.Tx) error {
		row := runRow{ID: settingsID, OnDay: r.today.String(), Began: r.began}
		_, err := tx.NewInsert().Model(&row).On("CONFLICT (id) DO UPDATE").Set("on_day = excluded.on_day").Set("began = excluded.began").
			Where("urging_runs.began < excluded.began").Exec(ctx)
		if err != nil {
			return fmt.Errorf("keeping when orders were urged: %w", err)
		}
		return nil
	})
}

// attend sees to some open orders: their latest legal dates are those of today, and who is to be reminded is.
func (s *Service) attend(ctx context.Context, r run, rows []orderRow) error {
	begun := map[string]calendar.Date{}
	for _, row := range rows {
		begun[row.ID] = s.begun(row)
	}
	cases, err := s.cases.Cases(ctx, s.order, OrderKind, begun)
	if err != nil {
		return err
	}
	var due []dueOrder
	for i := range rows {
		c := cases[rows[i].ID]
		before := rows[i]
		if s.setClocks(&rows[i], c); before != rows[i] {
			if err := s.correct(ctx, rows[i]); err != nil {
				return err
			}
		}
		if reminders := r.reminders(c, s.options.Workdays()); len(reminders) > 0 {
			due = append(due, dueOrder{rows[i], reminders})
		}
	}
	return s.remind(ctx, due)
}

// reminders are what a case gives since the last run, or since its last step, whose day may have been looked at before
// it was taken.
func (r run) reminders(c workflow.Case, days *calendar.Workdays) []supervision.Reminder {
	span := calendar.Period{From: r.from, To: r.today}
	if span.From.Before(c.Last) {
		span.From = c.Last
	}
	return r.rules.Remind(c.Clocks, span, days)
}

// correct writes the days of clocks that have moved without a step: that of one which stands still moves with today, and
// all may when holidays are announced. It is no change of the order, which follows from its steps.
func (s *Service) correct(ctx context.Context, row orderRow) error {
	return s.core.Store().Within(ctx, func(ctx context.Context, tx bun.Tx) error {
		_, err := tx.NewUpdate().Model(&row).Column("due", "sign_due", "interim_due", "estimated").WherePK().
			Where("revision = ?", row.Revision).Exec(ctx)
		if err != nil {
			return fmt.Errorf("writing the days of order %s: %w", row.ID, err)
		}
		return nil
	})
}
