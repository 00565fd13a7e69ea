package plans

import (
	"net/http"
	"strconv"

	"luoshi/internal/service/planning"
	"luoshi/internal/store"
	"luoshi/internal/web"
	"luoshi/internal/web/forms"
	"luoshi/internal/web/page"
	"luoshi/ledger"
)

func itoa(n int) string { return strconv.Itoa(n) }

func atoi(text string) int {
	n, _ := strconv.Atoi(text) // what is no number is none
	return n
}

// planList is the list of plans.
type planList struct {
	page.List
	Plans []store.Record[ledger.Plan]
	names
}

func (p *Pages) list(w http.ResponseWriter, r *http.Request) error {
	v := page.Of(r.Context())
	l := planList{List: page.ListOf(r,
		page.Column{Title: v.T("plans.title")},
		page.Column{Title: v.T("plans.year"), Number: true},
		page.Column{Title: v.T("plans.government"), Narrow: true},
		page.Column{Title: v.T("plans.state")},
		page.Column{Title: v.T("plans.version"), Number: true, Narrow: true},
	)}
	query := planning.PlanQuery{Year: atoi(l.Filter("year")), State: ledger.PlanState(l.Filter("state")), Text: l.Filter("text")}
	asked := l.Page()
	asked.Descending = true
	listing, err := p.planning.Plans(r.Context(), query, asked)
	if err != nil {
		return err
	}
	l.Plans, l.Next = listing.Records, listing.Next
	if l.names, err = p.names(r.Context()); err != nil {
		return err
	}
	return web.Show(w, r, plansPage(l))
}

// planForm is the form of a new plan, or of the title of one.
type planForm struct {
	page.Errors
	Record     store.Record[ledger.Plan]
	Government string
	Year       string
	Title      string
	Options    []page.Option
	Clash      *page.Clash
}

func (p *Pages) governments(n names) []page.Option {
	var options []page.Option
	for _, unit := range n.tree.Units() {
		if unit.Kind == ledger.Government && n.tree.Exists(unit.ID, n.today) {
			options = append(options, page.Option{Value: string(unit.ID), Label: n.unit(unit.ID)})
		}
	}
	return options
}

func (p *Pages) newPlan(w http.ResponseWriter, r *http.Request) error {
	n, err := p.names(r.Context())
	if err != nil {
		return err
	}
	return web.Show(w, r, newPlanPage(planForm{Year: strconv.Itoa(int(n.today.Year)), Options: p.governments(n)}))
}

func (p *Pages) create(w http.ResponseWriter, r *http.Request) error {
	form := planForm{Government: r.PostFormValue("government"), Year: r.PostFormValue("year"), Title: r.PostFormValue("title")}
	made, err := p.planning.CreatePlan(r.Context(), planning.NewPlan{
		Government: ledger.UnitID(form.Government), Year: atoi(form.Year), Title: form.Title,
	})
	if err == nil {
		web.Flash(w, r, page.Success, "plans.created", made.Value.Title)
		return web.Redirect(w, r, page.PlanURL(made.Value.ID, ""))
	}
	if !mendable(err) {
		return err
	}
	n, failed := p.names(r.Context())
	if failed != nil {
		return failed
	}
	form.Errors, form.Options = errorsOf(page.Of(r.Context()), err), p.governments(n)
	return web.ShowStatus(w, r, http.StatusUnprocessableEntity, newPlanPage(form))
}

func (p *Pages) editPlan(w http.ResponseWriter, r *http.Request) error {
	record, err := p.planning.Plan(r.Context(), planID(r))
	if err != nil {
		return err
	}
	return web.Show(w, r, editPlanPage(planForm{Record: record, Title: record.Value.Title}))
}

func (p *Pages) retitle(w http.ResponseWriter, r *http.Request) error {
	id, title := planID(r), r.PostFormValue("title")
	_, err := p.planning.RetitlePlan(r.Context(), id, title, seen(r))
	if err == nil {
		web.Flash(w, r, page.Success, "plans.saved")
		return web.Redirect(w, r, page.PlanURL(id, ""))
	}
	v := page.Of(r.Context())
	record, failed := p.planning.Plan(r.Context(), id)
	if failed != nil {
		return failed
	}
	form := planForm{Record: record, Title: title}
	if store.IsConflict(err) {
		fields := []page.Difference{{Field: v.T("plans.title"), Mine: title, Theirs: record.Value.Title}}
		if form.Clash, err = forms.Clash(r, p.catalogue, forms.Persons(p.persons), err, page.PlanURL(id, ""), fields); err != nil {
			return err
		}
		return web.ShowStatus(w, r, http.StatusConflict, editPlanPage(form))
	}
	if !mendable(err) {
		return err
	}
	form.Errors = errorsOf(v, err)
	form.Record.Revision = seen(r)
	return web.ShowStatus(w, r, http.StatusUnprocessableEntity, editPlanPage(form))
}

func planStates(v page.View) []page.Option {
	options := []page.Option{{Label: v.T("plans.any")}}
	for _, s := range []ledger.PlanState{ledger.Draft, ledger.Reviewed, ledger.Approved, ledger.Published, ledger.Abandoned} {
		options = append(options, page.Option{Value: string(s), Label: v.Wording(s.Label())})
	}
	return options
}
