package audit

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/uptrace/bun"
	"github.com/uptrace/bun/dialect"

	"luoshi/internal/audit/merkle"
	"luoshi/internal/audit/signing"
)

// Log appends to the log of one database. It is safe for concurrent use and holds no state of the log: several
// processes may append to the same one.
type Log struct {
	origin string
	suite  signing.Suite
	now    func() time.Time
}

// ErrOtherLog is the error of opening a log that was begun under another origin or suite.
var ErrOtherLog = errors.New("the database holds a log of another origin or suite")

// Open begins the log where the database has none yet, and otherwise makes sure that it is this one. The tables
// of the package migrations must be there. The clock stamps entries and heads.
func Open(ctx context.Context, db bun.IDB, origin string, suite signing.Suite, now func() time.Time) (*Log, error) {
	_, err := db.NewRaw(`INSERT INTO audit_log (id, origin, suite, size) VALUES (1, ?, ?, 0) ON CONFLICT (id) DO NOTHING`,
		origin, string(suite)).Exec(ctx)
	if err != nil {
		return nil, fmt.Errorf("begin the audit log: %w", err)
	}
	found, err := state(ctx, db)
	if err != nil {
		return nil, err
	}
	if found.origin != origin || found.suite != string(suite) {
		return nil, fmt.Errorf("open the audit log %s (%s): found %s (%s): %w", origin, suite, found.origin, found.suite, ErrOtherLog)
	}
	return &Log{origin: origin, suite: suite, now: now}, nil
}

// Append writes entries for the changes, in their order, in the transaction of the changes, and returns them. From
// here to the end of the transaction every other appender waits. After an error nothing of it is written.
func (l *Log) Append(ctx context.Context, tx bun.Tx, changes ...Change) ([]Entry, error) {
	if len(changes) == 0 {
		return nil, nil
	}
	entries := make([]Entry, len(changes))
	for i, change := range changes {
		var err error
		if entries[i], err = change.entry(l.suite.Hashing()); err != nil {
			return nil, err
		}
	}
	err := whole(ctx, tx, func(ctx context.Context, tx bun.Tx) error { return l.write(ctx, tx, entries) })
	if err != nil {
		return nil, fmt.Errorf("append %d entries to the audit log: %w", len(entries), err)
	}
	return entries, nil
}

// whole sees to it that a caller who commits in spite of an error commits nothing of what do has written.
// PostgreSQL gives the whole transaction up when a statement fails; SQLite would keep what went well before.
func whole(ctx context.Context, tx bun.Tx, do func(context.Context, bun.Tx) error) error {
	if tx.Dialect().Name() == dialect.SQLite {
		return tx.RunInTx(ctx, nil, do)
	}
	return do(ctx, tx)
}

// write writes nothing before everything is known to be in order.
func (l *Log) write(ctx context.Context, tx bun.Tx, entries []Entry) error {
	size, err := lock(ctx, tx)
	if err != nil {
		return err
	}
	hashing := l.suite.Hashing()
	edge, err := merkle.LoadFrontier(hashing, size, nodeReader(ctx, tx))
	if err != nil {
		return err
	}
	var nodes []merkle.Hash
	now := l.now().UTC().Truncate(time.Microsecond)
	for i := range entries {
		entries[i].Sequence, entries[i].Time = size+int64(i)+1, now
		line, err := entries[i].encode()
		if err != nil {
			return err
		}
		nodes = append(nodes, edge.Push(hashing.Leaf(line))...)
	}
	return store(ctx, tx, entries, merkle.Position(0, size), nodes)
}
