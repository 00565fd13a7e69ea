package accounts

import (
	"net/http"

	"luoshi/internal/access"
	"luoshi/internal/service/identity"
	"luoshi/internal/web"
	"luoshi/internal/web/page"
	"luoshi/ledger"
)

// register is the list of accounts.
type register struct {
	list         page.List
	accounts     []identity.Listed
	units        unitNames
	rights       *access.Table
	roles, kinds []page.Option
}

func (p *Pages) list(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	v := page.Of(ctx)
	shown := register{
		rights: p.core.Rights(), roles: p.roleOptions(ctx, v.T("accounts.any")),
		list: page.ListOf(r, page.Column{Title: v.T("accounts.person"), Order: "person"}, page.Column{Title: v.T("accounts.name"), Order: "name"},
			page.Column{Title: v.T("accounts.unit"), Narrow: true}, page.Column{Title: v.T("accounts.roles")},
			page.Column{Title: v.T("accounts.state")}, page.Column{Title: v.T("accounts.seen"), Narrow: true}),
	}
	for _, state := range []identity.State{identity.Any, identity.Working, identity.LockedOut, identity.Disabled} {
		shown.kinds = append(shown.kinds, page.Option{Value: string(state), Label: v.T("accounts.state." + string(state))})
	}
	var err error
	if shown.units, err = p.unitNames(ctx); err != nil {
		return err
	}
	part, err := p.accounts.Accounts(ctx, identity.Query{
		Text: shown.list.Filter("q"), Unit: ledger.UnitID(shown.list.Filter("unit")), Role: access.Role(shown.list.Filter("role")),
		State: identity.State(shown.list.Filter("state")), After: shown.list.After, Limit: shown.list.Limit,
		Order: shown.list.Order, Descending: shown.list.Descending,
	})
	if err != nil {
		return err
	}
	shown.accounts, shown.list.Next = part.Accounts, part.Next
	return web.Show(w, r, listPage(shown))
}
