package progress

import (
	"net/http"

	uses "luoshi/internal/service/progress"
	"luoshi/internal/web"
	"luoshi/ledger"
)

// yearPage is a plan's year on one screen.
type yearPage struct {
	Plans    []ledger.Plan
	Overview uses.Overview
}

func (p *Pages) year(w http.ResponseWriter, r *http.Request) error {
	plans, plan, err := p.plans(r)
	if err != nil {
		return err
	}
	s := yearPage{Plans: plans}
	if plan.ID == "" {
		return web.Show(w, r, yearShown(s))
	}
	if s.Overview, err = p.uses.Overview(r.Context(), plan.ID); err != nil {
		return err
	}
	if err := p.uses.Visit(r.Context(), plan.ID); err != nil {
		return err
	}
	return web.Show(w, r, yearShown(s))
}

// How many the year on one screen names of each; the rest is in the lists.
const (
	mostAreas   = 8
	mostUnits   = 8
	mostOverdue = 3
	mostChanged = 3
)

// first are the first of several.
func first[T any](all []T, most int) []T { return all[:min(len(all), most)] }
