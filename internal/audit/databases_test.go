package audit_test

import (
	"context"
	"database/sql"
	"io/fs"
	"os"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/stdlib"
	"github.com/pressly/goose/v3"
	"github.com/uptrace/bun"
	"github.com/uptrace/bun/dialect/pgdialect"
	"github.com/uptrace/bun/dialect/sqlitedialect"
	_ "modernc.org/sqlite"

	"luoshi/internal/audit"
	"luoshi/internal/audit/migrations"
	"luoshi/internal/audit/signing"
	"luoshi/internal/store/storetest"
)

func TestMain(m *testing.M) {
	if dsn := os.Getenv(writerEnv); dsn != "" {
		writeUntilKilled(dsn)
		return
	}
	m.Run()
}

// onEachDatabase runs a test on an empty log in SQLite and in PostgreSQL.
func onEachDatabase(t *testing.T, test func(t *testing.T, dsn string, db *bun.DB)) {
	storetest.EachDSN(t, func(t *testing.T, dsn string) { test(t, dsn, prepared(t, dsn)) })
}

// prepared opens the database and makes its tables.
func prepared(tb testing.TB, dsn string) *bun.DB {
	tb.Helper()
	db, err := open(dsn)
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() { _ = db.Close() })
	folder, dialect := "sqlite", goose.DialectSQLite3
	if strings.HasPrefix(dsn, "postgres") {
		folder, dialect = "postgres", goose.DialectPostgres
	}
	files, err := fs.Sub(migrations.Files, folder)
	if err != nil {
		tb.Fatal(err)
	}
	provider, err := goose.NewProvider(dialect, db.DB, files)
	if err != nil {
		tb.Fatal(err)
	}
	if _, err := provider.Up(tb.Context()); err != nil {
		tb.Fatal(err)
	}
	return db
}

// open connects as the server does: SQLite with WAL, each commit synced, writers taking their lock at once.
func open(dsn string) (*bun.DB, error) {
	if path, ok := strings.CutPrefix(dsn, "sqlite:"); ok {
		db, err := sql.Open("sqlite", "file:"+path+"?_pragma=busy_timeout(60000)&_pragma=journal_mode(WAL)"+
			"&_pragma=synchronous(FULL)&_txlock=immediate")
		if err != nil {
			return nil, err
		}
		return bun.NewDB(db, sqlitedialect.New()), nil
	}
	config, err := pgx.ParseConfig(dsn)
	if err != nil {
		return nil, err
	}
	config.DefaultQueryExecMode = pgx.QueryExecModeSimpleProtocol
	db := stdlib.OpenDB(*config)
	db.SetMaxOpenConns(20)
	return bun.NewDB(db, pgdialect.New()), nil
}

// within is a transaction that writes, as store.Within is.
func within(db *bun.DB) audit.Within {
	return func(ctx context.Context, do func(context.Context, bun.Tx) error) error {
		return db.RunInTx(ctx, nil, do)
	}
}

// sign signs a head in a transaction of its own.
func sign(ctx context.Context, db *bun.DB, log *audit.Log, key *signing.Key, earlier ...*signing.PublicKey) (signed string, err error) {
	err = db.RunInTx(ctx, nil, func(ctx context.Context, tx bun.Tx) error {
		signed, err = log.Sign(ctx, tx, key, earlier...)
		return err
	})
	return signed, err
}

// inSnapshot reads the database as it is at one moment.
func inSnapshot[R any](ctx context.Context, db *bun.DB, read func(ctx context.Context, tx bun.IDB) (R, error)) (result R, err error) {
	moment := &sql.TxOptions{Isolation: sql.LevelRepeatableRead, ReadOnly: true}
	err = db.RunInTx(ctx, moment, func(ctx context.Context, tx bun.Tx) error {
		result, err = read(ctx, tx)
		return err
	})
	return result, err
}

func verify(ctx context.Context, db *bun.DB, keys signing.Keyring, known ...string) (*audit.Report, error) {
	return inSnapshot(ctx, db, func(ctx context.Context, tx bun.IDB) (*audit.Report, error) {
		return audit.Verify(ctx, tx, keys, known...)
	})
}
