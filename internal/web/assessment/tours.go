package assessment

import (
	"context"
	"fmt"
	"net/http"
	"slices"
	"strings"

	uses "luoshi/internal/service/assessment"
	"luoshi/internal/service/catalogue"
	"luoshi/internal/store"
	"luoshi/internal/web"
	"luoshi/internal/web/forms"
	"luoshi/internal/web/page"
	"luoshi/ledger"
	rules "luoshi/ledger/assessment"
	"luoshi/ledger/reporting"
)

func (p *Pages) tours(w http.ResponseWriter, r *http.Request) error {
	found, err := p.uses.Tours(r.Context())
	if err != nil {
		return err
	}
	states := map[uses.TourID]string{}
	for _, t := range found {
		states[t.ID] = page.Of(r.Context()).Wording(p.uses.TourTitle(t.State))
	}
	return web.Show(w, r, toursPage(found, states))
}

// criterionText is a row of the form of a round, as it was typed.
type criterionText struct{ Title, Most string }

// tourForm is the form of a round.
type tourForm struct {
	page.Errors
	ID              uses.TourID // empty for a new one
	Plan            ledger.PlanID
	Plans           []page.Option
	Title, On, Drop string
	Criteria        []criterionText
	Projects        []page.Option
	Chosen          []string
	Judges          []page.Option
	Asked           []string
	Seen            int64
}

func (t tourForm) action() string {
	if t.ID == "" {
		return "/tours"
	}
	return tourURL(t.ID, "/edit")
}

func (t tourForm) back() string {
	if t.ID == "" {
		return "/tours"
	}
	return tourURL(t.ID, "")
}

// total is what the criteria come to, as they were typed.
func (t tourForm) total() string {
	sum := ledger.Int(0)
	for _, c := range t.Criteria {
		if d := figure(c.Most); d.Known() {
			sum = reporting.Sum(sum, d)
		}
	}
	return sum.Plain()
}

// fill puts the plan of a round into the form.
func (t *tourForm) fill(tour rules.Tour) {
	t.Title, t.On, t.Drop = tour.Title, tour.On.String(), fmt.Sprint(tour.Drop)
	for _, c := range tour.Criteria {
		t.Criteria = append(t.Criteria, criterionText{c.Title, c.Most.Plain()})
	}
	for _, shown := range tour.Projects {
		t.Chosen = append(t.Chosen, string(shown.Project))
	}
	for _, judge := range tour.Judges {
		t.Asked = append(t.Asked, string(judge))
	}
}

// offer adds what can be chosen, and rows to type in.
func (p *Pages) offer(r *http.Request, t *tourForm) error {
	ctx := r.Context()
	names, err := forms.NamesOf(ctx, p.core)
	if err != nil {
		return err
	}
	listing, err := p.catalogue.Projects(ctx, catalogue.ProjectQuery{Plan: t.Plan}, store.Page{Limit: store.MaxLimit})
	if err != nil {
		return err
	}
	for _, project := range store.Values(listing.Records) {
		label := project.Name
		if unit := names.Unit(project.Lead); unit != "" {
			label = page.T(ctx, "assessment.two", label, unit)
		}
		t.Projects = append(t.Projects, page.Option{Value: string(project.ID), Label: label})
	}
	if p.judges != nil {
		if t.Judges, err = p.judges(ctx); err != nil {
			return err
		}
	}
	t.Criteria = append(t.Criteria, criterionText{}, criterionText{})
	return nil
}

func (p *Pages) newTour(w http.ResponseWriter, r *http.Request) error {
	plans, err := p.publishedPlans(r)
	if err != nil {
		return err
	}
	if len(plans) == 0 {
		return web.Show(w, r, noPlanPage(page.T(r.Context(), "tour.new")))
	}
	view := tourForm{Plan: forms.Chosen(plans, r.URL.Query().Get("plan")).ID, Plans: forms.PlanOptions(plans)}
	view.fill(p.uses.UsualTour())
	if err := p.offer(r, &view); err != nil {
		return err
	}
	return web.Show(w, r, tourFormPage(view))
}

// typedTour reads the form of a round.
func typedTour(r *http.Request) (tourForm, rules.Tour, error) {
	if err := r.ParseForm(); err != nil {
		return tourForm{}, rules.Tour{}, fmt.Errorf("%w: %w", web.ErrForm, err)
	}
	f, form := forms.ValuesOf(r), r.PostForm
	view := tourForm{
		ID: uses.TourID(r.PathValue("id")), Plan: ledger.PlanID(f.Text("plan")), Title: f.Text("title"), On: f.Text("on"), Drop: f.Text("drop"),
		Chosen: form["project"], Asked: form["judge"], Seen: forms.Seen(r),
	}
	for i, title := range form["criterion.title"] {
		view.Criteria = append(view.Criteria, criterionText{strings.TrimSpace(title), at(form["criterion.most"], i)})
	}
	view.Criteria = slices.DeleteFunc(view.Criteria, func(c criterionText) bool { return c == criterionText{} })
	tour := rules.Tour{Title: view.Title, On: f.Date("on"), Drop: f.Int("drop")}
	for _, c := range view.Criteria {
		tour.Criteria = append(tour.Criteria, rules.Criterion{Title: c.Title, Most: figure(c.Most)})
	}
	for _, id := range view.Chosen {
		tour.Projects = append(tour.Projects, rules.Shown{Project: ledger.ProjectID(id)})
	}
	for _, id := range view.Asked {
		tour.Judges = append(tour.Judges, ledger.AccountID(id))
	}
	view.Errors = f.Errors
	return view, tour, nil
}

// tourAgain shows the form of a round with what is wrong.
func (p *Pages) tourAgain(w http.ResponseWriter, r *http.Request, view tourForm, status int) error {
	if view.ID == "" {
		plans, err := p.publishedPlans(r)
		if err != nil {
			return err
		}
		view.Plans = forms.PlanOptions(plans)
	}
	if err := p.offer(r, &view); err != nil {
		return err
	}
	return web.ShowStatus(w, r, status, tourFormPage(view))
}

func (p *Pages) createTour(w http.ResponseWriter, r *http.Request) error {
	view, tour, err := typedTour(r)
	if err != nil {
		return err
	}
	if !view.None() {
		return p.tourAgain(w, r, view, http.StatusUnprocessableEntity)
	}
	made, err := p.uses.CreateTour(r.Context(), view.Plan, tour)
	if err != nil {
		return failed(r, err, func(e page.Errors) error {
			view.Errors = e
			return p.tourAgain(w, r, view, http.StatusUnprocessableEntity)
		})
	}
	web.Flash(w, r, page.Success, "assessment.saved")
	return web.Redirect(w, r, tourURL(made.ID, ""))
}

func (p *Pages) editTour(w http.ResponseWriter, r *http.Request) error {
	t, err := p.uses.Tour(r.Context(), uses.TourID(r.PathValue("id")))
	if err != nil {
		return err
	}
	if !t.MayEdit {
		web.Flash(w, r, page.Warning, "tour.fixed")
		return web.Redirect(w, r, tourURL(t.ID, ""))
	}
	view := tourForm{ID: t.ID, Plan: t.Plan, Seen: t.Revision}
	view.fill(t.Tour.Tour)
	if err := p.offer(r, &view); err != nil {
		return err
	}
	return web.Show(w, r, tourFormPage(view))
}

func (p *Pages) saveTour(w http.ResponseWriter, r *http.Request) error {
	view, tour, err := typedTour(r)
	if err != nil {
		return err
	}
	if !view.None() {
		return p.tourAgain(w, r, view, http.StatusUnprocessableEntity)
	}
	err = p.uses.SaveTour(r.Context(), view.ID, tour, view.Seen)
	switch {
	case store.IsConflict(err):
		view.Add("", page.T(r.Context(), "assessment.conflict"))
		if current, there := forms.Stale[uses.Tour](err); there {
			view.Seen = current.Revision
		}
		return p.tourAgain(w, r, view, http.StatusConflict)
	case err != nil:
		return failed(r, err, func(e page.Errors) error {
			view.Errors = e
			return p.tourAgain(w, r, view, http.StatusUnprocessableEntity)
		})
	}
	web.Flash(w, r, page.Success, "assessment.saved")
	return web.Redirect(w, r, tourURL(view.ID, ""))
}

// tourTitle is the title of the form of a round.
func tourTitle(ctx context.Context, t tourForm) string {
	if t.ID == "" {
		return page.T(ctx, "tour.new")
	}
	return page.T(ctx, "tour.edit")
}
