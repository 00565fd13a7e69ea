package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"math/rand/v2"
	"time"

	"github.com/uptrace/bun"
)

// inside is the key under which a context carries the transaction that it belongs to.
type inside struct{ store *Store }

// attempts is how often a transaction that loses against others is tried altogether.
const attempts = 8

// Within runs a use case in one transaction: all of it is kept when do returns nil, and nothing of it
// otherwise. With a context that already is inside a transaction of this store, do joins that one; an
// error must then be passed on, because what was done before it cannot be taken back alone.
//
// A transaction that loses against another one is run again, so do must not change anything but the
// database and what it sets anew each time. What is to happen in the world (a file removed, a message
// sent) belongs after Within or in a job enqueued by it.
//
// PostgreSQL runs it at READ COMMITTED: records are guarded by their revisions, and what must be
// serial (the log) takes a lock of its own.
func (s *Store) Within(ctx context.Context, do func(ctx context.Context, tx bun.Tx) error) error {
	if tx, ok := s.current(ctx); ok {
		return do(ctx, tx)
	}
	for attempt := 1; ; attempt++ {
		err := s.once(ctx, do)
		if err == nil || attempt == attempts || !s.lost(err) {
			return err
		}
		s.options.Log.InfoContext(ctx, "transaction tried anew", "attempt", attempt, "error", err)
		if err := pause(ctx, attempt); err != nil {
			return err
		}
	}
}

func (s *Store) current(ctx context.Context) (bun.Tx, bool) {
	tx, ok := ctx.Value(inside{s}).(bun.Tx)
	return tx, ok
}

// Inside tells whether a context belongs to a transaction of this store: what is read with it may yet be undone.
func (s *Store) Inside(ctx context.Context) bool {
	_, inside := s.current(ctx)
	return inside
}

func (s *Store) once(ctx context.Context, do func(ctx context.Context, tx bun.Tx) error) error {
	tx, err := s.writer.BeginTx(ctx, nil)
	if err != nil {
		return fmt.Errorf("store: begin: %w", err)
	}
	// Rolls back after an error and after a panic; it does nothing to what is committed.
	defer func() { _ = tx.Rollback() }()
	if err := do(context.WithValue(ctx, inside{s}, tx), tx); err != nil {
		return err
	}
	if err := tx.Commit(); err != nil {
		return fmt.Errorf("store: commit: %w", err)
	}
	return nil
}

// lost tells whether a transaction failed only because another one was in its way.
func (s *Store) lost(err error) bool {
	if s.dialect == SQLite {
		return busySQLite(err)
	}
	return lostPostgres(err)
}

// taken tells whether a row failed because there is one with its key.
func (s *Store) taken(err error) bool {
	if s.dialect == SQLite {
		return takenSQLite(err)
	}
	return takenPostgres(err)
}

// pause waits longer from one attempt to the next, by chance, so that rivals do not meet again.
func pause(ctx context.Context, attempt int) error {
	longest := 5 * time.Millisecond << attempt
	timer := time.NewTimer(longest/2 + rand.N(longest/2))
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-timer.C:
		return nil
	}
}

// View is what reads run on: the transaction that the context belongs to, or else a connection for
// reading.
func (s *Store) View(ctx context.Context) bun.IDB {
	if tx, ok := s.current(ctx); ok {
		return tx
	}
	return s.reader
}

// Snapshot runs reads that must see one state of the database.
func (s *Store) Snapshot(ctx context.Context, do func(ctx context.Context, tx bun.Tx) error) error {
	if tx, ok := s.current(ctx); ok {
		return do(ctx, tx)
	}
	options := &sql.TxOptions{ReadOnly: true}
	if s.dialect == Postgres {
		options.Isolation = sql.LevelRepeatableRead
	}
	tx, err := s.reader.BeginTx(ctx, options)
	if err != nil {
		return fmt.Errorf("store: begin reading: %w", err)
	}
	err = do(context.WithValue(ctx, inside{s}, tx), tx)
	return errors.Join(err, tx.Rollback())
}
