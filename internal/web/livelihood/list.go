package livelihood

import (
	"context"
	"net/http"
	"strconv"

	uses "luoshi/internal/service/livelihood"
	"luoshi/internal/service/progress"
	"luoshi/internal/web"
	"luoshi/internal/web/forms"
	"luoshi/internal/web/page"
	"luoshi/ledger"
)

// listView is the livelihood items of a plan.
type listView struct {
	page.List
	Plans  []ledger.Plan
	Plan   ledger.Plan
	Items  []uses.Item
	Counts uses.Counts
	Lights map[ledger.CommitmentID]progress.Shown // that the reader may see
	Rounds []uses.Round                           // that go on
	All    int                                    // rounds that the reader may see
}

func (p *Pages) list(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	l := listView{List: page.ListOf(r)}
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
	if l.Plan = forms.Chosen(l.Plans, r.URL.Query().Get("plan")); l.Plan.ID != "" {
		if err := p.items(ctx, &l); err != nil {
			return err
		}
	}
	return web.Show(w, r, listPage(l))
}

// items are those of the plan on this part of the list, with their lights.
func (p *Pages) items(ctx context.Context, l *listView) error {
	var err error
	if l.Counts, err = p.uses.Count(ctx, l.Plan.ID); err != nil {
		return err
	}
	part, err := p.uses.List(ctx, l.Plan.ID, l.Page())
	if err != nil {
		return err
	}
	l.Items, l.Next = part.Items, part.Next
	if p.progress == nil || l.Plan.State != ledger.Published {
		return nil
	}
	commitments := make([]ledger.Commitment, len(l.Items))
	for i, item := range l.Items {
		commitments[i] = item.Commitment
	}
	l.Lights, err = p.progress.ItemLights(ctx, l.Plan, commitments...)
	return err
}

// place is where an item stands in the plan, as far as the first part of the list tells.
func (l listView) place(i int) string {
	if l.After != "" {
		return ""
	}
	return strconv.Itoa(i + 1)
}

func tabs(v page.View, items bool, rounds int) []page.Tab {
	return []page.Tab{
		{Title: v.T("livelihood.items"), URL: "/livelihood", Active: items, Count: -1},
		{Title: v.T("livelihood.rounds"), URL: "/livelihood/rounds", Active: !items, Count: rounds},
	}
}
