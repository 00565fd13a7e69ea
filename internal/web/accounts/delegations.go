package accounts

import (
	"context"
	"net/http"
	"strings"

	"luoshi/internal/access"
	"luoshi/internal/service"
	"luoshi/internal/service/identity"
	"luoshi/internal/web"
	"luoshi/internal/web/page"
	"luoshi/ledger"
)

// deputies is the page on which somebody hands a post over for a time.
type deputies struct {
	rows       []delegationRow
	posts      []page.Option
	colleagues []page.Option
	typed      typedDelegation
	errors     page.Errors
}

// typedDelegation is a form as it was typed.
type typedDelegation struct{ post, to, from, until, reason string }

// delegationRow is a delegation as a page shows it.
type delegationRow struct {
	identity.Delegation
	from, to, role, unit string
	given, active        bool
}

func (p *Pages) delegations(w http.ResponseWriter, r *http.Request) error {
	today := p.core.Today().String()
	return p.showDelegations(w, r, http.StatusOK, typedDelegation{from: today, until: today}, page.Errors{})
}

func (p *Pages) showDelegations(w http.ResponseWriter, r *http.Request, status int, typed typedDelegation, e page.Errors) error {
	ctx := r.Context()
	shown := deputies{typed: typed, errors: e}
	var err error
	if shown.rows, err = p.delegationRows(ctx, service.CallerOf(ctx).Account()); err != nil {
		return err
	}
	units, err := p.unitNames(ctx)
	if err != nil {
		return err
	}
	seen := map[string]bool{}
	for _, post := range p.accounts.Delegable(ctx) {
		title := page.Of(ctx).Text(p.core.Rights().Title(post.Role)) + " \u00b7 " + units.of(post.Unit)
		shown.posts = append(shown.posts, page.Option{Value: postValue(post), Label: title})
		colleagues, err := p.accounts.Colleagues(ctx, post.Unit)
		if err != nil {
			return err
		}
		for _, c := range colleagues {
			if !seen[c.Name] {
				seen[c.Name] = true
				shown.colleagues = append(shown.colleagues, page.Option{Value: c.Name, Label: c.Person + " (" + c.Name + ")"})
			}
		}
	}
	return web.ShowStatus(w, r, status, delegationsPage(shown))
}

// postValue is a post as a form sends it.
func postValue(p access.Post) string { return string(p.Role) + " " + string(p.Unit) }

// delegationRows are the delegations of an account with the names in them.
func (p *Pages) delegationRows(ctx context.Context, account ledger.AccountID) ([]delegationRow, error) {
	delegations, err := p.accounts.Delegations(ctx, account)
	if err != nil {
		return nil, err
	}
	units, err := p.unitNames(ctx)
	if err != nil {
		return nil, err
	}
	var ids []ledger.AccountID
	for _, d := range delegations {
		ids = append(ids, d.From, d.To)
	}
	persons, err := p.accounts.Persons(ctx, ids...)
	if err != nil {
		return nil, err
	}
	rows := make([]delegationRow, len(delegations))
	for i, d := range delegations {
		rows[len(rows)-1-i] = delegationRow{
			Delegation: d, from: persons[d.From], to: persons[d.To], role: page.Of(ctx).Text(p.core.Rights().Title(d.Role)),
			unit: units.of(d.Unit), given: d.From == account, active: d.Ended.IsZero() && !d.During.To.Before(p.core.Today()),
		}
	}
	return rows, nil
}

func (p *Pages) delegate(w http.ResponseWriter, r *http.Request) error {
	typed := typedDelegation{
		post: r.PostFormValue("post"), to: r.PostFormValue("to"), from: r.PostFormValue("from"), until: r.PostFormValue("until"),
		reason: r.PostFormValue("reason"),
	}
	show := func(e page.Errors) error {
		return p.showDelegations(w, r, http.StatusUnprocessableEntity, typed, e)
	}
	var e page.Errors
	during := days(r, &e)
	if !e.None() {
		return show(e)
	}
	role, unit, _ := strings.Cut(typed.post, " ")
	_, err := p.accounts.Delegate(r.Context(), identity.DelegationTerms{
		To: typed.to, Role: access.Role(role), Unit: ledger.UnitID(unit), During: during, Reason: typed.reason,
	})
	if err != nil {
		return again(r, err, show)
	}
	return done(w, r, "/account/delegations", "account.delegation.made")
}

func (p *Pages) endDelegation(w http.ResponseWriter, r *http.Request) error {
	if err := p.accounts.EndDelegation(r.Context(), r.PathValue("id")); err != nil {
		return err
	}
	return done(w, r, "/account/delegations", "account.delegation.ended")
}
