package projects

import (
	"net/http"

	"luoshi/internal/service/catalogue/workbook"
	"luoshi/internal/web"
	"luoshi/internal/web/forms"
	"luoshi/internal/web/page"
	"luoshi/ledger"
)

// export writes the list, with its filters and its order, as a workbook: the sums, and the projects.
func (p *Pages) export(w http.ResponseWriter, r *http.Request) error {
	ctx, v := r.Context(), page.Of(r.Context())
	l := page.ListOf(r, columns(v)...)
	names, err := forms.NamesOf(ctx, p.catalogue.Core)
	if err != nil {
		return err
	}
	plans, err := p.catalogue.Plans(ctx)
	if err != nil {
		return err
	}
	q, plan := queryOf(l, plans)
	rows := 0
	sheet := workbook.Sheet{Name: v.T("projects.title"), Columns: exportColumns(v)}
	sheet.Rows = func(yield func([]workbook.Cell, error) bool) {
		for record, err := range p.catalogue.EachProject(ctx, q, l.Page()) {
			if rows++; !yield(exportRow(v, names, plan, record.Value), err) {
				return
			}
		}
		// The log has it before the file leaves.
		if err := p.catalogue.NoteExport(ctx, "/projects", r.URL.RawQuery, rows); err != nil {
			yield(nil, err)
		}
	}
	return workbook.Serve(w, v.T("projects.file", forms.Year(plan.Year)), sheet)
}

func exportColumns(v page.View) []workbook.Column {
	return []workbook.Column{
		{Heading: v.T("projects.number"), Width: 16}, {Heading: v.T("projects.name"), Width: 36, Wrap: true},
		{Heading: v.T("projects.category")}, {Heading: v.T("projects.stage"), Width: 10},
		{Heading: v.T("projects.lead"), Width: 24, Wrap: true}, {Heading: v.T("projects.content"), Width: 48, Wrap: true},
		{Heading: v.T("projects.address"), Width: 24, Wrap: true}, {Heading: v.T("projects.start"), Width: 12},
		{Heading: v.T("projects.completion"), Width: 12}, {Heading: v.T("projects.total.wan"), Width: 16},
		{Heading: v.T("projects.planned.wan"), Width: 18}, {Heading: v.T("projects.done.wan"), Width: 18},
		{Heading: v.T("projects.open-obstacles"), Width: 36, Wrap: true},
	}
}

func exportRow(v page.View, names forms.Names, plan ledger.Plan, p ledger.Project) []workbook.Cell {
	year := inYear(p, plan.Year)
	obstacles := ""
	for _, o := range p.Obstacles {
		if o.Solved.IsZero() {
			if obstacles != "" {
				obstacles += "\n"
			}
			obstacles += o.Text
		}
	}
	return []workbook.Cell{
		workbook.Text(p.Number), workbook.Text(p.Name), workbook.Text(v.Wording(p.Category.Label())), workbook.Text(v.Wording(p.Stage.Label())),
		workbook.Text(names.Unit(p.Lead)), workbook.Text(p.Content), workbook.Text(p.Place.Address), workbook.Day(p.Start),
		workbook.Day(p.Completion), workbook.Figure(forms.Wan(p.Total)), workbook.Figure(forms.Wan(year.Planned)),
		workbook.Figure(forms.Wan(year.Done)), workbook.Text(obstacles),
	}
}

// inYear is a project's money of a year.
func inYear(p ledger.Project, year int) ledger.Investment {
	for _, y := range p.Years {
		if y.Year == year {
			return y
		}
	}
	return ledger.Investment{}
}

// importForm is where a table is chosen.
type importForm struct {
	page.Errors
	Plans []ledger.Plan
	Plan  ledger.PlanID
}

func (p *Pages) importForm(w http.ResponseWriter, r *http.Request) error {
	plans, err := p.catalogue.Plans(r.Context())
	if err != nil {
		return err
	}
	return web.Show(w, r, importPage(importForm{Plans: plans, Plan: forms.Chosen(plans, r.URL.Query().Get("plan")).ID}))
}

func (p *Pages) prepare(w http.ResponseWriter, r *http.Request) error {
	name, data, err := forms.Upload(r, "file")
	if err != nil {
		return err
	}
	v, plan, id := page.Of(r.Context()), ledger.PlanID(r.PostFormValue("plan")), ""
	var said page.Errors
	if name == "" {
		said.Add("file", v.T("forms.file.need"))
	} else if id, err = p.catalogue.PrepareProjects(r.Context(), plan, name, data); err == nil {
		return web.Redirect(w, r, "/imports/projects/"+id)
	} else if said, _ = v.ErrorsOf(err); said.None() {
		return err
	}
	plans, err := p.catalogue.Plans(r.Context())
	if err != nil {
		return err
	}
	return web.ShowStatus(w, r, http.StatusUnprocessableEntity, importPage(importForm{Errors: said, Plans: plans, Plan: plan}))
}

// importNames are what pages call the columns of a table of projects.
var importNames = map[string]string{
	"name": "projects.name", "number": "projects.number", "category": "projects.category", "stage": "projects.stage",
	"lead": "projects.lead", "content": "projects.content", "place": "projects.address", "street": "projects.street",
	"start": "projects.start", "completion": "projects.completion", "total": "projects.total",
	"planned": "projects.planned", "done": "projects.done",
}

// incoming is how tables of projects come in.
func (p *Pages) incoming() forms.Incoming {
	return forms.Incoming{
		Kind: "projects", Columns: importNames, Imported: "projects.imported",
		Preview: p.catalogue.PreviewProjects, Import: p.catalogue.ImportProjects, Page: previewPage,
	}
}
