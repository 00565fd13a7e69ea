package assessment

import (
	"fmt"
	"net/http"
	"slices"

	uses "luoshi/internal/service/assessment"
	"luoshi/internal/web"
	"luoshi/internal/web/forms"
	"luoshi/internal/web/page"
	"luoshi/ledger"
	rules "luoshi/ledger/assessment"
)

// entriesView is the points that people give, and the form of another one.
type entriesView struct {
	page.Errors
	uses.View
	Names                          forms.Names
	People                         map[ledger.AccountID]string
	Unit, Item, Points, Why, Basis string
}

// units are the units of the scheme as the choices of a field.
func (e entriesView) units(v page.View) []page.Option {
	options := []page.Option{{Value: "", Label: v.T("assessment.choose")}}
	for _, unit := range e.Scheme.Units() {
		options = append(options, page.Option{Value: string(unit), Label: e.Names.Unit(unit)})
	}
	return options
}

// items are what points can be given for.
func (e entriesView) items(v page.View) []page.Option {
	options := []page.Option{{Value: "", Label: v.T("assessment.choose")}}
	for _, m := range e.Scheme.Measures {
		if m.Formula == rules.ByHand {
			options = append(options, page.Option{Value: m.Code, Label: v.T("assessment.item.hand", m.Title)})
		}
	}
	for _, r := range e.Scheme.Rules {
		options = append(options, page.Option{Value: r.Code, Label: v.T("assessment.item.rule", r.Kind.Label(), r.Title, r.Each.Plain())})
	}
	return options
}

// waiting are the units that nobody has judged yet, by the measure.
func (e entriesView) waiting(v page.View) []string {
	var all []string
	for _, m := range e.Scheme.Measures {
		if m.Formula != rules.ByHand {
			continue
		}
		var names []string
		for _, unit := range e.Scheme.Units() {
			judged := slices.ContainsFunc(e.Entries, func(g uses.Given) bool { return g.Unit == unit && g.Item == m.Code && g.Withdrawn == "" })
			if !judged {
				names = append(names, e.Names.Unit(unit))
			}
		}
		if len(names) > 0 {
			all = append(all, v.T("assessment.waiting.of", m.Title, len(names), joined(v, names)))
		}
	}
	return all
}

func (p *Pages) entriesView(r *http.Request) (entriesView, error) {
	ctx := r.Context()
	var e entriesView
	var err error
	if e.View, err = p.uses.Assessment(ctx, idOf(r)); err != nil {
		return e, err
	}
	if e.Names, err = forms.NamesOf(ctx, p.core); err != nil {
		return e, err
	}
	var accounts []ledger.AccountID
	for _, g := range e.Entries {
		accounts = append(accounts, g.Account)
	}
	e.People, err = p.people(ctx, accounts...)
	return e, err
}

func (p *Pages) entries(w http.ResponseWriter, r *http.Request) error {
	e, err := p.entriesView(r)
	if err != nil {
		return err
	}
	q := r.URL.Query()
	e.Unit, e.Item = q.Get("unit"), q.Get("item")
	return web.Show(w, r, entriesPage(e))
}

// give gives a unit points.
func (p *Pages) give(w http.ResponseWriter, r *http.Request) error {
	if err := r.ParseForm(); err != nil {
		return fmt.Errorf("%w: %w", web.ErrForm, err)
	}
	form := r.PostForm
	entry := rules.Entry{
		Unit: ledger.UnitID(form.Get("unit")), Item: form.Get("item"), Points: figure(form.Get("points")),
		Why: form.Get("why"), Basis: form.Get("basis"),
	}
	err := p.uses.Give(r.Context(), idOf(r), entry)
	if err == nil {
		web.Flash(w, r, page.Success, "assessment.entry.saved")
		return web.Redirect(w, r, urlOf(idOf(r), "/entries"))
	}
	return failed(r, err, func(errs page.Errors) error {
		e, err := p.entriesView(r)
		if err != nil {
			return err
		}
		e.Errors, e.Unit, e.Item = errs, form.Get("unit"), form.Get("item")
		e.Points, e.Why, e.Basis = form.Get("points"), form.Get("why"), form.Get("basis")
		return web.ShowStatus(w, r, http.StatusUnprocessableEntity, entriesPage(e))
	})
}

// withdraw takes points back.
func (p *Pages) withdraw(w http.ResponseWriter, r *http.Request) error {
	if err := r.ParseForm(); err != nil {
		return fmt.Errorf("%w: %w", web.ErrForm, err)
	}
	err := p.uses.Withdraw(r.Context(), idOf(r), r.PathValue("entry"), r.PostForm.Get("reason"))
	if err == nil {
		web.Flash(w, r, page.Success, "assessment.entry.withdrawn")
		return web.Redirect(w, r, urlOf(idOf(r), "/entries"))
	}
	return failed(r, err, func(errs page.Errors) error {
		e, err := p.entriesView(r)
		if err != nil {
			return err
		}
		e.Errors = errs
		return web.ShowStatus(w, r, http.StatusUnprocessableEntity, entriesPage(e))
	})
}
