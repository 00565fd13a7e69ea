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

// Compare holds an object as it is stored against its last entry, and returns what is wrong, or nil. The value is
// what was given as After when it was written, nil where the object is not there any more. It takes the entry
// for true: Verify shows that.
func (l *Log) Compare(ctx context.Context, db bun.IDB, object Object, value any) (*Problem, error) {
	last, err := selected(ctx, db, `object_kind = ? AND object_id = ? ORDER BY sequence DESC LIMIT 1`, object.Kind, object.ID)
	if err != nil {
		return nil, err
	}
	digest, err := l.Digest(value)
	if err != nil {
		return nil, fmt.Errorf("compare %s %s with the audit log: %w", object.Kind, object.ID, err)
	}
	switch {
	case len(last) == 0 && value == nil:
		return nil, nil
	case len(last) == 0:
		return &Problem{Code: ObjectUnknown, Args: []any{object.Kind, object.ID}}, nil
	case last[0].After != digest:
		sequence := last[0].Sequence
		return &Problem{Code: ObjectAltered, Sequence: sequence, Args: []any{object.Kind, object.ID, sequence}}, nil
	}
	return nil, nil
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
