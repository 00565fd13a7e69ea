package reports

import (
	"bytes"
	"encoding/base64"
	"fmt"
	"io"
	"mime"
	"net/http"
	"strings"

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

// language is that of a template.
func language(r *http.Request) string {
	return strings.TrimSuffix(string(page.Of(r.Context()).Lang), "-CN")
}

func (p *Pages) template(w http.ResponseWriter, r *http.Request) error {
	round, unit := asked(r)
	var b bytes.Buffer
	name, err := p.uses.WriteSheet(r.Context(), round, unit, language(r), &b)
	if err != nil {
		return err
	}
	return handOutSheet(w, r, name, &b)
}

func handOutSheet(w http.ResponseWriter, r *http.Request, name string, content io.Reader) error {
	w.Header().Set("Content-Disposition", mime.FormatMediaType("attachment", map[string]string{"filename": name}))
	return handOut(w, r, sheet.MediaType, content)
}

func (p *Pages) templateForm(w http.ResponseWriter, r *http.Request) error {
	view, _, err := p.templateView(r)
	if err != nil {
		return err
	}
	return web.Show(w, r, templatePage(view))
}

func (p *Pages) templateView(r *http.Request) (templateView, gridView, error) {
	form, names, err := p.form(r)
	if err != nil {
		return templateView{}, gridView{}, err
	}
	g := p.view(r, form, names)
	return templateView{Round: g.Round, Unit: g.Unit, FormTitle: g.title(r.Context())}, g, nil
}

// readTemplate reads a filled template and shows what it says; asked once more it saves that, or hands the workbook out
// with its errors marked. The file comes along with each request, so that the server keeps nothing that was not saved.
func (p *Pages) readTemplate(w http.ResponseWriter, r *http.Request) error {
	view, g, err := p.templateView(r)
	if err != nil {
		return err
	}
	data, err := broughtFile(r, &view)
	if err != nil {
		return err
	}
	if len(data) == 0 {
		view.Add("", page.T(r.Context(), "reports.template.none"))
		return web.ShowStatus(w, r, http.StatusUnprocessableEntity, templatePage(view))
	}
	switch r.PostFormValue("then") {
	case "take":
		return p.takeTemplate(w, r, view, data)
	case "marked":
		return p.markTemplate(w, r, view, data)
	}
	t, filled, err := p.uses.ReadSheet(r.Context(), view.Round.ID, view.Unit, language(r), view.Name, data)
	if err != nil {
		return p.unread(w, r, view, err)
	}
	view.Problems = t.Located(filled.Problems)
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

// takeTemplate saves what a template says: all of it, or nothing where anything stands against it.
func (p *Pages) takeTemplate(w http.ResponseWriter, r *http.Request, view templateView, data []byte) error {
	result, err := p.uses.FillFromSheet(r.Context(), view.Round.ID, view.Unit, language(r), view.Name, data)
	if err != nil {
		return p.unread(w, r, view, err)
	}
	if result.Imported {
		web.Flash(w, r, page.Success, "reports.template.taken", len(result.Saved.Rows))
		return web.Redirect(w, r, gridURL(view.Round.ID, view.Unit, ""))
	}
	view.Problems = result.Problems
	return web.ShowStatus(w, r, http.StatusUnprocessableEntity, templatePage(view))
}

// markTemplate hands a workbook out with what is wrong with it marked.
func (p *Pages) markTemplate(w http.ResponseWriter, r *http.Request, view templateView, data []byte) error {
	t, filled, err := p.uses.ReadSheet(r.Context(), view.Round.ID, view.Unit, language(r), view.Name, data)
	if err != nil {
		return p.unread(w, r, view, err)
	}
	var b bytes.Buffer
	if err := t.Mark(&b, filled, filled.Problems); err != nil {
		return err
	}
	return handOutSheet(w, r, view.Name, &b)
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
