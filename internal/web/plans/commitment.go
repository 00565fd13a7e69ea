package plans

import (
	"context"
	"net/http"
	"slices"
	"strings"

	"luoshi/internal/access"
	"luoshi/internal/audit"
	"luoshi/internal/service/planning"
	"luoshi/internal/store"
	"luoshi/internal/web"
	"luoshi/internal/web/page"
	"luoshi/ledger"
)

// commitmentView is the page of a commitment.
type commitmentView struct {
	planning.CommitmentView
	names
	Entries []audit.Entry
	People  map[ledger.AccountID]string
	May     map[access.Action]bool
	// Units are those for which the user may accept or object.
	Units []ledger.UnitID
	page.Errors
}

// offered are the actions for which the page of a commitment has a button.
var offered = []access.Action{
	"commitment.correct", "commitment.create", "commitment.weigh", "assignment.edit", "assignment.accept", "assignment.object",
	"milestone.edit", "milestone.mark", "amendment.propose", "audit.prove", "light.read",
}

func (p *Pages) commitment(w http.ResponseWriter, r *http.Request) error {
	view, err := p.commitmentView(r)
	if err != nil {
		return err
	}
	return web.Show(w, r, commitmentPage(view))
}

func (p *Pages) commitmentView(r *http.Request) (commitmentView, error) {
	ctx, id := r.Context(), commitmentID(r)
	view := commitmentView{May: map[access.Action]bool{}}
	var err error
	if view.CommitmentView, err = p.planning.View(ctx, id); err != nil {
		return view, err
	}
	if view.names, err = p.names(ctx); err != nil {
		return view, err
	}
	if page.Of(ctx).Account != "" {
		if view.Entries, err = p.planning.Entries(ctx, id); err != nil {
			return view, err
		}
	}
	for _, action := range offered {
		view.May[action] = p.may(ctx, action, view.Value)
	}
	view.Units = p.objectors(ctx, view.Value)
	view.People, err = p.people(ctx, view.accounts()...)
	return view, err
}

// accounts are those that the page names.
func (v commitmentView) accounts() []ledger.AccountID {
	var ids []ledger.AccountID
	for _, a := range v.Answers {
		ids = append(ids, a.Account)
	}
	for _, m := range v.Marks {
		ids = append(ids, m.Account)
	}
	for _, e := range v.Entries {
		ids = append(ids, ledger.AccountID(e.Actor.ID))
	}
	slices.Sort(ids)
	return slices.Compact(ids)
}

// objectors are the units of a commitment for which the user may object: his own among them.
func (p *Pages) objectors(ctx context.Context, c ledger.Commitment) []ledger.UnitID {
	var units []ledger.UnitID
	for _, unit := range append([]ledger.UnitID{c.Lead}, c.Cooperating...) {
		if unit != "" && p.may(ctx, "assignment.object", ledger.NewCommitment(ledger.CommitmentTerms{Lead: unit})) {
			units = append(units, unit)
		}
	}
	return units
}

// draft tells that the commitment may be worked on.
func (v commitmentView) draft() bool {
	return v.Plan.Value.State == ledger.Draft && v.Value.State != ledger.Withdrawn
}

// running tells that units may answer and milestones be worked on.
func (v commitmentView) running() bool {
	return v.draft() || v.Plan.Value.State == ledger.Published && v.Value.State != ledger.Withdrawn
}

// mark is when a milestone was reached; ok is false where it was not.
func (v commitmentView) mark(number int) (planning.Mark, bool) {
	for _, m := range v.Marks {
		if m.Number == number {
			return m, true
		}
	}
	return planning.Mark{}, false
}

// accepted is the acceptance of the unit that leads now.
func (v commitmentView) accepted() (planning.Answer, bool) {
	for _, a := range v.Answers {
		if a.Unit == v.Value.Lead && a.Accepted {
			return a, true
		}
	}
	return planning.Answer{}, false
}

// done answers a form of a commitment's page: by the page again, or by the page with what is wrong.
func (p *Pages) done(w http.ResponseWriter, r *http.Request, key string, err error) error {
	if err == nil {
		web.Flash(w, r, page.Success, key)
		return web.Redirect(w, r, page.CommitmentURL(commitmentID(r), ""))
	}
	if !mendable(err) && !store.IsConflict(err) {
		return err
	}
	view, failed := p.commitmentView(r)
	if failed != nil {
		return failed
	}
	v := page.Of(r.Context())
	if store.IsConflict(err) {
		view.Add("", v.T("plans.changed.meanwhile"))
		return web.ShowStatus(w, r, http.StatusConflict, commitmentPage(view))
	}
	view.Errors = errorsOf(v, err)
	return web.ShowStatus(w, r, http.StatusUnprocessableEntity, commitmentPage(view))
}

func (p *Pages) accept(w http.ResponseWriter, r *http.Request) error {
	return p.done(w, r, "plans.accepted", p.planning.Accept(r.Context(), commitmentID(r)))
}

func (p *Pages) object(w http.ResponseWriter, r *http.Request) error {
	err := p.planning.Object(r.Context(), commitmentID(r), ledger.UnitID(r.PostFormValue("unit")), r.PostFormValue("reason"))
	return p.done(w, r, "plans.objected", err)
}

func (p *Pages) reply(w http.ResponseWriter, r *http.Request) error {
	err := p.planning.Reply(r.Context(), commitmentID(r), ledger.UnitID(r.PostFormValue("unit")), r.PostFormValue("reply"))
	return p.done(w, r, "plans.replied", err)
}

func (p *Pages) reach(w http.ResponseWriter, r *http.Request) error {
	on, err := date(r.PostFormValue("on"), "on")
	if err == nil && on.IsZero() && r.PostFormValue("undo") == "" {
		err = unreadable("on", "plans.date.bad", "")
	}
	if err == nil {
		err = p.planning.Reach(r.Context(), commitmentID(r), atoi(r.PathValue("number")), on, strings.TrimSpace(r.PostFormValue("note")))
	}
	return p.done(w, r, "plans.marked", err)
}
