package accounts

import (
	"context"
	"net/http"
	"time"

	"luoshi/internal/access"
	"luoshi/internal/service"
	"luoshi/internal/service/identity"
	"luoshi/internal/web/page"
	"luoshi/ledger"
)

// act does something to the account of a page and says so, or shows the page again with what is in the way.
func (p *Pages) act(w http.ResponseWriter, r *http.Request, key string, do func(context.Context, ledger.AccountID) error) error {
	id := ledger.AccountID(r.PathValue("id"))
	if err := do(r.Context(), id); err != nil {
		return again(r, err, func(e page.Errors) error {
			return p.showOne(w, r, http.StatusUnprocessableEntity, func(d *dossier) { d.errors = e })
		})
	}
	return done(w, r, "/accounts/"+string(id), key)
}

func (p *Pages) disable(w http.ResponseWriter, r *http.Request) error {
	return p.act(w, r, "accounts.disabled", func(ctx context.Context, id ledger.AccountID) error {
		_, err := p.accounts.Disable(ctx, id)
		return err
	})
}

func (p *Pages) enable(w http.ResponseWriter, r *http.Request) error {
	return p.act(w, r, "accounts.enabled", func(ctx context.Context, id ledger.AccountID) error {
		_, err := p.accounts.Enable(ctx, id)
		return err
	})
}

func (p *Pages) unlock(w http.ResponseWriter, r *http.Request) error {
	return p.act(w, r, "accounts.unlocked", p.accounts.Unlock)
}

func (p *Pages) removeFactorOf(w http.ResponseWriter, r *http.Request) error {
	return p.act(w, r, "accounts.factor.removed", p.accounts.RemoveFactorOf)
}

func (p *Pages) endSessions(w http.ResponseWriter, r *http.Request) error {
	return p.act(w, r, "accounts.sessions.ended", p.accounts.EndSessions)
}

func (p *Pages) revoke(w http.ResponseWriter, r *http.Request) error {
	return p.act(w, r, "accounts.role.revoked", func(ctx context.Context, _ ledger.AccountID) error {
		return p.accounts.Revoke(ctx, r.PathValue("role"))
	})
}

func (p *Pages) endDelegationOf(w http.ResponseWriter, r *http.Request) error {
	return p.act(w, r, "account.delegation.ended", func(ctx context.Context, _ ledger.AccountID) error {
		return p.accounts.EndDelegation(ctx, r.PathValue("delegation"))
	})
}

func (p *Pages) revokeToken(w http.ResponseWriter, r *http.Request) error {
	return p.act(w, r, "accounts.token.revoked", func(ctx context.Context, _ ledger.AccountID) error {
		return p.accounts.RevokeToken(ctx, r.PathValue("token"))
	})
}

// typedRole is the form of granting a role as it was typed.
type typedRole struct{ role, unit, from, until string }

func (p *Pages) grant(w http.ResponseWriter, r *http.Request) error {
	typed := typedRole{
		role: r.PostFormValue("role"), unit: r.PostFormValue("unit"), from: r.PostFormValue("from"), until: r.PostFormValue("until"),
	}
	id := ledger.AccountID(r.PathValue("id"))
	var e page.Errors
	during := days(r, &e)
	if e.None() {
		_, err := p.accounts.Grant(r.Context(), identity.Terms{
			Account: id, Role: access.Role(typed.role), Unit: ledger.UnitID(typed.unit), During: during,
		})
		if err == nil {
			return done(w, r, "/accounts/"+string(id), "accounts.role.granted")
		}
		var mendable bool
		if e, mendable = wrong(r.Context(), err); !mendable {
			return err
		}
	}
	return p.showOne(w, r, http.StatusUnprocessableEntity, func(d *dossier) { d.typed, d.errors = typed, e })
}

// typedToken is the form of issuing a token as it was typed.
type typedToken struct {
	purpose, expires string
	scopes           []string
}

func (p *Pages) issue(w http.ResponseWriter, r *http.Request) error {
	typed := typedToken{purpose: r.PostFormValue("purpose"), expires: r.PostFormValue("expires"), scopes: r.PostForm["scopes"]}
	id := ledger.AccountID(r.PathValue("id"))
	var e page.Errors
	until := date(r, "expires", &e)
	if e.None() {
		terms := identity.TokenTerms{Account: id, Purpose: typed.purpose}
		for _, scope := range typed.scopes {
			terms.Scopes = append(terms.Scopes, access.Action(scope))
		}
		if !until.IsZero() {
			// It works through the whole of its last day.
			terms.Expires = time.Date(int(until.Year), time.Month(until.Month), int(until.Day)+1, 0, 0, 0, 0, service.Zone())
		}
		_, err := p.accounts.Issue(r.Context(), terms)
		if err == nil {
			return done(w, r, "/accounts/"+string(id), "accounts.token.issued")
		}
		var mendable bool
		if e, mendable = wrong(r.Context(), err); !mendable {
			return err
		}
	}
	return p.showOne(w, r, http.StatusUnprocessableEntity, func(d *dossier) { d.issued, d.errors = typed, e })
}
