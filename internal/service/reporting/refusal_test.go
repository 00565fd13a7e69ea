package reporting_test

import (
	"context"
	"errors"
	"strings"
	"testing"

	"luoshi/internal/access"
	usecases "luoshi/internal/service/reporting"
	"luoshi/internal/store"
	"luoshi/ledger"
	"luoshi/ledger/reporting"
)

// TestWhoMayNotIsRefused goes through every use case with somebody who may not.
func TestWhoMayNotIsRefused(t *testing.T) {
	each(t, func(t *testing.T, o *town) {
		o.begin(t, true)
		round := o.month(t, 1)
		form := o.fill(o.reporter, t, round.ID, o.Bureau.ID, 20, reporting.Cumulative)
		id, plan := form.Submission.ID, o.Plan.ID
		take := func(ctx context.Context, step string) error {
			return o.Take(ctx, step, []reporting.SubmissionID{id}, "理由")[0].Err
		}
		for name, c := range map[string]struct {
			action access.Action
			do     func() error
		}{
			"a reporter sets up reporting": {"period.edit", func() error {
				_, err := o.SaveSettings(o.reporter, plan, usecases.UsualSettings(), 1)
				return err
			}},
			"a head opens a round":    {"period.open", func() error { _, err := o.OpenRound(o.head, round.ID, round.Revision); return err }},
			"a head closes a round":   {"period.close", func() error { _, err := o.CloseRound(o.head, round.ID, round.Revision); return err }},
			"a head reminds":          {"period.remind", func() error { _, err := o.RemindNow(o.head, round.ID, nil); return err }},
			"the public reads rounds": {"period.read", func() error { _, err := o.Rounds(t.Context(), plan); return err }},
			"another unit fills": {"observation.fill", func() error {
				_, err := o.Save(o.other, usecases.Filling{Round: round.ID, Unit: o.Bureau.ID, Rows: []usecases.Filled{o.beds(1, reporting.OfPeriod, 1)}})
				return err
			}},
			"another unit reads":    {"submission.read", func() error { _, err := o.Submission(o.other, id); return err }},
			"another unit sends in": {"submission.submit", func() error { return take(o.other, "submit") }},
			"a reporter signs":      {"submission.approve", func() error { return take(o.reporter, "approve") }},
			"another head confirms": {"submission.confirm", func() error { return take(o.head, "confirm") }},
			"a head reviews":        {"submission.review", func() error { return take(o.head, "review") }},
			"a reporter returns":    {"submission.return", func() error { return take(o.reporter, "return") }},
			"a head locks":          {"submission.lock", func() error { return take(o.head, "lock") }},
			"another unit brings a file": {"observation.attach", func() error {
				_, err := o.Attach(o.statistician, id, form.Rows[0].Subject, "a.txt", strings.NewReader("a"))
				return err
			}},
			"a reporter corrects": {"observation.amend", func() error {
				_, err := o.ProposeCorrection(o.reporter, usecases.Proposal{Unit: o.Bureau.ID})
				return err
			}},
			"a head lets deliver": {"observation.grant", func() error {
				_, err := o.SaveGrant(o.head, usecases.Grant{Token: "x", Plan: plan, Unit: o.Bureau.ID}, 0)
				return err
			}},
			"the job reviews": {"submission.review", func() error { return take(o.job, "review") }},
		} {
			t.Run(name, func(t *testing.T) { wantRefused(t, c.do(), c.action) })
		}
	})
}

// TestWhatIsNotInOrderIsRefused goes through the faults that a user can mend.
func TestWhatIsNotInOrderIsRefused(t *testing.T) {
	each(t, func(t *testing.T, o *town) {
		o.begin(t, false)
		january := o.roundOf(t, 1)
		beds := o.beds(20, reporting.Cumulative, 0)
		filling := usecases.Filling{Round: january.ID, Unit: o.Bureau.ID, Rows: []usecases.Filled{beds}}
		save := func(f usecases.Filling) error { _, err := o.Save(o.reporter, f); return err }

		wantFault(t, save(filling), "round.not_open")
		january = o.month(t, 1)
		_, err := o.OpenRound(o.office, january.ID, january.Revision)
		wantFault(t, err, "round.not_planned")
		_, err = o.CloseRound(o.office, o.roundOf(t, 3).ID, 1)
		wantFault(t, err, "round.not_running")
		_, err = o.ChangeRound(o.office, january.ID, usecases.RoundDates{Opens: day(1, 3), Due: day(2, 9), Closes: day(2, 12)}, january.Revision)
		wantFault(t, err, "round.begun")
		_, err = o.ChangeRound(o.office, january.ID, usecases.RoundDates{Opens: january.Opens, Due: day(2, 9), Closes: day(2, 1)}, january.Revision)
		wantFault(t, err, "settings.unsound")

		unknown := beds
		unknown.Subject = reporting.TaskSubject("none")
		wantFault(t, save(usecases.Filling{Round: january.ID, Unit: o.Bureau.ID, Rows: []usecases.Filled{unknown}}), "form.row")
		wantFault(t, save(usecases.Filling{Round: january.ID, Unit: o.Bureau.ID, Rows: []usecases.Filled{beds, beds}}), "form.twice")
		long, odd := beds, beds
		long.Note = strings.Repeat("长", 4001)
		odd.Said = "nearly"
		wantFault(t, save(usecases.Filling{Round: january.ID, Unit: o.Bureau.ID, Rows: []usecases.Filled{long}}), "form.field")
		wantFault(t, save(usecases.Filling{Round: january.ID, Unit: o.Bureau.ID, Rows: []usecases.Filled{odd}}), "form.word")
		_, err = o.Save(o.statistician, usecases.Filling{Round: january.ID, Unit: o.statistics.ID, Rows: []usecases.Filled{beds}})
		wantFault(t, err, "form.nothing")

		form := have[usecases.FormView](t)(o.Form(o.reporter, january.ID, o.Bureau.ID))
		_, err = o.Submit(o.reporter, form.Submission.ID, form.Submission.Revision)
		wantFault(t, err, "submission.stopped")
		var found reporting.Findings
		if !errors.As(err, &found) || !found.Has("row.unfilled") {
			t.Errorf("what stops it is %v", found)
		}
		form = o.fill(o.reporter, t, january.ID, o.Bureau.ID, 20, reporting.Cumulative)
		_, err = o.Submit(o.reporter, form.Submission.ID, form.Submission.Revision-1)
		wantFault(t, err, "submission.changed")
		have[usecases.Submission](t)(o.Submit(o.reporter, form.Submission.ID, form.Submission.Revision))
		wantFault(t, save(filling), "submission.settled")
		id := []reporting.SubmissionID{form.Submission.ID}
		wantFault(t, o.Take(o.head, "return", id, "")[0].Err, "flow.no-reason")
		wantFault(t, o.Take(o.office, "review", id, "")[0].Err, "flow.not-now")
		wantFault(t, o.Take(o.office, "refer", id, "")[0].Err, "submission.step")
		var missing *store.NotFound
		if err := o.Take(o.office, "review", []reporting.SubmissionID{"none"}, "")[0].Err; !errors.As(err, &missing) {
			t.Errorf("of a submission that is not there: %v", err)
		}
		_, err = o.ProposeCorrection(o.head, usecases.Proposal{
			Plan: o.Plan.ID, Unit: o.Bureau.ID, Subject: beds.Subject, Period: january.Period, After: beds.Observation, Reason: "错", Basis: "据",
		})
		wantFault(t, err, "correction.absent")
	})
}

func TestSettingsHaveToFit(t *testing.T) {
	each(t, func(t *testing.T, o *town) {
		for code, change := range map[string]func(*usecases.Settings){
			"settings.schedule": func(s *usecases.Settings) { s.Schedules = append(s.Schedules, s.Schedules[0]) },
			"settings.missing":  func(s *usecases.Settings) { s.Schedules = s.Schedules[:1] },
			"settings.unsound":  func(s *usecases.Settings) { s.Schedules[1].Due = -1 },
		} {
			settings := usecases.UsualSettings()
			change(&settings)
			_, err := o.SaveSettings(o.office, o.Plan.ID, settings, 0)
			wantFault(t, err, code)
		}
		if rounds := have[[]usecases.RoundView](t)(o.Rounds(o.office, o.Plan.ID)); len(rounds) != 0 {
			t.Errorf("rounds were planned all the same: %v", rounds)
		}
		o.begin(t, false)
		if rounds := have[[]usecases.RoundView](t)(o.Rounds(o.office, o.Plan.ID)); len(rounds) != 12 {
			t.Errorf("there are %d rounds in the year", len(rounds))
		}
		_, err := o.SaveSettings(o.office, o.Plan.ID, usecases.UsualSettings(), 0)
		if !store.IsConflict(err) {
			t.Errorf("two settings at once: %v", err)
		}
		// By quarter alone, from May on: what was planned and is not asked any more is gone.
		settings := usecases.UsualSettings()
		settings.Asking.Kinds = map[reporting.SubjectKind]reporting.Frequency{reporting.OfIndicator: reporting.Quarterly}
		settings.From = day(5, 1)
		have[store.Record[usecases.Settings]](t)(o.SaveSettings(o.office, o.Plan.ID, settings, 1))
		if rounds := have[[]usecases.RoundView](t)(o.Rounds(o.office, o.Plan.ID)); len(rounds) != 3 || rounds[0].Period.Key() != "2026-Q2" {
			t.Errorf("there are the rounds %v", rounds)
		}
	})
}

// TestACorrectionNeedsASecondPerson goes through what keeps a correction from being made.
func TestACorrectionNeedsASecondPerson(t *testing.T) {
	each(t, func(t *testing.T, o *town) {
		o.begin(t, false)
		round := o.lockedMonth(t, 1, 20)
		wish := usecases.Proposal{
			Plan: o.Plan.ID, Subject: reporting.IndicatorSubject(o.Indicator.ID), Unit: o.Bureau.ID, Period: round.Period,
			After: o.beds(21, reporting.Cumulative, 0).Observation, Reason: "漏报", Basis: "文件",
		}
		for name, change := range map[string]func(*usecases.Proposal){
			"without a basis":  func(p *usecases.Proposal) { p.Basis = " " },
			"without a reason": func(p *usecases.Proposal) { p.Reason = "" },
		} {
			poor := wish
			change(&poor)
			_, err := o.ProposeCorrection(o.office, poor)
			wantFault(t, err, "correction.unsound")
			if t.Failed() {
				t.Log(name)
			}
		}
		odd := wish
		odd.After.Percent = ledger.Int(101)
		_, err := o.ProposeCorrection(o.office, odd)
		wantFault(t, err, "correction.unsound")
		proposed := have[usecases.CorrectionView](t)(o.ProposeCorrection(o.office, wish))
		_, err = o.DecideCorrection(o.office, proposed.ID, "approve", "", proposed.Revision)
		wantFault(t, err, "flow.same-actor")
		_, err = o.DecideCorrection(o.second, proposed.ID, "approve", "", proposed.Revision+1)
		if !store.IsConflict(err) {
			t.Errorf("another revision than was seen: %v", err)
		}
		_, err = o.DecideCorrection(o.second, proposed.ID, "refuse", "", proposed.Revision)
		wantFault(t, err, "flow.no-reason")
		refused := have[usecases.CorrectionView](t)(o.DecideCorrection(o.second, proposed.ID, "refuse", "依据不足", proposed.Revision))
		if refused.State != usecases.Rejected || refused.Answer != "依据不足" {
			t.Errorf("refused is %+v", refused)
		}
		_, err = o.DecideCorrection(o.second, proposed.ID, "approve", "", refused.Revision)
		wantFault(t, err, "flow.not-now")
		again := have[usecases.CorrectionView](t)(o.ProposeCorrection(o.office, wish))
		back := have[usecases.CorrectionView](t)(o.DecideCorrection(o.office, again.ID, "withdraw", "", again.Revision))
		if back.State != usecases.Withdrawn {
			t.Errorf("withdrawn is %+v", back)
		}
		o.sound(t)
	})
}

// lockedMonth takes the form of the bureau for a month to its lock.
func (o *town) lockedMonth(t testing.TB, month int, value int64) usecases.RoundView {
	t.Helper()
	round := o.month(t, month)
	form := o.fill(o.head, t, round.ID, o.Bureau.ID, value, reporting.Cumulative)
	have[usecases.Submission](t)(o.Submit(o.head, form.Submission.ID, form.Submission.Revision))
	o.one(o.review, t, "review", form.Submission.ID, "")
	o.one(o.office, t, "lock", form.Submission.ID, "")
	return o.roundOf(t, month)
}

// TestWhatIsLockedStays asks the database itself.
func TestWhatIsLockedStays(t *testing.T) {
	each(t, func(t *testing.T, o *town) {
		o.begin(t, false)
		o.lockedMonth(t, 1, 20)
		for _, statement := range []string{
			"UPDATE observations SET body = '{}'", "DELETE FROM observations", "UPDATE submissions SET state = 'draft' WHERE state = 'locked'",
			"DELETE FROM submissions", "UPDATE flow_steps SET reason = 'x'",
			"INSERT INTO observations (id, revision, submission, subject, account, at_time, terms, body) " +
				"SELECT 'new', 1, submission, 'task:x', account, at_time, terms, body FROM observations LIMIT 1",
		} {
			if _, err := o.Store().SQL().ExecContext(t.Context(), statement); err == nil {
				t.Errorf("%s is done", statement)
			}
		}
	})
}

func TestATokenDeliversWhatItWasGranted(t *testing.T) {
	each(t, func(t *testing.T, o *town) {
		o.begin(t, false)
		round := o.month(t, 1)
		filling := usecases.Filling{
			Round: round.ID, Unit: o.Bureau.ID, Rows: []usecases.Filled{o.beds(20, reporting.Cumulative, 0)}, Import: true, Token: "token-1",
		}
		_, err := o.Save(o.reporter, filling)
		wantFault(t, err, "grant.missing")
		grant := usecases.Grant{Token: "token-1", Plan: o.Plan.ID, Unit: o.Bureau.ID, Subjects: []reporting.Subject{filling.Rows[0].Subject}}
		given := have[store.Record[usecases.Grant]](t)(o.SaveGrant(o.office, grant, 0))
		have[usecases.Saved](t)(o.Save(o.reporter, filling))
		if _, err := o.SaveGrant(o.office, grant, 0); !store.IsConflict(err) {
			t.Errorf("two grants at once: %v", err)
		}
		grant.Subjects = nil
		have[store.Record[usecases.Grant]](t)(o.SaveGrant(o.office, grant, given.Revision))
		filling.Rows[0] = o.beds(21, reporting.Cumulative, 1)
		_, err = o.Save(o.reporter, filling)
		wantFault(t, err, "grant.missing")
		if grants := have[[]store.Record[usecases.Grant]](t)(o.Grants(o.office, o.Plan.ID)); len(grants) != 1 || len(grants[0].Value.Subjects) != 0 {
			t.Errorf("grants are %+v", grants)
		}
	})
}
