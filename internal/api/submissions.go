package api

import (
	"context"
	"errors"
	"time"

	"luoshi/internal/service"
	reports "luoshi/internal/service/reporting"
	"luoshi/internal/service/workflow"
	"luoshi/ledger"
	"luoshi/ledger/reporting"
)

// Submission is one unit's form of one round, without its rows.
type Submission struct {
	reports.Submission
	Revision int64     `json:"revision" doc:"One more with each change"`
	Updated  time.Time `json:"updated"`
	Proof    string    `json:"proof" doc:"Where the proof of the record's history is found"`
}

func submissionOf(s reports.Submission) Submission {
	return Submission{Submission: s, Revision: s.Revision, Updated: s.Updated, Proof: proofPath(reports.SubmissionKind, string(s.ID))}
}

// Form is what a unit is asked in a round, with what it has said.
type Form struct {
	Submission Submission      `json:"submission"`
	Round      reporting.Round `json:"round"`
	UnitName   string          `json:"unit_name"`
	Rows       []FormRow       `json:"rows"`
	MayFill    bool            `json:"may_fill"`
	DaysLeft   int             `json:"days_left" doc:"To the due day; negative behind it"`
	Workflow   Workflow        `json:"workflow"`
	Steps      []Step          `json:"steps" doc:"That the caller may take now"`
	Returned   string          `json:"returned,omitempty" doc:"Why it was returned, until it is sent in again"`
}

// Step is a step that somebody may take.
type Step struct {
	Action  string `json:"action"`
	Title   string `json:"title"`
	Against string `json:"against,omitempty" doc:"What still stands in the way"`
}

func stepsOf(x *exchange, offers []workflow.Offer) []Step {
	all := []Step{}
	for _, o := range offers {
		all = append(all, Step{Action: o.Action.Name, Title: x.in(ledger.Wording{ZH: o.Action.Title.Chinese, EN: o.Action.Title.English}), Against: x.in(o.Against)})
	}
	return all
}

// FormRow is a row of a form.
type FormRow struct {
	reporting.Row
	Measure     string                `json:"measure,omitempty" doc:"In what the unit's own tables count it; figures here are without magnitude"`
	Observation reporting.Observation `json:"observation" doc:"What was said"`
	Revision    int64                 `json:"revision" doc:"Of the row; 0 where nothing was said yet"`
	Offered     reporting.Observation `json:"offered" doc:"The row as far as it can be filled without asking"`
	Point       reporting.Point       `json:"point" doc:"What was said, of the period and cumulative"`
	Earlier     []reporting.Point     `json:"earlier" doc:"Of the year, in order"`
	Findings    []RowFinding          `json:"findings"`
	Evidence    []reports.Evidence    `json:"evidence"`
	Gone        bool                  `json:"gone,omitempty" doc:"The unit is no longer asked for it"`
}

// RowFinding is something wrong or doubtful in a row.
type RowFinding struct {
	Subject  reporting.Subject  `json:"subject"`
	Field    reporting.Field    `json:"field,omitempty"`
	Code     string             `json:"code"`
	Severity reporting.Severity `json:"severity" doc:"Errors keep the form from being sent in; warnings are passed over with a reason in override"`
	Message  string             `json:"message"`
	Advice   string             `json:"advice"`
}

func rowFindingsOf(x *exchange, all reporting.Findings) []RowFinding {
	found := []RowFinding{}
	for _, f := range all {
		found = append(found, RowFinding{
			Subject: f.Subject, Field: f.Field, Code: f.Code, Severity: f.Severity, Message: x.in(f.What()), Advice: x.in(f.Do()),
		})
	}
	return found
}

func formRowOf(x *exchange, r reports.RowView) FormRow {
	return FormRow{
		Row: r.Row, Measure: r.Measure(), Observation: r.Observation, Revision: r.Revision, Offered: r.Offered, Point: r.Point,
		Earlier: filled(r.Earlier), Findings: rowFindingsOf(x, r.Findings), Evidence: filled(r.Evidence), Gone: r.Gone,
	}
}

func formRowsOf(x *exchange, rows []reports.RowView) []FormRow {
	all := make([]FormRow, len(rows))
	for i, r := range rows {
		all[i] = formRowOf(x, r)
	}
	return all
}

func unitFormOf(ctx context.Context, v reports.FormView) Form {
	x := exchangeOf(ctx)
	return Form{
		Submission: submissionOf(v.Submission), Round: v.Round, UnitName: v.UnitName, Rows: formRowsOf(x, v.Rows), MayFill: v.MayFill,
		DaysLeft: v.DaysLeft, Workflow: workflowOf(ctx, v.Case), Steps: stepsOf(x, v.Offers), Returned: v.Returned,
	}
}

// DueForm is a form that a unit of the caller's is to fill.
type DueForm struct {
	Submission Submission      `json:"submission"`
	Round      reporting.Round `json:"round"`
	Plan       string          `json:"plan" doc:"Its title"`
	UnitName   string          `json:"unit_name"`
	DaysLeft   int             `json:"days_left" doc:"To the due day; negative behind it"`
	Returned   string          `json:"returned,omitempty" doc:"Why it was returned, until it is sent in again"`
}

// WaitingForm is a submission that waits for the caller.
type WaitingForm struct {
	Submission Submission      `json:"submission"`
	Round      reporting.Round `json:"round"`
	Plan       string          `json:"plan" doc:"Its title"`
	UnitName   string          `json:"unit_name"`
	Since      time.Time       `json:"since"`
	Steps      []Step          `json:"steps"`
}

// SubmissionStep is a step that a submission is to take.
type SubmissionStep struct {
	Action string `json:"action" enum:"submit,approve,confirm,dispute,review,return,lock"`
	Reason string `json:"reason,omitempty" maxLength:"2000" doc:"Needed for return and dispute"`
}

// SubmissionSteps is a step that several submissions are to take.
type SubmissionSteps struct {
	SubmissionStep
	Submissions []reporting.SubmissionID `json:"submissions" minItems:"1" maxItems:"500"`
}

// StepOutcome is what became of one submission of several.
type StepOutcome struct {
	ID         reporting.SubmissionID `json:"id"`
	Done       bool                   `json:"done"`
	Submission *Submission            `json:"submission,omitempty" doc:"As it is now"`
	Problem    *Wrong                 `json:"problem,omitempty" doc:"Why the step was not taken"`
}

func (a *API) submissionOperations() {
	r := a.options.Reporting
	register(a, "list-due", func(ctx context.Context, _ *struct{}) (*plain[List[DueForm]], error) {
		all, err := r.Due(ctx)
		if err != nil {
			return nil, err
		}
		items := make([]DueForm, len(all))
		for i, d := range all {
			items[i] = DueForm{
				Submission: submissionOf(d.Submission), Round: d.Round, Plan: d.Plan, UnitName: d.UnitName, DaysLeft: d.DaysLeft, Returned: d.Returned,
			}
		}
		return &plain[List[DueForm]]{Body: List[DueForm]{Items: items}}, nil
	})
	register(a, "list-waiting", func(ctx context.Context, _ *struct{}) (*plain[List[WaitingForm]], error) {
		all, err := r.Waiting(ctx)
		if err != nil {
			return nil, err
		}
		items := make([]WaitingForm, len(all.Submissions))
		for i, w := range all.Submissions {
			items[i] = WaitingForm{
				Submission: submissionOf(w.Submission), Round: w.Round, Plan: w.Plan, UnitName: w.UnitName, Since: w.Since,
				Steps: stepsOf(exchangeOf(ctx), w.Offers),
			}
		}
		return &plain[List[WaitingForm]]{Body: List[WaitingForm]{Items: items}}, nil
	})
	register(a, "get-submission", func(ctx context.Context, in *ByID[reporting.SubmissionID]) (*one[Form], error) {
		v, err := r.Submission(ctx, in.ID)
		if err != nil {
			return nil, err
		}
		return changed(v.Submission.Revision, unitFormOf(ctx, v)), nil
	})
	a.submissionSteps()
}

func (a *API) submissionSteps() {
	r := a.options.Reporting
	register(a, "take-submission-step", func(ctx context.Context, in *Writing[reporting.SubmissionID, SubmissionStep]) (*one[Form], error) {
		revision, err := in.revision(ctx)
		if err != nil {
			return nil, err
		}
		if err := a.submissionStep(ctx, in.ID, in.Body, revision); err != nil {
			return nil, err
		}
		v, err := r.Submission(ctx, in.ID)
		if err != nil {
			return nil, err
		}
		return changed(v.Submission.Revision, unitFormOf(ctx, v)), nil
	})
	register(a, "take-submission-steps", func(ctx context.Context, in *Adding[SubmissionSteps]) (*plain[List[StepOutcome]], error) {
		items := []StepOutcome{}
		for _, o := range r.Take(ctx, in.Body.Action, in.Body.Submissions, in.Body.Reason) {
			items = append(items, a.outcome(ctx, o))
		}
		return &plain[List[StepOutcome]]{Body: List[StepOutcome]{Items: items}}, nil
	}, unkept) // some may fail where others do not, and those must not be undone
}

// submissionStep takes a step of a submission as it was seen.
func (a *API) submissionStep(ctx context.Context, id reporting.SubmissionID, step SubmissionStep, seen int64) error {
	r := a.options.Reporting
	if step.Action == "submit" {
		_, err := r.Submit(ctx, id, seen)
		var fault *service.Fault
		if errors.As(err, &fault) && fault.Code == "submission.changed" {
			return problemOf(ctx, kindChanged)
		}
		return err
	}
	v, err := r.Submission(ctx, id)
	if err != nil {
		return err
	}
	if v.Submission.Revision != seen {
		return problemOf(ctx, kindChanged)
	}
	return r.Take(ctx, step.Action, []reporting.SubmissionID{id}, step.Reason)[0].Err
}

func (a *API) outcome(ctx context.Context, o reports.Outcome) StepOutcome {
	out := StepOutcome{ID: o.ID, Done: o.Err == nil}
	if o.Err != nil {
		p := a.failure(ctx, o.Err)
		out.Problem = &Wrong{Code: p.Code, Message: p.Detail}
		return out
	}
	now := submissionOf(o.Submission)
	out.Submission = &now
	return out
}
