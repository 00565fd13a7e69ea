package audit

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/uptrace/bun"
)

// Query asks for entries. What is empty does not narrow it.
type Query struct {
	Actor  string // whole
	Kind   string // of the object
	Object string // its id
	Action string // whole, or the beginning of several: "plan."
	// From and Until bound the time, Until left out itself.
	From, Until time.Time
	// Before is the sequence number that the entries come before, from the last page; 0 for the newest.
	Before int64
	Limit  int
}

// where is the query in SQL. An action that ends in a dot stands for all that begin with it.
func (q Query) where() (string, []any) {
	terms, args := []string{"sequence > 0"}, []any(nil)
	add := func(needed bool, term string, values ...any) {
		if needed {
			terms, args = append(terms, term), append(args, values...)
		}
	}
	add(q.Actor != "", "actor_id = ?", q.Actor)
	add(q.Kind != "", "object_kind = ?", q.Kind)
	add(q.Object != "", "object_id = ?", q.Object)
	if strings.HasSuffix(q.Action, ".") {
		add(true, "substr(action, 1, ?) = ?", len(q.Action), q.Action)
	} else {
		add(q.Action != "", "action = ?", q.Action)
	}
	add(!q.From.IsZero(), "recorded_at >= ?", formatTime(q.From))
	add(!q.Until.IsZero(), "recorded_at < ?", formatTime(q.Until))
	add(q.Before > 0, "sequence < ?", q.Before)
	return strings.Join(terms, " AND "), args
}

// Select is the entries that a query asks for, the newest first.
func Select(ctx context.Context, db bun.IDB, q Query) ([]Entry, error) {
	where, args := q.where()
	return selected(ctx, db, where+" ORDER BY sequence DESC LIMIT ?", append(args, q.Limit)...)
}

// Actions are the actions that the log has entries of behind one and up to another.
func Actions(ctx context.Context, db bun.IDB, behind, upto int64) ([]string, error) {
	var actions []string
	err := db.NewRaw("SELECT DISTINCT action FROM audit_entries WHERE sequence > ? AND sequence <= ?", behind, upto).Scan(ctx, &actions)
	if err != nil {
		return nil, fmt.Errorf("read the actions of the audit log: %w", err)
	}
	return actions, nil
}

// Size is how many entries the log has.
func Size(ctx context.Context, db bun.IDB) (int64, error) {
	found, err := state(ctx, db)
	return found.size, err
}

// LastHead is the newest signed head as it is stored, or ErrNoHead.
func LastHead(ctx context.Context, db bun.IDB) (string, error) {
	rows, err := headsAfter(ctx, db, "number DESC", 0, 1)
	if err != nil {
		return "", err
	}
	if len(rows) == 0 {
		return "", ErrNoHead
	}
	return rows[0].Note, nil
}
