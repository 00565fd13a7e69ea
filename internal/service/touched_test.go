package service_test

import (
	"context"
	"testing"

	"github.com/uptrace/bun"

	"luoshi/internal/service"
	"luoshi/internal/service/servicetest"
)

// TestAStateIsCountedWhenTheLogHasNewEntriesAboutIt: entries about other things leave it as it is, and a transaction counts
// what it sees itself.
func TestAStateIsCountedWhenTheLogHasNewEntriesAboutIt(t *testing.T) {
	servicetest.Each(t, func(t *testing.T, f *servicetest.Fixture) {
		var standing service.Standing[int]
		counted := 0
		ofPlans := func(q *bun.SelectQuery) *bun.SelectQuery { return q.Where("object_kind = ?", "plans") }
		state := func(ctx context.Context) int {
			t.Helper()
			number, err := standing.State(ctx, f.Core, ofPlans, func(context.Context) (int, error) {
				counted++
				return counted, nil
			})
			if err != nil {
				t.Fatal(err)
			}
			return number
		}
		want := func(when string, want int) {
			t.Helper()
			if got := state(t.Context()); got != want {
				t.Errorf("%s the state is the one of count %d, want %d", when, got, want)
			}
		}
		nothing := func(context.Context, bun.Tx) error { return nil }
		want("at first", 1)
		want("when nothing happened", 1)
		f.Changed(t, "units", nothing)
		want("when something else changed", 1)
		f.Changed(t, "plans", func(ctx context.Context, _ bun.Tx) error {
			if got := state(ctx); got != 2 {
				t.Errorf("within a transaction the state is the one of count %d", got)
			}
			return nil
		})
		want("when a plan changed", 3)
		want("again", 3)
	})
}
