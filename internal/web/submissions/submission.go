package submissions

import (
	"context"
	"fmt"
	"net/http"
	"strings"

	"luoshi/internal/access"
	"luoshi/internal/service"
	uses "luoshi/internal/service/reporting"
	"luoshi/internal/service/workflow"
	"luoshi/internal/web"
	"luoshi/internal/web/forms"
	"luoshi/internal/web/page"
	"luoshi/ledger"
	"luoshi/ledger/reporting"
)

// submissionView is one submission, read-only.
type submissionView struct {
	page.Errors
	Form       uses.FormView
	Sections   []section
	Names      forms.Names
	People     map[ledger.AccountID]string
	MayCorrect bool
	Back       string // where a step leads back to: the queue, or here
	Typed      string // the step that was tried, and why
	Reason     string
}

func submissionID(r *http.Request) reporting.SubmissionID {
	return reporting.SubmissionID(r.PathValue("id"))
}

func (p *Pages) submissionView(r *http.Request) (submissionView, error) {
	ctx := r.Context()
	form, err := p.uses.Submission(ctx, submissionID(r))
	if err != nil {
		return submissionView{}, err
	}
	rows := rowsOf(form)
	if locked(form.Submission.State) {
		figures, err := p.uses.Figures(ctx, form.Plan.ID, uses.FigureFilter{Units: []ledger.UnitID{form.Submission.Unit}, Period: form.Round.Period})
		if err != nil {
			return submissionView{}, err
		}
		correct(rows, figures)
	}
	view := submissionView{Form: form, Sections: sectionsOf(rows), Back: back(r.FormValue("back"), "")}
	if view.Names, err = forms.NamesOf(ctx, p.core); err != nil {
		return view, err
	}
	view.MayCorrect = locked(form.Submission.State) && p.core.Can(ctx, "observation.amend", service.Owned{Lead: form.Submission.Unit})
	var accounts []ledger.AccountID
	for _, step := range form.Case.Steps {
		accounts = append(accounts, step.Account)
	}
	view.People, err = p.people(ctx, accounts...)
	return view, err
}

func (p *Pages) submission(w http.ResponseWriter, r *http.Request) error {
	view, err := p.submissionView(r)
	if err != nil {
		return err
	}
	return web.Show(w, r, submissionPage(view))
}

// brief is a submission beside the period before, within the queue.
func (p *Pages) brief(w http.ResponseWriter, r *http.Request) error {
	view, err := p.submissionView(r)
	if err != nil {
		return err
	}
	return web.Show(w, r, briefPage(view))
}

// takeOne takes a step of one submission.
func (p *Pages) takeOne(w http.ResponseWriter, r *http.Request) error {
	if err := r.ParseForm(); err != nil {
		return fmt.Errorf("%w: %w", web.ErrForm, err)
	}
	step, reason := r.PostForm.Get("step"), strings.TrimSpace(r.PostForm.Get("reason"))
	outcome := p.uses.Take(r.Context(), step, []reporting.SubmissionID{submissionID(r)}, reason)[0]
	v := page.Of(r.Context())
	if outcome.Err == nil {
		web.Flash(w, r, page.Success, "submissions.step.done", outcome.Submission.State.Label())
		return web.Redirect(w, r, back(r.PostForm.Get("back"), submissionURL(submissionID(r), "")))
	}
	e, mendable := errorsOf(v, outcome.Err)
	if !mendable {
		return outcome.Err
	}
	view, err := p.submissionView(r)
	if err != nil {
		return err
	}
	view.Errors, view.Typed, view.Reason = e, step, reason
	return web.ShowStatus(w, r, http.StatusUnprocessableEntity, submissionPage(view))
}

// stepName is what a step that was taken is called.
func (s submissionView) stepName(v page.View, step workflow.Step) string {
	if action := s.Form.Case.Definition.Action(step.Action); action != nil {
		return stepTitle(v, action)
	}
	return step.Action
}

// roleName is in what role a step was taken.
func roleName(v page.View, role string) string {
	return v.Text(access.Rights().Title(access.Role(role)))
}

// program begins what the log calls the program itself, in the place of an account.
const program = "job:"

// who took a step: a person in a role, or the program at closing.
func who(ctx context.Context, person string, step workflow.Step) string {
	v := page.Of(ctx)
	if strings.HasPrefix(string(step.Account), program) {
		return v.T("submissions.by-itself")
	}
	return v.T("submissions.who", person, roleName(v, step.Role))
}
