package backup

import (
	"context"
	"fmt"

	"github.com/uptrace/bun"

	"luoshi/internal/store"
)

// disarm lets rows be written in any order: references are looked at in the end, and the triggers that
// guard what was promised, which expect it to be written as it is made, stay out of it. What it returns
// puts everything back and looks at the references.
func disarm(ctx context.Context, tx bun.Tx, dialect store.Dialect, tables []Table) (rearm func() error, err error) {
	if dialect == store.Postgres {
		return disarmPostgres(ctx, tx, tables)
	}
	return disarmSQLite(ctx, tx)
}

func disarmPostgres(ctx context.Context, tx bun.Tx, tables []Table) (func() error, error) {
	statements := []string{"SET CONSTRAINTS ALL DEFERRED"}
	back := []string{"SET CONSTRAINTS ALL IMMEDIATE"}
	for _, table := range tables {
		statements = append(statements, `ALTER TABLE "`+table.Name+`" DISABLE TRIGGER USER`)
		back = append(back, `ALTER TABLE "`+table.Name+`" ENABLE TRIGGER USER`)
	}
	return func() error {
		if err := each(ctx, tx, back); err != nil {
			return err
		}
		return countOn(ctx, tx, tables)
	}, each(ctx, tx, statements)
}

func each(ctx context.Context, tx bun.Tx, statements []string) error {
	for _, statement := range statements {
		if _, err := tx.ExecContext(ctx, statement); err != nil {
			return fmt.Errorf("%s: %w", statement, err)
		}
	}
	return nil
}

// countOn lets tables that number their rows themselves go on behind the highest number.
func countOn(ctx context.Context, tx bun.Tx, tables []Table) error {
	for _, table := range tables {
		for _, column := range table.Columns {
			if column.Kind != Integer {
				continue
			}
			_, err := tx.ExecContext(ctx, `SELECT setval(sequence, highest) FROM
				(SELECT pg_get_serial_sequence(?, ?) AS sequence, (SELECT MAX(?) FROM ?) AS highest) AS numbered
				WHERE sequence IS NOT NULL AND highest IS NOT NULL`,
				`"`+table.Name+`"`, column.Name, bun.Ident(column.Name), bun.Ident(table.Name))
			if err != nil {
				return fmt.Errorf("number %s on: %w", table.Name, err)
			}
		}
	}
	return nil
}

func disarmSQLite(ctx context.Context, tx bun.Tx) (func() error, error) {
	var triggers []struct{ Name, SQL string }
	if err := tx.NewRaw("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'").Scan(ctx, &triggers); err != nil {
		return nil, err
	}
	statements := []string{"PRAGMA defer_foreign_keys = ON"}
	var back []string
	for _, trigger := range triggers {
		statements = append(statements, `DROP TRIGGER "`+trigger.Name+`"`)
		back = append(back, trigger.SQL)
	}
	return func() error { return each(ctx, tx, back) }, each(ctx, tx, statements)
}
