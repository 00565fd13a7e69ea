package reporting

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"luoshi/calendar"
	"luoshi/internal/service"
	"luoshi/ledger"
	"luoshi/ledger/reporting"
)

// errDone says that another server was faster.
var errDone = errors.New("reporting: another server has done this already")

// unless is an error, but for that of another server's being faster.
func unless(err error) error {
	if errors.Is(err, errDone) {
		return nil
	}
	return err
}

// Tick opens, reminds, closes and locks what is due by the date of the district. It may run as often as anybody likes,
// on any number of servers: each round is opened and closed once, and each unit reminded once a day. What fails with one
// round keeps no other from its turn.
func (s *Service) Tick(ctx context.Context, _ json.RawMessage) error {
	var rows []roundRow
	today := s.core.Today()
	err := s.core.Store().View(ctx).NewSelect().Model(&rows).Join("JOIN plans ON plans.id = rounds.plan").
		Where("plans.state = ?", string(ledger.Published)).
		Where("rounds.state = ? AND rounds.opens <= ? OR rounds.state = ? OR rounds.state = ? AND EXISTS (?)",
			string(reporting.Planned), today.String(), string(reporting.Open), string(reporting.Closed),
			s.core.Store().View(ctx).NewSelect().Table("submissions").ColumnExpr("1").Where("submissions.round = rounds.id").
				Where("submissions.state = ?", string(reporting.Reviewed))).
		Order("rounds.ends", "rounds.id").Scan(ctx)
	if err != nil {
		return fmt.Errorf("reading which rounds are due: %w", err)
	}
	var failed []error
	for _, row := range rows {
		if err := s.advance(ctx, row.round(), today); err != nil {
			failed = append(failed, fmt.Errorf("round %s: %w", row.ID, err))
		}
		if ctx.Err() != nil {
			break
		}
	}
	return errors.Join(failed...)
}

// advance takes a round as far as the date has it.
func (s *Service) advance(ctx context.Context, round reporting.Round, today calendar.Date) error {
	ctx, err := s.warm(ctx, round.ID)
	if err != nil {
		return err
	}
	if round.State == reporting.Planned {
		if ctx, err = s.weigh(ctx, round); err != nil {
			return err
		}
		if err := s.turnBy(ctx, round.ID, reporting.Planned, reporting.Open); err != nil {
			return err
		}
	} else if round.State == reporting.Open {
		if err := s.complete(ctx, round); err != nil {
			return err
		}
	}
	if round.State != reporting.Closed {
		if err := s.remindOn(ctx, round, today); err != nil {
			return err
		}
		if !round.Closes.Before(today) {
			return nil
		}
		if err := s.turnBy(ctx, round.ID, reporting.Open, reporting.Closed); err != nil {
			return err
		}
	}
	return s.lockReviewed(ctx, round.ID)
}

// turnBy takes a round from one state to another by the calendar. Where it is no longer in the first, somebody was
// faster.
func (s *Service) turnBy(ctx context.Context, id reporting.RoundID, from, to reporting.RoundState) error {
	action := openRound
	if to == reporting.Closed {
		action = closeRound
	}
	return unless(s.core.Change(ctx, func(ctx context.Context, w *service.Work) error {
		if err := s.hold(ctx, w.Tx(), RoundKind, string(id)); err != nil {
			return err
		}
		row, err := s.round(ctx, id)
		if err != nil {
			return err
		}
		if reporting.RoundState(row.State) != from {
			return errDone
		}
		if err := w.AllowFor(ctx, action, service.Owned{}); err != nil {
			return err
		}
		after := row.round()
		after.State = to
		return s.turn(ctx, w, action, row, after)
	}))
}

// complete gives forms to units that were given something to report since the round was opened.
func (s *Service) complete(ctx context.Context, round reporting.Round) error {
	m, err := s.material(ctx, round.Plan)
	if err != nil {
		return err
	}
	missing, err := s.missing(ctx, m, round)
	if err != nil || len(missing) == 0 {
		return err
	}
	if ctx, err = s.weigh(ctx, round); err != nil {
		return err
	}
	return unless(s.core.Change(ctx, func(ctx context.Context, w *service.Work) error {
		if err := w.AllowFor(ctx, openRound, service.Owned{}); err != nil {
			return err
		}
		made, err := s.handOut(ctx, w.Tx(), m, round)
		if err != nil {
			return err
		}
		if made == 0 {
			return errDone
		}
		w.Record(openRound, RoundKind, string(round.ID), nil, nil, map[string]int{"units": made})
		return nil
	}))
}

// lockReviewed locks what was reviewed of a round, each submission in a change of its own.
func (s *Service) lockReviewed(ctx context.Context, round reporting.RoundID) error {
	var ids []string
	err := s.core.Store().View(ctx).NewSelect().Table("submissions").Column("id").Where("round = ?", round).
		Where("state = ?", string(reporting.Reviewed)).Order("id").Scan(ctx, &ids)
	if err != nil {
		return fmt.Errorf("reading what was reviewed in round %s: %w", round, err)
	}
	var failed []error
	for _, id := range ids {
		_, err := s.take(ctx, reporting.SubmissionID(id), "lock", "", 0)
		var moved *service.Fault
		switch {
		case errors.As(err, &moved): // locked or returned meanwhile by somebody else
		case err != nil:
			failed = append(failed, err)
		}
		if ctx.Err() != nil {
			break
		}
	}
	return errors.Join(failed...)
}
