package backup_test

import (
	"errors"
	"io"
	"strings"
	"testing"

	"luoshi/internal/store/backup"
)

// counting is a sink that only counts, and checks what Read promises of rows.
type counting struct {
	t    *testing.T
	rows int
}

func (c *counting) Header(backup.Header) error { return nil }
func (c *counting) Table(backup.Table) error   { return nil }

func (c *counting) Row(table backup.Table, values []any) error {
	c.rows++
	if len(values) != len(table.Columns) {
		c.t.Errorf("%d values for %d columns", len(values), len(table.Columns))
	}
	return nil
}

func TestALineWithoutEndIsNotReadIntoMemory(t *testing.T) {
	endless := io.LimitReader(zeros{}, backup.LongestLine*4)
	err := backup.Read(endless, &counting{t: t})
	var fault *backup.Fault
	if !errors.As(err, &fault) || !strings.Contains(fault.Words.EN, "too long") {
		t.Errorf("the error is %v", err)
	}
}

// zeros is a reader that never ends.
type zeros struct{}

func (zeros) Read(p []byte) (int, error) {
	for i := range p {
		p[i] = '0'
	}
	return len(p), nil
}

const small = `{"header":{"format":"luoshi-backup","version":1,"made":"","dialect":"sqlite","rooms":{"store":1}}}
{"of":{"table":"a","columns":[{"name":"x","kind":"text"},{"name":"y","kind":"integer"},{"name":"z","kind":"bytes"}]}}
["甲",1,"AP8="]
[null,-9223372036854775808,""]
{"end":{"rows":2,"sha256":"a91fd9a9a4c7f9a2b6d1bb3a4a34a94a1f4f5c5e5b3a2dbb7dd5b0e1f0f4f0d5"}}
`

// Whatever a file holds, reading it ends, without a panic; one that is accepted holds no unread rows.
func FuzzRead(f *testing.F) {
	f.Add(small)
	f.Add("")
	f.Add("{}\n")
	f.Add("[\n")
	f.Add(strings.Replace(small, `"rows":2`, `"rows":-1`, 1))
	f.Add(strings.Replace(small, "integer", "boolean", 1))
	f.Fuzz(func(t *testing.T, data string) {
		sink := &counting{t: t}
		err := backup.Read(strings.NewReader(data), sink)
		if err == nil && sink.rows > strings.Count(data, "\n") {
			t.Errorf("%d rows in %d lines", sink.rows, strings.Count(data, "\n"))
		}
	})
}
