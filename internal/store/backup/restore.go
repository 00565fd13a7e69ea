package backup

import (
	"context"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"

	"github.com/uptrace/bun"

	"luoshi/internal/store"
)

// Restore reads a backup into a store whose tables are empty, all of it or nothing.
func Restore(ctx context.Context, s *store.Store, r io.Reader) error {
	begun := false
	return s.Within(ctx, func(ctx context.Context, tx bun.Tx) error {
		if begun {
			return fmt.Errorf("restore: another program holds the database; close it and try again")
		}
		begun = true
		in := &restoring{ctx: ctx, store: s, tx: tx}
		if err := in.all(r); err != nil {
			return fmt.Errorf("restore: %w", err)
		}
		return nil
	})
}

// restoring is the sink of Read that writes into a database.
type restoring struct {
	ctx    context.Context
	store  *store.Store
	tx     bun.Tx
	tables []Table
	rows   [][]any // of the table at hand, not yet written
	table  Table
}

// batch is how many rows are written at once.
const batch = 100

func (in *restoring) all(r io.Reader) error {
	var err error
	if in.tables, err = tables(in.ctx, in.tx, in.store.Dialect()); err != nil {
		return err
	}
	if err := in.empty(); err != nil {
		return err
	}
	rearm, err := disarm(in.ctx, in.tx, in.store.Dialect(), in.tables)
	if err != nil {
		return err
	}
	if err := Read(r, in); err != nil {
		return err
	}
	if err := in.flush(); err != nil {
		return err
	}
	if err := rearm(); err != nil {
		return err
	}
	return in.store.Reindex(in.ctx)
}

// empty makes sure that nothing is mixed with what is there.
func (in *restoring) empty() error {
	for _, table := range in.tables {
		if isState(table.Name) {
			continue
		}
		there, err := in.tx.NewSelect().TableExpr("?", bun.Ident(table.Name)).Limit(1).Count(in.ctx)
		if err != nil {
			return err
		}
		if there > 0 {
			return faultAt(0, fmt.Errorf("table %s has rows", table.Name),
				"目标数据库不是空的，请恢复到一个新数据库。", "The database is not empty; restore into a new one.")
		}
	}
	return nil
}

// Header makes sure that the tables are those that the backup was made from.
func (in *restoring) Header(h Header) error {
	rooms := in.store.Rooms()
	for _, room := range slices.Sorted(maps.Keys(h.Rooms)) {
		if version, known := rooms[room]; !known || version != h.Rooms[room] {
			return faultAt(1, fmt.Errorf("tables of %s: %d in the backup, %d here", room, h.Rooms[room], version),
				"备份由另一版本的程序建立，请用那一版本恢复，再升级。",
				"The backup was made by another version of the program; restore it with that version, then upgrade.")
		}
	}
	return nil
}

// Table begins a table.
func (in *restoring) Table(table Table) error {
	here := slices.ContainsFunc(in.tables, func(t Table) bool { return t.Name == table.Name && slices.Equal(t.Columns, table.Columns) })
	if !here {
		return fmt.Errorf("table %s is not the one of this database", table.Name)
	}
	if err := in.flush(); err != nil {
		return err
	}
	in.table = table
	if isState(table.Name) {
		if _, err := in.tx.ExecContext(in.ctx, `DELETE FROM "`+table.Name+`"`); err != nil {
			return fmt.Errorf("replace %s: %w", table.Name, err)
		}
	}
	return nil
}

// Row takes a row.
func (in *restoring) Row(_ Table, values []any) error {
	in.rows = append(in.rows, values)
	if len(in.rows) < batch {
		return nil
	}
	return in.flush()
}

func (in *restoring) flush() error {
	if len(in.rows) == 0 {
		return nil
	}
	columns := make([]string, len(in.table.Columns))
	for i, column := range in.table.Columns {
		columns[i] = `"` + column.Name + `"`
	}
	own := ""
	if in.store.Dialect() == store.Postgres {
		own = " OVERRIDING SYSTEM VALUE"
	}
	places := strings.Repeat(", (?"+strings.Repeat(", ?", len(columns)-1)+")", len(in.rows))
	statement := `INSERT INTO "` + in.table.Name + `" (` + strings.Join(columns, ", ") + ")" + own + " VALUES " + places[2:]
	if _, err := in.tx.ExecContext(in.ctx, statement, slices.Concat(in.rows...)...); err != nil {
		return fmt.Errorf("write %s: %w", in.table.Name, err)
	}
	in.rows = in.rows[:0]
	return nil
}
