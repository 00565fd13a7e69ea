package store

import (
	"context"
	"crypto/rand"
	"errors"
	"log/slog"
	"strings"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/uptrace/bun"

	"luoshi/ledger"
)

// Options are what Open may be told. The zero Options are good for a server.
type Options struct {
	// Rooms are the migrations of other rooms, run after the store's own and in this order.
	Rooms []Room
	// Now is the clock; time.Now where it is nil.
	Now func() time.Time
	// Connections bounds the connections for reading (SQLite) or altogether (PostgreSQL); 8 where it is 0.
	Connections int
	// Wait is how long a write waits for another one before it is tried anew; 5 s where it is 0.
	Wait time.Duration
	// Log hears of migrations and of transactions tried anew; nobody where it is nil.
	Log *slog.Logger
}

func (o Options) filled() Options {
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Connections == 0 {
		o.Connections = 8
	}
	if o.Wait == 0 {
		o.Wait = 5 * time.Second
	}
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	return o
}

// Dialect is one of the databases.
type Dialect string

const (
	SQLite   Dialect = "sqlite"
	Postgres Dialect = "postgres"
)

// Store is an open ledger.
type Store struct {
	dialect Dialect
	writer  *bun.DB
	reader  *bun.DB       // of SQLite: connections that only read; of PostgreSQL the writer itself
	path    string        // of SQLite's file
	pool    *pgxpool.Pool // of PostgreSQL
	options Options
	// versions are those of the rooms' tables.
	versions map[string]int64
}

// Open opens the database that a DSN names, "sqlite:PATH" or "postgres://…", and brings its schema up to
// date. What a person can mend comes back as a [Fault].
func Open(ctx context.Context, dsn string, options Options) (*Store, error) {
	options = options.filled()
	switch scheme, rest, _ := strings.Cut(dsn, ":"); scheme {
	case "sqlite":
		return openSQLite(ctx, rest, options)
	case "postgres", "postgresql":
		return openPostgres(ctx, dsn, options)
	}
	return nil, fault("dsn.unknown", nil,
		"数据库地址无法识别，请写作 sqlite:文件路径 或 postgres://用户:密码@主机/库名。",
		"The address of the database is not understood; write sqlite:PATH or postgres://user:password@host/name.")
}

// Dialect tells which database this is.
func (s *Store) Dialect() Dialect { return s.dialect }

// Close ends all connections.
func (s *Store) Close() error {
	err := s.writer.Close()
	if s.reader != s.writer {
		err = errors.Join(err, s.reader.Close())
	}
	if s.pool != nil {
		s.pool.Close()
	}
	return err
}

// Ping tells whether the database answers.
func (s *Store) Ping(ctx context.Context) error { return s.reader.PingContext(ctx) }

// Now is the time in UTC, in the precision that both databases keep.
func (s *Store) Now() time.Time { return s.options.Now().UTC().Truncate(time.Microsecond) }

// NewID makes an identifier: store.NewID[ledger.UnitID](s).
func NewID[ID ~string](s *Store) ID {
	var random [10]byte
	_, _ = rand.Read(random[:]) // never fails
	return ID(ledger.NewUUID(s.options.Now().UnixMilli(), random))
}
