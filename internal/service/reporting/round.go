package reporting

import (
	"context"
	"fmt"

	"github.com/uptrace/bun"

	"luoshi/calendar"
	"luoshi/internal/access"
	"luoshi/internal/service"
	"luoshi/internal/store"
	"luoshi/ledger"
	"luoshi/ledger/reporting"
)

// RoundView is a round with how far its units are.
type RoundView struct {
	reporting.Round
	Revision int64
	ByHand   bool // its dates were set by hand, and stay when the schedule changes
	// States are how many submissions are in each state. They are there once the round was opened.
	States map[reporting.State]int
	// Units are asked, Reported of them have sent their forms in, and Late of those after the due day.
	Units, Reported, Late int
}

// RoundDates are other dates for a round than its schedule gives.
type RoundDates struct {
	Opens, Due, Closes calendar.Date
}

// submissionColumns is where lists of submissions find whose they are.
var submissionColumns = access.Columns{Unit: "submissions.unit"}

// Rounds are the rounds of a plan, in time, with how far their forms are.
func (s *Service) Rounds(ctx context.Context, plan ledger.PlanID) ([]RoundView, error) {
	rows, err := s.roundsOf(ctx, plan)
	if err != nil {
		return nil, err
	}
	return s.counted(ctx, plan, rows...)
}

// Calendar is the rounds of a plan, in time, without their forms.
func (s *Service) Calendar(ctx context.Context, plan ledger.PlanID) ([]reporting.Round, error) {
	rows, err := s.roundsOf(ctx, plan)
	rounds := make([]reporting.Round, len(rows))
	for i, row := range rows {
		rounds[i] = row.round()
	}
	return rounds, err
}

func (s *Service) roundsOf(ctx context.Context, plan ledger.PlanID) ([]roundRow, error) {
	if err := s.checkPlan(ctx, readRound, plan); err != nil {
		return nil, err
	}
	var rows []roundRow
	err := s.core.Store().View(ctx).NewSelect().Model(&rows).Where("plan = ?", plan).Order("ends", "period").Scan(ctx)
	if err != nil {
		return nil, fmt.Errorf("reading the rounds of plan %s: %w", plan, err)
	}
	return rows, nil
}

// Round is a round.
func (s *Service) Round(ctx context.Context, id reporting.RoundID) (RoundView, error) {
	row, err := s.round(ctx, id)
	if err != nil {
		return RoundView{}, err
	}
	if err := s.checkPlan(ctx, readRound, ledger.PlanID(row.Plan)); err != nil {
		return RoundView{}, err
	}
	views, err := s.counted(ctx, ledger.PlanID(row.Plan), row)
	if err != nil {
		return RoundView{}, err
	}
	return views[0], nil
}

func (s *Service) round(ctx context.Context, id reporting.RoundID) (roundRow, error) {
	var row roundRow
	err := s.core.Store().View(ctx).NewSelect().Model(&row).Where("id = ?", id).Scan(ctx)
	if noRows(err) {
		return row, &store.NotFound{Kind: RoundKind, ID: string(id)}
	}
	if err != nil {
		return row, fmt.Errorf("reading round %s: %w", id, err)
	}
	return row, nil
}

// counted are one round of a plan, or all, with how far those of their units are that the caller may see.
func (s *Service) counted(ctx context.Context, plan ledger.PlanID, rows ...roundRow) ([]RoundView, error) {
	scope, err := s.core.Scope(ctx, readSubmission, submissionColumns)
	if err != nil {
		return nil, err
	}
	var counts []struct {
		Round, State string
		Late         bool
		Number       int
	}
	query := s.core.Store().View(ctx).NewSelect().Table("submissions").Column("round", "state", "late").
		ColumnExpr("count(*) AS number").Where("submissions.plan = ?", plan).Where("asked > 0").Group("round", "state", "late")
	if len(rows) == 1 {
		query = query.Where("submissions.round = ?", rows[0].ID)
	}
	if err := scope(query).Scan(ctx, &counts); err != nil {
		return nil, fmt.Errorf("counting submissions: %w", err)
	}
	views, at := make([]RoundView, len(rows)), map[string]*RoundView{}
	for i, row := range rows {
		views[i] = RoundView{Round: row.round(), Revision: row.Revision, ByHand: row.ByHand, States: map[reporting.State]int{}}
		at[row.ID] = &views[i]
	}
	for _, count := range counts {
		view, state := at[count.Round], reporting.State(count.State)
		view.States[state] += count.Number
		view.Units += count.Number
		if state != reporting.Drafted && state != reporting.Returned {
			view.Reported += count.Number
			if count.Late {
				view.Late += count.Number
			}
		}
	}
	return views, nil
}

// ChangeRound gives a round other dates, which stay as they are when the schedule changes unless they are those of the
// schedule. One that was closed is open again where it now closes today or later.
func (s *Service) ChangeRound(ctx context.Context, id reporting.RoundID, dates RoundDates, seen int64) (RoundView, error) {
	return s.changeRound(ctx, setUp, id, seen, func(r *reporting.Round) error {
		if r.State != reporting.Planned && dates.Opens != r.Opens {
			return fault("round.begun")
		}
		r.Opens, r.Due, r.Closes = dates.Opens, dates.Due, dates.Closes
		if found := r.Validate(); len(found) > 0 {
			return because(found, "settings.unsound", found[0].What())
		}
		if r.State == reporting.Closed && !r.Closes.Before(s.core.Today()) {
			r.State = reporting.Open
		}
		return nil
	})
}

// OpenRound opens a round before its day.
func (s *Service) OpenRound(ctx context.Context, id reporting.RoundID, seen int64) (RoundView, error) {
	row, err := s.round(ctx, id)
	if err != nil {
		return RoundView{}, err
	}
	if err := s.checkPlan(ctx, openRound, ledger.PlanID(row.Plan)); err != nil {
		return RoundView{}, err
	}
	if ctx, err = s.weigh(ctx, row.round()); err != nil {
		return RoundView{}, err
	}
	return s.changeRound(ctx, openRound, id, seen, func(r *reporting.Round) error {
		if r.State != reporting.Planned {
			return fault("round.not_planned")
		}
		r.State = reporting.Open
		return nil
	})
}

// CloseRound closes a round before its day, and locks what was reviewed.
func (s *Service) CloseRound(ctx context.Context, id reporting.RoundID, seen int64) (RoundView, error) {
	view, err := s.changeRound(ctx, closeRound, id, seen, func(r *reporting.Round) error {
		if r.State != reporting.Open {
			return fault("round.not_running")
		}
		r.State = reporting.Closed
		return nil
	})
	if err != nil {
		return view, err
	}
	if err := s.lockReviewed(ctx, id); err != nil {
		return view, err
	}
	return s.Round(ctx, id)
}

// changeRound changes a round by hand.
func (s *Service) changeRound(ctx context.Context, action access.Action, id reporting.RoundID, seen int64,
	change func(*reporting.Round) error,
) (RoundView, error) {
	err := s.core.Change(ctx, func(ctx context.Context, w *service.Work) error {
		if err := s.hold(ctx, w.Tx(), RoundKind, string(id)); err != nil {
			return err
		}
		row, err := s.round(ctx, id)
		if err != nil {
			return err
		}
		plan, err := s.core.Store().Plans().Get(ctx, row.Plan)
		if err != nil {
			return err
		}
		if err := w.AllowFor(ctx, action, service.Owned{Lead: plan.Value.Government}); err != nil {
			return err
		}
		before := row.round()
		if row.Revision != seen {
			current := store.Record[reporting.Round]{Value: before, Revision: row.Revision}
			return &store.Conflict[reporting.Round]{Kind: RoundKind, ID: string(id), Seen: seen, Current: current}
		}
		after := before
		if err := change(&after); err != nil {
			return err
		}
		return s.turn(ctx, w, action, row, after)
	})
	if err != nil {
		return RoundView{}, err
	}
	return s.Round(ctx, id)
}

// turn writes a round as it is now, which nobody else must have changed. Opening it gives every unit that is asked
// something its form.
func (s *Service) turn(ctx context.Context, w *service.Work, action access.Action, row roundRow, after reporting.Round) error {
	before := row.round()
	next := rowOfRound(after)
	next.Revision, next.ByHand = row.Revision+1, row.ByHand
	if before.Opens != after.Opens || before.Due != after.Due || before.Closes != after.Closes {
		settings, err := s.settings(ctx, after.Plan)
		if err != nil {
			return err
		}
		next.ByHand = !settings.Value.schedules(after, s.options.Workdays())
	}
	if _, err := w.Tx().NewUpdate().Model(&next).WherePK().Exec(ctx); err != nil {
		return fmt.Errorf("writing round %s: %w", row.ID, err)
	}
	var units int
	if before.State == reporting.Planned && after.State == reporting.Open {
		m, err := s.material(ctx, after.Plan)
		if err != nil {
			return err
		}
		if m.plan.State != ledger.Published {
			return fault("plan.not_published")
		}
		if units, err = s.handOut(ctx, w.Tx(), m, after); err != nil {
			return err
		}
	}
	w.Record(action, RoundKind, row.ID, before, after, map[string]int{"units": units})
	return nil
}

// handOut makes the submissions of a round for all units that are asked something and have none yet, and tells how many
// it made.
func (s *Service) handOut(ctx context.Context, tx bun.Tx, m *material, round reporting.Round) (int, error) {
	rows, err := s.missing(ctx, m, round)
	if err != nil || len(rows) == 0 {
		return 0, err
	}
	for i := range rows {
		rows[i].Burden = weighed(ctx, ledger.UnitID(rows[i].Unit))
	}
	result, err := tx.NewInsert().Model(&rows).On("CONFLICT (round, unit) DO NOTHING").Exec(ctx)
	if err != nil {
		return 0, fmt.Errorf("handing out the forms of round %s: %w", round.ID, err)
	}
	made, err := result.RowsAffected()
	return int(made), err
}

// missing are blank submissions of the units that are asked something in a round and have none.
func (s *Service) missing(ctx context.Context, m *material, round reporting.Round) ([]submissionRow, error) {
	var have []string
	err := s.core.Store().View(ctx).NewSelect().Table("submissions").Column("unit").Where("round = ?", round.ID).Scan(ctx, &have)
	if err != nil {
		return nil, fmt.Errorf("reading who is asked in round %s: %w", round.ID, err)
	}
	known := map[string]bool{}
	for _, unit := range have {
		known[unit] = true
	}
	var rows []submissionRow
	for _, unit := range m.leads {
		if known[string(unit)] {
			continue
		}
		if form := m.made(round, unit); len(form.Rows) > 0 {
			rows = append(rows, s.blank(round, unit, form))
		}
	}
	return rows, nil
}

// blank is a submission in which nothing was said yet.
func (s *Service) blank(round reporting.Round, unit ledger.UnitID, form reporting.Form) submissionRow {
	return submissionRow{
		ID: store.NewID[string](s.core.Store()), Revision: 1, Round: string(round.ID), Plan: string(round.Plan),
		Period: round.Period.Key(), Ends: round.Period.Span().To.String(), Unit: string(unit), State: string(reporting.Drafted),
		Asked: len(form.Rows), Statistics: needsStatistics(form.Rows), Updated: s.core.Store().NowText(),
	}
}
