package assessment

import (
	"net/http"
	"strings"

	uses "luoshi/internal/service/assessment"
	"luoshi/internal/web"
	"luoshi/internal/web/forms"
	"luoshi/internal/web/page"
	"luoshi/ledger"
)

// trialView is what other weights would do.
type trialView struct {
	page.Errors
	uses.View
	Names   forms.Names
	Weights map[string]string // as they were typed, by the codes of measures
	Tried   uses.Tried
}

// trial tries other weights. Nothing is changed, so that it can be asked for by a link.
func (p *Pages) trial(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	view := trialView{Weights: map[string]string{}}
	var err error
	if view.View, err = p.uses.Assessment(ctx, idOf(r)); err != nil {
		return err
	}
	if view.Names, err = forms.NamesOf(ctx, p.core); err != nil {
		return err
	}
	weights, q := map[string]ledger.Decimal{}, r.URL.Query()
	for _, m := range view.Scheme.Measures {
		view.Weights[m.Code] = m.Weight.Plain()
		if q.Has("w." + m.Code) {
			view.Weights[m.Code] = strings.TrimSpace(q.Get("w." + m.Code))
			weights[m.Code] = figure(view.Weights[m.Code])
		}
	}
	if view.Tried, err = p.uses.Simulate(ctx, view.ID, weights); err != nil {
		return failed(r, err, func(e page.Errors) error {
			view.Errors = e
			return web.ShowStatus(w, r, http.StatusUnprocessableEntity, trialPage(view))
		})
	}
	return web.Show(w, r, trialPage(view))
}
