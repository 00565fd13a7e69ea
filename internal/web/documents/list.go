package documents

import (
	"net/http"

	"luoshi/document"
	"luoshi/internal/service/catalogue"
	"luoshi/internal/service/catalogue/workbook"
	"luoshi/internal/service/intake"
	"luoshi/internal/web"
	"luoshi/internal/web/page"
	"luoshi/internal/web/searching"
)

// documentList is the list as its page shows it.
type documentList struct {
	page.List
	Documents []intake.Listed
	MaxBytes  int64
	Views     []catalogue.SavedView
}

func (p *Pages) list(w http.ResponseWriter, r *http.Request) error {
	l, to, err := p.listed(r)
	if err != nil {
		return err
	}
	if to != "" {
		return web.Redirect(w, r, to)
	}
	return web.Show(w, r, listPage(l))
}

func columns(v page.View) []page.Column {
	return []page.Column{
		{Title: v.T("documents.title"), Order: "name"},
		{Title: v.T("documents.kind"), Narrow: true},
		{Title: v.T("documents.state")},
		{Title: v.T("documents.promises"), Number: true, Narrow: true},
		{Title: v.T("documents.findings"), Number: true, Narrow: true},
		{Title: v.T("documents.created"), Narrow: true},
	}
}

// listed is what the address of the list asks for, or where it leads to instead: to the view that the user has chosen.
func (p *Pages) listed(r *http.Request) (l documentList, to string, err error) {
	l = documentList{MaxBytes: p.intake.MaxBytes(), List: page.ListOf(r, columns(page.Of(r.Context()))...)}
	if l.Views, to, err = searching.Views(r, p.catalogue, l.List); err != nil || to != "" {
		return l, to, err
	}
	found, err := p.intake.List(r.Context(), queryOf(l.List))
	l.Documents, l.Next = found.Documents, found.Next
	return l, "", err
}

func queryOf(l page.List) intake.Query {
	return intake.Query{
		Words: l.Filter("words"), State: intake.State(l.Filter("state")), Kind: document.Kind(l.Filter("kind")),
		ByName: l.Order == "name", Descending: l.Descending, Limit: l.Limit, After: l.After,
	}
}

func (p *Pages) showList(w http.ResponseWriter, r *http.Request, e page.Errors) error {
	l, _, err := p.listed(r)
	if err != nil {
		return err
	}
	if page.Of(r.Context()).Fragment {
		w.Header().Set("HX-Retarget", "#messages")
		return web.ShowStatus(w, r, http.StatusUnprocessableEntity, page.Problems(e))
	}
	return web.ShowStatus(w, r, http.StatusUnprocessableEntity, listPageWith(l, e))
}

// export is the list as a workbook.
func (p *Pages) export(w http.ResponseWriter, r *http.Request) error {
	ctx, v := r.Context(), page.Of(r.Context())
	l := page.ListOf(r, columns(v)...)
	sheet := workbook.Sheet{Name: v.T("documents.documents"), Columns: []workbook.Column{
		{Heading: v.T("documents.title"), Width: 48, Wrap: true}, {Heading: v.T("documents.file"), Width: 36, Wrap: true},
		{Heading: v.T("documents.kind"), Width: 14}, {Heading: v.T("documents.state"), Width: 12},
		{Heading: v.T("documents.promises"), Width: 10}, {Heading: v.T("documents.findings"), Width: 10},
		{Heading: v.T("documents.created"), Width: 20},
	}}
	rows := 0
	sheet.Rows = func(yield func([]workbook.Cell, error) bool) {
		for d, err := range p.intake.Each(ctx, queryOf(l)) {
			if rows++; !yield(exportRow(v, d), err) {
				return
			}
		}
		// The log has it before the file leaves.
		if err := p.catalogue.NoteExport(ctx, "/documents", r.URL.RawQuery, rows); err != nil {
			yield(nil, err)
		}
	}
	return workbook.Serve(w, v.T("documents.documents"), sheet)
}

func exportRow(v page.View, d intake.Listed) []workbook.Cell {
	if d.Document == "" {
		return nil
	}
	return []workbook.Cell{
		workbook.Text(d.Title), workbook.Text(d.Name), workbook.Text(v.T("documents.kind." + string(d.Kind))),
		workbook.Text(v.T("documents.state." + string(d.State))), workbook.Whole(int64(d.Promises)),
		workbook.Whole(int64(d.Errors + d.Warnings)), workbook.Moment(d.Created),
	}
}
