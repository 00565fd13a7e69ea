// Package backup writes the whole ledger into one file of lines and reads it back, into an empty
// database of either kind: so a district can also move from SQLite to PostgreSQL.
//
// The file is JSON, one value a line: a header; for each table a line with its name and columns, and
// behind it a line for each row; at the end a line with the number of rows and the SHA-256 of all bytes
// before it. What can be made anew (the words to search by) and what only the running program needs
// (jobs) is left out. The bytes of documents are not in it: they are files under their digests, which
// any tool copies.
package backup

import (
	"encoding/json"
	"errors"
	"fmt"

	"luoshi/internal/store"
	"luoshi/ledger"
)

// Format and Version name what the header promises.
const (
	Format  = "luoshi-backup"
	Version = 1
)

// Header is the first line.
type Header struct {
	Format  string           `json:"format"`
	Version int              `json:"version"`
	Made    string           `json:"made"`    // RFC 3339
	Dialect store.Dialect    `json:"dialect"` // of the database that it was made from
	Rooms   map[string]int64 `json:"rooms"`   // the version of each room's tables
}

// Kind is what a column holds, whatever the database calls it.
type Kind string

const (
	Text    Kind = "text"
	Integer Kind = "integer"
	Boolean Kind = "boolean"
	Bytes   Kind = "bytes" // in base64
	Time    Kind = "time"  // in RFC 3339
)

// Column is a column of a table.
type Column struct {
	Name string `json:"name"`
	Kind Kind   `json:"kind"`
}

// Table is the line before the rows of a table.
type Table struct {
	Name    string   `json:"table"`
	Columns []Column `json:"columns"`
}

// end is the last line.
type end struct {
	Rows   int64  `json:"rows"`
	SHA256 string `json:"sha256"`
}

// line is a line that is not a row: one of its parts is there.
type line struct {
	Header *Header `json:"header,omitempty"`
	Table  *Table  `json:"of,omitempty"`
	End    *end    `json:"end,omitempty"`
}

// Fault is something that is wrong with a file, in words for the person who restores it.
type Fault struct {
	Line  int
	Words ledger.Wording
	cause error
}

func (f *Fault) Error() string {
	if f.cause == nil {
		return fmt.Sprintf("line %d: %s", f.Line, f.Words.EN)
	}
	return fmt.Sprintf("line %d: %s (%v)", f.Line, f.Words.EN, f.cause)
}

// Unwrap is the cause.
func (f *Fault) Unwrap() error { return f.cause }

func faultAt(line int, cause error, zh, en string) error {
	return &Fault{Line: line, Words: ledger.Wording{ZH: zh, EN: en}, cause: cause}
}

var errKind = errors.New("the value is not of the column's kind")

// decode is a value of a row as a database takes it.
func (k Kind) decode(raw json.RawMessage) (any, error) {
	if string(raw) == "null" {
		return nil, nil
	}
	var value any
	switch k {
	case Text, Time:
		value = new(string)
	case Integer:
		value = new(int64)
	case Boolean:
		value = new(bool)
	case Bytes:
		value = new([]byte)
	default:
		return nil, fmt.Errorf("%w: %q is no kind", errKind, k)
	}
	if err := json.Unmarshal(raw, value); err != nil {
		return nil, fmt.Errorf("%w: %w", errKind, err)
	}
	return value, nil
}
