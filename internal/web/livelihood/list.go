package livelihood

import (
	"context"
	"net/http"

	uses "luoshi/internal/service/livelihood"
	"luoshi/internal/service/progress"
	"luoshi/internal/store"
	"luoshi/internal/web"
	"luoshi/internal/web/forms"
	"luoshi/internal/web/page"
	"luoshi/ledger"
	"luoshi/ledger/light"
)

// listView is the livelihood items of a plan.
type listView struct {
	Plans  []ledger.Plan
	Plan   ledger.Plan
	Items  []uses.Item
	Lights map[ledger.CommitmentID]light.Colour // of those whose light the reader may see
	Rounds []uses.Round                         // that go on
	All    int                                  // rounds that the reader may see
}

func (p *Pages) list(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	var l listView
	rounds, err := p.uses.Rounds(ctx)
	if err != nil {
		return err
	}
	l.All = len(rounds)
	for _, round := range rounds {
		if round.State != uses.Decided && round.State != "dropped" {
			l.Rounds = append(l.Rounds, round)
		}
	}
	if l.Plans, err = p.uses.Plans(ctx); err != nil {
		return err
	}
	if l.Plan = forms.Chosen(l.Plans, r.URL.Query().Get("plan")); l.Plan.ID == "" {
		return web.Show(w, r, listPage(l))
	}
	if l.Items, err = p.uses.Items(ctx, l.Plan.ID); err != nil {
		return err
	}
	if l.Lights, err = p.lights(ctx, l.Plan); err != nil {
		return err
	}
	return web.Show(w, r, listPage(l))
}

// lights are the colours of the items of a published plan.
func (p *Pages) lights(ctx context.Context, plan ledger.Plan) (map[ledger.CommitmentID]light.Colour, error) {
	colours := map[ledger.CommitmentID]light.Colour{}
	if p.progress == nil || plan.State != ledger.Published || !page.Of(ctx).Can("light.read") {
		return colours, nil
	}
	query := progress.LightQuery{Plan: plan.ID, Kind: ledger.KindLivelihood}
	for at := (store.Page{Limit: store.MaxLimit}); ; {
		found, err := p.progress.Lights(ctx, query, at)
		if err != nil {
			return nil, err
		}
		for _, one := range found.Lights {
			colours[one.Commitment.ID] = one.Colour
		}
		if at.After = found.Next; at.After == "" {
			return colours, nil
		}
	}
}

// closed is how many items are closed.
func (l listView) closed() int {
	n := 0
	for _, i := range l.Items {
		if i.State == uses.Closed {
			n++
		}
	}
	return n
}

// asked is how many items people were asked about.
func (l listView) asked() int {
	n := 0
	for _, i := range l.Items {
		if _, ok := i.Satisfaction(); ok {
			n++
		}
	}
	return n
}

func tabs(v page.View, items bool, rounds int) []page.Tab {
	return []page.Tab{
		{Title: v.T("livelihood.items"), URL: "/livelihood", Active: items, Count: -1},
		{Title: v.T("livelihood.rounds"), URL: "/livelihood/rounds", Active: !items, Count: rounds},
	}
}
