// Package storetest lets tests of the store, and of the rooms that keep tables, run on both databases:
// on a SQLite file and on a PostgreSQL server of the test binary's own. Where PostgreSQL is not
// installed its tests are skipped, or fail when LUOSHI_REQUIRE_POSTGRES is 1.
package storetest

import (
	"errors"
	"os"
	"path/filepath"
	"testing"

	"luoshi/internal/store"
)

// Each runs a test on a fresh, migrated store of each dialect, as the subtests sqlite and postgres.
func Each(t *testing.T, test func(t *testing.T, s *store.Store)) {
	EachWith(t, store.Options{}, test)
}

// EachWith is Each with options, such as the migrations of a room.
func EachWith(t *testing.T, options store.Options, test func(t *testing.T, s *store.Store)) {
	EachDSN(t, func(t *testing.T, dsn string) { test(t, Open(t, dsn, options)) })
}

// EachDSN runs a test with the address of an empty database of each dialect.
func EachDSN(t *testing.T, test func(t *testing.T, dsn string)) {
	t.Run("sqlite", func(t *testing.T) { test(t, SQLite(t)) })
	t.Run("postgres", func(t *testing.T) { test(t, Postgres(t)) })
}

// Open opens a store until the test ends.
func Open(tb testing.TB, dsn string, options store.Options) *store.Store {
	tb.Helper()
	s, err := store.Open(tb.Context(), dsn, options)
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() {
		if err := s.Close(); err != nil {
			tb.Errorf("close: %v", err)
		}
	})
	return s
}

// SQLite is the address of a SQLite file that does not exist yet.
func SQLite(tb testing.TB) string {
	return "sqlite:" + filepath.Join(tb.TempDir(), "luoshi.db")
}

// Postgres is the address of an empty database on the server of this test binary.
func Postgres(tb testing.TB) string {
	tb.Helper()
	server, err := start()
	if errors.Is(err, errAbsent) && os.Getenv("LUOSHI_REQUIRE_POSTGRES") != "1" {
		tb.Skip(err)
	}
	if err != nil {
		tb.Fatalf("PostgreSQL for tests: %v", err)
	}
	dsn, drop, err := server.create(tb.Context())
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() {
		if err := drop(); err != nil {
			tb.Errorf("drop database: %v", err)
		}
	})
	return dsn
}
