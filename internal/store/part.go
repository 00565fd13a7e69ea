package store

import (
	"context"
	"fmt"
	"reflect"

	"github.com/uptrace/bun"
)

// replace lets an owner have these parts and no others, given in the order of the columns named. Parts
// have no history of their own: that of their owner is in its amendments and in the log.
func replace[R any](ctx context.Context, tx bun.Tx, column, owner, order string, rows []R) error {
	there, err := partsOf[R](ctx, tx, column, []string{owner}, order)
	if err != nil {
		return fmt.Errorf("store: read parts: %w", err)
	}
	// Most changes leave most parts alone, and reading is cheaper than writing.
	if len(there) == len(rows) && (len(rows) == 0 || reflect.DeepEqual(there, rows)) {
		return nil
	}
	if len(there) > 0 {
		if _, err := tx.NewDelete().Model((*R)(nil)).Where("? = ?", bun.Ident(column), owner).Exec(ctx); err != nil {
			return fmt.Errorf("store: replace parts: %w", err)
		}
	}
	return insert(ctx, tx, rows)
}

// appendNew adds the parts that are not there yet, of parts that are never altered.
func appendNew[R any](ctx context.Context, tx bun.Tx, column, owner string, rows []R) error {
	there, err := tx.NewSelect().Model((*R)(nil)).Where("? = ?", bun.Ident(column), owner).Count(ctx)
	if err != nil {
		return fmt.Errorf("store: count parts: %w", err)
	}
	if int(there) > len(rows) {
		return fmt.Errorf("store: %d of %d parts of %s %s are missing; none may be taken away", int(there)-len(rows), there, column, owner)
	}
	return insert(ctx, tx, rows[there:])
}

func insert[R any](ctx context.Context, tx bun.Tx, rows []R) error {
	if len(rows) == 0 {
		return nil
	}
	if _, err := tx.NewInsert().Model(&rows).Exec(ctx); err != nil {
		return fmt.Errorf("store: add parts: %w", err)
	}
	return nil
}

// parts reads the parts of several owners and hands each to its owner, in order.
func parts[R any](ctx context.Context, db bun.IDB, column string, owners []string, order string, give func(*R)) error {
	if len(owners) == 0 {
		return nil
	}
	rows, err := partsOf[R](ctx, db, column, owners, order)
	for i := range rows {
		give(&rows[i])
	}
	return err
}

func partsOf[R any](ctx context.Context, db bun.IDB, column string, owners []string, order string) (rows []R, err error) {
	err = db.NewSelect().Model(&rows).Where("? IN (?)", bun.Ident(column), bun.List(owners)).
		OrderExpr("?, "+order, bun.Ident(column)).Scan(ctx)
	return rows, err
}

// mapped is each element of a list made into something else.
func mapped[A, B any](list []A, f func(i int, a A) B) []B {
	if len(list) == 0 {
		return nil
	}
	made := make([]B, len(list))
	for i, a := range list {
		made[i] = f(i, a)
	}
	return made
}

// ids are the identifiers of rows, and where in the list each stands.
func ids[R any, P rowOf[R]](rows []R) (list []string, at map[string]int) {
	at = make(map[string]int, len(rows))
	for i := range rows {
		id := P(&rows[i]).top().ID
		list, at[id] = append(list, id), i
	}
	return list, at
}
