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
	brought
	Round     reporting.Round
	Unit      ledger.UnitID
	FormTitle string
	Problems  []sheet.Problem
	Changes   []change
}

// brought is a file that the preview carries along, so that the server keeps nothing that was not saved.
type brought struct {
	Name string // empty before one came
	Data string
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
	data, err := view.brought.from(r)
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

// from is the file of a request: uploaded, or carried along by the preview.
func (b *brought) from(r *http.Request) ([]byte, error) {
	if b.Name = r.PostFormValue("name"); b.Name != "" {
		data, err := base64.StdEncoding.DecodeString(r.PostFormValue("data"))
		if err != nil {
			return nil, fmt.Errorf("%w: %w", web.ErrForm, err)
		}
		b.Data = r.PostFormValue("data")
		return data, nil
	}
	name, data, err := forms.Upload(r, "file")
	if err != nil {
		return nil, err
	}
	b.Name, b.Data = name, base64.StdEncoding.EncodeToString(data)
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
	lines := g.bySubject()
	var all []change
	for _, row := range filled.Rows {
		l := lines[row.Observation.Subject]
		if fields := l.differences(r, row.Observation); len(fields) > 0 {
			all = append(all, change{Title: l.Row.Title, Fields: fields})
		}
	}
	return all
}

// differences are the fields in which an observation differs from what stands in the row.
func (l line) differences(r *http.Request, said reporting.Observation) []page.Difference {
	v := page.Of(r.Context())
	now, then := l.saying(v, l.Said), l.saying(v, said)
	before := now.values()
	var fields []page.Difference
	for _, f := range then.fields() {
		if before[f.name] != f.value {
			fields = append(fields, page.Difference{
				Field: l.label(r.Context(), f.name), Theirs: now.show(v, fieldValue{f.name, before[f.name]}), Mine: then.show(v, f),
			})
		}
	}
	return fields
}
