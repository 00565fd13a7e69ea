package plans

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"strings"

	"luoshi/internal/service/planning"
	"luoshi/internal/store"
	"luoshi/internal/web"
	"luoshi/internal/web/page"
	"luoshi/ledger"
)

// amendmentList is the list of amendments.
type amendmentList struct {
	page.List
	names
	Query  planning.AmendmentQuery
	Rows   []store.Record[ledger.Amendment]
	Titles map[ledger.CommitmentID]string
	Plans  []store.Record[ledger.Plan]
	// Apply is the plan whose approved amendments the user may put in force; nil where he may not.
	Apply *store.Record[ledger.Plan]
	// Waiting are the plans with approved amendments in a list of all plans: versions are made plan by plan.
	Waiting []waiting
	page.Errors
}

// waiting is a plan whose approved amendments the user may put in force.
type waiting struct {
	Plan   ledger.Plan
	Agreed int
}

// url is where they are put in force.
func (w waiting) url() string {
	return "/amendments?" + url.Values{"plan": {string(w.Plan.ID)}, "state": {string(ledger.Agreed)}}.Encode()
}

func (p *Pages) amendments(w http.ResponseWriter, r *http.Request) error {
	l, err := p.amendmentList(r)
	if err != nil {
		return err
	}
	return web.Show(w, r, amendmentsPage(l))
}

func (p *Pages) amendmentList(r *http.Request) (amendmentList, error) {
	ctx, v := r.Context(), page.Of(r.Context())
	l := amendmentList{List: page.ListOf(r,
		page.Column{Title: v.T("plans.commitment")},
		page.Column{Title: v.T("plans.amendment.what")},
		page.Column{Title: v.T("plans.amendment.effective"), Order: "effective", Narrow: true},
		page.Column{Title: v.T("plans.state")},
		page.Column{Title: v.T("plans.version"), Number: true, Narrow: true},
	)}
	l.Query = planning.AmendmentQuery{
		Plan: ledger.PlanID(l.Filter("plan")), Commitment: ledger.CommitmentID(l.Filter("commitment")), State: ledger.AmendmentState(l.Filter("state")),
	}
	asked := l.Page()
	if asked.Order == "" {
		asked.Descending = true
	}
	listing, err := p.planning.Amendments(ctx, l.Query, asked)
	if err != nil {
		return l, err
	}
	l.Rows, l.Next = listing.Records, listing.Next
	if l.names, err = p.names(ctx); err != nil {
		return l, err
	}
	plans, err := p.planning.Plans(ctx, planning.PlanQuery{}, store.Page{Descending: true, Limit: store.MaxLimit})
	if err != nil {
		return l, err
	}
	l.Plans = plans.Records
	p.offerApply(ctx, &l)
	l.Titles, err = p.titles(ctx, l.Rows)
	return l, err
}

// offerApply tells whether there is something to put in force: approved amendments of the plan that is shown, or of several
// where all are.
func (p *Pages) offerApply(ctx context.Context, l *amendmentList) {
	agreed := map[ledger.PlanID]int{}
	for _, a := range l.Rows {
		if a.Value.State == ledger.Agreed {
			agreed[a.Value.Plan]++
		}
	}
	for i, plan := range l.Plans {
		switch n := agreed[plan.Value.ID]; {
		case n == 0 || !p.mayPlan(ctx, "amendment.apply", plan.Value):
		case l.Query.Plan == plan.Value.ID:
			l.Apply = &l.Plans[i]
		case l.Query.Plan == "":
			l.Waiting = append(l.Waiting, waiting{plan.Value, n})
		}
	}
}

// titles are what the commitments of amendments are called.
func (p *Pages) titles(ctx context.Context, rows []store.Record[ledger.Amendment]) (map[ledger.CommitmentID]string, error) {
	ids := make([]string, len(rows))
	for i, row := range rows {
		ids[i] = string(row.Value.Commitment)
	}
	records, err := p.core.Store().Commitments().Some(ctx, ids...)
	titles := map[ledger.CommitmentID]string{}
	for _, record := range records {
		titles[record.Value.ID] = record.Value.Title
	}
	return titles, err
}

func (p *Pages) apply(w http.ResponseWriter, r *http.Request) error {
	if err := r.ParseForm(); err != nil {
		return fmt.Errorf("%w: %w", web.ErrForm, err)
	}
	asked := planning.Application{Plan: ledger.PlanID(r.PostFormValue("plan")), Seen: seen(r), Basis: strings.TrimSpace(r.PostFormValue("basis"))}
	for _, id := range r.PostForm["amendment"] {
		asked.Amendments = append(asked.Amendments, ledger.AmendmentID(id))
	}
	var err error
	var plan store.Record[ledger.Plan]
	if asked.On, err = date(r.PostFormValue("on"), "on"); err == nil {
		plan, err = p.planning.ApplyAmendments(r.Context(), asked)
	}
	list := "/amendments?plan=" + string(asked.Plan)
	switch {
	case err == nil:
		web.Flash(w, r, page.Success, "plans.applied", len(plan.Value.Versions))
		return web.Redirect(w, r, page.PlanURL(asked.Plan, "/versions"))
	case store.IsConflict(err):
		web.Flash(w, r, page.Warning, "plans.step.conflict")
		return web.Redirect(w, r, list)
	case mendable(err):
		web.Flash(w, r, page.Danger, "plans.bulk.failed", strings.Join(errorsOf(page.Of(r.Context()), err).All(), " "))
		return web.Redirect(w, r, list)
	}
	return err
}

// amendmentPageView is the page of an amendment.
type amendmentPageView struct {
	planning.AmendmentView
	names
	page.Errors
	People map[ledger.AccountID]string
	Typed  planning.AmendmentStep
}

func (p *Pages) amendmentView(r *http.Request) (amendmentPageView, error) {
	ctx := r.Context()
	seen, err := p.planning.Amendment(ctx, ledger.AmendmentID(r.PathValue("id")))
	if err != nil {
		return amendmentPageView{}, err
	}
	view := amendmentPageView{AmendmentView: seen}
	if view.names, err = p.names(ctx); err != nil {
		return view, err
	}
	view.People, err = p.stepPeople(ctx, seen.Case)
	return view, err
}

func (p *Pages) amendment(w http.ResponseWriter, r *http.Request) error {
	view, err := p.amendmentView(r)
	if err != nil {
		return err
	}
	return web.Show(w, r, amendmentPage(view))
}

func (p *Pages) decide(w http.ResponseWriter, r *http.Request) error {
	asked := planning.AmendmentStep{
		Amendment: ledger.AmendmentID(r.PathValue("id")), Seen: seen(r), Action: r.PostFormValue("action"),
		Reason: strings.TrimSpace(r.PostFormValue("reason")), Days: atoi(r.PostFormValue("days")),
	}
	var err error
	if r.PostFormValue("basis.title") != "" {
		var basis ledger.Basis
		basis, err = basisOf(r)
		asked.Basis = &basis
	}
	if err == nil {
		_, err = p.planning.TakeAmendmentStep(r.Context(), asked)
	}
	if err == nil {
		web.Flash(w, r, page.Success, "plans.step.done")
		return web.Redirect(w, r, page.AmendmentURL(asked.Amendment, ""))
	}
	if !mendable(err) && !store.IsConflict(err) {
		return err
	}
	view, failed := p.amendmentView(r)
	if failed != nil {
		return failed
	}
	v := page.Of(r.Context())
	view.Typed = asked
	if store.IsConflict(err) {
		view.Add("", v.T("plans.step.conflict"))
		return web.ShowStatus(w, r, http.StatusConflict, amendmentPage(view))
	}
	view.Errors = errorsOf(v, err)
	return web.ShowStatus(w, r, http.StatusUnprocessableEntity, amendmentPage(view))
}

func basisOf(r *http.Request) (ledger.Basis, error) {
	on, err := date(r.PostFormValue("basis.date"), "basis/date")
	return ledger.Basis{
		Title: strings.TrimSpace(r.PostFormValue("basis.title")), Number: strings.TrimSpace(r.PostFormValue("basis.number")), Date: on,
	}, err
}

// amendView is the form on which an amendment is proposed.
type amendView struct {
	editView
	Reason    string
	Basis     ledger.Basis
	Effective string
}

func (p *Pages) amendForm(w http.ResponseWriter, r *http.Request) error {
	view, err := p.editView(r)
	if err != nil {
		return err
	}
	return web.Show(w, r, amendPage(amendView{editView: view, Effective: view.today.String()}))
}

func (p *Pages) propose(w http.ResponseWriter, r *http.Request) error {
	if err := r.ParseForm(); err != nil {
		return fmt.Errorf("%w: %w", web.ErrForm, err)
	}
	edit, err := p.editView(r)
	if err != nil {
		return err
	}
	edit.terms = typedTerms(r)
	view := amendView{editView: edit, Reason: strings.TrimSpace(r.PostFormValue("reason")), Effective: r.PostFormValue("effective")}
	made, err := p.proposed(r, &view)
	if err == nil {
		web.Flash(w, r, page.Success, "plans.proposed")
		return web.Redirect(w, r, page.AmendmentURL(made.Value.ID, ""))
	}
	v := page.Of(r.Context())
	if store.IsConflict(err) {
		view.Clash = p.clash(r, err, view.owners(v, view.terms, view.Record.Value))
		return web.ShowStatus(w, r, http.StatusConflict, amendPage(view))
	}
	if !mendable(err) {
		return err
	}
	view.Errors = errorsOf(v, err)
	view.Record.Revision = seen(r)
	return web.ShowStatus(w, r, http.StatusUnprocessableEntity, amendPage(view))
}

// proposed proposes what was typed.
func (p *Pages) proposed(r *http.Request, view *amendView) (store.Record[ledger.Amendment], error) {
	var none store.Record[ledger.Amendment]
	var err error
	if view.Basis, err = basisOf(r); err != nil {
		return none, err
	}
	wish, err := view.wish(view.Record.Value)
	if err != nil {
		return none, err
	}
	if wish.Effective, err = date(view.Effective, "effective"); err != nil {
		return none, err
	}
	wish.Seen, wish.Reason, wish.Basis = seen(r), view.Reason, view.Basis
	return p.planning.ProposeAmendment(r.Context(), wish)
}
