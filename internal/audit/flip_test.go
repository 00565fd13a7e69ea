package audit_test

import (
	"errors"
	"fmt"
	"testing"

	"github.com/uptrace/bun"
	"github.com/uptrace/bun/dialect"

	"luoshi/internal/audit"
	"luoshi/internal/audit/merkle"
	"luoshi/internal/audit/signing"
)

func newEdge(suite signing.Suite) *merkle.Frontier { return merkle.NewFrontier(suite.Hashing()) }

// Every byte of every column of several rows of every table is changed, one at a time, and each time the log must
// not verify; a byte of an entry must be named by its sequence number.
func TestEveryByteOfTheTablesCounts(t *testing.T) {
	onEachDatabase(t, func(t *testing.T, _ string, db *bun.DB) {
		_, key := history(t, db, signing.SM3SM2)
		signedEnd(t, db, key)
		disarm(t, db)
		f := flipper{t: t, db: db, key: key, step: 1}
		if db.Dialect().Name() == dialect.PG || testing.Short() {
			f.step = 11 // the same code reads both; every eleventh byte is enough the second time
		}
		f.table("audit_log", "id", 1)
		f.table("audit_entries", "sequence", 1, 22, 40)
		f.table("audit_nodes", "position", 0, 6, 30, 77)
		f.table("audit_heads", "number", 1, 4)
		if f.flips < 150 {
			t.Errorf("only %d bytes were flipped", f.flips)
		}
		t.Logf("%d bytes flipped", f.flips)
		if report := verified(t, db, key); !report.OK() {
			t.Errorf("the log was not restored: %+v", report.Problems)
		}
	})
}

// signedEnd signs what history has left unsigned.
func signedEnd(t *testing.T, db *bun.DB, key *signing.Key) {
	t.Helper()
	signedNow(t, db, begun(t, db, key.Public().Suite()), key)
}

type flipper struct {
	t     *testing.T
	db    *bun.DB
	key   *signing.Key
	step  int
	flips int
}

// table flips what is in the rows with the keys.
func (f *flipper) table(table, key string, keys ...int64) {
	f.t.Helper()
	for _, id := range keys {
		row := map[string]any{}
		err := f.db.NewRaw("SELECT * FROM ? WHERE ? = ?", bun.Ident(table), bun.Ident(key), id).Scan(f.t.Context(), &row)
		if err != nil {
			f.t.Fatalf("%s %d: %v", table, id, err)
		}
		for column, value := range row {
			for place, flipped := range f.variants(value) {
				f.flip(table, key, id, column, value, flipped, fmt.Sprintf("%s %d: %s, byte %d", table, id, column, place))
			}
		}
	}
}

// variants are the value with one byte changed. Bytes are flipped in their lowest bit, so that PostgreSQL, which
// refuses text that is not UTF-8, can hold them; bytes of Chinese characters where SQLite alone is asked.
func (f *flipper) variants(value any) []any {
	var all []any
	switch value := value.(type) {
	case int64:
		for _, bit := range []int{0, 9, 17, 40} {
			all = append(all, value^1<<bit)
		}
	case string:
		if value == "" {
			return []any{"x"}
		}
		for i := 0; i < len(value); i += f.step {
			flipped := []byte(value)
			flipped[i] ^= 1
			if value[i] < 0x80 || f.db.Dialect().Name() == dialect.SQLite {
				all = append(all, string(flipped))
			}
		}
	case []byte:
		for i := 0; i < len(value); i += f.step {
			flipped := append([]byte(nil), value...)
			flipped[i] ^= 1
			all = append(all, flipped)
		}
	default:
		f.t.Fatalf("a column holds a %T", value)
	}
	return all
}

func (f *flipper) flip(table, key string, id int64, column string, value, flipped any, what string) {
	f.t.Helper()
	update := func(to any, id any) error {
		statement := fmt.Sprintf("UPDATE %s SET %s = $1 WHERE %s = $2", table, column, key)
		_, err := f.db.DB.ExecContext(f.t.Context(), statement, to, id)
		return err
	}
	if err := update(flipped, id); err != nil {
		if _, number := value.(int64); !number {
			f.t.Fatalf("%s: %v", what, err)
		}
		return // a key that is taken, or a check of the table: the database itself refuses
	}
	f.flips++
	report, err := verify(f.t.Context(), f.db, signing.Keyring{f.key.Public()})
	switch {
	case err != nil && !errors.Is(err, audit.ErrNoLog):
		f.t.Fatalf("%s: %v", what, err)
	case err == nil && report.OK():
		f.t.Errorf("%s: %q became %q and was not found", what, value, flipped)
	case err == nil && table == "audit_entries" && report.FirstEntry() != id:
		f.t.Errorf("%s: entry %d is named (%+v)", what, report.FirstEntry(), report.Problems)
	}
	where := any(id)
	if column == key {
		where = flipped
	}
	if err := update(value, where); err != nil {
		f.t.Fatalf("%s: restore: %v", what, err)
	}
}
