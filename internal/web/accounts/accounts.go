// Package accounts is the pages of accounts: everybody's own (password, one-time codes, sessions, delegations, tokens)
// and, for the officers, those of others with their roles.
package accounts

import (
	"context"
	_ "embed" // the words
	"errors"
	"net/http"
	"slices"
	"strings"

	"luoshi/calendar"
	"luoshi/internal/access"
	"luoshi/internal/service"
	"luoshi/internal/service/identity"
	"luoshi/internal/web"
	"luoshi/internal/web/page"
	"luoshi/ledger"
)

//go:embed words.txt
var wordsFile string

var _ = page.Words(wordsFile)

// Pages are the pages of accounts.
type Pages struct {
	core      *service.Core
	accounts  *identity.Service
	calendars Calendars
	origin    string
}

// New makes the pages of a server that is reached at an origin: https://luoshi.wangxi.gov.cn.
func New(core *service.Core, accounts *identity.Service, calendars Calendars, origin string) *Pages {
	return &Pages{core: core, accounts: accounts, calendars: calendars, origin: strings.TrimSuffix(origin, "/")}
}

// Routes are the routes of the pages.
func (p *Pages) Routes() []web.Route {
	return slices.Concat(p.ownRoutes(), p.calendarRoutes(), p.officersRoutes())
}

func (p *Pages) ownRoutes() []web.Route {
	return []web.Route{
		{Pattern: "GET /account", Handler: p.own},
		{Pattern: "POST /account/factor", Handler: p.beginFactor},
		{Pattern: "GET /account/factor", Handler: p.factor},
		{Pattern: "POST /account/factor/confirm", Handler: p.confirmFactor, Guarded: true, Private: true},
		{Pattern: "POST /account/factor/remove", Handler: p.removeFactor, Guarded: true, Private: true},
		{Pattern: "GET /account/sessions", Handler: p.sessions},
		{Pattern: "POST /account/sessions/others/end", Handler: p.endOthers},
		{Pattern: "POST /account/sessions/{id}/end", Handler: p.endSession},
		{Pattern: "GET /account/delegations", Handler: p.delegations},
		{Pattern: "POST /account/delegations", Handler: p.delegate},
		{Pattern: "POST /account/delegations/{id}/end", Handler: p.endDelegation},
		{Pattern: "GET /account/tokens", Handler: p.tokens},
		{Pattern: "POST /account/tokens/{id}/draw", Handler: p.drawToken},
	}
}

func (p *Pages) officersRoutes() []web.Route {
	return []web.Route{
		{Pattern: "GET /accounts", Handler: p.list},
		{Pattern: "GET /accounts/roles", Handler: p.posts},
		{Pattern: "GET /accounts/new", Handler: p.newForm},
		{Pattern: "POST /accounts", Handler: p.create},
		{Pattern: "GET /accounts/{id}", Handler: p.one},
		{Pattern: "GET /accounts/{id}/edit", Handler: p.editForm},
		{Pattern: "POST /accounts/{id}", Handler: p.edit},
		{Pattern: "POST /accounts/{id}/disable", Handler: p.disable},
		{Pattern: "POST /accounts/{id}/enable", Handler: p.enable},
		{Pattern: "POST /accounts/{id}/unlock", Handler: p.unlock},
		{Pattern: "POST /accounts/{id}/reset", Handler: p.reset},
		{Pattern: "POST /accounts/{id}/factor/remove", Handler: p.removeFactorOf},
		{Pattern: "POST /accounts/{id}/sessions/end", Handler: p.endSessions},
		{Pattern: "POST /accounts/{id}/officer", Handler: p.grant},
		{Pattern: "POST /accounts/{id}/roles", Handler: p.grant},
		{Pattern: "POST /accounts/{id}/roles/{role}/revoke", Handler: p.revoke},
		{Pattern: "POST /accounts/{id}/delegations/{delegation}/end", Handler: p.endDelegationOf},
		{Pattern: "POST /accounts/{id}/tokens", Handler: p.issue},
		{Pattern: "POST /accounts/{id}/tokens/{token}/revoke", Handler: p.revokeToken},
	}
}

// fieldsOf are the fields of forms by the codes of faults that speak of them, the longest first.
var fieldsOf = []struct{ code, field string }{
	{"account.name", "name"}, {"account.person", "person"}, {"account.unit", "unit"},
	{"role.unknown", "role"}, {"role.held", "role"}, {"role.apart", "role"}, {"role.unit", "unit"}, {"role.days", "until"},
	{"delegation.days", "until"}, {"delegation.self", "to"}, {"delegation.reason", "reason"}, {"delegation.", "post"},
	{"token.purpose", "purpose"}, {"token.scopes", "scopes"}, {"token.expires", "expires"},
	{"factor.code", "code"}, {"password.wrong", "password"},
}

// wrong takes an error apart for a form that is shown again, each fault at its field; ok is false for every other error.
func wrong(ctx context.Context, err error) (page.Errors, bool) {
	var fault *service.Fault
	if errors.As(err, &fault) {
		for _, f := range fieldsOf {
			if strings.HasPrefix(fault.Code, f.code) {
				var e page.Errors
				e.Add(f.field, page.Of(ctx).Wording(fault.Words))
				return e, true
			}
		}
	}
	return page.Of(ctx).ErrorsOf(err)
}

// again shows a form again with what was typed, where the user can mend what is wrong.
func again(r *http.Request, err error, show func(page.Errors) error) error {
	if e, ok := wrong(r.Context(), err); ok {
		return show(e)
	}
	return err
}

// done says that something was done, and leads on.
func done(w http.ResponseWriter, r *http.Request, to, key string) error {
	web.Flash(w, r, page.Success, key)
	return web.Redirect(w, r, to)
}

// days reads the two dates of a form; what is no date is told at its field.
func days(r *http.Request, e *page.Errors) calendar.Period {
	return calendar.Period{From: date(r, "from", e), To: date(r, "until", e)}
}

func date(r *http.Request, field string, e *page.Errors) calendar.Date {
	text := strings.TrimSpace(r.PostFormValue(field))
	if text == "" {
		return calendar.Date{}
	}
	d, err := calendar.ParseDate(text)
	if err != nil {
		e.Add(field, page.T(r.Context(), "accounts.date"))
	}
	return d
}

// unitNames are the names of units as they are called today.
type unitNames struct {
	tree *ledger.Tree
	on   calendar.Date
}

func (p *Pages) unitNames(ctx context.Context) (unitNames, error) {
	tree, err := p.core.Tree(ctx)
	return unitNames{tree: tree, on: p.core.Today()}, err
}

// of is what a unit is called; empty for none.
func (u unitNames) of(unit ledger.UnitID) string {
	if unit == "" {
		return ""
	}
	return u.tree.Name(unit, u.on)
}

// options are the units to choose from, each beneath the one that it belongs to.
func (u unitNames) options(none string) []page.Option {
	options := []page.Option{{Label: none}}
	var add func(unit ledger.UnitID, depth int)
	add = func(unit ledger.UnitID, depth int) {
		options = append(options, page.Option{Value: string(unit), Label: strings.Repeat("\u3000", depth) + u.of(unit)})
		for _, child := range u.tree.Children(unit, u.on) {
			add(child, depth+1)
		}
	}
	for _, unit := range u.tree.Children("", u.on) {
		add(unit, 0)
	}
	return options
}

// roleOptions are the roles to choose from.
func (p *Pages) roleOptions(ctx context.Context, none string) []page.Option {
	options := []page.Option{{Label: none}}
	for _, role := range p.core.Rights().Roles() {
		if role != access.Public {
			options = append(options, page.Option{Value: string(role), Label: page.Of(ctx).Text(p.core.Rights().Title(role))})
		}
	}
	return options
}
