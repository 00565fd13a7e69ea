package bulletins

import (
	"net/http"

	uses "luoshi/internal/service/bulletin"
	"luoshi/internal/web"
	"luoshi/internal/web/forms"
	"luoshi/internal/web/page"
	"luoshi/ledger"
	"luoshi/ledger/reporting"
)

// listView is the list of bulletins.
type listView struct {
	page.List
	Bulletins []uses.Summary
	Plans     []ledger.Plan
	Tends     bool // the reader looks after bulletins and sees unpublished ones as well
}

func (p *Pages) list(w http.ResponseWriter, r *http.Request) error {
	ctx, v := r.Context(), page.Of(r.Context())
	l := listView{Tends: v.Can("bulletin.review"), List: page.ListOf(r,
		page.Column{Title: v.T("bulletins.number")}, page.Column{Title: v.T("bulletins.name")},
		page.Column{Title: v.T("bulletins.period"), Narrow: true}, page.Column{Title: v.T("bulletins.state")},
		page.Column{Title: v.T("bulletins.published"), Narrow: true}, page.Column{Title: v.T("bulletins.read-by"), Number: true},
	)}
	filter := uses.Filter{Plan: ledger.PlanID(l.Filter("plan")), State: uses.State(l.Filter("state")), Words: l.Filter("q")}
	found, err := p.uses.List(ctx, filter, l.Page())
	if err != nil {
		return err
	}
	l.Bulletins, l.Next = found.Bulletins, found.Next
	if l.Plans, err = p.catalogue.Plans(ctx); err != nil {
		return err
	}
	return web.Show(w, r, listPage(l))
}

// states are the choices of the filter.
func states(v page.View) []page.Option {
	options := []page.Option{{Label: v.T("bulletins.all")}}
	for _, s := range uses.States() {
		options = append(options, page.Option{Value: string(s), Label: v.Wording(s.Label())})
	}
	return options
}

// newView is the form that begins a bulletin.
type newView struct {
	page.Errors
	Plans  []ledger.Plan
	Plan   ledger.Plan
	Period string // that was chosen, or the one that is offered
}

func (p *Pages) newView(r *http.Request) (newView, error) {
	var view newView
	plans, err := p.catalogue.Plans(r.Context())
	if err != nil {
		return view, err
	}
	for _, plan := range plans {
		if plan.State == ledger.Published {
			view.Plans = append(view.Plans, plan)
		}
	}
	view.Plan = forms.Chosen(view.Plans, r.FormValue("plan"))
	view.Period = r.FormValue("period")
	if view.Period == "" {
		view.Period = p.last(view.Plan).Key()
	}
	return view, nil
}

// last is the last month of a plan's year that is over, or its first one.
func (p *Pages) last(plan ledger.Plan) reporting.Period {
	month := reporting.PeriodOf(reporting.Monthly, p.core.Today()).Previous()
	if month.Year > plan.Year {
		month.Year, month.Number = plan.Year, 12
	}
	if month.Year < plan.Year {
		month.Year, month.Number = plan.Year, 1
	}
	return month
}

// periods are the choices of the field.
func periods(v page.View, plan ledger.Plan) []page.Option {
	var options []page.Option
	for _, p := range uses.Periods(plan) {
		options = append(options, page.Option{Value: p.Key(), Label: v.Wording(p.Title())})
	}
	return options
}

func (p *Pages) begin(w http.ResponseWriter, r *http.Request) error {
	view, err := p.newView(r)
	if err != nil {
		return err
	}
	return web.Show(w, r, newPage(view))
}

func (p *Pages) draft(w http.ResponseWriter, r *http.Request) error {
	period, _ := reporting.ParsePeriod(r.PostFormValue("period")) // none is outside of every plan
	made, err := p.uses.Draft(r.Context(), ledger.PlanID(r.PostFormValue("plan")), period)
	if err == nil {
		web.Flash(w, r, page.Success, "bulletins.drafted")
		return web.Redirect(w, r, bulletinURL(made.ID, "/edit"))
	}
	found, mendable := page.Of(r.Context()).ErrorsOf(err)
	if !mendable {
		return err
	}
	view, err := p.newView(r)
	if err != nil {
		return err
	}
	view.Errors = found
	return web.ShowStatus(w, r, http.StatusUnprocessableEntity, newPage(view))
}
