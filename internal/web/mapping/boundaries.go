package mapping

import (
	"bytes"
	"net/http"

	uses "luoshi/internal/service/atlas"
	"luoshi/internal/store"
	"luoshi/internal/web"
	"luoshi/internal/web/forms"
	"luoshi/internal/web/page"
	"luoshi/ledger"
)

// boundariesView is the form in which boundaries are loaded.
type boundariesView struct {
	page.Errors
	uses.Boundaries
	Governments []ledger.Unit
	Who         string
}

func (p *Pages) boundariesView(r *http.Request, government ledger.UnitID) (boundariesView, error) {
	var view boundariesView
	var err error
	ctx := r.Context()
	if view.Governments, err = p.uses.Governments(ctx); err != nil {
		return view, err
	}
	if government == "" && len(view.Governments) > 0 {
		government = view.Governments[0].ID
	}
	if view.Boundaries, err = p.uses.Boundaries(ctx, government); err != nil || view.By == "" || p.persons == nil {
		return view, err
	}
	named, err := p.persons(ctx, view.By)
	view.Who = named[view.By]
	return view, err
}

func (p *Pages) boundaries(w http.ResponseWriter, r *http.Request) error {
	view, err := p.boundariesView(r, ledger.UnitID(r.URL.Query().Get("government")))
	if err != nil {
		return err
	}
	return web.Show(w, r, boundariesPage(view))
}

// load puts a file of boundaries in place of those that there are.
func (p *Pages) load(w http.ResponseWriter, r *http.Request) error {
	government := ledger.UnitID(r.PostFormValue("government"))
	name, data, err := forms.Upload(r, "file")
	if err != nil {
		return err
	}
	_, err = p.uses.Load(r.Context(), government, name, bytes.NewReader(data), forms.Seen(r))
	return p.answer(w, r, government, err, "map.loaded")
}

func (p *Pages) remove(w http.ResponseWriter, r *http.Request) error {
	government := ledger.UnitID(r.PostFormValue("government"))
	_, err := p.uses.Remove(r.Context(), government, forms.Seen(r))
	return p.answer(w, r, government, err, "map.removed")
}

// answer leads back to the form, or shows it again with what is wrong.
func (p *Pages) answer(w http.ResponseWriter, r *http.Request, government ledger.UnitID, err error, done string) error {
	if err == nil {
		web.Flash(w, r, page.Success, done)
		return web.Redirect(w, r, "/map/boundaries?government="+string(government))
	}
	v := page.Of(r.Context())
	e, mendable := v.ErrorsOf(err)
	if !mendable && !store.IsConflict(err) {
		return err
	}
	view, failed := p.boundariesView(r, government)
	if failed != nil {
		return failed
	}
	view.Errors = e
	if store.IsConflict(err) {
		view.Add("", v.T("map.conflict"))
		return web.ShowStatus(w, r, http.StatusConflict, boundariesPage(view))
	}
	return web.ShowStatus(w, r, http.StatusUnprocessableEntity, boundariesPage(view))
}
