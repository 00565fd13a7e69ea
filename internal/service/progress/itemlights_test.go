package progress_test

import (
	"context"
	"testing"

	"luoshi/internal/service/progress"
	"luoshi/internal/store"
	"luoshi/ledger"
)

// TestDeputiesSeeTheLightsOfLivelihoodItemsAlone: what they chose is theirs to follow, and nothing else of the plan.
func TestDeputiesSeeTheLightsOfLivelihoodItemsAlone(t *testing.T) {
	each(t, func(t *testing.T, o *town) {
		o.begin(t)
		item := o.promise(t, ledger.CommitmentTerms{Title: "建成社区食堂6处", Section: 2, Kind: ledger.KindLivelihood, By: day(12, 31), Lead: o.Bureau.ID})
		o.compute(t)
		deputy := o.As(t.Context(), "deputy", o.Government.ID)
		plan := have[store.Record[ledger.Plan]](t)(o.Store().Plans().Get(t.Context(), string(o.Plan.ID)))
		shown := func(ctx context.Context) map[ledger.CommitmentID]progress.Shown {
			return have[map[ledger.CommitmentID]progress.Shown](t)(o.ItemLights(ctx, plan.Value, item, o.Commitment))
		}
		for name, who := range map[string]context.Context{"a deputy": deputy, "the office": o.office, "the unit": o.head} {
			if lights := shown(who); len(lights) != 1 || lights[item.ID].Colour == "" {
				t.Errorf("%s sees %+v", name, lights)
			}
		}
		if lights := shown(o.street); len(lights) != 0 {
			t.Errorf("a unit that has no part in it sees %+v", lights)
		}
		_, err := o.Light(deputy, item.ID)
		wantRefused(t, err, "light.read")
	})
}
