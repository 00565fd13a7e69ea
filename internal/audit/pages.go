package audit

import (
	"context"
	"fmt"
	"math"

	"github.com/uptrace/bun"

	"luoshi/internal/audit/merkle"
)

// pageSize bounds the memory of reading: a page of the largest entries has 64 MB, one of usual ones 100 KB.
const pageSize = 256

// pages reads the rows of a table in the order of their key, a page at a time. PostgreSQL has one answer under
// way on a connection, so several tables cannot be read side by side through open cursors.
type pages[R any] struct {
	load func(after int64, limit int) ([]R, error)
	key  func(R) int64
	last int64
	page []R
	done bool
}

// newPages begins before the smallest key there can be, so that no row stands outside of what is read.
func newPages[R any](load func(after int64, limit int) ([]R, error), key func(R) int64) *pages[R] {
	return &pages[R]{load: load, key: key, last: math.MinInt64}
}

func entryPages(ctx context.Context, db bun.IDB) *pages[entryRow] {
	return newPages(func(after int64, limit int) ([]entryRow, error) { return entriesAfter(ctx, db, after, limit) },
		func(row entryRow) int64 { return row.Sequence })
}

func nodePages(ctx context.Context, db bun.IDB) *pages[nodeRow] {
	return newPages(func(after int64, limit int) ([]nodeRow, error) { return nodesAfter(ctx, db, after, limit) },
		func(row nodeRow) int64 { return row.Position })
}

func headPages(ctx context.Context, db bun.IDB) *pages[headRow] {
	return newPages(func(after int64, limit int) ([]headRow, error) { return headsAfter(ctx, db, "number", after, limit) },
		func(row headRow) int64 { return row.Number })
}

// peek returns the next row without taking it; ok is false after the last one.
func (p *pages[R]) peek() (row R, ok bool, err error) {
	if len(p.page) == 0 && !p.done {
		if p.page, err = p.load(p.last, pageSize); err != nil {
			return row, false, err
		}
		p.done = len(p.page) < pageSize
		if len(p.page) > 0 {
			p.last = p.key(p.page[len(p.page)-1])
		}
	}
	if len(p.page) == 0 {
		return row, false, nil
	}
	return p.page[0], true, nil
}

func (p *pages[R]) drop() { p.page = p.page[1:] }

func (p *pages[R]) next() (R, bool, error) {
	row, ok, err := p.peek()
	if ok {
		p.drop()
	}
	return row, ok, err
}

// nodeStream reads stored nodes by rising positions.
type nodeStream struct{ rows *pages[nodeRow] }

// at is the stored node of the position; nil where there is none.
func (s *nodeStream) at(position int64) (*merkle.Hash, error) {
	row, ok, err := s.rows.peek()
	if err != nil || !ok || row.Position != position {
		return nil, err
	}
	s.rows.drop()
	if len(row.Hash) != merkle.Size {
		return nil, nil
	}
	hash := merkle.Hash(row.Hash)
	return &hash, nil
}

func entriesAfter(ctx context.Context, db bun.IDB, after int64, limit int) ([]entryRow, error) {
	var rows []entryRow
	err := db.NewRaw(`SELECT `+entryColumns+` FROM audit_entries WHERE sequence > ? ORDER BY sequence LIMIT ?`, after, limit).
		Scan(ctx, &rows)
	if err != nil {
		return nil, fmt.Errorf("read entries after %d: %w", after, err)
	}
	return rows, nil
}

func nodesAfter(ctx context.Context, db bun.IDB, after int64, limit int) ([]nodeRow, error) {
	var rows []nodeRow
	err := db.NewRaw(`SELECT position, hash FROM audit_nodes WHERE position > ? ORDER BY position LIMIT ?`, after, limit).
		Scan(ctx, &rows)
	if err != nil {
		return nil, fmt.Errorf("read nodes after %d: %w", after, err)
	}
	return rows, nil
}
