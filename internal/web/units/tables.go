package units

import (
	"net/http"

	"luoshi/internal/web"
	"luoshi/internal/web/forms"
	"luoshi/internal/web/page"
)

func (p *Pages) importForm(w http.ResponseWriter, r *http.Request) error {
	return web.Show(w, r, importPage(page.Errors{}))
}

func (p *Pages) prepare(w http.ResponseWriter, r *http.Request) error {
	name, data, err := forms.Upload(r, "file")
	if err != nil {
		return err
	}
	v, id := page.Of(r.Context()), ""
	var said page.Errors
	if name == "" {
		said.Add("file", v.T("forms.file.need"))
	} else if id, err = p.catalogue.PrepareUnits(r.Context(), name, data); err == nil {
		return web.Redirect(w, r, "/imports/units/"+id)
	} else if said, _ = v.ErrorsOf(err); said.None() {
		return err
	}
	return web.ShowStatus(w, r, http.StatusUnprocessableEntity, importPage(said))
}

func (p *Pages) preview(w http.ResponseWriter, r *http.Request) error {
	i, err := p.shown(r)
	if err != nil {
		return err
	}
	return web.Show(w, r, previewPage(i))
}

// importNames are what pages call the columns of a table of units.
var importNames = map[string]string{
	"name": "units.name", "parent": "units.above", "kind": "units.kind", "aliases": "units.aliases", "since": "units.since", "order": "units.order",
}

func (p *Pages) shown(r *http.Request) (forms.Import, error) {
	preview, err := p.catalogue.PreviewUnits(r.Context(), r.PathValue("table"))
	v := page.Of(r.Context())
	return forms.Import{
		Preview: preview, URL: "/imports/units/" + preview.ID, Again: "/imports/units",
		Name: func(key string) string { return v.T(importNames[key]) },
	}, err
}

func (p *Pages) bringIn(w http.ResponseWriter, r *http.Request) error {
	added, err := p.catalogue.ImportUnits(r.Context(), r.PathValue("table"), r.PostFormValue("sound") != "")
	if err == nil {
		web.Flash(w, r, page.Success, "units.imported", added)
		return web.Redirect(w, r, "/units")
	}
	said, ok := page.Of(r.Context()).ErrorsOf(err)
	if !ok {
		return err
	}
	i, failed := p.shown(r)
	if failed != nil {
		return failed
	}
	i.Errors = said
	return web.ShowStatus(w, r, http.StatusUnprocessableEntity, previewPage(i))
}
