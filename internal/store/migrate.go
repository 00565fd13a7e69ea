package store

import (
	"context"
	"fmt"
	"io/fs"
	"maps"
	"slices"

	"github.com/pressly/goose/v3"
	"github.com/pressly/goose/v3/lock"

	"luoshi/internal/store/migrations"
)

// Room is the migrations of a room that keeps tables beside the store's own.
//
// Each room numbers its migrations by itself, from 00001 (00001_log.sql), and has a table of its own that
// says how far they are (schema_audit). So a room may add a step without knowing of the others; its
// tables may refer to those of the rooms that are migrated before it: the store's first, then the rooms
// in the order of Options.Rooms, which is the order of the rooms in the design.
type Room struct {
	Name string // in lower-case letters: audit
	// Files hold the migrations in the form of goose: in the folders shared, sqlite and postgres, or
	// at the top where they are the same for both.
	Files fs.FS
	// Blobs tell which files its records name; nil where they name none.
	Blobs Blobs
}

// migrate brings every room's tables up to date. Processes that start at once wait for each other: on
// PostgreSQL here, on SQLite in Open.
func (s *Store) migrate(ctx context.Context) error {
	for _, room := range s.rooms() {
		if err := s.migrateRoom(ctx, room); err != nil {
			return err
		}
	}
	return nil
}

func (s *Store) rooms() []Room {
	return append([]Room{{Name: "store", Files: migrations.Files, Blobs: BlobsIn("documents.id")}}, s.options.Rooms...)
}

func (s *Store) migrateRoom(ctx context.Context, room Room) error {
	provider, err := s.provider(room)
	if err != nil {
		return fmt.Errorf("store: migrations of %s: %w", room.Name, err)
	}
	current, target, err := provider.GetVersions(ctx)
	if err != nil {
		return fmt.Errorf("store: version of %s: %w", room.Name, err)
	}
	if current > target {
		return newer(room.Name, current, target)
	}
	s.versions[room.Name] = target
	if current == target {
		return nil
	}
	results, err := provider.Up(ctx)
	if err != nil {
		return fmt.Errorf("store: migrate %s: %w", room.Name, err)
	}
	s.options.Log.InfoContext(ctx, "database migrated", "room", room.Name, "from", current, "to", target, "steps", len(results))
	return nil
}

func newer(room string, current, target int64) error {
	return fault("database.newer", fmt.Errorf("%s is at %d, this program knows %d", room, current, target),
		"数据库由更新版本的程序建立，请升级程序后再打开。",
		"The database was made by a newer version of the program; upgrade the program to open it.")
}

func (s *Store) provider(room Room) (*goose.Provider, error) {
	options := []goose.ProviderOption{
		goose.WithTableName("schema_" + room.Name), goose.WithDisableGlobalRegistry(true),
	}
	dialect := goose.DialectSQLite3
	if s.dialect == Postgres {
		locker, err := lock.NewPostgresSessionLocker(lock.WithLockTimeout(1, 60))
		if err != nil {
			return nil, err
		}
		dialect, options = goose.DialectPostgres, append(options, goose.WithSessionLocker(locker))
	}
	return goose.NewProvider(dialect, s.writer.DB, layers(room.Files, s.dialect), options...)
}

// Rooms are the names of the rooms whose tables the store holds, with the version that each is at.
func (s *Store) Rooms() map[string]int64 { return maps.Clone(s.versions) }

// layered shows the files of several folders as one.
type layered []fs.FS

// layers are the folders of a room's files that a database is built from.
func layers(files fs.FS, dialect Dialect) layered {
	found := layered{files}
	for _, folder := range []string{"shared", string(dialect)} {
		if sub, err := fs.Sub(files, folder); err == nil {
			found = append(found, sub)
		}
	}
	return found
}

// Open opens the file of the first folder that has it.
func (l layered) Open(name string) (fs.File, error) {
	err := error(&fs.PathError{Op: "open", Path: name, Err: fs.ErrNotExist})
	for _, layer := range l {
		var f fs.File
		if f, err = layer.Open(name); err == nil {
			return f, nil
		}
	}
	return nil, err
}

// Glob finds files in all folders.
func (l layered) Glob(pattern string) ([]string, error) {
	var found []string
	for _, layer := range l {
		names, err := fs.Glob(layer, pattern)
		if err != nil {
			return nil, err
		}
		found = append(found, names...)
	}
	slices.Sort(found) // goose takes the last one for the newest
	return found, nil
}
