package submissions

import (
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"luoshi/calendar"
	"luoshi/flow"
	"luoshi/internal/service"
	uses "luoshi/internal/service/reporting"
	"luoshi/internal/service/workflow"
	"luoshi/internal/web"
	"luoshi/internal/web/page"
	"luoshi/ledger/reporting"
)

// queueView is what waits for whoever is signed in.
type queueView struct {
	page.Errors
	Waiting  uses.Waiting
	State    reporting.State // the filter; all where empty
	Items    []uses.WaitingItem
	Today    calendar.Date
	Outcomes []outcome
	Failed   int
	Chosen   []string
	Reason   string
}

// outcome is what became of one submission of several.
type outcome struct {
	Unit, Text string
	State      reporting.State
	URL        string
}

// queueStates are the states in which something waits for somebody who decides, in the order of the workflow.
var queueStates = []reporting.State{reporting.Submitted, reporting.Statistic, reporting.Approved, reporting.Reviewed}

// count is how many submissions wait in a state; in any where it is empty.
func (q queueView) count(state reporting.State) int {
	n := 0
	for _, item := range q.Waiting.Submissions {
		if state == "" || item.Submission.State == state {
			n++
		}
	}
	return n
}

// tabs lead to what waits in each state.
func (q queueView) tabs(v page.View) []page.Tab {
	tabs := []page.Tab{{Title: v.T("submissions.all"), URL: "/approvals", Active: q.State == "", Count: q.count("")}}
	for _, state := range queueStates {
		if n := q.count(state); n > 0 || q.State == state {
			tabs = append(tabs, page.Tab{Title: v.Wording(state.Label()), URL: q.url(state), Active: q.State == state, Count: n})
		}
	}
	return tabs
}

func (q queueView) url(state reporting.State) string {
	if state == "" {
		return "/approvals"
	}
	return "/approvals?" + url.Values{"state": {string(state)}}.Encode()
}

// onward is the step that takes a submission on; nil where the caller can only send it back.
func onward(item uses.WaitingItem) *flow.Action {
	for _, offer := range item.Offers {
		if !backwards[offer.Action.Name] && offer.Against.ZH == "" {
			return offer.Action
		}
	}
	return nil
}

// steps are those that can be taken of some of the items that are shown, those that lead on first.
func (q queueView) steps() []*flow.Action {
	var steps []*flow.Action
	add := func(back bool) {
		for _, item := range q.Items {
			for _, offer := range item.Offers {
				named := func(a *flow.Action) bool { return a.Name == offer.Action.Name }
				if backwards[offer.Action.Name] == back && offer.Against.ZH == "" && !slices.ContainsFunc(steps, named) && offer.Action.Name != "dispute" {
					steps = append(steps, offer.Action)
				}
			}
		}
	}
	add(false)
	add(true)
	if i := slices.IndexFunc(steps, func(a *flow.Action) bool { return a.Name == "return" }); i < 0 {
		steps = append(steps, q.disputes()...)
	}
	return steps
}

// disputes is the step by which the statistics office alone returns, where there is no other way back.
func (q queueView) disputes() []*flow.Action {
	for _, item := range q.Items {
		i := slices.IndexFunc(item.Offers, func(o workflow.Offer) bool { return o.Action.Name == "dispute" })
		if i >= 0 {
			return []*flow.Action{item.Offers[i].Action}
		}
	}
	return nil
}

// patience is how many days a submission may wait before that is pointed out.
const patience = 3

// waits is for how many days a submission has waited, where that is long; 0 where it is not.
func (q queueView) waits(item uses.WaitingItem) int {
	if days := dayOf(item.Since).DaysTo(q.Today); days >= patience {
		return days
	}
	return 0
}

// dayOf is the date in the district at a moment.
func dayOf(at time.Time) calendar.Date {
	at = at.In(service.Zone())
	return calendar.Date{Year: int16(at.Year()), Month: int8(at.Month()), Day: int8(at.Day())} //nolint:gosec // they fit
}

// keys are the letters by which steps can be taken.
var keys = map[string]string{"approve": "a", "confirm": "c", "review": "a", "lock": "l", "return": "r", "dispute": "r"}

func (p *Pages) queueView(r *http.Request, state reporting.State) (queueView, error) {
	view := queueView{State: state, Today: p.core.Today()}
	var err error
	if view.Waiting, err = p.uses.Waiting(r.Context()); err != nil {
		return view, err
	}
	for _, item := range view.Waiting.Submissions {
		if state == "" || item.Submission.State == state {
			view.Items = append(view.Items, item)
		}
	}
	return view, nil
}

func (p *Pages) queue(w http.ResponseWriter, r *http.Request) error {
	view, err := p.queueView(r, reporting.State(r.URL.Query().Get("state")))
	if err != nil {
		return err
	}
	return web.Show(w, r, queuePage(view))
}

// takeMany takes a step of the submissions that were ticked, or of the one whose button was pressed.
func (p *Pages) takeMany(w http.ResponseWriter, r *http.Request) error {
	if err := r.ParseForm(); err != nil {
		return fmt.Errorf("%w: %w", web.ErrForm, err)
	}
	v := page.Of(r.Context())
	step, chosen := r.PostForm.Get("step"), r.PostForm["id"]
	if one := r.PostForm.Get("one"); one != "" {
		name, id, _ := strings.Cut(one, ":")
		step, chosen = name, []string{id}
	}
	reason := strings.TrimSpace(r.PostForm.Get("reason"))
	var e page.Errors
	switch {
	case step == "":
		return web.ErrForm
	case len(chosen) == 0:
		e.Add("", v.T("submissions.choose.first"))
	case backwards[step] && reason == "":
		e.Add("reason", v.T("submissions.reason.missing"))
	}
	ids := make([]reporting.SubmissionID, len(chosen))
	for i, id := range chosen {
		ids[i] = reporting.SubmissionID(id)
	}
	state := reporting.State(r.PostForm.Get("state"))
	if !e.None() {
		view, err := p.queueView(r, state)
		if err != nil {
			return err
		}
		view.Errors, view.Chosen, view.Reason = e, chosen, reason
		return web.ShowStatus(w, r, http.StatusUnprocessableEntity, queuePage(view))
	}
	return p.answer(w, r, state, reason, p.uses.Take(r.Context(), step, ids, reason))
}

// answer says what became of each submission: in a line where all went well, in a table where something did not.
func (p *Pages) answer(w http.ResponseWriter, r *http.Request, state reporting.State, reason string, outcomes []uses.Outcome) error {
	v := page.Of(r.Context())
	lines, chosen, err := p.outcomes(r, outcomes)
	if err != nil {
		return err
	}
	if len(chosen) == 0 {
		names := make([]string, len(lines))
		for i, o := range lines {
			names[i] = o.Unit
		}
		web.Flash(w, r, page.Success, "submissions.taken", len(lines), listed(v, names))
		return web.Redirect(w, r, queueView{}.url(state))
	}
	view, err := p.queueView(r, state)
	if err != nil {
		return err
	}
	view.Outcomes, view.Failed, view.Chosen, view.Reason = lines, len(chosen), chosen, reason
	return web.ShowStatus(w, r, http.StatusUnprocessableEntity, queuePage(view))
}

// outcomes are what became of submissions as the page lists it, and those of which the step was not taken.
func (p *Pages) outcomes(r *http.Request, all []uses.Outcome) (lines []outcome, failed []string, err error) {
	ctx, v := r.Context(), page.Of(r.Context())
	tree, err := p.core.Tree(ctx)
	if err != nil {
		return nil, nil, err
	}
	for _, o := range all {
		line := outcome{State: o.Submission.State, URL: submissionURL(o.ID, ""), Text: v.Wording(o.Submission.State.Label())}
		unit := o.Submission.Unit
		if o.Err != nil {
			var known bool
			if line.Text, known = refusal(v, o.Err); !known {
				return nil, nil, o.Err
			}
			failed = append(failed, string(o.ID))
			line.State = ""
			if form, err := p.uses.Submission(ctx, o.ID); err == nil {
				unit = form.Submission.Unit
			}
		}
		if line.Unit = tree.Name(unit, p.core.Today()); line.Unit == "" {
			line.Unit = v.T("submissions.unknown")
		}
		lines = append(lines, line)
	}
	return lines, failed, nil
}
