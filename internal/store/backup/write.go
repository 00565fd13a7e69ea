package backup

import (
	"bufio"
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"hash"
	"io"
	"strings"
	"time"

	"github.com/uptrace/bun"

	"luoshi/internal/store"
)

// Write writes one state of the ledger, while others go on writing.
func Write(ctx context.Context, s *store.Store, w io.Writer) error {
	header := Header{Format: Format, Version: Version, Made: s.Now().Format(time.RFC3339), Dialect: s.Dialect(), Rooms: s.Rooms()}
	out := newWriter(w)
	err := s.Snapshot(ctx, func(ctx context.Context, tx bun.Tx) error {
		if err := out.line(line{Header: &header}); err != nil {
			return err
		}
		all, err := tables(ctx, tx, s.Dialect())
		if err != nil {
			return err
		}
		for _, table := range all {
			if err := out.table(ctx, tx, table); err != nil {
				return fmt.Errorf("table %s: %w", table.Name, err)
			}
		}
		return out.end()
	})
	if err != nil {
		return fmt.Errorf("back up: %w", err)
	}
	return nil
}

type writer struct {
	out     *bufio.Writer
	encoder *json.Encoder
	digest  hash.Hash
	rows    int64
}

func newWriter(w io.Writer) *writer {
	out, digest := bufio.NewWriterSize(w, 1<<16), sha256.New()
	encoder := json.NewEncoder(io.MultiWriter(out, digest))
	encoder.SetEscapeHTML(false)
	return &writer{out: out, encoder: encoder, digest: digest}
}

// line writes a value on a line of its own.
func (w *writer) line(value any) error { return w.encoder.Encode(value) }

func (w *writer) end() error {
	last := line{End: &end{Rows: w.rows, SHA256: hex.EncodeToString(w.digest.Sum(nil))}}
	if err := w.line(last); err != nil {
		return err
	}
	return w.out.Flush()
}

// table writes the rows in the order of the leading columns, which are the key.
func (w *writer) table(ctx context.Context, tx bun.Tx, table Table) error {
	if err := w.line(line{Table: &table}); err != nil {
		return err
	}
	names := make([]string, len(table.Columns))
	order := ""
	for i, column := range table.Columns {
		names[i] = `"` + column.Name + `"`
		if i < 3 {
			order += fmt.Sprintf(", %d", i+1)
		}
	}
	rows, err := tx.QueryContext(ctx, "SELECT "+strings.Join(names, ", ")+` FROM "`+table.Name+`" ORDER BY `+order[2:])
	if err != nil {
		return err
	}
	defer rows.Close()
	return w.rowsOf(table, rows)
}

func (w *writer) rowsOf(table Table, rows *sql.Rows) error {
	values := make([]any, len(table.Columns))
	into := make([]any, len(values))
	for i := range values {
		into[i] = &values[i]
	}
	for rows.Next() {
		if err := rows.Scan(into...); err != nil {
			return err
		}
		for i, column := range table.Columns {
			values[i] = column.Kind.encode(values[i])
		}
		if err := w.line(values); err != nil {
			return err
		}
		w.rows++
	}
	return rows.Err()
}

// encode is a value as it is written; drivers differ in what they hand out for the same type.
func (k Kind) encode(value any) any {
	switch v := value.(type) {
	case []byte:
		if k == Text {
			return string(v)
		}
	case int64:
		if k == Boolean {
			return v != 0
		}
	case time.Time:
		return v.UTC().Format(time.RFC3339Nano)
	}
	return value
}
