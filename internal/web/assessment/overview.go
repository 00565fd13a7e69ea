package assessment

import (
	"fmt"
	"net/http"
	"strconv"
	"strings"

	uses "luoshi/internal/service/assessment"
	"luoshi/internal/service/workflow"
	"luoshi/internal/store"
	"luoshi/internal/web"
	"luoshi/internal/web/forms"
	"luoshi/internal/web/page"
	"luoshi/ledger"
	rules "luoshi/ledger/assessment"
	"luoshi/ledger/reporting"
)

// overviewView is an assessment: how far it is, who stands where, what units say against it.
type overviewView struct {
	page.Errors
	uses.View
	Names  forms.Names
	People map[ledger.AccountID]string
	Tried  string // the step that was tried, and what was typed with it
	Reason string
	Days   string
	// Answering is the appeal whose answer was refused.
	Answering                 string
	Answer, Part, Whole, Says string
}

// group is the scores of one group.
type group struct {
	Name   string
	Scores []rules.Score
}

// groups are the scores by groups, as far as there are any.
func (o overviewView) groups() []group {
	var groups []group
	for _, score := range o.Result.Scores {
		if n := len(groups); n == 0 || groups[n-1].Name != score.Group {
			groups = append(groups, group{Name: score.Group})
		}
		last := &groups[len(groups)-1]
		last.Scores = append(last.Scores, score)
	}
	return groups
}

// basic is what the measures give a unit, and beyond what rules add or take.
func basic(s rules.Score) (measured, beyond ledger.Decimal) {
	measured, beyond = ledger.Int(0), ledger.Int(0)
	for _, l := range s.Lines {
		if l.Kind == rules.Measured {
			measured = reporting.Sum(measured, l.Points)
		} else {
			beyond = reporting.Sum(beyond, l.Points)
		}
	}
	return measured, beyond
}

func (p *Pages) overviewView(r *http.Request) (overviewView, error) {
	ctx := r.Context()
	var o overviewView
	var err error
	if o.View, err = p.uses.Assessment(ctx, idOf(r)); err != nil {
		return o, err
	}
	if o.Names, err = forms.NamesOf(ctx, p.core); err != nil {
		return o, err
	}
	accounts := stepsOf(o.Case)
	for _, a := range o.Appeals {
		accounts = append(accounts, a.Account, a.Decided)
	}
	o.People, err = p.people(ctx, accounts...)
	return o, err
}

func (p *Pages) overview(w http.ResponseWriter, r *http.Request) error {
	o, err := p.overviewView(r)
	if err != nil {
		return err
	}
	return web.Show(w, r, overviewPage(o))
}

// take takes a step.
func (p *Pages) take(w http.ResponseWriter, r *http.Request) error {
	if err := r.ParseForm(); err != nil {
		return fmt.Errorf("%w: %w", web.ErrForm, err)
	}
	step := uses.Step{Action: r.PostForm.Get("step"), Reason: strings.TrimSpace(r.PostForm.Get("reason"))}
	days := strings.TrimSpace(r.PostForm.Get("days"))
	step.Days, _ = strconv.Atoi(days) // what is no number of days is refused as none
	after, err := p.uses.Take(r.Context(), idOf(r), step, forms.Seen(r))
	if err == nil {
		web.Flash(w, r, page.Success, "assessment.step.done", p.uses.StateTitle(after.State))
		return web.Redirect(w, r, urlOf(idOf(r), ""))
	}
	if store.IsConflict(err) {
		web.Flash(w, r, page.Warning, "assessment.moved")
		return web.Redirect(w, r, urlOf(idOf(r), ""))
	}
	return failed(r, err, func(e page.Errors) error {
		o, err := p.overviewView(r)
		if err != nil {
			return err
		}
		o.Errors, o.Tried, o.Reason, o.Days = e, step.Action, step.Reason, days
		return web.ShowStatus(w, r, http.StatusUnprocessableEntity, overviewPage(o))
	})
}

// decide answers an appeal.
func (p *Pages) decide(w http.ResponseWriter, r *http.Request) error {
	if err := r.ParseForm(); err != nil {
		return fmt.Errorf("%w: %w", web.ErrForm, err)
	}
	f := forms.ValuesOf(r)
	says := f.Text("decision")
	d := uses.Decision{Accept: says == "accept", Answer: f.Text("answer"), Part: f.Figure("part"), Whole: f.Figure("whole")}
	err := error(nil)
	if f.None() {
		err = p.uses.Decide(r.Context(), idOf(r), r.PathValue("appeal"), d, forms.Seen(r))
		if err == nil {
			web.Flash(w, r, page.Success, "assessment.appeal.answered")
			return web.Redirect(w, r, urlOf(idOf(r), "#appeals"))
		}
	}
	e, mendable := errorsOf(page.Of(r.Context()), err)
	if err != nil && !mendable {
		return err
	}
	o, failure := p.overviewView(r)
	if failure != nil {
		return failure
	}
	o.Errors = f.Errors
	if err != nil {
		o.Errors = e
	}
	o.Answering, o.Answer, o.Part, o.Whole, o.Says = r.PathValue("appeal"), d.Answer, f.Text("part"), f.Text("whole"), says
	return web.ShowStatus(w, r, http.StatusUnprocessableEntity, overviewPage(o))
}

// itemTitle is what a measure or rule is called.
func itemTitle(s rules.Scheme, code string) string {
	if m, there := s.Measure(code); there {
		return m.Title
	}
	rule, _ := s.Rule(code)
	return rule.Title
}

// formulaOf is the formula of a measure.
func formulaOf(name rules.FormulaName) rules.Formula {
	f, _ := rules.FormulaOf(name)
	return f
}

// extends tells whether a step asks for days.
func extends(offer workflow.Offer) bool { return len(offer.Action.Extends) > 0 }
