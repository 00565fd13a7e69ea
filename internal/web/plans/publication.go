package plans

import (
	"net/http"

	"luoshi/internal/service/planning"
	"luoshi/internal/store"
	"luoshi/internal/web"
	"luoshi/internal/web/page"
	"luoshi/ledger"
)

// publicationView is how a plan comes to be published: what is checked, who may do what now, and who did what before.
type publicationView struct {
	planning.Overview
	People map[ledger.AccountID]string
	page.Errors
	Conflict bool
	Typed    planning.PlanStep
}

func (p *Pages) publicationView(r *http.Request) (publicationView, error) {
	o, err := p.planning.Overview(r.Context(), planID(r))
	if err != nil {
		return publicationView{}, err
	}
	people, err := p.stepPeople(r.Context(), o.Case)
	return publicationView{Overview: o, People: people}, err
}

func (p *Pages) publication(w http.ResponseWriter, r *http.Request) error {
	view, err := p.publicationView(r)
	if err != nil {
		return err
	}
	return web.Show(w, r, publicationPage(view))
}

func (p *Pages) step(w http.ResponseWriter, r *http.Request) error {
	v := page.Of(r.Context())
	asked := planning.PlanStep{
		Plan: planID(r), Seen: seen(r), Action: r.PostFormValue("action"), Reason: r.PostFormValue("reason"),
		Days: atoi(r.PostFormValue("days")), Basis: r.PostFormValue("basis"),
	}
	var err error
	if asked.On, err = date(r.PostFormValue("on"), "on"); err == nil {
		_, err = p.planning.TakePlanStep(r.Context(), asked)
	}
	if err == nil {
		web.Flash(w, r, page.Success, "plans.step.done")
		return web.Redirect(w, r, page.PlanURL(asked.Plan, "/publication"))
	}
	if !mendable(err) && !store.IsConflict(err) {
		return err
	}
	view, failed := p.publicationView(r)
	if failed != nil {
		return failed
	}
	view.Typed = asked
	if store.IsConflict(err) {
		view.Conflict = true
		return web.ShowStatus(w, r, http.StatusConflict, publicationPage(view))
	}
	view.Errors = errorsOf(v, err)
	return web.ShowStatus(w, r, http.StatusUnprocessableEntity, publicationPage(view))
}
