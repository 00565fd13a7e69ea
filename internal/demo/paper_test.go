package demo_test

import (
	"context"
	"testing"

	"luoshi/internal/access"
	"luoshi/internal/demo"
	"luoshi/internal/service"
	"luoshi/internal/service/accounting"
	"luoshi/internal/store"
)

// papersDiffer sees that reports are in several states, and that the frozen one leads each of its figures somewhere.
func papersDiffer(ctx context.Context, t *testing.T, parts demo.Parts) {
	t.Helper()
	ctx = service.As(ctx, service.Caller{System: "a test", May: []access.Action{"account.read", "account.edit", "account.review", "submission.read"}})
	list, err := parts.Papers.List(ctx, accounting.Filter{}, store.Page{})
	if err != nil {
		t.Fatal(err)
	}
	states := map[accounting.State]accounting.ID{}
	for _, r := range list.Reports {
		states[r.State] = r.ID
	}
	for _, state := range []accounting.State{accounting.Drafted, accounting.Reviewed, accounting.Waiting, accounting.Frozen} {
		if states[state] == "" {
			t.Errorf("no report is %s", state.Label().EN)
		}
	}
	frozen, err := parts.Papers.Report(ctx, states[accounting.Frozen])
	if err != nil {
		t.Fatal(err)
	}
	sourced := 0
	for key := range frozen.Shown.Figures {
		traced, err := parts.Papers.Figure(ctx, frozen.ID, key)
		if err != nil {
			t.Fatal(err)
		}
		if len(traced.From) > 0 {
			sourced++
		}
	}
	if sourced < len(frozen.Shown.Figures) || sourced < 50 || !frozen.Public || frozen.Number.IsZero() {
		t.Errorf("of %d figures %d lead to a source; number %s", len(frozen.Shown.Figures), sourced, frozen.Number)
	}
}
