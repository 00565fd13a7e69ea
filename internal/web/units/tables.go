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

// importNames are what pages call the columns of a table of units.
var importNames = map[string]string{
	"name": "units.name", "parent": "units.above", "kind": "units.kind", "aliases": "units.aliases", "since": "units.since", "order": "units.order",
}

// incoming is how tables of units come in.
func (p *Pages) incoming() forms.Incoming {
	return forms.Incoming{
		Kind: "units", Columns: importNames, Imported: "units.imported",
		Preview: p.catalogue.PreviewUnits, Import: p.catalogue.ImportUnits, Page: previewPage,
	}
}
