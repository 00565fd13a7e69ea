package load_test

import (
	"testing"

	"luoshi/internal/load"
	"luoshi/internal/service"
	"luoshi/internal/service/servicetest"
	"luoshi/internal/store"
	"luoshi/internal/store/storetest"
	"luoshi/ledger"
)

// small is a district that tests have time for.
var small = load.Size{Units: 30, Commitments: 60, Projects: 12, Indicators: 5, Years: 3}

func TestAGeneratedDistrictKeepsTheRulesOfTheLedger(t *testing.T) {
	servicetest.Each(t, func(t *testing.T, f *servicetest.Fixture) {
		made, err := load.Fill(t.Context(), f.Core, small)
		if err != nil {
			t.Fatal(err)
		}
		if len(made.Units) != small.Units || len(made.Plans) != small.Years {
			t.Errorf("%d units, %d plans", len(made.Units), len(made.Plans))
		}
		for i, plan := range made.Plans {
			records, err := service.All(t.Context(), f.Store().Commitments().List, store.InPlan(plan))
			if err != nil {
				t.Fatal(err)
			}
			var commitments []ledger.Commitment
			for _, r := range records {
				commitments = append(commitments, r.Value)
			}
			if want := small.In(2024 + i).Commitments; len(commitments) != want {
				t.Errorf("%d commitments, not %d", len(commitments), want)
			}
			if err := ledger.ValidateCommitments(commitments).Err(); err != nil {
				t.Error(err)
			}
		}
		if entries := f.Entries(t, "plans", string(made.Plans[0])); len(entries) != 1 {
			t.Errorf("the log has %v of a plan", entries)
		}
	})
}

func BenchmarkFill(b *testing.B) {
	for b.Loop() {
		f := servicetest.Settle(b, storetest.Open(b, storetest.SQLite(b), store.Options{Rooms: servicetest.Rooms()}))
		if _, err := load.Fill(b.Context(), f.Core, load.Once); err != nil {
			b.Fatal(err)
		}
	}
}
