package audit

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"github.com/uptrace/bun"

	"luoshi/internal/audit/merkle"
)

// logRow is the row of audit_log.
type logRow struct {
	origin, suite string
	size          int64
}

// ErrNoLog is the error of a database in which no log was begun.
var ErrNoLog = errors.New("the database holds no audit log")

func state(ctx context.Context, db bun.IDB) (logRow, error) {
	var row logRow
	err := db.NewRaw(`SELECT origin, suite, size FROM audit_log WHERE id = 1`).Scan(ctx, &row.origin, &row.suite, &row.size)
	if errors.Is(err, sql.ErrNoRows) {
		return logRow{}, ErrNoLog
	}
	if err != nil {
		return logRow{}, fmt.Errorf("read the state of the audit log: %w", err)
	}
	return row, nil
}

// grow locks the log until the end of the transaction, makes room for so many entries and returns the size before.
func grow(ctx context.Context, tx bun.Tx, by int) (int64, error) {
	var size int64
	err := tx.NewRaw(`UPDATE audit_log SET size = size + ? WHERE id = 1 RETURNING size`, by).Scan(ctx, &size)
	if errors.Is(err, sql.ErrNoRows) {
		return 0, ErrNoLog
	}
	if err != nil {
		return 0, fmt.Errorf("lock the audit log: %w", err)
	}
	return size - int64(by), nil
}

// rowsAtOnce keeps statements of large batches to a length that both databases take.
const rowsAtOnce = 200

const entryColumns = `sequence, recorded_at, actor_id, actor_role, on_behalf_of, request, action,` +
	` object_kind, object_id, before, after, change`

func insertEntries(ctx context.Context, tx bun.Tx, entries []Entry) error {
	for len(entries) > 0 {
		batch := entries[:min(rowsAtOnce, len(entries))]
		entries = entries[len(batch):]
		var values []any
		for _, e := range batch {
			values = append(values, e.Sequence, formatTime(e.Time), e.Actor.ID, e.Actor.Role, e.Actor.OnBehalfOf, e.Request,
				e.Action, e.Object.Kind, e.Object.ID, e.Before, e.After, string(e.Change))
		}
		if err := insert(ctx, tx, "audit_entries ("+entryColumns+")", len(batch), values); err != nil {
			return err
		}
	}
	return nil
}

func insertNodes(ctx context.Context, tx bun.Tx, position int64, nodes []merkle.Hash) error {
	for len(nodes) > 0 {
		batch := nodes[:min(rowsAtOnce, len(nodes))]
		nodes = nodes[len(batch):]
		var values []any
		for _, node := range batch {
			values = append(values, position, node[:])
			position++
		}
		if err := insert(ctx, tx, "audit_nodes (position, hash)", len(batch), values); err != nil {
			return err
		}
	}
	return nil
}

func insert(ctx context.Context, tx bun.Tx, into string, rows int, values []any) error {
	row := "(?" + strings.Repeat(", ?", len(values)/rows-1) + ")"
	statement := "INSERT INTO " + into + " VALUES " + row + strings.Repeat(", "+row, rows-1)
	if _, err := tx.NewRaw(statement, values...).Exec(ctx); err != nil {
		return fmt.Errorf("insert into %s: %w", into, err)
	}
	return nil
}

// nodeRow is a row of audit_nodes.
type nodeRow struct {
	Position int64
	Hash     []byte
}

// nodeReader reads stored nodes for the tree.
func nodeReader(ctx context.Context, db bun.IDB) merkle.Reader {
	return func(positions []int64) ([]merkle.Hash, error) {
		found := make(map[int64]merkle.Hash, len(positions))
		for rest := positions; len(rest) > 0; {
			batch := rest[:min(rowsAtOnce, len(rest))]
			rest = rest[len(batch):]
			var rows []nodeRow
			err := db.NewRaw(`SELECT position, hash FROM audit_nodes WHERE position IN (?)`, bun.List(batch)).Scan(ctx, &rows)
			if err != nil {
				return nil, err
			}
			for _, row := range rows {
				if len(row.Hash) == merkle.Size {
					found[row.Position] = merkle.Hash(row.Hash)
				}
			}
		}
		hashes := make([]merkle.Hash, len(positions))
		for i, position := range positions {
			hash, ok := found[position]
			if !ok {
				return nil, fmt.Errorf("the stored tree has no node %d", position)
			}
			hashes[i] = hash
		}
		return hashes, nil
	}
}

// entryRow is a row of audit_entries.
type entryRow struct {
	Sequence   int64
	RecordedAt string
	ActorID    string
	ActorRole  string
	OnBehalfOf string
	Request    string
	Action     string
	ObjectKind string
	ObjectID   string
	Before     string
	After      string
	Change     string
}

func (r entryRow) entry() (Entry, error) {
	at, err := parseTime(r.RecordedAt)
	if err != nil {
		return Entry{}, fmt.Errorf("entry %d: %w", r.Sequence, err)
	}
	return Entry{
		Sequence: r.Sequence, Time: at, Actor: Actor{ID: r.ActorID, Role: r.ActorRole, OnBehalfOf: r.OnBehalfOf},
		Request: r.Request, Action: r.Action, Object: Object{Kind: r.ObjectKind, ID: r.ObjectID},
		Before: r.Before, After: r.After, Change: json.RawMessage(r.Change),
	}, nil
}

// headRow is a row of audit_heads.
type headRow struct {
	Number int64
	Size   int64
	Note   string
}
