package demo_test

import (
	"context"
	"testing"

	"luoshi/internal/demo"
	"luoshi/internal/service/livelihood"
	"luoshi/internal/store"
	"luoshi/ledger"
)

// livelihoodItemsAreChosen sees that this year's items were chosen by a vote and stand in the plan, that some of them have
// pictures and one is closed, and that next year's are called for.
func livelihoodItemsAreChosen(ctx context.Context, t *testing.T, parts demo.Parts, plan ledger.PlanID) {
	t.Helper()
	rounds, err := parts.Livelihood.Rounds(ctx)
	if err != nil || len(rounds) != 2 || rounds[0].State != livelihood.Open || rounds[1].State != livelihood.Decided {
		t.Fatalf("the rounds are %+v, %v", rounds, err)
	}
	v, err := parts.Livelihood.Round(ctx, rounds[1].ID)
	if err != nil || len(v.Elected()) != 10 || v.Ballots[0].Present() != 169 || v.Ballots[0].Cast != 3 {
		t.Errorf("chosen are %d by %+v, %v", len(v.Elected()), v.Ballots, err)
	}
	next, err := parts.Livelihood.Round(ctx, rounds[0].ID)
	if err != nil || next.Waiting != 2 || len(next.Candidates) != 5 {
		t.Errorf("for the next year %d wait of %d, %v", next.Waiting, len(next.Candidates), err)
	}
	part, err := parts.Livelihood.List(ctx, plan, store.Page{})
	items := part.Items
	if err != nil || len(items) != 15 {
		t.Fatalf("%d items, %v", len(items), err)
	}
	pictured, states := 0, map[string]int{}
	for _, i := range items {
		states[i.State]++
		if !i.Voted || i.Votes < 94 { // more than half of 186
			t.Errorf("%s was chosen by %d votes", i.Commitment.Title, i.Votes)
		}
		if len(i.Pictures) > 0 {
			pictured++
		}
	}
	if pictured != 7 || states[livelihood.Closed] != 1 || states["surveying"] != 2 {
		t.Errorf("%d items have pictures; their states are %v", pictured, states)
	}
}
