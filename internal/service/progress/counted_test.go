package progress_test

import (
	"context"
	"testing"

	"github.com/uptrace/bun"

	"luoshi/internal/service/progress"
	"luoshi/internal/store"
	"luoshi/ledger"
	"luoshi/ledger/light"
)

// TestCountsFollowWhatTheyCount: what was counted once is kept, and is counted anew once a light is set by hand or a
// commitment goes to another unit.
func TestCountsFollowWhatTheyCount(t *testing.T) {
	each(t, func(t *testing.T, o *town) {
		o.begin(t)
		o.compute(t)
		seen := func() progress.Overview { return have[progress.Overview](t)(o.Overview(o.leader, o.Plan.ID)) }
		red := seen().Total.Colours[light.Red]
		if again := seen().Total.Colours[light.Red]; again != red {
			t.Errorf("%d red lights, and %d when counted again", red, again)
		}
		if err := o.SetByHand(o.office, progress.ByHand{Commitment: o.Commitment.ID, Colour: light.Blue, Reason: "已现场核验"}); err != nil {
			t.Fatal(err)
		}
		if got := seen().Total; got.Colours[light.Blue] != 1 || got.ByHand != 1 {
			t.Errorf("a light was set by hand: %+v", got)
		}
		led := func(unit ledger.UnitID) int {
			for _, u := range seen().Units {
				if u.Unit == unit {
					return u.All
				}
			}
			return 0
		}
		bureau, street := led(o.Bureau.ID), led(o.Street.ID)
		record := have[store.Record[ledger.Commitment]](t)(o.Store().Commitments().Get(t.Context(), string(o.Commitment.ID)))
		record.Value.Lead = o.Street.ID
		o.Changed(t, "commitments", func(ctx context.Context, _ bun.Tx) error {
			_, err := o.Store().Commitments().Change(ctx, record.Value, record.Revision)
			return err
		})
		if led(o.Bureau.ID) != bureau-1 || led(o.Street.ID) != street+1 {
			t.Errorf("a commitment went from the bureau to the street: %d and %d, before %d and %d", led(o.Bureau.ID), led(o.Street.ID), bureau, street)
		}
	})
}
