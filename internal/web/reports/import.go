package reports

import (
	"cmp"
	"net/http"
	"slices"
	"strconv"

	"luoshi/internal/service/reporting/sheet"
	"luoshi/internal/web"
	"luoshi/internal/web/page"
	"luoshi/ledger"
	"luoshi/ledger/reporting"
)

// importView is a table of other make before anything of it is saved: for what its columns are taken, and what its rows
// would say.
type importView struct {
	page.Errors
	brought
	Round     reporting.Round
	Unit      ledger.UnitID
	FormTitle string
	Columns   []sheet.TableColumn
	Rows      []importRow
	Strangers []importRow // that are nothing of the unit's
	// Sound rows can come in, Faulty ones cannot.
	Sound, Faulty int
}

// importRow is a row of the table.
type importRow struct {
	sheet.TableRow
	Fields []page.Difference
}

// ready tells whether there is something that can be saved.
func (t importView) ready() bool { return t.Sound > 0 }

// columnKeys are for what a column can be taken, nothing first.
func columnKeys(v page.View) []page.Option {
	var options []page.Option
	for key, name := range sheet.TableKeys() {
		options = append(options, page.Option{Value: key, Label: v.Wording(name)})
	}
	slices.SortFunc(options, func(a, b page.Option) int { return cmp.Compare(a.Label, b.Label) })
	return append([]page.Option{{Label: v.T("reports.import.nothing")}}, options...)
}

// Names of the fields that say for what the columns are taken, in pairs.
func headingField(i int) string { return "heading." + strconv.Itoa(i) }
func keyField(i int) string     { return "as." + strconv.Itoa(i) }

// mostColumns bounds how many columns a request can map.
const mostColumns = 500

// mappingOf is for what the columns were said to be taken.
func mappingOf(r *http.Request) sheet.Mapping {
	mapping := sheet.Mapping{}
	for i := range mostColumns {
		heading := r.PostFormValue(headingField(i))
		if heading == "" {
			break
		}
		mapping[heading] = r.PostFormValue(keyField(i))
	}
	return mapping
}

func (p *Pages) importForm(w http.ResponseWriter, r *http.Request) error {
	view, _, err := p.importView(r)
	if err != nil {
		return err
	}
	return web.Show(w, r, importPage(view))
}

func (p *Pages) importView(r *http.Request) (importView, gridView, error) {
	t, g, err := p.templateView(r)
	return importView{Round: t.Round, Unit: t.Unit, FormTitle: t.FormTitle}, g, err
}

// readTable reads a table of other make and shows what it would fill; asked once more it saves the rows that are sound.
func (p *Pages) readTable(w http.ResponseWriter, r *http.Request) error {
	view, g, err := p.importView(r)
	if err != nil {
		return err
	}
	data, err := view.brought.from(r)
	if err != nil {
		return err
	}
	if len(data) == 0 {
		view.Add("", page.T(r.Context(), "reports.import.none"))
		return web.ShowStatus(w, r, http.StatusUnprocessableEntity, importPage(view))
	}
	if r.PostFormValue("then") == "take" {
		return p.takeTable(w, r, view, g, data)
	}
	table, err := p.uses.PreviewTable(r.Context(), view.Round.ID, view.Unit, language(r), view.Name, data, mappingOf(r))
	view.fill(r, g, table)
	if err == nil {
		return web.Show(w, r, importPage(view))
	}
	return p.unreadTable(w, r, view, err)
}

// unreadTable says why a table cannot be read. Where its columns are known they can be mapped; otherwise another file is
// asked for.
func (p *Pages) unreadTable(w http.ResponseWriter, r *http.Request, view importView, cause error) error {
	found, mendable := page.Of(r.Context()).ErrorsOf(cause)
	if !mendable {
		return cause
	}
	if view.Errors = found; len(view.Columns) == 0 {
		view.Name = ""
	}
	return web.ShowStatus(w, r, http.StatusUnprocessableEntity, importPage(view))
}

// takeTable saves the rows of a table that are sound. What came in between is shown instead.
func (p *Pages) takeTable(w http.ResponseWriter, r *http.Request, view importView, g gridView, data []byte) error {
	result, err := p.uses.FillFromTable(r.Context(), view.Round.ID, view.Unit, language(r), view.Name, data, mappingOf(r), true)
	if err != nil {
		view.fill(r, g, result.Table)
		return p.unreadTable(w, r, view, err)
	}
	if result.Imported {
		web.Flash(w, r, page.Success, "reports.import.taken", len(result.Table.Sound()))
		return web.Redirect(w, r, gridURL(view.Round.ID, view.Unit, ""))
	}
	view.fill(r, g, result.Table)
	v := page.Of(r.Context())
	for _, problem := range result.Problems {
		view.Add("", problem.Title+" "+v.Wording(problem.What)+" "+v.Wording(problem.Do))
	}
	return web.ShowStatus(w, r, http.StatusUnprocessableEntity, importPage(view))
}

// fill shows a table as it was read.
func (t *importView) fill(r *http.Request, g gridView, table sheet.Table) {
	t.Columns = table.Columns
	lines := g.bySubject()
	for _, row := range table.Rows {
		shown := importRow{TableRow: row}
		if row.Stranger() {
			t.Strangers = append(t.Strangers, shown)
			continue
		}
		if line, known := lines[row.Subject]; known && row.Sound() {
			shown.Fields = line.differences(r, row.Observation)
		}
		if row.Sound() {
			t.Sound++
		} else {
			t.Faulty++
		}
		t.Rows = append(t.Rows, shown)
	}
}
