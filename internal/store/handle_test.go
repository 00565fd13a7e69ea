package store_test

import (
	"context"
	"testing"

	"github.com/uptrace/bun"

	"luoshi/internal/store"
	"luoshi/internal/store/storetest"
)

func TestTheHandleSeesWhatWasWrittenAndIsCounted(t *testing.T) {
	storetest.EachWith(t, store.Options{Rooms: []store.Room{steps(1)}}, func(t *testing.T, s *store.Store) {
		err := s.Within(t.Context(), func(ctx context.Context, tx bun.Tx) error {
			_, err := tx.ExecContext(ctx, "INSERT INTO notes (id) VALUES ('a')")
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		var id string
		if err := s.SQL().QueryRowContext(t.Context(), "SELECT id FROM notes").Scan(&id); err != nil || id != "a" {
			t.Errorf("%q, %v", id, err)
		}
		held, err := s.SQL().Conn(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		defer held.Close()
		open := 0
		for _, pool := range s.Pools() {
			open += pool.OpenConnections
		}
		if open == 0 {
			t.Error("no connection is counted")
		}
	})
}
