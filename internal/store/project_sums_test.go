package store_test

import (
	"reflect"
	"testing"

	"luoshi/internal/store"
	"luoshi/internal/store/storetest"
	"luoshi/ledger"
)

func figure(t *testing.T, text string) ledger.Decimal {
	t.Helper()
	d, err := ledger.ParseDecimal(text)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func TestProjectsAreAddedUpExactly(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		d := storetest.Settle(t, s)
		add := func(category ledger.ProjectCategory, stage ledger.Stage, total string, years ...ledger.Investment) {
			t.Helper()
			p := ledger.Project{
				ID: store.NewID[ledger.ProjectID](s), Plan: d.Plan.ID, Name: "工程", Category: category, Stage: stage,
				Total: figure(t, total), Years: years,
			}
			if _, err := s.Projects().Add(t.Context(), p); err != nil {
				t.Fatal(err)
			}
		}
		in := func(year int, planned, done string) ledger.Investment {
			return ledger.Investment{Year: year, Planned: figure(t, planned), Done: figure(t, done)}
		}
		add(ledger.Industry, ledger.Ongoing, "0.1", in(2025, "0.7", "0.7"), in(2026, "0.1", ""))
		add(ledger.Industry, ledger.Ongoing, "0.2", in(2026, "0.2", "0.3"))
		add(ledger.Industry, ledger.Reserve, "")

		sums, err := s.Projects().Sums(t.Context(), 2026, store.InPlan(d.Plan.ID))
		if err != nil {
			t.Fatal(err)
		}
		want := []store.ProjectSum{
			{Category: ledger.CityRenewal, Stage: ledger.Ongoing, Number: 1, Total: figure(t, "1594000000"), Planned: figure(t, "40000.5")},
			{Category: ledger.Industry, Stage: ledger.Ongoing, Number: 2, Total: figure(t, "0.3"), Planned: figure(t, "0.3"), Done: figure(t, "0.3")},
			{Category: ledger.Industry, Stage: ledger.Reserve, Number: 1},
		}
		if !reflect.DeepEqual(sums, want) {
			t.Errorf("got  %v\nwant %v", sums, want)
		}
		none, err := s.Projects().Sums(t.Context(), 2026, store.LedBy(d.Bureau.ID))
		if err != nil || len(none) != 0 {
			t.Errorf("got %v, %v", none, err)
		}
	})
}
