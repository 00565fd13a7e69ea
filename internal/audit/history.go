package audit

import (
	"context"
	"fmt"

	"github.com/uptrace/bun"
)

// History is the entries about an object after a sequence number, oldest first, at most limit of them.
func History(ctx context.Context, db bun.IDB, object Object, after int64, limit int) ([]Entry, error) {
	return selected(ctx, db, `object_kind = ? AND object_id = ? AND sequence > ? ORDER BY sequence LIMIT ?`,
		object.Kind, object.ID, after, limit)
}

// ByActor is the entries that an actor made after a sequence number, oldest first, at most limit of them.
func ByActor(ctx context.Context, db bun.IDB, actor string, after int64, limit int) ([]Entry, error) {
	return selected(ctx, db, `actor_id = ? AND sequence > ? ORDER BY sequence LIMIT ?`, actor, after, limit)
}

// Entries is all entries after a sequence number, oldest first, at most limit of them.
func Entries(ctx context.Context, db bun.IDB, after int64, limit int) ([]Entry, error) {
	return selected(ctx, db, `sequence > ? ORDER BY sequence LIMIT ?`, after, limit)
}

func selected(ctx context.Context, db bun.IDB, where string, args ...any) ([]Entry, error) {
	var rows []entryRow
	if err := db.NewRaw(`SELECT `+entryColumns+` FROM audit_entries WHERE `+where, args...).Scan(ctx, &rows); err != nil {
		return nil, fmt.Errorf("read audit entries: %w", err)
	}
	entries := make([]Entry, len(rows))
	for i, row := range rows {
		var err error
		if entries[i], err = row.entry(); err != nil {
			return nil, err
		}
	}
	return entries, nil
}
