package documents

import (
	"net/http"
	"net/url"
	"strconv"

	"luoshi/internal/service/intake"
	"luoshi/internal/store"
	"luoshi/internal/web"
	"luoshi/internal/web/page"
	"luoshi/ledger"
	"luoshi/ledger/tasktable"
)

// tablePreview is what an import would do, as its page shows it.
type tablePreview struct {
	intake.Preview
	Drafts []store.Record[ledger.Plan]
	Units  map[ledger.UnitID]string
	Errors page.Errors
}

// importOf is the import that a form asks for.
func importOf(r *http.Request, form url.Values) intake.Import {
	sheet, _ := strconv.Atoi(form.Get("sheet")) // the first where the form does not say
	year, _ := strconv.Atoi(form.Get("year"))   // the document's where it does not
	i := intake.Import{
		Document: digestOf(r), Plan: ledger.PlanID(form.Get("plan")), Title: form.Get("title"), Year: year, Sheet: sheet,
	}
	for n := 0; form.Has(columnField(n)); n++ {
		column := tasktable.Column(form.Get(columnField(n)))
		if !column.Known() {
			column = tasktable.Ignored
		}
		i.Mapping = append(i.Mapping, column)
	}
	if form.Get("guess") != "" {
		i.Mapping = nil
	}
	return i
}

// columnField is the field that says what column n of the table is.
func columnField(n int) string { return "column" + strconv.Itoa(n) }

func (p *Pages) preview(w http.ResponseWriter, r *http.Request) error {
	return p.showPreview(w, r, importOf(r, r.URL.Query()), http.StatusOK, page.Errors{})
}

func (p *Pages) showPreview(w http.ResponseWriter, r *http.Request, i intake.Import, status int, e page.Errors) error {
	preview, err := p.intake.Preview(r.Context(), i)
	if err != nil {
		return err
	}
	t := tablePreview{Preview: preview, Errors: e, Units: map[ledger.UnitID]string{}}
	if t.Drafts, err = p.drafts(r); err != nil {
		return err
	}
	tree, err := p.core.Tree(r.Context())
	if err != nil {
		return err
	}
	for _, row := range preview.Rows {
		for _, unit := range append([]ledger.UnitID{row.Lead}, row.Cooperating...) {
			if unit != "" {
				t.Units[unit] = tree.Name(unit, p.core.Today())
			}
		}
	}
	return web.ShowStatus(w, r, status, tablePage(t))
}

func (p *Pages) importTable(w http.ResponseWriter, r *http.Request) error {
	if err := r.ParseForm(); err != nil {
		return web.ErrForm
	}
	i := importOf(r, r.PostForm)
	plan, entered, err := p.intake.Import(r.Context(), i)
	if err != nil {
		if e, mendable := page.Of(r.Context()).ErrorsOf(err); mendable {
			return p.showPreview(w, r, i, http.StatusUnprocessableEntity, e)
		}
		return err
	}
	web.Flash(w, r, page.Success, "documents.imported", entered.Commitments, entered.Projects, entered.Indicators)
	return web.Redirect(w, r, page.PlanURL(plan, ""))
}

// columnOptions are what a column of a table may be.
func columnOptions(v page.View) []page.Option {
	options := []page.Option{{Label: v.T("documents.column.none")}}
	for _, column := range tasktable.Columns() {
		options = append(options, page.Option{Value: string(column), Label: v.Wording(column.Label())})
	}
	return options
}

// planOptions are the drafts, and a new plan.
func planOptions(v page.View, drafts []store.Record[ledger.Plan]) []page.Option {
	options := []page.Option{{Label: v.T("documents.new-plan")}}
	for _, plan := range drafts {
		options = append(options, page.Option{Value: string(plan.Value.ID), Label: plan.Value.Title})
	}
	return options
}
