package progress

import (
	"net/http"

	uses "luoshi/internal/service/progress"
	"luoshi/internal/web"
	"luoshi/internal/web/forms"
	"luoshi/internal/web/page"
	"luoshi/ledger"
)

// contradictionList is what contradicts itself in a plan.
type contradictionList struct {
	page.List
	forms.Names
	Plans []ledger.Plan
	Plan  ledger.Plan
	All   int
	Found []uses.Contradiction
	Run   uses.Run
}

// contradictionKinds are in the order in which they are offered.
var contradictionKinds = []uses.ContradictionKind{uses.SaidDone, uses.SaidOpen, uses.PartsTotal, uses.GrowthLevel, uses.NoEvidence}

func (p *Pages) contradictions(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	l := contradictionList{List: page.ListOf(r)}
	var err error
	if l.Plans, l.Plan, err = p.plans(r); err != nil {
		return err
	}
	if l.Plan.ID == "" {
		return web.Show(w, r, contradictionPage(l))
	}
	if l.Names, err = forms.NamesOf(ctx, p.core); err != nil {
		return err
	}
	if l.Run, err = p.uses.LastRun(ctx, l.Plan.ID); err != nil {
		return err
	}
	found, err := p.uses.Contradictions(ctx, l.Plan.ID)
	if err != nil {
		return err
	}
	l.All = len(found)
	for _, c := range found {
		if kind := l.Filter("kind"); kind != "" && kind != string(c.Kind) {
			continue
		}
		if unit := l.Filter("unit"); unit != "" && unit != string(c.Unit) {
			continue
		}
		l.Found = append(l.Found, c)
	}
	return web.Show(w, r, contradictionPage(l))
}
