package forms

import (
	"context"
	"net/http"

	"github.com/a-h/templ"

	"luoshi/internal/service/catalogue"
	"luoshi/internal/web"
	"luoshi/internal/web/page"
)

// Incoming is how tables of one kind come in, once they are put aside: they are shown with what is wrong, and confirmed.
type Incoming struct {
	// Kind is what is in the tables, as addresses call it: the list at /units, tables at /imports/units.
	Kind string
	// Columns are the keys of the words by which pages call the columns.
	Columns map[string]string
	// Imported is the key of what is said when a table has come in.
	Imported string
	Preview  func(ctx context.Context, id string) (catalogue.Preview, error)
	Import   func(ctx context.Context, id string, soundOnly bool) (int, error)
	Page     func(Import) templ.Component
}

// Show shows a table that was put aside.
func (t Incoming) Show(w http.ResponseWriter, r *http.Request) error {
	i, err := t.shown(r)
	if err != nil {
		return err
	}
	return web.Show(w, r, t.Page(i))
}

// BringIn brings a table in, or shows it again with what stands against it.
func (t Incoming) BringIn(w http.ResponseWriter, r *http.Request) error {
	added, err := t.Import(r.Context(), r.PathValue("table"), r.PostFormValue("sound") != "")
	if err == nil {
		web.Flash(w, r, page.Success, t.Imported, added)
		return web.Redirect(w, r, "/"+t.Kind)
	}
	said, ok := page.Of(r.Context()).ErrorsOf(err)
	if !ok {
		return err
	}
	i, failed := t.shown(r)
	if failed != nil {
		return failed
	}
	i.Errors = said
	return web.ShowStatus(w, r, http.StatusUnprocessableEntity, t.Page(i))
}

func (t Incoming) shown(r *http.Request) (Import, error) {
	preview, err := t.Preview(r.Context(), r.PathValue("table"))
	v, tables := page.Of(r.Context()), "/imports/"+t.Kind
	i := Import{
		Preview: preview, URL: tables + "/" + preview.ID, Again: tables,
		Name: func(key string) string { return v.T(t.Columns[key]) },
	}
	if preview.Plan != "" {
		i.Again += "?plan=" + string(preview.Plan)
	}
	return i, err
}
