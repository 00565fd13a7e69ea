package submissions

import (
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
	uses.Burdens
	Names forms.Names
	Total reporting.Burden
	Once  []asked // what was asked though somebody had said it already
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
	if view.Burdens, err = p.uses.Burden(ctx, roundID(r)); err != nil {
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
		view.Total.Twice += b.Twice
	}
	view.Once = once(view)
	return web.Show(w, r, burdenPage(view))
}

// mostNamed is how many matters are named that were asked twice.
const mostNamed = 50

// once names what was asked though somebody had said it already.
func once(view burdenView) []asked {
	var found []asked
	at := map[reporting.Subject]int{}
	for _, b := range view.Units {
		for _, repeat := range b.Repeats {
			i, known := at[repeat.Subject]
			if !known && len(found) == mostNamed {
				continue
			}
			if !known {
				i = len(found)
				at[repeat.Subject], found = i, append(found, asked{Title: repeat.Title})
			}
			found[i].Units = with(found[i].Units, view.Names.Unit(b.Unit))
			for _, source := range repeat.Sources {
				found[i].Sources = with(found[i].Sources, source)
			}
		}
	}
	return found
}

// with is a list with a text in it once.
func with(list []string, text string) []string {
	if text == "" || slices.Contains(list, text) {
		return list
	}
	return append(list, text)
}
