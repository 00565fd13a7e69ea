package backup_test

import (
	"bytes"
	"testing"
	"testing/fstest"

	"luoshi/internal/store"
	"luoshi/internal/store/backup"
	"luoshi/internal/store/storetest"
)

// A counter that a migration begins is there in every new database; a backup replaces it.
func TestCountersThatMigrationsBeginAreReplaced(t *testing.T) {
	counting := store.Options{Rooms: []store.Room{{Name: "counter", Files: fstest.MapFS{"00001_state.sql": {Data: []byte(
		"-- +goose Up\nCREATE TABLE counter_state (id BIGINT NOT NULL PRIMARY KEY, number BIGINT NOT NULL);\nINSERT INTO counter_state VALUES (1, 1);\n")}}}}}
	storetest.EachWith(t, counting, func(t *testing.T, s *store.Store) {
		if _, err := s.SQL().ExecContext(t.Context(), "UPDATE counter_state SET number = 42"); err != nil {
			t.Fatal(err)
		}
		into := storetest.Open(t, storetest.SQLite(t), counting)
		if err := backup.Restore(t.Context(), into, bytes.NewReader(write(t, s))); err != nil {
			t.Fatal(err)
		}
		var number, rows int
		if err := into.SQL().QueryRowContext(t.Context(), "SELECT number, count(*) FROM counter_state").Scan(&number, &rows); err != nil || number != 42 || rows != 1 {
			t.Errorf("%d in %d rows, %v", number, rows, err)
		}
	})
}
