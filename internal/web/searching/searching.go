// Package searching is the page on which documents, commitments and projects are found, and the views that people keep
// of lists.
package searching

import (
	_ "embed" // the words
	"net/http"
	"net/url"
	"strings"

	"luoshi/internal/service/catalogue"
	"luoshi/internal/web"
	"luoshi/internal/web/forms"
	"luoshi/internal/web/page"
	"luoshi/ledger"
)

//go:embed words.txt
var wordsFile string

var _ = page.Words(wordsFile)

// Pages are the pages of searching and of saved views.
type Pages struct{ catalogue *catalogue.Service }

// New makes the pages.
func New(catalogue *catalogue.Service) *Pages { return &Pages{catalogue} }

// Routes are the routes of the pages.
func (p *Pages) Routes() []web.Route {
	return []web.Route{
		{Pattern: "GET /search", Handler: p.search},
		{Pattern: "POST /views", Handler: p.saveView},
		{Pattern: "POST /views/{id}/default", Handler: p.chooseView},
		{Pattern: "POST /views/{id}/delete", Handler: p.dropView},
	}
}

// How many are shown of each kind: a few of all, or a page of one.
const (
	fewHits  = 5
	manyHits = 20
)

// results is what the page of searching shows.
type results struct {
	page.List
	forms.Names
	Words string
	Kind  string
	Found []catalogue.Found
	Plans []ledger.Plan
}

func (r results) number() int {
	n := 0
	for _, found := range r.Found {
		n += len(found.Hits)
	}
	return n
}

// hitURL is the page of something that was found.
func hitURL(h catalogue.Hit) string { return "/" + h.Kind + "/" + url.PathEscape(h.ID) }

func (p *Pages) search(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	found := results{List: page.ListOf(r)}
	found.Words, found.Kind = found.Filter("q"), found.Filter("kind")
	var err error
	if found.Names, err = forms.NamesOf(ctx, p.catalogue.Core); err != nil {
		return err
	}
	if found.Plans, err = p.catalogue.Plans(ctx); err != nil {
		return err
	}
	if found.Words == "" {
		return web.Show(w, r, searchPage(found))
	}
	q := catalogue.Search{
		Words: found.Words, Kind: found.Kind, Plan: ledger.PlanID(found.Filter("plan")), Unit: ledger.UnitID(found.Filter("unit")),
		Limit: fewHits, After: found.After,
	}
	if q.Kind != "" {
		q.Limit = manyHits
	} else {
		q.After = ""
	}
	if found.Found, err = p.catalogue.Search(ctx, q); err != nil {
		return err
	}
	if len(found.Found) == 1 && q.Kind != "" {
		found.Next = found.Found[0].Next
	}
	return web.Show(w, r, searchPage(found))
}

// Views are the saved views of a list that the caller sees. Where he comes to the list from elsewhere, without filters,
// and has chosen a view to begin with, to is its address.
func Views(r *http.Request, from *catalogue.Service, l page.List) (views []catalogue.SavedView, to string, err error) {
	views, err = from.Views(r.Context(), l.URL.Path)
	if err != nil || l.URL.RawQuery != "" || within(r) {
		return views, "", err
	}
	for _, view := range views {
		if view.Default && view.Query != "" {
			return views, viewURL(view), nil
		}
	}
	return views, "", nil
}

// within tells whether the list itself led here, as when its filters are cleared.
func within(r *http.Request) bool {
	before, err := url.Parse(r.Referer())
	return err == nil && before.Path == r.URL.Path
}

func viewURL(v catalogue.SavedView) string {
	if v.Query == "" {
		return v.Page
	}
	return v.Page + "?" + v.Query
}

// back is the list that a form of views was sent from.
func back(r *http.Request) string {
	list, query := r.PostFormValue("list"), r.PostFormValue("query")
	if before, err := url.Parse(r.Referer()); list == "" && err == nil {
		list, query = before.Path, before.RawQuery
	}
	if query != "" {
		list += "?" + query
	}
	if !web.Local(list) {
		return "/"
	}
	return list
}

func (p *Pages) saveView(w http.ResponseWriter, r *http.Request) error {
	_, err := p.catalogue.SaveView(r.Context(), catalogue.NewView{
		Name: r.PostFormValue("name"), Page: r.PostFormValue("list"), Query: r.PostFormValue("query"),
		Share: r.PostFormValue("share") != "", Default: r.PostFormValue("default") != "",
	})
	if err != nil {
		return err
	}
	web.Flash(w, r, page.Success, "views.saved", strings.TrimSpace(r.PostFormValue("name")))
	return web.Redirect(w, r, back(r))
}

func (p *Pages) chooseView(w http.ResponseWriter, r *http.Request) error {
	choose := r.PostFormValue("choose") != ""
	if err := p.catalogue.ChooseView(r.Context(), r.PathValue("id"), choose); err != nil {
		return err
	}
	key := "views.chosen"
	if !choose {
		key = "views.unchosen"
	}
	web.Flash(w, r, page.Success, key)
	return web.Redirect(w, r, back(r))
}

func (p *Pages) dropView(w http.ResponseWriter, r *http.Request) error {
	if err := p.catalogue.DropView(r.Context(), r.PathValue("id")); err != nil {
		return err
	}
	web.Flash(w, r, page.Success, "views.dropped")
	return web.Redirect(w, r, back(r))
}
