package demo_test

import (
	"context"
	"strings"
	"testing"

	"luoshi/internal/demo"
	"luoshi/internal/service/bulletin"
	"luoshi/internal/service/progress"
	"luoshi/internal/store"
	rules "luoshi/ledger/bulletin"
)

// bulletinsAreTraced sees that two bulletins are published and one is being drafted, that units have confirmed, and that
// every figure leads to where it is from.
func bulletinsAreTraced(ctx context.Context, t *testing.T, parts demo.Parts) {
	t.Helper()
	list, err := parts.Bulletins.List(ctx, bulletin.Filter{}, store.Page{Limit: 10})
	if err != nil {
		t.Fatal(err)
	}
	states := map[bulletin.State]int{}
	for _, b := range list.Bulletins {
		states[b.State]++
		if b.State == bulletin.Issued && (b.Number == "" || b.Read < 10 || b.Read >= b.Sent) {
			t.Errorf("bulletin %q: %d of %d units have confirmed", b.Number, b.Read, b.Sent)
		}
		view, err := parts.Bulletins.Bulletin(ctx, b.ID)
		if err != nil {
			t.Fatal(err)
		}
		if unsourced := rules.Unsourced(view.Read); len(unsourced) > 0 || len(view.Blocks) == 0 {
			t.Errorf("%s: %d blocks, and without a source: %v", b.Title, len(view.Blocks), unsourced)
		}
		for _, figure := range view.Shown().Figures() {
			leadsSomewhere(ctx, t, parts, view, figure)
		}
	}
	if states[bulletin.Issued] != 2 || states[bulletin.Drafted] != 1 {
		t.Errorf("bulletins by state: %v", states)
	}
}

// leadsSomewhere follows a figure. What a draft counts of the lights, the list of lights counts too; of a published one the
// lights have turned since.
func leadsSomewhere(ctx context.Context, t *testing.T, parts demo.Parts, b bulletin.View, figure rules.Part) {
	t.Helper()
	if figure.From == nil {
		t.Errorf("%s: nobody knows where %s is from", b.Title, figure.Key)
		return
	}
	tables := map[rules.SourceKind]string{rules.FromLight: "commitments", rules.FromItem: "commitments", rules.FromOrder: "orders", rules.FromUnit: "units"}
	if table, record := tables[figure.From.Kind]; record {
		if !isThere(ctx, t, parts, table, figure.From.ID) {
			t.Errorf("%s: %s leads to %s %q, which is not there", b.Title, figure.Key, table, figure.From.ID)
		}
		return
	}
	table, counts := strings.CutPrefix(figure.Key, "lights/")
	if b.State != bulletin.Drafted || !counts || strings.Contains(table, "total") || figure.From.Kind != rules.FromLights {
		return
	}
	query := progress.LightQuery{Plan: b.Plan, Unit: figure.From.Unit, Overdue: figure.From.Overdue}
	if figure.From.Colour != "" {
		query.Colours = append(query.Colours, figure.From.Colour)
	}
	n, err := parts.Progress.CountLights(ctx, query)
	if err != nil {
		t.Fatal(err)
	}
	if figure.Value.Number().Coef != n && !strings.HasPrefix(table, "leaders") {
		t.Errorf("%s: %s is %s, and the list has %d", b.Title, figure.Key, figure.Text, n)
	}
}

// isThere tells whether a table has a record.
func isThere(ctx context.Context, t *testing.T, parts demo.Parts, table, id string) bool {
	t.Helper()
	there, err := parts.Core.Store().View(ctx).NewSelect().Table(table).Where("id = ?", id).Exists(ctx)
	if err != nil {
		t.Fatal(err)
	}
	return there
}
