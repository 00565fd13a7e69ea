package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"reflect"
	"time"

	"github.com/uptrace/bun"
)

// Record is a value of the ledger as it is stored. Who changes it hands back the revision.
type Record[T any] struct {
	Value    T
	Revision int64 // from 1, one more with each change
	Created  time.Time
	Updated  time.Time
}

// head is the columns that every table of records begins with.
type head struct {
	ID       string `bun:"id,pk"`
	Revision int64  `bun:"revision"`
	Created  stamp  `bun:"created"`
	Updated  stamp  `bun:"updated"`
}

func (h *head) top() *head { return h }

// rowOf is a pointer to a row that begins with a head.
type rowOf[R any] interface {
	*R
	top() *head
}

// shape says how values of one kind are laid out in tables.
type shape[T, R any] struct {
	table string
	row   func(T) R
	// values makes values of rows and of what stands in tables beside.
	values func(ctx context.Context, db bun.IDB, rows []R) ([]T, error)
	// before writes, once, what has to be there before the row; nil where nothing has.
	before func(ctx context.Context, tx bun.Tx, value T) error
	// parts writes what stands in tables beside; nil where nothing does.
	parts func(ctx context.Context, tx bun.Tx, value T) error
	// words are the passages by which the value is found; nil where it is not searched for.
	words func(T) []string
	// orders are the orders of lists, besides that by identifier.
	orders map[string]order[R]
}

// Records are the records of one kind. Every method takes part in the transaction of its context, and
// opens one of its own where there is none.
type Records[T, R any, P rowOf[R]] struct {
	store *Store
	shape *shape[T, R]
}

// Add stores a new value, or fails with [Exists].
func (r Records[T, R, P]) Add(ctx context.Context, value T) (Record[T], error) {
	row := r.shape.row(value)
	top := P(&row).top()
	err := r.store.Within(ctx, func(ctx context.Context, tx bun.Tx) error {
		now := stamp{r.store.Now()}
		top.Revision, top.Created, top.Updated = 1, now, now
		if r.shape.before != nil {
			if err := r.shape.before(ctx, tx, value); err != nil {
				return err
			}
		}
		if _, err := tx.NewInsert().Model(&row).Exec(ctx); err != nil {
			if r.store.taken(err) {
				return &Exists{Kind: r.shape.table, ID: top.ID}
			}
			return fmt.Errorf("store: add to %s: %w", r.shape.table, err)
		}
		return r.beside(ctx, tx, top.ID, value)
	})
	return record(value, top), err
}

// beside writes what follows from a value: its parts and the words by which it is found.
func (r Records[T, R, P]) beside(ctx context.Context, tx bun.Tx, id string, value T) error {
	if r.shape.parts != nil {
		if err := r.shape.parts(ctx, tx, value); err != nil {
			return err
		}
	}
	if r.shape.words == nil {
		return nil
	}
	return r.store.index(ctx, tx, r.shape.table, id, r.shape.words(value))
}

// Change stores a value anew. Where the record is no longer at the revision that was seen, nothing is
// changed and the error is a [Conflict] with the record as it is.
func (r Records[T, R, P]) Change(ctx context.Context, value T, seen int64) (Record[T], error) {
	row := r.shape.row(value)
	top := P(&row).top()
	err := r.store.Within(ctx, func(ctx context.Context, tx bun.Tx) error {
		top.Revision, top.Updated = seen+1, stamp{r.store.Now()}
		columns, err := r.altered(ctx, tx, &row)
		if err != nil {
			return err
		}
		result, err := tx.NewUpdate().Model(&row).Column(columns...).
			Where("id = ?", top.ID).Where("revision = ?", seen).Returning("created").Exec(ctx)
		if errors.Is(err, sql.ErrNoRows) {
			return r.stale(ctx, top.ID, seen)
		}
		if err != nil {
			return fmt.Errorf("store: change %s %s: %w", r.shape.table, top.ID, err)
		}
		if changed, err := result.RowsAffected(); err != nil || changed == 0 {
			return errors.Join(err, r.stale(ctx, top.ID, seen))
		}
		return r.beside(ctx, tx, top.ID, value)
	})
	return record(value, top), err
}

// altered are the columns in which a row is not as it is stored. SQLite writes every index of a column anew that is
// set, whether it changes or not, and most changes change a column or two; PostgreSQL compares by itself.
func (r Records[T, R, P]) altered(ctx context.Context, tx bun.Tx, row *R) ([]string, error) {
	var stored R
	if r.store.dialect == SQLite {
		err := tx.NewSelect().Model(&stored).Where("id = ?", P(row).top().ID).Scan(ctx)
		if err != nil && !errors.Is(err, sql.ErrNoRows) {
			return nil, fmt.Errorf("store: read %s %s: %w", r.shape.table, P(row).top().ID, err)
		}
	}
	is, was := reflect.ValueOf(row).Elem(), reflect.ValueOf(&stored).Elem()
	var columns []string
	for _, field := range tx.Dialect().Tables().Get(is.Type()).DataFields {
		same := reflect.DeepEqual(field.Value(is).Interface(), field.Value(was).Interface())
		if field.Name != "created" && (r.store.dialect != SQLite || !same) {
			columns = append(columns, field.Name)
		}
	}
	return columns, nil
}

// stale tells why a change found nothing to change.
func (r Records[T, R, P]) stale(ctx context.Context, id string, seen int64) error {
	current, err := r.Get(ctx, id)
	if err != nil {
		return err
	}
	return &Conflict[T]{Kind: r.shape.table, ID: id, Seen: seen, Current: current}
}

// Get is the record with an identifier, or [NotFound].
func (r Records[T, R, P]) Get(ctx context.Context, id string) (Record[T], error) {
	found, err := r.Some(ctx, id)
	if err != nil {
		return Record[T]{}, err
	}
	if len(found) == 0 {
		return Record[T]{}, &NotFound{Kind: r.shape.table, ID: id}
	}
	return found[0], nil
}

// Some are the records with the identifiers that there are, by identifier.
func (r Records[T, R, P]) Some(ctx context.Context, ids ...string) ([]Record[T], error) {
	if len(ids) == 0 {
		return nil, nil
	}
	var rows []R
	db := r.store.View(ctx)
	if err := db.NewSelect().Model(&rows).Where("id IN (?)", bun.List(ids)).Order("id").Scan(ctx); err != nil {
		return nil, fmt.Errorf("store: read %s: %w", r.shape.table, err)
	}
	return r.records(ctx, db, rows)
}

func (r Records[T, R, P]) records(ctx context.Context, db bun.IDB, rows []R) ([]Record[T], error) {
	values, err := r.shape.values(ctx, db, rows)
	if err != nil {
		return nil, fmt.Errorf("store: read %s: %w", r.shape.table, err)
	}
	found := make([]Record[T], len(rows))
	for i := range rows {
		found[i] = record(values[i], P(&rows[i]).top())
	}
	return found, nil
}

func record[T any](value T, top *head) Record[T] {
	return Record[T]{Value: value, Revision: top.Revision, Created: top.Created.Time, Updated: top.Updated.Time}
}
