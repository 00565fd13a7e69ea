package reporting_test

import (
	"context"
	"encoding/json"
	"slices"
	"testing"

	usecases "luoshi/internal/service/reporting"
	"luoshi/ledger"
	"luoshi/ledger/reporting"
)

// TestTheLifeOfASubmission follows one form from its opening to its correction.
func TestTheLifeOfASubmission(t *testing.T) {
	each(t, func(t *testing.T, o *town) {
		o.begin(t, true)
		round := o.month(t, 1)
		due := have[[]usecases.DueItem](t)(o.Due(o.reporter))
		if len(due) != 1 || due[0].Round.ID != round.ID || due[0].DaysLeft <= 0 || due[0].UnitName != o.Bureau.Name || due[0].Submission.Asked == 0 {
			t.Fatalf("due is %+v", due)
		}
		form := o.fill(o.reporter, t, round.ID, o.Bureau.ID, 20, reporting.Cumulative)
		id := form.Submission.ID
		if form.Submission.Filled != form.Submission.Asked || !form.MayFill || form.Rows[0].Point.Cumulative.String() != "20" {
			t.Fatalf("filled is %+v", form)
		}

		sent := have[usecases.Submission](t)(o.Submit(o.reporter, id, form.Submission.Revision))
		if sent.State != reporting.Submitted || sent.Late {
			t.Errorf("sent in it is %+v", sent)
		}
		o.waits(o.head, t, "the head", id)
		if back := o.one(o.head, t, "return", id, "床位数与民政系统不符"); back.State != reporting.Returned {
			t.Errorf("returned it is %+v", back)
		}
		if due := have[[]usecases.DueItem](t)(o.Due(o.reporter)); len(due) != 1 || due[0].Returned != "床位数与民政系统不符" {
			t.Errorf("due after the return is %+v", due)
		}
		form = o.fill(o.reporter, t, round.ID, o.Bureau.ID, 18, reporting.Cumulative)
		have[usecases.Submission](t)(o.Submit(o.reporter, id, form.Submission.Revision))
		if signed := o.one(o.head, t, "approve", id, ""); signed.State != reporting.Statistic {
			t.Errorf("signed it is %s, the statistics office is to have its word", signed.State)
		}
		o.waits(o.statistician, t, "the statistics office", id)
		if said := o.one(o.statistician, t, "confirm", id, ""); said.State != reporting.Approved {
			t.Errorf("confirmed it is %s", said.State)
		}
		o.waits(o.review, t, "the reviewer", id)
		if reviewed := o.one(o.review, t, "review", id, ""); reviewed.State != reporting.Reviewed {
			t.Errorf("reviewed it is %s", reviewed.State)
		}
		if figures := have[[]usecases.Figure](t)(o.Figures(o.office, o.Plan.ID, usecases.FigureFilter{})); len(figures) != 0 {
			t.Errorf("before it is locked it counts already: %v", figures)
		}

		o.clock.on(2, 20) // after closing
		must(t, o.Tick(o.job, nil))
		figures := have[[]usecases.Figure](t)(o.Figures(o.office, o.Plan.ID, usecases.FigureFilter{Units: []ledger.UnitID{o.Bureau.ID}}))
		if len(figures) == 0 || figures[0].Point.Cumulative.String() != "18" || figures[0].Point.State != reporting.Locked {
			t.Fatalf("locked are %+v", figures)
		}
		view := have[usecases.FormView](t)(o.Submission(o.office, id))
		if view.Submission.State != reporting.Locked || view.MayFill || len(view.Offers) != 0 {
			t.Errorf("locked it is %+v", view)
		}
		o.correctBeds(t, round)

		entries := o.Entries(t, usecases.SubmissionKind, string(id))
		want := []string{
			"observation.fill", "submission.submit", "submission.return", "observation.fill", "submission.submit",
			"submission.approve", "submission.confirm", "submission.review", "submission.lock",
		}
		if !slices.Equal(entries, want) {
			t.Errorf("the log tells of %v", entries)
		}
		o.sound(t)
	})
}

// waits fails a test unless a submission waits for somebody.
func (o *town) waits(ctx context.Context, t *testing.T, who string, id reporting.SubmissionID) {
	t.Helper()
	waiting := have[usecases.Waiting](t)(o.Waiting(ctx))
	if len(waiting.Submissions) != 1 || waiting.Submissions[0].Submission.ID != id || waiting.Submissions[0].Since.IsZero() {
		t.Errorf("for %s waits %+v", who, waiting)
	}
}

// correctBeds corrects the locked figure of the bureau on the beds.
func (o *town) correctBeds(t *testing.T, round usecases.RoundView) {
	t.Helper()
	wish := usecases.Proposal{
		Plan: o.Plan.ID, Subject: reporting.IndicatorSubject(o.Indicator.ID), Unit: o.Bureau.ID, Period: round.Period,
		After: o.beds(19, reporting.Cumulative, 0).Observation, Reason: "漏报1张", Basis: "望民发〔2026〕7号",
	}
	proposed := have[usecases.CorrectionView](t)(o.ProposeCorrection(o.head, wish))
	if proposed.State != usecases.Proposed || proposed.Before.Value.String() != "18" {
		t.Errorf("proposed is %+v", proposed)
	}
	if _, err := o.ProposeCorrection(o.head, wish); err == nil {
		t.Error("the same figure is corrected twice at once")
	} else {
		wantFault(t, err, "correction.pending")
	}
	if waiting := have[usecases.Waiting](t)(o.Waiting(o.office)); len(waiting.Corrections) != 1 {
		t.Errorf("corrections that wait are %+v", waiting.Corrections)
	}
	agreed := have[usecases.CorrectionView](t)(o.DecideCorrection(o.office, proposed.ID, "approve", "", proposed.Revision))
	if agreed.State != usecases.Agreed || len(agreed.Derived) != 1 || agreed.Derived[0].Before.Cumulative.String() != "18" {
		t.Errorf("agreed is %+v", agreed)
	}
	figures := have[[]usecases.Figure](t)(o.Figures(o.office, o.Plan.ID, usecases.FigureFilter{
		Subjects: []reporting.Subject{wish.Subject}, Units: []ledger.UnitID{o.Bureau.ID},
	}))
	if len(figures) != 1 || figures[0].Point.Cumulative.String() != "19" || !figures[0].Point.Corrected {
		t.Errorf("corrected is %+v", figures)
	}
}

// sound fails a test unless the figures are those that everything computed anew gives.
func (o *town) sound(t *testing.T) {
	t.Helper()
	stand := have[[]usecases.Figure](t)(o.Figures(o.office, o.Plan.ID, usecases.FigureFilter{}))
	anew := have[[]usecases.Figure](t)(o.Recompute(o.office, o.Plan.ID))
	if !slices.EqualFunc(stand, anew, func(a, b usecases.Figure) bool { return text(t, a) == text(t, b) }) {
		t.Errorf("there stand %s\nanew it is %s", text(t, stand), text(t, anew))
	}
}

func text(t *testing.T, value any) string {
	t.Helper()
	return string(have[[]byte](t)(json.Marshal(value)))
}
