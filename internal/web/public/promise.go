package public

import (
	"context"
	"errors"
	"io"
	"mime"
	"net/http"
	"path"

	"luoshi/internal/service/publication"
	"luoshi/internal/service/publication/disclosed"
	"luoshi/internal/web/page"
)

// promiseView is a promise on its page.
type promiseView struct {
	page.Errors
	disclosed.Promise
	told   publication.Told
	plan   publication.Opened
	follow bool
	voices publication.Voices
	email  string // that was typed
	words  string // the same
}

// crumbs are the pages above a promise.
func (p promiseView) crumbs(s site) []crumb {
	above := []crumb{{p.plan.Title, s.page(p.plan.Address)}}
	for _, section := range p.plan.Path(p.Section) {
		if section.Title == p.plan.Title {
			continue // the heading of the document itself
		}
		above = append(above, crumb{section.Title, s.list(p.plan.Address, "section", number(section.Number))})
	}
	return above
}

func (p *Pages) promiseView(r *http.Request) (promiseView, error) {
	o, err := p.uses.Plan(r.Context(), r.PathValue("plan"))
	if err != nil {
		return promiseView{}, err
	}
	told, err := p.told(r.Context(), o, r.PathValue("key"))
	if err != nil {
		return promiseView{}, err
	}
	view := promiseView{Promise: told.Promise, told: told, plan: o, follow: p.uses.CanFollow(o)}
	view.voices, err = p.uses.Voices(r.Context(), told.Promise.ID)
	return view, err
}

func (p *Pages) promise(w http.ResponseWriter, r *http.Request) error {
	view, err := p.promiseView(r)
	if err != nil {
		return p.orGone(w, r, err)
	}
	return show(w, r, http.StatusOK, view.Title, promisePage(view))
}

// told is the promise of an address.
func (p *Pages) told(ctx context.Context, o publication.Opened, key string) (publication.Told, error) {
	told, err := p.uses.Promise(ctx, o, key)
	var was *publication.Gone
	if errors.As(err, &was) {
		return told, &gone{was, o}
	}
	return told, err
}

// gone is a promise that is no longer public, with the plan in which it was.
type gone struct {
	*publication.Gone
	plan publication.Opened
}

// orGone answers with what stands where a promise stood that is no longer public; any other error stays what it is.
func (p *Pages) orGone(w http.ResponseWriter, r *http.Request, err error) error {
	var was *gone
	if !errors.As(err, &was) {
		return err
	}
	return show(w, r, http.StatusGone, page.T(r.Context(), "public.gone"), gonePage(*was))
}

// picture is where the file of one of its pictures is.
func (p promiseView) picture(name string) string {
	return p.plan.Address + "/pictures/" + p.Key + "/" + name
}

// picture shows a picture of a promise, which was drawn by the program itself.
func (p *Pages) picture(w http.ResponseWriter, r *http.Request) error {
	o, err := p.uses.Plan(r.Context(), r.PathValue("plan"))
	if err != nil {
		return err
	}
	told, err := p.told(r.Context(), o, r.PathValue("key"))
	if err != nil {
		return p.orGone(w, r, err)
	}
	file, err := p.uses.Picture(r.Context(), told.Promise, r.PathValue("file"))
	if err != nil {
		return err
	}
	defer file.Close()
	w.Header().Set("Content-Type", mime.TypeByExtension(path.Ext(r.PathValue("file"))))
	_, err = io.Copy(w, file)
	return err
}
