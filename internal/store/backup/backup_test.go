package backup_test

import (
	"bytes"
	"context"
	"errors"
	"reflect"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/uptrace/bun"

	"luoshi/internal/store"
	"luoshi/internal/store/backup"
	"luoshi/internal/store/storetest"
	"luoshi/ledger"
)

// log is a room whose table holds bytes, numbers its rows itself and refuses to lose one.
var log = store.Room{Name: "log", Files: fstest.MapFS{
	"sqlite/00001_log.sql": {Data: []byte("-- +goose Up\nCREATE TABLE log (number INTEGER PRIMARY KEY, body BLOB NOT NULL, done BOOLEAN, at TIMESTAMP);\n")},
	"postgres/00001_log.sql": {Data: []byte("-- +goose Up\nCREATE TABLE log (number BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY, " +
		"body BYTEA NOT NULL, done BOOLEAN, at TIMESTAMPTZ);\n")},
}}

var withLog = store.Options{Rooms: []store.Room{log}}

func writeLog(t *testing.T, s *store.Store) (number int64) {
	t.Helper()
	err := s.Within(t.Context(), func(ctx context.Context, tx bun.Tx) error {
		return tx.NewRaw("INSERT INTO log (body, done, at) VALUES (?, ?, ?) RETURNING number",
			[]byte{0, 0xff, '\n'}, true, "2026-01-02 03:04:05+00:00").Scan(ctx, &number)
	})
	if err != nil {
		t.Fatal(err)
	}
	return number
}

func write(t *testing.T, s *store.Store) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := backup.Write(t.Context(), s, &b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// rows are the lines of a backup between its header and its end, which alone may differ.
func rows(data []byte) string {
	lines := strings.SplitAfter(string(data), "\n")
	return strings.Join(lines[1:len(lines)-2], "")
}

func TestABackupRestoresIntoEitherDatabase(t *testing.T) {
	databases := map[string]func(testing.TB) string{"sqlite": storetest.SQLite, "postgres": storetest.Postgres}
	for from, fromDSN := range databases {
		for to, toDSN := range databases {
			t.Run(from+" to "+to, func(t *testing.T) {
				source := storetest.Open(t, fromDSN(t), withLog)
				d := storetest.Settle(t, source)
				d.Promises(t, source, 120)
				writeLog(t, source)
				data := write(t, source)

				target := storetest.Open(t, toDSN(t), withLog)
				if err := backup.Restore(t.Context(), target, bytes.NewReader(data)); err != nil {
					t.Fatal(err)
				}
				if again := write(t, target); rows(again) != rows(data) {
					t.Errorf("the backup of what was restored differs:\n%.2000s\nwas:\n%.2000s", rows(again), rows(data))
				}
				expectAlive(t, target, d)
			})
		}
	}
}

// expectAlive tells whether a restored store can be searched and written, and still guards its wording.
func expectAlive(t *testing.T, s *store.Store, d storetest.District) {
	t.Helper()
	got, err := s.Commitments().Get(t.Context(), string(d.Commitment.ID))
	if err != nil || !reflect.DeepEqual(got.Value, d.Commitment) {
		t.Errorf("the commitment is %+v, %v", got.Value, err)
	}
	if hits, err := s.Search(t.Context(), store.Query{Text: "雨污分流"}); err != nil || len(hits.Hits) != 1 {
		t.Errorf("search finds %v, %v", hits, err)
	}
	if number := writeLog(t, s); number != 2 {
		t.Errorf("the next entry of the log is %d", number)
	}
	if _, err := s.Commitments().Add(t.Context(), d.Promise(s, ledger.CommitmentTerms{Title: "恢复之后"})); err != nil {
		t.Error(err)
	}
	err = s.Within(t.Context(), func(ctx context.Context, tx bun.Tx) error {
		_, err := tx.ExecContext(ctx, "DELETE FROM commitment_passages")
		return err
	})
	if err == nil {
		t.Error("the wording is no longer guarded")
	}
}

func TestWhatCannotBeRestoredChangesNothing(t *testing.T) {
	source := storetest.Open(t, storetest.SQLite(t), store.Options{})
	d := storetest.Settle(t, source)
	whole := string(write(t, source))
	lines := strings.SplitAfter(whole, "\n")
	cut := strings.Join(lines[:len(lines)-2], "")
	for name, c := range map[string]struct{ data, says string }{
		"nothing":            {"", "cut off"},
		"another file":       {"序号,任务\n1,修路\n", "no backup of this program"},
		"another JSON":       {"{\"a\":1}\n", "no backup of this program"},
		"cut at a line":      {cut, "cut off"},
		"cut within a line":  {whole[:len(whole)/2], "cut off"},
		"a row taken away":   {strings.Replace(whole, lines[3], "", 1), "damaged"},
		"a figure altered":   {strings.Replace(whole, "200.0", "100.0", 1), "damaged"},
		"a row too short":    {strings.Replace(whole, lines[3], "[1]\n", 1), "damaged"},
		"a row before all":   {"[1]\n" + whole, "damaged"},
		"something behind":   {whole + "\n", "damaged"},
		"two headers":        {lines[0] + whole, "damaged"},
		"a newer form":       {strings.Replace(whole, `"version":1`, `"version":2`, 1), "newer version"},
		"other tables":       {strings.Replace(whole, `"store":`, `"store":9`, 1), "another version"},
		"an unknown table":   {strings.Replace(whole, `"table":"units"`, `"table":"onits"`, 1), "onits"},
		"an unknown column":  {strings.Replace(whole, `"name":"parent"`, `"name":"mother"`, 1), "not the one of this database"},
		"a unit's dangling":  {strings.Replace(whole, string(d.Government.ID)+`",1,`, string(d.Post.ID)+`",1,`, 1), ""},
		"a number as a word": {strings.Replace(whole, `",1,"20`, `","1","20`, 1), "damaged"},
	} {
		t.Run(name, func(t *testing.T) {
			target := storetest.Open(t, storetest.SQLite(t), store.Options{})
			err := backup.Restore(t.Context(), target, strings.NewReader(c.data))
			if err == nil || !strings.Contains(err.Error(), c.says) {
				t.Errorf("the error is %v, want one that says %q", err, c.says)
			}
			if n, err := target.Units().Count(t.Context()); n != 0 || err != nil {
				t.Errorf("%d units are left, %v", n, err)
			}
			if err := backup.Restore(t.Context(), target, strings.NewReader(whole)); err != nil {
				t.Errorf("afterwards the whole backup fails: %v", err)
			}
		})
	}
}

func TestAFaultNamesItsLineInBothLanguages(t *testing.T) {
	target := storetest.Open(t, storetest.SQLite(t), store.Options{})
	err := backup.Restore(t.Context(), target, strings.NewReader("hello\n"))
	var fault *backup.Fault
	if !errors.As(err, &fault) || fault.Line != 1 || fault.Words.ZH == "" || fault.Words.EN == "" {
		t.Errorf("the error is %#v", err)
	}
}

func TestADatabaseInUseIsNotRestoredInto(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		storetest.Settle(t, s)
		err := backup.Restore(t.Context(), s, bytes.NewReader(write(t, s)))
		if err == nil || !strings.Contains(err.Error(), "not empty") {
			t.Errorf("the error is %v", err)
		}
	})
}
