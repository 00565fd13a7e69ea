package papers

import (
	"errors"
	"net/http"
	"strconv"

	form "luoshi/internal/account/template"
	uses "luoshi/internal/service/accounting"
	"luoshi/internal/web"
	"luoshi/internal/web/forms"
	"luoshi/internal/web/page"
	"luoshi/ledger/reporting"
)

// templatesView is the list of templates.
type templatesView struct {
	Templates []uses.Template
	Retired   []uses.Template
}

func (p *Pages) templates(w http.ResponseWriter, r *http.Request) error {
	all, err := p.uses.AllTemplates(r.Context())
	if err != nil {
		return err
	}
	var view templatesView
	for _, t := range all {
		if t.Retired {
			view.Retired = append(view.Retired, t)
		} else {
			view.Templates = append(view.Templates, t)
		}
	}
	return web.Show(w, r, templatesPage(view))
}

// templateView is one template, and the form in which it is written.
type templateView struct {
	page.Errors
	uses.Template
	Typed  string      // what stands in the form
	Name   string      // under which it is kept; empty of a new one
	Seen   int         // the version that was changed
	Faults form.Faults // that keep it from being kept
}

// newTemplate is the form of a new template. It begins as a copy of one that there is.
func (p *Pages) newTemplate(w http.ResponseWriter, r *http.Request) error {
	view := templateView{}
	if from := r.FormValue("from"); from != "" {
		t, err := p.uses.Template(r.Context(), from)
		if err != nil {
			return err
		}
		view.Typed = t.Text
	}
	return web.Show(w, r, templatePage(view))
}

func (p *Pages) template(w http.ResponseWriter, r *http.Request) error {
	t, err := p.uses.Template(r.Context(), r.PathValue("name"))
	if err != nil {
		return err
	}
	return web.Show(w, r, templatePage(templateView{Template: t, Name: t.Name, Seen: t.Version, Typed: t.Text}))
}

func (p *Pages) saveTemplate(w http.ResponseWriter, r *http.Request) error {
	seen, _ := strconv.Atoi(r.PostFormValue("seen")) // 0 of a new one
	view := templateView{Typed: r.PostFormValue("text"), Name: r.PostFormValue("name"), Seen: seen}
	saved, err := p.uses.SaveTemplate(r.Context(), view.Name, view.Typed, seen)
	if err == nil {
		web.Flash(w, r, page.Success, "papers.template.saved", saved.Version)
		return web.Redirect(w, r, "/paper-templates")
	}
	found, mendable := page.Of(r.Context()).ErrorsOf(err)
	if !mendable {
		return err
	}
	var wrong *uses.Unreadable
	if errors.As(err, &wrong) {
		view.Faults = wrong.Faults
	}
	if view.Name != "" {
		if view.Template, err = p.uses.Template(r.Context(), view.Name); err != nil {
			return err
		}
	}
	view.Errors = found
	return web.ShowStatus(w, r, http.StatusUnprocessableEntity, templatePage(view))
}

func (p *Pages) retire(w http.ResponseWriter, r *http.Request) error {
	retired := forms.ValuesOf(r).Ticked("retired")
	if err := p.uses.RetireTemplate(r.Context(), r.PathValue("name"), retired); err != nil {
		return err
	}
	web.Flash(w, r, page.Success, "papers.template.kept")
	return web.Redirect(w, r, "/paper-templates")
}

// frequencies are the periods of which a template is.
func frequencies(v page.View, all []reporting.Frequency) string {
	text := ""
	for i, f := range all {
		if i > 0 {
			text += v.T("papers.between")
		}
		text += v.Wording(f.Label())
	}
	return text
}
