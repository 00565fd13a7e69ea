package progress_test

import (
	"context"
	"testing"

	"github.com/uptrace/bun"

	"luoshi/ledger/reporting"
)

// TestComputingOnADayThatIsNotNew: lights that are of today are computed again only where that was asked for, or where
// the last computation broke off.
func TestComputingOnADayThatIsNotNew(t *testing.T) {
	each(t, func(t *testing.T, o *town) {
		begun := func() (n int64) {
			must(t, o.Store().View(t.Context()).NewSelect().Table("light_runs").Column("begun").Where("plan = ?", o.Plan.ID).Scan(t.Context(), &n))
			return n
		}
		o.begin(t)
		must(t, o.Compute(o.job, nil))
		first := begun()
		must(t, o.Compute(o.job, nil))
		if got := begun(); got != first {
			t.Errorf("the same day is computed again: %d computations instead of %d", got, first)
		}
		o.lock(o.street, t, o.Street.ID, 3, said(reporting.IndicatorSubject(o.Indicator.ID), "5", reporting.UnderWay))
		must(t, o.Compute(o.job, nil))
		if got := begun(); got != first+1 {
			t.Errorf("what was asked for is not computed: %d computations instead of %d", got, first+1)
		}
		must(t, o.Store().Within(t.Context(), func(ctx context.Context, tx bun.Tx) error {
			_, err := tx.NewUpdate().Table("light_runs").Set("begun = begun + 1").Where("plan = ?", o.Plan.ID).Exec(ctx)
			return err
		}))
		must(t, o.Compute(o.job, nil))
		if got := begun(); got != first+3 {
			t.Errorf("what broke off is not computed: %d computations instead of %d", got, first+3)
		}
		o.clock.on(4, 11)
		must(t, o.Compute(o.job, nil))
		if got := begun(); got != first+4 {
			t.Errorf("lights of another day are not computed: %d computations instead of %d", got, first+4)
		}
	})
}
