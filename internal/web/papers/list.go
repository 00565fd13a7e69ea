package papers

import (
	"net/http"
	"slices"

	"luoshi/internal/account"
	"luoshi/internal/service"
	uses "luoshi/internal/service/accounting"
	"luoshi/internal/web"
	"luoshi/internal/web/forms"
	"luoshi/internal/web/page"
	"luoshi/ledger"
	"luoshi/ledger/reporting"
)

// listView is the list of reports.
type listView struct {
	page.List
	Reports   []uses.Summary
	Plans     []ledger.Plan
	Templates []uses.Template
	Names     forms.Names
	Tends     bool // the reader writes or reviews reports and sees those that are not frozen as well
}

func (p *Pages) list(w http.ResponseWriter, r *http.Request) error {
	ctx, v := r.Context(), page.Of(r.Context())
	l := listView{Tends: v.Can("account.review") || v.Can("account.edit"), List: page.ListOf(r,
		page.Column{Title: v.T("papers.number")}, page.Column{Title: v.T("papers.name")}, page.Column{Title: v.T("papers.template"), Narrow: true},
		page.Column{Title: v.T("papers.period"), Narrow: true}, page.Column{Title: v.T("papers.state")},
		page.Column{Title: v.T("papers.frozen"), Narrow: true},
	)}
	filter := uses.Filter{
		Plan: ledger.PlanID(l.Filter("plan")), State: uses.State(l.Filter("state")), Template: l.Filter("template"), Words: l.Filter("q"),
	}
	found, err := p.uses.List(ctx, filter, l.Page())
	if err != nil {
		return err
	}
	l.Reports, l.Next = found.Reports, found.Next
	if l.Plans, err = p.catalogue.Plans(ctx); err != nil {
		return err
	}
	if l.Templates, err = p.uses.Templates(ctx); err != nil {
		return err
	}
	if l.Names, err = forms.NamesOf(ctx, p.core); err != nil {
		return err
	}
	return web.Show(w, r, listPage(l))
}

// states are the choices of the filter.
func states(v page.View) []page.Option {
	options := []page.Option{{Label: v.T("papers.all")}}
	for _, s := range uses.States() {
		options = append(options, page.Option{Value: string(s), Label: v.Wording(s.Label())})
	}
	return options
}

// templateOptions are templates as the choices of a field.
func templateOptions(v page.View, all []uses.Template) []page.Option {
	options := make([]page.Option, len(all))
	for i, t := range all {
		options[i] = page.Option{Value: t.Name, Label: v.Wording(t.Title)}
	}
	return options
}

// title is what a template is called; its name where it is offered no more.
func (l listView) title(v page.View, name string) string {
	i := slices.IndexFunc(l.Templates, func(t uses.Template) bool { return t.Name == name })
	if i < 0 {
		return v.T("papers.template.gone")
	}
	return v.Wording(l.Templates[i].Title)
}

// newView is the form that begins a report.
type newView struct {
	page.Errors
	Plans     []ledger.Plan
	Plan      ledger.Plan
	Templates []uses.Template
	Template  uses.Template
	Periods   []reporting.Period
	Period    string        // that was chosen, or the one that is offered
	Owners    []page.Option // of a template for units
	Owner     string
	Occasion  string
	Speaker   string
	Addressee string
	Preview   *account.Content
}

// newView is the form as far as it was filled.
func (p *Pages) newView(r *http.Request) (newView, error) {
	var view newView
	plans, err := p.catalogue.Plans(r.Context())
	if err != nil {
		return view, err
	}
	view.Plans = slices.DeleteFunc(plans, func(plan ledger.Plan) bool { return plan.State != ledger.Published })
	view.Plan = forms.Chosen(view.Plans, r.FormValue("plan"))
	if view.Templates, err = p.offered(r, view.Plan); err != nil || len(view.Templates) == 0 {
		return view, err
	}
	chosen := max(0, slices.IndexFunc(view.Templates, func(t uses.Template) bool { return t.Name == r.FormValue("template") }))
	view.Template = view.Templates[chosen]
	view.Periods = uses.Periods(view.Plan, view.Template.Template)
	view.Occasion, view.Speaker, view.Addressee = r.FormValue("occasion"), r.FormValue("speaker"), r.FormValue("addressee")
	view.Period = r.FormValue("period")
	if view.Period == "" && len(view.Periods) > 0 {
		view.Period = p.last(view.Periods).Key()
	}
	if view.Template.OfUnit {
		err = p.owners(r, &view)
	}
	return view, err
}

// offered are the templates of which the reader may begin a report.
func (p *Pages) offered(r *http.Request, plan ledger.Plan) ([]uses.Template, error) {
	all, err := p.uses.Templates(r.Context())
	if err != nil {
		return nil, err
	}
	whole := p.core.Can(r.Context(), "account.edit", service.Owned{Lead: plan.Government})
	return slices.DeleteFunc(all, func(t uses.Template) bool { return !t.OfUnit && !whole }), nil
}

// owners are the units of which the reader may write a report.
func (p *Pages) owners(r *http.Request, view *newView) error {
	names, err := forms.NamesOf(r.Context(), p.core)
	if err != nil {
		return err
	}
	for _, o := range names.Options("") {
		unit := ledger.UnitID(o.Value)
		if unit != view.Plan.Government && p.core.Can(r.Context(), "account.edit", service.Owned{Lead: unit}) {
			view.Owners = append(view.Owners, o)
		}
	}
	view.Owner = r.FormValue("owner")
	if view.Owner == "" && len(view.Owners) > 0 {
		view.Owner = view.Owners[0].Value
	}
	return nil
}

// last is the last of some periods that is over, or the first one that ends.
func (p *Pages) last(all []reporting.Period) reporting.Period {
	today := p.core.Today()
	best := all[0]
	for _, period := range all {
		over, bestOver := period.Span().To.Before(today), best.Span().To.Before(today)
		if over && (!bestOver || best.Span().To.Before(period.Span().To)) || !over && !bestOver && period.Span().To.Before(best.Span().To) {
			best = period
		}
	}
	return best
}

// wish is what the form asks for.
func (n newView) wish() uses.Wish {
	period, _ := reporting.ParsePeriod(n.Period) // none is outside of every template
	return uses.Wish{
		Plan: n.Plan.ID, Period: period, Template: n.Template.Name, Owner: ledger.UnitID(n.Owner),
		Occasion: n.Occasion, Speaker: n.Speaker, Addressee: n.Addressee,
	}
}

func (n newView) periods(v page.View) []page.Option {
	var options []page.Option
	for _, p := range n.Periods {
		options = append(options, page.Option{Value: p.Key(), Label: v.Wording(p.Title())})
	}
	return options
}

func (p *Pages) begin(w http.ResponseWriter, r *http.Request) error {
	view, err := p.newView(r)
	if err != nil {
		return err
	}
	if r.FormValue("preview") == "" || view.Template.Name == "" {
		return web.Show(w, r, newPage(view))
	}
	made, err := p.uses.Preview(r.Context(), view.wish())
	if err != nil {
		return p.beginAgain(w, r, view, err)
	}
	view.Preview = &made
	return web.Show(w, r, newPage(view))
}

func (p *Pages) draft(w http.ResponseWriter, r *http.Request) error {
	view, err := p.newView(r)
	if err != nil {
		return err
	}
	made, err := p.uses.Draft(r.Context(), view.wish())
	if err != nil {
		return p.beginAgain(w, r, view, err)
	}
	web.Flash(w, r, page.Success, "papers.drafted")
	return web.Redirect(w, r, paperURL(made.ID, ""))
}

// beginAgain shows the form with what is wrong.
func (p *Pages) beginAgain(w http.ResponseWriter, r *http.Request, view newView, err error) error {
	found, mendable := page.Of(r.Context()).ErrorsOf(err)
	if !mendable {
		return err
	}
	view.Errors = found
	return web.ShowStatus(w, r, http.StatusUnprocessableEntity, newPage(view))
}
