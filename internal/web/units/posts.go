package units

import (
	"net/http"

	"luoshi/calendar"
	"luoshi/internal/service"
	"luoshi/internal/service/catalogue"
	"luoshi/internal/web"
	"luoshi/internal/web/forms"
	"luoshi/internal/web/page"
	"luoshi/ledger"
)

func (p *Pages) addPost(w http.ResponseWriter, r *http.Request) error {
	v := forms.ValuesOf(r)
	_, err := p.catalogue.AddPost(r.Context(), ledger.Post{Unit: unitID(r), Title: v.Text("title")})
	if err == nil {
		web.Flash(w, r, page.Success, "units.post.added", v.Text("title"))
		return web.Redirect(w, r, page.UnitURL(unitID(r), "")+"#posts")
	}
	said, ok := forms.Mendable(r, v, err)
	if !ok {
		return err
	}
	u, err := p.load(r.Context(), unitID(r))
	if err != nil {
		return err
	}
	u.Errors, u.Title = said, v.Text("title")
	return web.ShowStatus(w, r, http.StatusUnprocessableEntity, showPage(u))
}

// postPage is a post with who held it, and the forms that change that.
type postPage struct {
	page.Errors
	forms.Names
	catalogue.Post
	Accounts []page.Option
	Today    calendar.Date
	MayEdit  bool
	// Typed is what was typed into a form that could not be taken.
	Typed map[string]string
}

func (p *Pages) post(w http.ResponseWriter, r *http.Request) error {
	s, err := p.loadPost(r)
	if err != nil {
		return err
	}
	return web.Show(w, r, onePost(s))
}

func (p *Pages) loadPost(r *http.Request) (postPage, error) {
	ctx := r.Context()
	s := postPage{Today: p.catalogue.Today(), Typed: map[string]string{}}
	var err error
	if s.Post, err = p.catalogue.Post(ctx, ledger.PostID(r.PathValue("id"))); err != nil {
		return s, err
	}
	s.MayEdit = p.catalogue.Can(ctx, "post.edit", service.Owned{Lead: s.Value.Unit})
	if s.Names, err = forms.NamesOf(ctx, p.catalogue.Core); err != nil {
		return s, err
	}
	if p.accounts != nil && s.MayEdit {
		s.Accounts, err = p.accounts(ctx, s.Value.Unit)
	}
	return s, err
}

func (p *Pages) renamePost(w http.ResponseWriter, r *http.Request) error {
	v := forms.ValuesOf(r)
	id := ledger.PostID(r.PathValue("id"))
	return p.postChanged(w, r, v, p.catalogue.RenamePost(r.Context(), id, v.Text("title"), forms.Seen(r)))
}

func (p *Pages) succeed(w http.ResponseWriter, r *http.Request) error {
	v := forms.ValuesOf(r)
	next := ledger.Holder{
		Post: ledger.PostID(r.PathValue("id")), Person: v.Text("person"), Account: ledger.AccountID(v.Text("account")), From: v.Date("from"),
	}
	var err error
	if v.None() {
		err = p.catalogue.Succeed(r.Context(), next, forms.Seen(r))
	}
	return p.postChanged(w, r, v, err)
}

func (p *Pages) leave(w http.ResponseWriter, r *http.Request) error {
	v := forms.ValuesOf(r)
	last := v.Date("last")
	var err error
	if v.None() {
		err = p.catalogue.Leave(r.Context(), ledger.PostID(r.PathValue("id")), last, forms.Seen(r))
	}
	return p.postChanged(w, r, v, err)
}

// postChanged shows the post after a change, or the forms again with what is wrong.
func (p *Pages) postChanged(w http.ResponseWriter, r *http.Request, v *forms.Values, err error) error {
	if err == nil && v.None() {
		web.Flash(w, r, page.Success, "units.saved")
		return web.Redirect(w, r, "/posts/"+r.PathValue("id"))
	}
	status, said := http.StatusUnprocessableEntity, page.Errors{}
	if _, stale := forms.Stale[ledger.Post](err); stale {
		status = http.StatusConflict
		said.Add("", page.T(r.Context(), "units.stale"))
	} else {
		ok := false
		if said, ok = forms.Mendable(r, v, err); !ok {
			return err
		}
	}
	s, err := p.loadPost(r)
	if err != nil {
		return err
	}
	s.Errors = said
	for _, name := range []string{"title", "person", "account", "from", "last"} {
		s.Typed[name] = v.Text(name)
	}
	return web.ShowStatus(w, r, status, onePost(s))
}
