package reports

import (
	"bytes"
	"encoding/base64"
	"fmt"
	"io"
	"mime"
	"net/http"
	"slices"
	"strings"

	uses "luoshi/internal/service/reporting"
	"luoshi/internal/service/reporting/sheet"
	"luoshi/internal/web"
	"luoshi/internal/web/forms"
	"luoshi/internal/web/page"
	"luoshi/ledger"
	"luoshi/ledger/reporting"
)

// templateView is a filled template before anything of it is saved.
type templateView struct {
	page.Errors
	Round     reporting.Round
	Unit      ledger.UnitID
	FormTitle string
	Name      string // of the file; empty before one came
	Data      string // the file, which the preview carries along
	Problems  []sheet.Problem
	Changes   []change
}

// change is a row that the template says differently.
type change struct {
	Title  string
	Fields []page.Difference
}

// templateOf is what a unit's template holds.
func templateOf(v page.View, form uses.FormView, names forms.Names, lines []line) sheet.Template {
	t := sheet.Template{
		Lang: strings.TrimSuffix(string(v.Lang), "-CN"), Plan: form.Plan.Title, Round: form.Round.ID, Period: form.Round.Period,
		Due: form.Round.Due, Unit: form.Submission.Unit, Name: form.UnitName,
	}
	for _, o := range names.Options("") {
		t.Units = append(t.Units, sheet.Unit{ID: ledger.UnitID(o.Value), Name: names.Unit(ledger.UnitID(o.Value))})
	}
	for _, row := range form.Rows {
		i := slices.IndexFunc(lines, func(l line) bool { return l.Row.Subject == row.Subject })
		l := lines[i]
		t.Rows = append(t.Rows, sheet.Row{
			Row: row.Row, Target: l.target(v), Last: firstKnown(l.Last.Cumulative, l.Last.OfPeriod), Basis: l.basis(), Fixed: l.oneView(),
			Now: l.Now, Revision: l.Revision,
		})
	}
	return t
}

// sheetOf is the template of the form that an address names.
func (p *Pages) sheetOf(r *http.Request) (sheet.Template, gridView, error) {
	form, names, err := p.form(r)
	if err != nil {
		return sheet.Template{}, gridView{}, err
	}
	g := p.view(r, form, names)
	return templateOf(page.Of(r.Context()), form, names, g.lines()), g, nil
}

func (p *Pages) template(w http.ResponseWriter, r *http.Request) error {
	t, g, err := p.sheetOf(r)
	if err != nil {
		return err
	}
	return handOutSheet(w, r, g.UnitName+" "+page.Of(r.Context()).Wording(g.Round.Period.Title())+".xlsx", t.Write)
}

func handOutSheet(w http.ResponseWriter, r *http.Request, name string, write func(io.Writer) error) error {
	var b bytes.Buffer
	if err := write(&b); err != nil {
		return err
	}
	w.Header().Set("Content-Disposition", mime.FormatMediaType("attachment", map[string]string{"filename": name}))
	return handOut(w, r, sheet.MediaType, &b)
}

func (p *Pages) templateForm(w http.ResponseWriter, r *http.Request) error {
	_, g, err := p.sheetOf(r)
	if err != nil {
		return err
	}
	return web.Show(w, r, templatePage(templateViewOf(r, g)))
}

func templateViewOf(r *http.Request, g gridView) templateView {
	return templateView{Round: g.Round, Unit: g.Unit, FormTitle: g.title(r.Context())}
}

// readTemplate reads a filled template and shows what it says; asked once more it saves that, or hands the workbook out
// with its errors marked. The file comes along with each request, so that the server keeps nothing that was not saved.
func (p *Pages) readTemplate(w http.ResponseWriter, r *http.Request) error {
	t, g, err := p.sheetOf(r)
	if err != nil {
		return err
	}
	view := templateViewOf(r, g)
	data, err := broughtFile(r, &view)
	if err != nil {
		return err
	}
	if len(data) == 0 {
		view.Add("", page.T(r.Context(), "reports.template.none"))
		return web.ShowStatus(w, r, http.StatusUnprocessableEntity, templatePage(view))
	}
	filled, err := t.Read(view.Name, data)
	if err != nil {
		return p.unread(w, r, view, err)
	}
	view.Problems = t.Located(filled.Problems)
	switch r.PostFormValue("then") {
	case "marked":
		return handOutSheet(w, r, view.Name, func(out io.Writer) error { return t.Mark(out, filled, filled.Problems) })
	case "take":
		if len(view.Problems) == 0 {
			return p.takeTemplate(w, r, view, t, filled)
		}
	}
	view.Changes = changesOf(r, g, filled)
	return web.Show(w, r, templatePage(view))
}

// broughtFile is the file of a request: uploaded, or carried along by the preview.
func broughtFile(r *http.Request, view *templateView) ([]byte, error) {
	if view.Name = r.PostFormValue("name"); view.Name != "" {
		data, err := base64.StdEncoding.DecodeString(r.PostFormValue("data"))
		if err != nil {
			return nil, fmt.Errorf("%w: %w", web.ErrForm, err)
		}
		view.Data = r.PostFormValue("data")
		return data, nil
	}
	name, data, err := forms.Upload(r, "file")
	if err != nil {
		return nil, err
	}
	view.Name, view.Data = name, base64.StdEncoding.EncodeToString(data)
	return data, nil
}

func (p *Pages) unread(w http.ResponseWriter, r *http.Request, view templateView, cause error) error {
	found, mendable := page.Of(r.Context()).ErrorsOf(cause)
	if !mendable {
		return cause
	}
	view.Errors, view.Name = found, ""
	return web.ShowStatus(w, r, http.StatusUnprocessableEntity, templatePage(view))
}

// takeTemplate saves what a template says. Rows that somebody changed since it was handed out are left as they are.
func (p *Pages) takeTemplate(w http.ResponseWriter, r *http.Request, view templateView, t sheet.Template, filled sheet.Filled) error {
	filling := uses.Filling{Round: view.Round.ID, Unit: view.Unit}
	for _, row := range filled.Rows {
		filling.Rows = append(filling.Rows, uses.Filled{Observation: row.Observation, Seen: row.Seen})
	}
	saved, err := p.uses.Save(r.Context(), filling)
	if err != nil {
		return p.unread(w, r, view, err)
	}
	if len(saved.Conflicts) == 0 {
		web.Flash(w, r, page.Success, "reports.template.taken", len(filled.Rows))
		return web.Redirect(w, r, gridURL(view.Round.ID, view.Unit, ""))
	}
	for _, c := range saved.Conflicts {
		i := slices.IndexFunc(t.Rows, func(row sheet.Row) bool { return row.Subject == c.Subject })
		view.Problems = append(view.Problems, t.Changed(t.Rows[i], p.person(r.Context(), c.By)))
	}
	view.Problems = t.Located(view.Problems)
	return web.ShowStatus(w, r, http.StatusConflict, templatePage(view))
}

// changesOf are the rows that a template says differently, field by field.
func changesOf(r *http.Request, g gridView, filled sheet.Filled) []change {
	v := page.Of(r.Context())
	lines := g.bySubject()
	var all []change
	for _, row := range filled.Rows {
		l := lines[row.Observation.Subject]
		now, then := l.saying(v, l.Said), l.saying(v, row.Observation)
		c := change{Title: l.Row.Title}
		before := now.values()
		for _, f := range then.fields() {
			if before[f.name] != f.value {
				c.Fields = append(c.Fields, page.Difference{
					Field: l.label(r.Context(), f.name), Theirs: now.show(v, fieldValue{f.name, before[f.name]}), Mine: then.show(v, f),
				})
			}
		}
		if len(c.Fields) > 0 {
			all = append(all, c)
		}
	}
	return all
}
