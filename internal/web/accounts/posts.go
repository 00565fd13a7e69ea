package accounts

import (
	"cmp"
	"net/http"
	"slices"

	"luoshi/calendar"
	"luoshi/internal/access"
	"luoshi/internal/service/identity"
	"luoshi/internal/web"
	"luoshi/internal/web/page"
	"luoshi/ledger"
)

// roll is who holds which role on a day.
type roll struct {
	list   page.List
	on     calendar.Date
	posts  []identity.Post
	units  unitNames
	rights *access.Table
	roles  []page.Option
}

func (p *Pages) posts(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	v := page.Of(ctx)
	shown := roll{
		rights: p.core.Rights(), roles: p.roleOptions(ctx, v.T("accounts.any")), on: p.core.Today(),
		list: page.ListOf(r, page.Column{Title: v.T("accounts.unit")}, page.Column{Title: v.T("accounts.role")},
			page.Column{Title: v.T("accounts.person")}, page.Column{Title: v.T("accounts.days")}),
	}
	if day, err := calendar.ParseDate(shown.list.Filter("on")); err == nil {
		shown.on = day
	}
	var err error
	if shown.units, err = p.unitNames(ctx); err != nil {
		return err
	}
	shown.posts, err = p.accounts.Posts(ctx, shown.on, ledger.UnitID(shown.list.Filter("unit")), access.Role(shown.list.Filter("role")))
	if err != nil {
		return err
	}
	shown.sort(p.core.Rights().Roles())
	return web.Show(w, r, postsPage(shown))
}

// sort orders posts as the tree orders the units, and within a unit as the table orders the roles.
func (r roll) sort(roles []access.Role) {
	place := map[ledger.UnitID]int{}
	for i, option := range r.units.options("") {
		place[ledger.UnitID(option.Value)] = i
	}
	slices.SortStableFunc(r.posts, func(a, b identity.Post) int {
		return cmp.Or(place[a.Unit]-place[b.Unit], slices.Index(roles, a.Role)-slices.Index(roles, b.Role))
	})
}
