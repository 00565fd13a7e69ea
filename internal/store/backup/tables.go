package backup

import (
	"context"

	"github.com/uptrace/bun"

	"luoshi/internal/store"
)

// Tables are the tables of the ledger with their columns, by name, for whoever carries a part of them.
func Tables(ctx context.Context, db bun.IDB, dialect store.Dialect) ([]Table, error) {
	return tables(ctx, db, dialect)
}

// Encode is a value as a file has it; drivers differ in what they hand out for the same type.
func (k Kind) Encode(value any) any { return k.encode(value) }
