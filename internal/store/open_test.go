package store_test

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"testing/fstest"

	"github.com/uptrace/bun"

	"luoshi/internal/store"
	"luoshi/internal/store/storetest"
)

// steps are the first n migrations of a room that keeps notes.
func steps(n int) store.Room {
	files := fstest.MapFS{
		"shared/00001_notes.sql":   {Data: []byte("-- +goose Up\nCREATE TABLE notes (id plain_text NOT NULL PRIMARY KEY);\n")},
		"sqlite/00002_extra.sql":   {Data: []byte("-- +goose Up\nALTER TABLE notes ADD COLUMN words TEXT NOT NULL DEFAULT 'sqlite';\n")},
		"postgres/00002_extra.sql": {Data: []byte("-- +goose Up\nALTER TABLE notes ADD COLUMN words TEXT NOT NULL DEFAULT 'postgres';\n")},
	}
	if n < 2 {
		delete(files, "sqlite/00002_extra.sql")
		delete(files, "postgres/00002_extra.sql")
	}
	return store.Room{Name: "notes", Files: files}
}

func TestRoomsBringTheirMigrations(t *testing.T) {
	storetest.EachDSN(t, func(t *testing.T, dsn string) {
		old := storetest.Open(t, dsn, store.Options{Rooms: []store.Room{steps(1)}})
		if rooms := old.Rooms(); rooms["notes"] != 1 || rooms["store"] < 5 {
			t.Errorf("rooms are at %v", rooms)
		}
		s := storetest.Open(t, dsn, store.Options{Rooms: []store.Room{steps(2)}})
		var words string
		err := s.Within(t.Context(), func(ctx context.Context, tx bun.Tx) error {
			return tx.NewRaw("INSERT INTO notes (id) VALUES ('a') RETURNING words").Scan(ctx, &words)
		})
		if err != nil || words != string(s.Dialect()) {
			t.Errorf("the dialect's own step gives %q, %v", words, err)
		}
	})
}

func TestANewerDatabaseIsRefused(t *testing.T) {
	storetest.EachDSN(t, func(t *testing.T, dsn string) {
		storetest.Open(t, dsn, store.Options{Rooms: []store.Room{steps(2)}})
		_, err := store.Open(t.Context(), dsn, store.Options{Rooms: []store.Room{steps(1)}})
		if !store.HasFault(err, "database.newer") {
			t.Errorf("the error is %v", err)
		}
	})
}

func TestProcessesThatStartAtOnceMigrateOnce(t *testing.T) {
	storetest.EachDSN(t, func(t *testing.T, dsn string) {
		var wait sync.WaitGroup
		for range 4 {
			wait.Go(func() {
				s, err := store.Open(t.Context(), dsn, store.Options{})
				if err != nil {
					t.Error(err)
					return
				}
				if err := s.Close(); err != nil {
					t.Error(err)
				}
			})
		}
		wait.Wait()
	})
}

func TestWhatKeepsTheProgramFromItsDatabaseIsTold(t *testing.T) {
	dir := t.TempDir()
	file := filepath.Join(dir, "notes.txt")
	if err := os.WriteFile(file, []byte(strings.Repeat("这不是数据库。", 100)), 0o600); err != nil {
		t.Fatal(err)
	}
	for dsn, code := range map[string]string{
		"mysql://localhost/luoshi": "dsn.unknown",
		"luoshi.db":                "dsn.unknown",
		"sqlite:":                  "sqlite.path",
		"sqlite:" + dir:            "sqlite.not_writable",
		"sqlite:" + filepath.Join(dir, "no", "db"): "sqlite.no_folder",
		"sqlite:" + filepath.Join(file, "db"):      "sqlite.no_folder",
		"sqlite:" + file:                           "sqlite.damaged",
		"postgres://luoshi:secret@127.0.0.1:1/luoshi?sslmode=disable&connect_timeout=2": "postgres.unreachable",
		"postgres://luoshi:secret@host:port/luoshi":                                     "postgres.address",
	} {
		_, err := store.Open(t.Context(), dsn, store.Options{})
		if !store.HasFault(err, code) {
			t.Errorf("%s: the error is %v, want %s", dsn, err, code)
			continue
		}
		if strings.Contains(err.Error(), "secret") {
			t.Errorf("%s: the error tells the password: %v", dsn, err)
		}
	}
}

func TestAMissingDatabaseOfAServerIsTold(t *testing.T) {
	dsn := strings.Replace(storetest.Postgres(t), "/test_", "/absent_", 1)
	if _, err := store.Open(t.Context(), dsn, store.Options{}); !store.HasFault(err, "postgres.no_database") {
		t.Errorf("the error is %v", err)
	}
}

func TestPathsMayHoldAnyCharacters(t *testing.T) {
	path := filepath.Join(t.TempDir(), "望溪区 100% ?#&.db")
	s := storetest.Open(t, "sqlite:"+path, store.Options{})
	storetest.Settle(t, s)
	if _, err := os.Stat(path); err != nil {
		t.Error(err)
	}
}
