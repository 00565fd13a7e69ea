package store_test

import (
	"testing"

	"luoshi/internal/store"
	"luoshi/internal/store/storetest"
	"luoshi/ledger"
)

func TestUnits(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		u := ledger.Unit{ID: store.NewID[ledger.UnitID](s), Kind: ledger.Government, Name: "望溪区人民政府", Aliases: []string{"区政府"}}
		added, err := s.Units().Add(t.Context(), u)
		if err != nil {
			t.Fatal(err)
		}
		u.Name = "新望溪区人民政府"
		changed, err := s.Units().Change(t.Context(), u, added.Revision)
		if err != nil {
			t.Fatal(err)
		}
		got, err := s.Units().Get(t.Context(), string(u.ID))
		if err != nil {
			t.Fatal(err)
		}
		if got.Value.Name != u.Name || got.Revision != 2 || !changed.Created.Equal(got.Created) {
			t.Errorf("got %+v changed %+v", got, changed)
		}
		_, err = s.Units().Change(t.Context(), u, 1)
		if !store.IsConflict(err) {
			t.Errorf("err = %v", err)
		}
	})
}
