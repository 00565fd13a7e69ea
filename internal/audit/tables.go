package audit

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"github.com/uptrace/bun"
	"github.com/uptrace/bun/dialect"

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

// lock makes every other appender and signer wait until the end of the transaction and returns the size of the log.
// In SQLite a transaction that writes holds the only lock there is; one that has not taken it yet fails when it
// writes, if another has written since.
func lock(ctx context.Context, tx bun.Tx) (int64, error) {
	statement := `SELECT size FROM audit_log WHERE id = 1`
	if tx.Dialect().Name() == dialect.PG {
		statement = `SELECT audit_lock()`
	}
	var size sql.NullInt64
	err := tx.NewRaw(statement).Scan(ctx, &size)
	if errors.Is(err, sql.ErrNoRows) || (err == nil && !size.Valid) {
		return 0, ErrNoLog
	}
	if err != nil {
		return 0, fmt.Errorf("lock the audit log: %w", err)
	}
	return size.Int64, nil
}

// rowsAtOnce and valuesAtOnce keep statements to a length that both databases take.
const (
	rowsAtOnce   = 200
	valuesAtOnce = 2000
)

const entryColumns = `sequence, recorded_at, actor_id, actor_role, on_behalf_of, request, action,` +
	` object_kind, object_id, before, after, change`

// store writes entries, the nodes from the position on, and the new size. The statements of a batch travel
// together: other appenders wait for each journey.
func store(ctx context.Context, tx bun.Tx, entries []Entry, position int64, nodes []merkle.Hash) error {
	var together batch
	for _, e := range entries {
		together.insert("audit_entries ("+entryColumns+")", e.Sequence, formatTime(e.Time), e.Actor.ID, e.Actor.Role, e.Actor.OnBehalfOf,
			e.Request, e.Action, e.Object.Kind, e.Object.ID, e.Before, e.After, string(e.Change))
		if err := together.sendIfLong(ctx, tx); err != nil {
			return err
		}
	}
	for _, node := range nodes {
		together.insert("audit_nodes (position, hash)", position, node[:])
		position++
		if err := together.sendIfLong(ctx, tx); err != nil {
			return err
		}
	}
	together.add(`UPDATE audit_log SET size = ? WHERE id = 1`, entries[len(entries)-1].Sequence)
	return together.send(ctx, tx)
}

// batch is statements that are sent at once.
type batch struct {
	text   strings.Builder
	into   string // what the statement now being written inserts into
	values []any
}

func (b *batch) add(statement string, values ...any) {
	if b.text.Len() > 0 {
		b.text.WriteString("; ")
	}
	b.text.WriteString(statement)
	b.values = append(b.values, values...)
	b.into = ""
}

// insert adds a row, to the statement before where that inserts into the same table.
func (b *batch) insert(into string, row ...any) {
	places := "(?" + strings.Repeat(", ?", len(row)-1) + ")"
	if b.into == into {
		b.text.WriteString(", " + places)
		b.values = append(b.values, row...)
		return
	}
	b.add("INSERT INTO "+into+" VALUES "+places, row...)
	b.into = into
}

func (b *batch) sendIfLong(ctx context.Context, tx bun.Tx) error {
	if len(b.values) < valuesAtOnce {
		return nil
	}
	return b.send(ctx, tx)
}

func (b *batch) send(ctx context.Context, tx bun.Tx) error {
	if _, err := tx.NewRaw(b.text.String(), b.values...).Exec(ctx); err != nil {
		return fmt.Errorf("write the audit log: %w", err)
	}
	*b = batch{}
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
