package load

import (
	"context"
	"fmt"
	"time"

	"luoshi/calendar"
	"luoshi/internal/access"
	"luoshi/internal/service"
	usecases "luoshi/internal/service/reporting"
	"luoshi/internal/store"
	"luoshi/ledger"
	"luoshi/ledger/reporting"
)

// months are the rounds of a year. All but the last are closed, with every form locked; in the last one there are forms
// in every state.
const months = 12

// author is who a generated step or row is of.
const author = "load"

// stamp is a time as tables keep it.
const stamp = "2006-01-02T15:04:05.000000Z"

// reporter lets the units of a year report.
type reporter struct {
	year   planned
	units  map[ledger.UnitID]int // by their places
	asking reporting.Asking
	rounds []reporting.Round
	newID  func() string
	total  int // rows that were said
}

// Report lets all units report on the youngest plan of a district that was filled: twelve rounds, with all that people
// leave behind who fill, send in, sign, review, lock and correct. It tells how many observations that are. The tables of
// planning, workflow and reporting have to be there.
func (d *District) Report(ctx context.Context, core *service.Core) (int, error) {
	ctx = service.As(ctx, service.Caller{System: "load: report", May: []access.Action{"period.edit", "submission.lock"}, Request: "load"})
	r := &reporter{
		year: d.youngest, units: map[ledger.UnitID]int{}, asking: monthly(d.youngest, d.Statistics),
		newID: func() string { return store.NewID[string](core.Store()) },
	}
	for i, unit := range d.Units {
		r.units[unit] = i
	}
	if err := core.Change(ctx, func(ctx context.Context, w *service.Work) error { return r.begin(ctx, w) }); err != nil {
		return 0, fmt.Errorf("load: planning rounds: %w", err)
	}
	forms := make([][]reporting.Form, months)
	for i, round := range r.rounds {
		forms[i] = reporting.FormsOf(round, r.asking, r.year.Plan, r.year.Commitments, r.year.Indicators, r.year.Projects)
	}
	for i := range forms[0] {
		err := core.Change(ctx, func(ctx context.Context, w *service.Work) error {
			if err := w.AllowFor(ctx, "submission.lock", service.Owned{}); err != nil {
				return err
			}
			var rows reportRows
			of := make([]reporting.Form, months)
			for month := range of {
				of[month] = forms[month][i]
			}
			r.unit(&rows, of)
			for _, s := range rows.submissions {
				w.Record("submission.lock", usecases.SubmissionKind, s.ID, nil, map[string]any{"unit": s.Unit, "period": s.Period, "state": s.State}, nil)
			}
			return rows.write(ctx, w.Tx())
		})
		if err != nil {
			return 0, fmt.Errorf("load: reporting of unit %s: %w", forms[0][i].Unit, err)
		}
	}
	for _, round := range r.rounds {
		d.Rounds = append(d.Rounds, round.ID)
	}
	return r.total, nil
}

// monthly asks everything by month, and the first indicator of the statistics office as well.
func monthly(year planned, statistics ledger.UnitID) reporting.Asking {
	asking := reporting.Asking{Kinds: map[reporting.SubjectKind]reporting.Frequency{}}
	for _, kind := range []reporting.SubjectKind{reporting.OfIndicator, reporting.OfTarget, reporting.OfTask, reporting.OfProject} {
		asking.Kinds[kind] = reporting.Monthly
	}
	if len(year.Indicators) > 0 {
		asking.Statistics, asking.StatisticsUnit = []ledger.IndicatorID{year.Indicators[0].ID}, statistics
	}
	return asking
}

// begin writes the settings and the rounds. The last round was opened early, so that a measure does not hang on the date,
// and closes when nobody measures any more.
func (r *reporter) begin(ctx context.Context, w *service.Work) error {
	if err := w.AllowFor(ctx, "period.edit", service.Owned{}); err != nil {
		return err
	}
	settings := usecases.Settings{Asking: r.asking}
	for _, schedule := range reporting.Usual() {
		if schedule.Frequency == reporting.Monthly {
			settings.Schedules = append(settings.Schedules, schedule)
		}
	}
	var rows []roundRow
	for i, round := range settings.Schedules[0].Rounds(r.year.Plan.Year, calendar.ChineseWorkdays()) {
		round.ID, round.Plan, round.State = reporting.RoundID(r.newID()), r.year.Plan.ID, reporting.Closed
		if i == months-1 {
			year := int16(r.year.Plan.Year)
			round.State, round.Opens = reporting.Open, calendar.Date{Year: year, Month: 11, Day: 2}
			round.Closes = calendar.Date{Year: year + 50, Month: 12, Day: 31}
		}
		r.rounds = append(r.rounds, round)
		rows = append(rows, roundRow{
			ID: string(round.ID), Revision: 2, Plan: string(round.Plan), Period: round.Period.Key(), Ends: round.Period.Span().To.String(),
			Opens: round.Opens.String(), Due: round.Due.String(), Closes: round.Closes.String(), State: string(round.State),
		})
	}
	plan := string(r.year.Plan.ID)
	w.Record("period.edit", usecases.SettingsKind, plan, nil, settings, nil)
	if err := insert(ctx, w.Tx(), []settingsRow{{Plan: plan, Revision: 1, Body: written(settings)}}); err != nil {
		return err
	}
	return insert(ctx, w.Tx(), rows)
}

// unit is what a unit reports through the year, on a form for each round.
func (r *reporter) unit(rows *reportRows, forms []reporting.Form) {
	place := r.units[forms[0].Unit]
	lanes := make([]run, len(forms[0].Rows))
	for i, row := range forms[0].Rows {
		lanes[i].lane = laneOf(row, place, i)
	}
	for i, form := range forms {
		s := r.submission(form, stateOf(i, place))
		for at := range lanes[:answered(s.State, len(lanes))] {
			lanes[at].say(rows, s, form.Rows[at], i+1, r.newID())
			r.total++
		}
		if place%20 == 0 && s.State == string(reporting.Locked) {
			rows.evidence = append(rows.evidence, r.evidence(s, form.Rows[0].Subject))
		}
		rows.submissions = append(rows.submissions, s)
		r.steps(rows, s, r.rounds[i])
	}
	for i := range lanes {
		lanes[i].lock(rows, r.newID, place%8 == i)
	}
}

// states are how far the forms of the open round are, from one unit to the next.
var states = []reporting.State{
	reporting.Drafted, reporting.Submitted, reporting.Drafted, reporting.Approved, reporting.Drafted, reporting.Reviewed, reporting.Drafted, reporting.Returned,
}

func stateOf(round, unit int) reporting.State {
	if round < months-1 {
		return reporting.Locked
	}
	return states[unit%len(states)]
}

// answered is how many rows of a form are filled: all, but a few of one that is a draft.
func answered(state string, rows int) int {
	if state == string(reporting.Drafted) {
		return rows / 5
	}
	return rows
}

// submission is a form as it stands. What needs the statistics office waits for it.
func (r *reporter) submission(form reporting.Form, state reporting.State) submissionRow {
	s := submissionRow{
		ID: r.newID(), Revision: 5, Round: string(form.Round.ID), Plan: string(form.Round.Plan), Period: form.Round.Period.Key(),
		Ends: form.Round.Period.Span().To.String(), Unit: string(form.Unit), State: string(state), Asked: len(form.Rows),
	}
	asks := reporting.Burden{Unit: form.Unit}
	for _, row := range form.Rows {
		s.Statistics = s.Statistics || row.Statistics
		asks.Count(row, nil)
	}
	s.Burden = written(asks)
	if s.Statistics && state == reporting.Approved {
		s.State = string(reporting.Statistic)
	}
	s.Filled = answered(s.State, len(form.Rows))
	s.Updated = at(form.Round.Opens)
	if state == reporting.Returned {
		s.Returned = "请核实数据"
	}
	if state != reporting.Drafted {
		s.Sent, s.Form = &s.Updated, written(form.Rows)
	}
	return s
}

func (r *reporter) evidence(s submissionRow, subject reporting.Subject) evidenceRow {
	return evidenceRow{
		ID: r.newID(), Submission: s.ID, Subject: subject.String(), Name: "现场照片.jpg", MediaType: "image/jpeg", Size: 200_000,
		Digest: string(r.year.Document.Digest), Account: author, AtTime: s.Updated,
	}
}

// at is the morning of a day.
func at(day calendar.Date) string {
	return time.Date(int(day.Year), time.Month(day.Month), int(day.Day), 9, 0, 0, 0, service.Zone()).UTC().Format(stamp)
}
