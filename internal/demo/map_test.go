package demo_test

import (
	"testing"

	"luoshi/internal/access"
	"luoshi/internal/service"
	"luoshi/internal/store/storetest"
	"luoshi/ledger"
)

// Every project in construction stands on the map, in the street that its place names, and every street has money.
func TestTheMapShowsEveryProject(t *testing.T) {
	parts := settle(t, storetest.SQLite(t))
	ctx := service.As(t.Context(), service.Caller{System: "test", May: []access.Action{"atlas.read", "plan.read", "light.read", "project.read"}})
	plans, err := service.All(ctx, parts.Core.Store().Plans().List)
	if err != nil {
		t.Fatal(err)
	}
	for _, plan := range plans {
		if plan.Value.State != ledger.Published {
			continue
		}
		m, err := parts.Atlas.Map(ctx, plan.Value.ID)
		if err != nil {
			t.Fatal(err)
		}
		if len(m.Sheet.Areas) != 4 || len(m.Parts) != 4 || len(m.Spots) < 30 {
			t.Fatalf("%d areas, %d parts, %d projects", len(m.Sheet.Areas), len(m.Parts), len(m.Spots))
		}
		for _, spot := range m.Spots {
			if !spot.Placed || m.Sheet.At(spot.Point) != spot.Part {
				t.Errorf("%s stands at %v, in area %d, and is of %d", spot.Project.Name, spot.Point, m.Sheet.At(spot.Point), spot.Part)
			}
		}
		for _, part := range m.Parts {
			if part.Unit == "" || !part.Share().Known() {
				t.Errorf("%+v", part)
			}
		}
	}
}
