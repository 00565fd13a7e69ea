package reporting

import (
	"context"
	_ "embed" // which rights steps need
	"errors"
	"fmt"
	"slices"

	"luoshi/calendar"
	"luoshi/flow"
	"luoshi/internal/service"
	"luoshi/internal/service/workflow"
	"luoshi/internal/store"
	"luoshi/ledger"
	"luoshi/ledger/reporting"
)

//go:embed steps.txt
var stepLines string

// Outcome is what became of one submission of several.
type Outcome struct {
	ID         reporting.SubmissionID
	Submission Submission // as it is now
	Err        error      // why the step was not taken; nil where it was
}

// Submit sends a form in. What stops it is the cause of the fault, as reporting.Findings. A head who submits has signed
// as well.
func (s *Service) Submit(ctx context.Context, id reporting.SubmissionID, seen int64) (Submission, error) {
	return s.take(ctx, id, "submit", "", seen)
}

// Take takes a step of several submissions: submit, approve, confirm, review, return, lock. Each is a change of its own,
// so that one that cannot be taken holds up no other.
func (s *Service) Take(ctx context.Context, step string, ids []reporting.SubmissionID, reason string) []Outcome {
	outcomes := make([]Outcome, len(ids))
	for i, id := range ids {
		outcomes[i].ID = id
		outcomes[i].Submission, outcomes[i].Err = s.take(ctx, id, step, reason, 0)
	}
	return outcomes
}

// take takes one step of a submission, as it was seen, or as it is where seen is 0.
func (s *Service) take(ctx context.Context, id reporting.SubmissionID, action, reason string, seen int64) (Submission, error) {
	var taken Submission
	if s.submission.Action(action) == nil || action == "refer" {
		return taken, fault("submission.step", said(action))
	}
	ctx, err := s.warmFor(ctx, id, action == "submit")
	if err != nil {
		return taken, err
	}
	err = s.core.Change(ctx, func(ctx context.Context, w *service.Work) error {
		if err := s.hold(ctx, w.Tx(), SubmissionKind, string(id)); err != nil {
			return err
		}
		d, err := s.deskBy(ctx, id)
		if err != nil {
			return err
		}
		action := s.meant(ctx, d, action)
		right, _ := s.cases.Right(s.submission, action)
		if err := w.AllowFor(ctx, right, s.ownerOf(d, action)); err != nil {
			return err
		}
		if seen != 0 && d.row.Revision != seen {
			return fault("submission.changed")
		}
		before := d.row.submission()
		detail, err := s.move(ctx, w, d, action, reason)
		if err != nil {
			return err
		}
		taken = d.row.submission()
		w.Record(right, SubmissionKind, d.row.ID, before, taken, detail)
		return nil
	})
	return taken, err
}

// warmFor is warm for the round of a submission, and with what its rows are held against where they are to be checked.
func (s *Service) warmFor(ctx context.Context, id reporting.SubmissionID, checked bool) (context.Context, error) {
	var of struct {
		Round reporting.RoundID
		Unit  ledger.UnitID
	}
	err := s.core.Store().View(ctx).NewSelect().Table("submissions").Column("round", "unit").Where("id = ?", id).Scan(ctx, &of)
	if noRows(err) {
		return ctx, &store.NotFound{Kind: SubmissionKind, ID: string(id)}
	}
	if err != nil {
		return ctx, fmt.Errorf("reading submission %s: %w", id, err)
	}
	if ctx, err = s.warm(ctx, of.Round); err != nil || !checked {
		return ctx, err
	}
	return s.ahead(ctx, of.Round, of.Unit, nil, nil)
}

// meant is the step that somebody means: the statistics office returns by a step of its own.
func (s *Service) meant(ctx context.Context, d *desk, action string) string {
	if action == "return" && d.row.State == string(reporting.Statistic) && !s.core.Can(ctx, "submission.return", d.owned()) {
		return "dispute"
	}
	return action
}

// ownerOf is whose step it is.
func (s *Service) ownerOf(d *desk, action string) service.Owned {
	if right, _ := s.cases.Right(s.submission, action); right == confirmSubmission {
		return d.statistics()
	}
	return d.owned()
}

// told is what the log keeps of a step beside the submission.
type told struct {
	Step    string                           `json:"step"`
	Reason  string                           `json:"reason,omitempty"`
	Signed  bool                             `json:"signed,omitempty"` // by the head, with sending it in
	Rows    map[string]reporting.Observation `json:"rows,omitempty"`
	Figures map[string]reporting.Point       `json:"figures,omitempty"`
}

// move takes the submission on a desk a step on.
func (s *Service) move(ctx context.Context, w *service.Work, d *desk, action, reason string) (told, error) {
	detail := told{Step: action, Reason: reason}
	c, err := s.caseOf(ctx, d)
	if err != nil {
		return detail, err
	}
	facts, findings, err := s.facts(ctx, d, c, action == "submit")
	if err != nil {
		return detail, err
	}
	step := s.stepOf(ctx, d, action, reason, facts)
	if c, err = s.cases.Take(ctx, w, c, SubmissionKind, d.row.ID, step); err != nil {
		var refused *service.Fault
		if errors.As(err, &refused) && refused.Code == "flow.guarded" && action == "submit" {
			return detail, because(findings, "submission.stopped", number(len(findings)))
		}
		return detail, err
	}
	switch action {
	case "submit":
		if c, err = s.sent(ctx, w, d, c, step.Role, &detail); err != nil {
			return detail, err
		}
	case "approve":
		if c, err = s.refer(ctx, w, d, c); err != nil {
			return detail, err
		}
	case "withdraw": // as if it had never been sent in: what counts is when it is sent in again
		d.row.Sent, d.row.Late = nil, false
	case "return", "dispute":
		d.row.Returned = reason
	}
	d.row.State = c.State
	if action == "lock" {
		return detail, s.lock(ctx, w, d, &detail)
	}
	return detail, s.write(ctx, w.Tx(), d)
}

// stepOf is a step with the facts that hold.
func (s *Service) stepOf(ctx context.Context, d *desk, action, reason string, facts []string) flow.Step {
	step, _ := s.cases.StepBy(ctx, s.submission, action, s.ownerOf(d, action)) // the units were read before
	step.Reason, step.Facts = reason, facts
	return step
}

// sent writes what comes with sending a form in: the form as it was asked, and the head's word where it was the head.
func (s *Service) sent(ctx context.Context, w *service.Work, d *desk, c workflow.Case, role string, detail *told) (workflow.Case, error) {
	now := s.core.Store().NowText()
	if d.row.Sent == nil {
		d.row.Late = d.round.Due.Before(s.core.Today())
	}
	d.row.Sent, d.row.Returned, d.row.Form = &now, "", written(d.rows)
	d.row.Asked, d.row.Statistics = len(d.rows), needsStatistics(d.rows)
	detail.Rows = map[string]reporting.Observation{}
	for subject, row := range d.said {
		o, err := row.observation()
		if err != nil {
			return c, err
		}
		detail.Rows[subject.String()] = o
	}
	if role != "unit-head" {
		return c, nil
	}
	detail.Signed = true
	c, err := s.cases.Take(ctx, w, c, SubmissionKind, d.row.ID, s.stepOf(ctx, d, "approve", "", nil))
	if err != nil {
		return c, err
	}
	return s.refer(ctx, w, d, c)
}

// refer passes a form on to the statistics office where that is to have its word.
func (s *Service) refer(ctx context.Context, w *service.Work, d *desk, c workflow.Case) (workflow.Case, error) {
	if !d.row.Statistics || settled(c) {
		return c, nil
	}
	step := s.stepOf(ctx, d, "approve", "", []string{"asked"})
	step.Action = "refer"
	return s.cases.Take(ctx, w, c, SubmissionKind, d.row.ID, step)
}

// caseOf is how far a submission is.
func (s *Service) caseOf(ctx context.Context, d *desk) (workflow.Case, error) {
	if !d.begun() {
		return s.cases.Begin(s.submission, s.core.Today()), nil
	}
	return s.cases.Case(ctx, s.submission, SubmissionKind, d.row.ID, s.beginning(d))
}

// beginning is when a submission begins of which no step was taken yet: as soon as it can.
func (s *Service) beginning(d *desk) calendar.Date {
	if s.core.Today().Before(d.round.Opens) {
		return s.core.Today()
	}
	return d.round.Opens
}

// settled tells whether the statistics office has had its word since the form was last sent in.
func settled(c workflow.Case) bool {
	for _, step := range slices.Backward(c.Steps) {
		switch step.Action {
		case "confirm":
			return true
		case "submit":
			return false
		}
	}
	return false
}

// standingFacts are the guards that hold, but for what the checks find.
func standingFacts(d *desk, c workflow.Case) []string {
	var facts []string
	if d.row.Statistics {
		facts = append(facts, "asked")
	}
	if !d.row.Statistics || settled(c) {
		facts = append(facts, "settled")
	}
	return facts
}

// facts are the guards that hold. What the checks find is asked only where a form is to be sent in.
func (s *Service) facts(ctx context.Context, d *desk, c workflow.Case, sending bool) ([]string, reporting.Findings, error) {
	facts := standingFacts(d, c)
	if !sending {
		return facts, nil, nil
	}
	stopping, err := s.stopping(ctx, d)
	if err == nil && len(stopping) == 0 {
		facts = append(facts, "sound")
	}
	return facts, stopping, err
}

// stopping is what keeps a form from being sent in. What it asks is counted on the way.
func (s *Service) stopping(ctx context.Context, d *desk) (reporting.Findings, error) {
	around, err := s.contextOf(ctx, d)
	if err != nil {
		return nil, err
	}
	burden := reporting.Burden{Unit: ledger.UnitID(d.row.Unit)}
	said := map[reporting.Subject]reporting.Observation{}
	var stopping reporting.Findings
	d.row.Filled, d.row.Warnings = 0, 0
	for _, row := range d.rows {
		o, err := standing(d.said[row.Subject], row.Subject)
		if err != nil {
			return nil, err
		}
		said[row.Subject] = o
		if row.Filled(o) {
			d.row.Filled++
		}
		known := around.known(row)
		_, hints := around.offered(row, known)
		burden.Count(row, hints)
		found := reporting.Check(row, o, known)
		d.row.Warnings += len(found)
		stopping = append(stopping, found.Stopping(o)...)
	}
	d.row.Burden = written(burden)
	form := reporting.Form{Round: d.round, Unit: ledger.UnitID(d.row.Unit), Rows: d.rows}
	return append(reporting.Unfilled(form, said), stopping...), nil
}

// offers are the steps that the caller may take now.
func (s *Service) offers(who workflow.Desk, d *desk, c workflow.Case, rows []RowView) []workflow.Offer {
	facts := standingFacts(d, c)
	if d.filling() {
		if d.round.State == reporting.Planned {
			return nil
		}
		if !stops(rows) {
			facts = append(facts, "sound")
		}
	}
	offers := who.Offers(c, func(action string) service.Owned { return s.ownerOf(d, action) }, facts)
	// The statistics office returns by a step of its own; who may return as well need not see both.
	may := func(action string) bool {
		return slices.ContainsFunc(offers, func(o workflow.Offer) bool { return o.Action.Name == action })
	}
	if may("return") && may("dispute") {
		offers = slices.DeleteFunc(offers, func(o workflow.Offer) bool { return o.Action.Name == "dispute" })
	}
	return offers
}

// stops tells whether something in rows keeps a form from being sent in.
func stops(rows []RowView) bool {
	return slices.ContainsFunc(rows, func(r RowView) bool {
		return !r.Gone && (!r.Filled(r.Observation) || len(r.Findings.Stopping(r.Observation)) > 0)
	})
}
