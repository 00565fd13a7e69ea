package backup_test

import (
	"crypto/sha256"
	"errors"
	"fmt"
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

const body = `{"header":{"format":"luoshi-backup","version":1,"made":"","dialect":"sqlite","rooms":{"store":1}}}
{"of":{"table":"a","columns":[{"name":"x","kind":"text"},{"name":"y","kind":"integer"},{"name":"z","kind":"bytes"}]}}
["甲",1,"AP8="]
[null,-9223372036854775808,""]
`

// sealed is a file with the end that fits it.
func sealed(body string, rows int) string {
	return body + fmt.Sprintf("{\"end\":{\"rows\":%d,\"sha256\":\"%x\"}}\n", rows, sha256.Sum256([]byte(body)))
}

func TestTheFormIsReadAsItIsWrittenDown(t *testing.T) {
	sink := &counting{t: t}
	if err := backup.Read(strings.NewReader(sealed(body, 2)), sink); err != nil || sink.rows != 2 {
		t.Errorf("%d rows, %v", sink.rows, err)
	}
	for name, file := range map[string]string{
		"a float":              sealed(strings.Replace(body, ",1,", ",1.5,", 1), 2),
		"a number too large":   sealed(strings.Replace(body, "-9223372036854775808", "9223372036854775808", 1), 2),
		"no base64":            sealed(strings.Replace(body, "AP8=", "?", 1), 2),
		"an unknown kind":      sealed(strings.Replace(body, "bytes", "float", 1), 2),
		"rows miscounted":      sealed(body, 3),
		"an unknown line":      sealed(body+"{\"note\":1}\n", 2),
		"a table of no column": sealed(body+`{"of":{"table":"b","columns":[]}}`+"\n", 2),
	} {
		if err := backup.Read(strings.NewReader(file), &counting{t: t}); err == nil {
			t.Errorf("%s is taken", name)
		}
	}
}

// Whatever a file holds, reading it ends without a panic, and one that is accepted has the rows that it
// counts.
func FuzzRead(f *testing.F) {
	f.Add(body, 2)
	f.Add("", 0)
	f.Add("{}\n", 0)
	f.Add("[\n", 0)
	f.Add(body, -1)
	f.Add(strings.Replace(body, "integer", "boolean", 1), 2)
	f.Fuzz(func(t *testing.T, body string, rows int) {
		sink := &counting{t: t}
		err := backup.Read(strings.NewReader(sealed(body, rows)), sink)
		if err == nil && sink.rows != rows {
			t.Errorf("%d rows were read of a file that counts %d", sink.rows, rows)
		}
		if err := backup.Read(strings.NewReader(body), &counting{t: t}); err == nil && !strings.Contains(body, "sha256") {
			t.Error("a file without its end is taken")
		}
	})
}
