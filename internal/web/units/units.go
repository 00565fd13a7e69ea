// Package units is the pages of responsible units: their tree on any day, a unit with its posts, its duties and its
// changes, the forms for dated changes that say first what they would do, and tables that come in.
package units

import (
	"context"
	_ "embed" // the words
	"net/http"

	"luoshi/calendar"
	"luoshi/internal/service"
	"luoshi/internal/service/catalogue"
	"luoshi/internal/service/catalogue/table"
	"luoshi/internal/service/catalogue/workbook"
	"luoshi/internal/service/progress"
	"luoshi/internal/web"
	"luoshi/internal/web/forms"
	"luoshi/internal/web/page"
	progresspages "luoshi/internal/web/progress"
	"luoshi/ledger"
)

//go:embed words.txt
var wordsFile string

var _ = page.Words(wordsFile)

// Pages are the pages of units.
type Pages struct {
	catalogue *catalogue.Service
	progress  *progress.Service
	accounts  Accounts
	persons   forms.Persons
}

// New makes the pages. Accounts may be nil: then holders of posts are persons without an account; so may persons: then
// accounts are called by their identifiers.
func New(catalogue *catalogue.Service, progress *progress.Service, accounts Accounts, persons forms.Persons) *Pages {
	return &Pages{catalogue: catalogue, progress: progress, accounts: accounts, persons: persons}
}

// Routes are the routes of the pages.
func (p *Pages) Routes() []web.Route {
	return []web.Route{
		{Pattern: "GET /units", Handler: p.tree},
		{Pattern: "GET /units.xlsx", Handler: p.export},
		{Pattern: "GET /units/new", Handler: p.newForm},
		{Pattern: "POST /units", Handler: p.found},
		{Pattern: "GET /imports/units", Handler: p.importForm},
		{Pattern: "POST /imports/units", Handler: p.prepare, Body: table.MostBytes + 1<<20},
		{Pattern: "GET /imports/units/{table}", Handler: p.incoming().Show},
		{Pattern: "POST /imports/units/{table}", Handler: p.incoming().BringIn},
		{Pattern: "GET /units/{id}", Handler: p.show},
		{Pattern: "GET /units/{id}/edit", Handler: p.editForm},
		{Pattern: "POST /units/{id}/edit", Handler: p.correct},
		{Pattern: "GET /units/{id}/change", Handler: p.changeForm},
		{Pattern: "POST /units/{id}/change", Handler: p.change},
		{Pattern: "POST /units/{id}/posts", Handler: p.addPost},
		{Pattern: "GET /posts/{id}", Handler: p.post},
		{Pattern: "POST /posts/{id}/title", Handler: p.renamePost},
		{Pattern: "POST /posts/{id}/succeed", Handler: p.succeed},
		{Pattern: "POST /posts/{id}/leave", Handler: p.leave},
	}
}

func unitID(r *http.Request) ledger.UnitID { return ledger.UnitID(r.PathValue("id")) }

// treePage is the tree on a day.
type treePage struct {
	page.List
	Branches []catalogue.Branch
	On       calendar.Date
	Today    calendar.Date
	Ended    []catalogue.Named
	MayEdit  bool
}

func (p *Pages) tree(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	t := treePage{List: page.ListOf(r), Today: p.catalogue.Today(), MayEdit: p.catalogue.May(ctx, "unit.edit")}
	t.On = t.Today
	if span, ok := table.Span(t.Filter("on")); ok && !span.IsZero() {
		t.On = span.From
	}
	var err error
	if t.Branches, err = p.catalogue.TreeOn(ctx, t.On); err != nil {
		return err
	}
	tree, err := p.catalogue.Tree(ctx)
	if err != nil {
		return err
	}
	for _, unit := range tree.Units() {
		if !tree.Exists(unit.ID, t.On) && !t.On.Before(unit.Since) {
			t.Ended = append(t.Ended, catalogue.Named{ID: unit.ID, Name: tree.Name(unit.ID, t.On)})
		}
	}
	return web.Show(w, r, treeOn(t))
}

func (p *Pages) export(w http.ResponseWriter, r *http.Request) error {
	ctx, v := r.Context(), page.Of(r.Context())
	branches, err := p.catalogue.TreeOn(ctx, p.catalogue.Today())
	if err != nil {
		return err
	}
	names, err := forms.NamesOf(ctx, p.catalogue.Core)
	if err != nil {
		return err
	}
	rows := make([][]workbook.Cell, len(branches))
	for i, b := range branches {
		rows[i] = []workbook.Cell{
			workbook.Text(b.Name), workbook.Text(names.Unit(b.Above)), workbook.Text(v.Wording(b.Unit.Kind.Label())),
			workbook.Text(aliases(b.Unit.Aliases)), workbook.Day(b.Unit.Since), workbook.Whole(int64(b.Unit.Order)),
		}
	}
	if err := p.catalogue.NoteUnitsExport(ctx, r.URL.RawQuery, len(rows)); err != nil {
		return err
	}
	return workbook.Serve(w, v.T("units.title"), workbook.Sheet{Name: v.T("units.title"), Rows: workbook.Rows(rows...), Columns: []workbook.Column{
		{Heading: v.T("units.name"), Width: 32}, {Heading: v.T("units.above"), Width: 32}, {Heading: v.T("units.kind")},
		{Heading: v.T("units.aliases"), Width: 32}, {Heading: v.T("units.since"), Width: 12}, {Heading: v.T("units.order"), Width: 8},
	}})
}

// unitPage is a unit as its page shows it.
type unitPage struct {
	catalogue.Unit
	forms.Names
	Today            calendar.Date
	Posts            []catalogue.Post
	Duties           catalogue.Duties
	Going            progress.UnitView // in the published plan that is nearest
	MayEdit, MayPost bool
	Title            string // of a post that could not be added
	page.Errors
}

func (p *Pages) show(w http.ResponseWriter, r *http.Request) error {
	u, err := p.load(r.Context(), unitID(r))
	if err != nil {
		return err
	}
	plans, err := progresspages.Published(r.Context(), p.catalogue)
	if err != nil {
		return err
	}
	if len(plans) > 0 {
		if u.Going, err = p.progress.UnitView(r.Context(), plans[0].ID, u.Value.ID); err != nil {
			return err
		}
	}
	return web.Show(w, r, showPage(u))
}

func (p *Pages) load(ctx context.Context, id ledger.UnitID) (unitPage, error) {
	u := unitPage{Today: p.catalogue.Today()}
	var err error
	if u.Unit, err = p.catalogue.Unit(ctx, id); err != nil {
		return u, err
	}
	owned := service.Owned{Lead: id}
	u.MayEdit, u.MayPost = p.catalogue.Can(ctx, "unit.edit", owned), p.catalogue.Can(ctx, "post.edit", owned)
	if u.Names, err = forms.NamesOf(ctx, p.catalogue.Core); err != nil {
		return u, err
	}
	if u.Posts, err = p.catalogue.Posts(ctx, id); err != nil {
		return u, err
	}
	u.Duties, err = p.catalogue.Duties(ctx, id)
	return u, err
}
