package submissions

import (
	"context"
	"net/http"
	"slices"

	uses "luoshi/internal/service/reporting"
	"luoshi/internal/web"
	"luoshi/internal/web/forms"
	"luoshi/internal/web/page"
	"luoshi/ledger/reporting"
)

// burdenView is what each unit was asked in a round.
type burdenView struct {
	Round  uses.RoundView
	Units  []reporting.Burden
	Names  forms.Names
	Total  reporting.Burden
	Double []reporting.Burden // the units that were asked what was said already
	Once   []asked            // what that is
}

// asked is a matter that several were asked though one had said it already.
type asked struct {
	Title   string
	Units   []string // that were asked
	Sources []string // who had said it
}

// text says of a matter who is asked, and who else knows it.
func (a asked) text(v page.View) string {
	var others []string
	for _, source := range a.Sources {
		if !slices.Contains(a.Units, source) {
			others = append(others, source)
		}
	}
	if len(others) == 0 {
		return v.T("submissions.burden.several", a.Title, listed(v, a.Units))
	}
	return v.T("submissions.burden.held", a.Title, listed(v, a.Units), listed(v, others))
}

func (p *Pages) burden(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	var view burdenView
	var err error
	if view.Round, err = p.uses.Round(ctx, roundID(r)); err != nil {
		return err
	}
	if view.Units, err = p.uses.Burden(ctx, view.Round.ID); err != nil {
		return err
	}
	if view.Names, err = forms.NamesOf(ctx, p.core); err != nil {
		return err
	}
	for _, b := range view.Units {
		view.Total.Rows += b.Rows
		view.Total.Asked += b.Asked
		view.Total.New += b.New
		view.Total.Prefilled += b.Prefilled
		if view.Total.Twice += b.Twice; b.Twice > 0 {
			view.Double = append(view.Double, b)
		}
	}
	if view.Once, err = p.once(r.Context(), view); err != nil {
		return err
	}
	return web.Show(w, r, burdenPage(view))
}

// mostForms is how many forms are read to name what was asked twice.
const mostForms = 12

// once names what was asked though somebody had said it already.
func (p *Pages) once(ctx context.Context, view burdenView) ([]asked, error) {
	var found []asked
	at := map[reporting.Subject]int{}
	for _, b := range view.Double[:min(len(view.Double), mostForms)] {
		form, err := p.uses.Form(ctx, view.Round.ID, b.Unit)
		if err != nil {
			return nil, err
		}
		for _, row := range form.Rows {
			for _, hint := range row.Hints {
				if hint.Kind != reporting.HintHeld {
					continue
				}
				i, known := at[row.Subject]
				if !known {
					i = len(found)
					at[row.Subject], found = i, append(found, asked{Title: row.Title})
				}
				found[i].Units = with(found[i].Units, form.UnitName)
				found[i].Sources = with(found[i].Sources, hint.Source)
			}
		}
	}
	return found, nil
}

// with is a list with a text in it once.
func with(list []string, text string) []string {
	if text == "" || slices.Contains(list, text) {
		return list
	}
	return append(list, text)
}
