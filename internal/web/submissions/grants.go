package submissions

import (
	"fmt"
	"net/http"
	"slices"
	"strings"

	uses "luoshi/internal/service/reporting"
	"luoshi/internal/store"
	"luoshi/internal/web"
	"luoshi/internal/web/forms"
	"luoshi/internal/web/page"
	"luoshi/ledger"
	"luoshi/ledger/reporting"
)

// grantsView is what other systems may deliver for a plan, and the form of one grant.
type grantsView struct {
	page.Errors
	Plan     ledger.Plan
	Grants   []store.Record[uses.Grant]
	Names    forms.Names
	Tokens   []Token
	People   map[ledger.AccountID]string
	Asked    *uses.Askable
	Token    string
	Unit     ledger.UnitID
	Revision int64
	Chosen   []string
}

// choosing tells that token and unit are named, so that subjects can be chosen.
func (g grantsView) choosing() bool { return g.Token != "" && g.Unit != "" }

// options are what the unit reports.
func (g grantsView) options(v page.View) []page.Option {
	var options []page.Option
	for _, s := range g.Asked.All {
		if s.Unit == g.Unit {
			options = append(options, page.Option{Value: s.Subject.String(), Label: titleOf(v, g.Asked, s.Subject)})
		}
	}
	return options
}

// granted names what a token may deliver.
func (g grantsView) granted(v page.View, subjects []reporting.Subject) string {
	names := make([]string, len(subjects))
	for i, s := range subjects {
		names[i] = titleOf(v, g.Asked, s)
	}
	return listed(v, names)
}

func (p *Pages) grantsView(r *http.Request, plan ledger.PlanID, token string, unit ledger.UnitID) (grantsView, error) {
	ctx := r.Context()
	view := grantsView{Token: strings.TrimSpace(token), Unit: unit}
	record, err := p.core.Store().Plans().Get(ctx, string(plan))
	if err != nil {
		return view, err
	}
	view.Plan = record.Value
	if view.Grants, err = p.uses.Grants(ctx, plan); err != nil {
		return view, err
	}
	if view.Asked, err = p.uses.Subjects(ctx, plan); err != nil {
		return view, err
	}
	i := slices.IndexFunc(view.Grants, func(g store.Record[uses.Grant]) bool {
		return g.Value.Token == view.Token && g.Value.Unit == unit
	})
	if i >= 0 {
		view.Revision = view.Grants[i].Revision
		for _, s := range view.Grants[i].Value.Subjects {
			view.Chosen = append(view.Chosen, s.String())
		}
	}
	if view.Tokens, err = p.tokens(ctx); err != nil {
		return view, err
	}
	owners := make([]ledger.AccountID, len(view.Tokens))
	for i, t := range view.Tokens {
		owners[i] = t.Account
	}
	if view.People, err = p.people(ctx, owners...); err != nil {
		return view, err
	}
	view.Names, err = forms.NamesOf(ctx, p.core)
	return view, err
}

func (p *Pages) grants(w http.ResponseWriter, r *http.Request) error {
	q := r.URL.Query()
	view, err := p.grantsView(r, ledger.PlanID(q.Get("plan")), q.Get("token"), ledger.UnitID(q.Get("unit")))
	if err != nil {
		return err
	}
	return web.Show(w, r, grantsPage(view))
}

func (p *Pages) saveGrant(w http.ResponseWriter, r *http.Request) error {
	if err := r.ParseForm(); err != nil {
		return fmt.Errorf("%w: %w", web.ErrForm, err)
	}
	grant := uses.Grant{
		Token: r.PostForm.Get("token"), Plan: ledger.PlanID(r.PostForm.Get("plan")), Unit: ledger.UnitID(r.PostForm.Get("unit")),
	}
	for _, text := range r.PostForm["subject"] {
		subject, err := reporting.ParseSubject(text)
		if err != nil {
			return fmt.Errorf("%w: %w", web.ErrForm, err)
		}
		grant.Subjects = append(grant.Subjects, subject)
	}
	_, err := p.uses.SaveGrant(r.Context(), grant, forms.Seen(r))
	if err == nil {
		web.Flash(w, r, page.Success, "submissions.grant.saved")
		return web.Redirect(w, r, planURL("/rounds/grants", grant.Plan))
	}
	v := page.Of(r.Context())
	e, mendable := errorsOf(v, err)
	if !mendable && !store.IsConflict(err) {
		return err
	}
	view, failed := p.grantsView(r, grant.Plan, grant.Token, grant.Unit)
	if failed != nil {
		return failed
	}
	view.Errors, view.Chosen = e, r.PostForm["subject"]
	if store.IsConflict(err) {
		view.Add("", v.T("submissions.grant.conflict"))
		return web.ShowStatus(w, r, http.StatusConflict, grantsPage(view))
	}
	return web.ShowStatus(w, r, http.StatusUnprocessableEntity, grantsPage(view))
}
