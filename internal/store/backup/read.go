package backup

import (
	"bufio"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"hash"
	"io"
)

// LongestLine bounds a line, so that a broken file cannot take all memory. The longest real lines are
// texts of documents.
const LongestLine = 64 << 20

// mostColumns bounds a table.
const mostColumns = 200

// Sink takes what a file holds.
type Sink interface {
	Header(Header) error
	Table(Table) error
	Row(Table, []any) error
}

// Read reads a file from the header to its end. The sink has got rows before the end is compared with
// the digest; it must let go of them where Read fails.
func Read(r io.Reader, sink Sink) error {
	in := &reader{lines: bufio.NewReaderSize(r, 1<<16), digest: sha256.New(), sink: sink}
	for {
		more, err := in.next()
		if err != nil {
			return err
		}
		if !more {
			return in.nothingBehind()
		}
	}
}

type reader struct {
	lines  *bufio.Reader
	digest hash.Hash
	sink   Sink
	number int // of the line, from 1
	begun  bool
	table  *Table
	rows   int64
}

// next reads one line; more is false behind the last.
func (in *reader) next() (more bool, err error) {
	text, err := in.read()
	if err != nil {
		return false, err
	}
	if len(text) > 0 && text[0] == '[' {
		err = in.row(text)
	} else {
		more, err = in.other(text)
		if err != nil || !more {
			return false, err
		}
	}
	in.digest.Write(text)
	return err == nil, err
}

// read is the next line with its end.
func (in *reader) read() ([]byte, error) {
	in.number++
	var text []byte
	for {
		piece, err := in.lines.ReadSlice('\n')
		text = append(text, piece...)
		switch {
		case len(text) > LongestLine:
			return nil, faultAt(in.number, nil, "这一行过长，不是备份文件。", "The line is too long; this is no backup.")
		case err == nil:
			return text, nil
		case errors.Is(err, bufio.ErrBufferFull):
			continue
		case errors.Is(err, io.EOF):
			return nil, faultAt(in.number, nil, "备份文件不完整，结尾缺失，请换一份备份。", "The backup is cut off, its end is missing; use another one.")
		default:
			return nil, fmt.Errorf("read backup: %w", err)
		}
	}
}

func (in *reader) row(text []byte) error {
	if in.table == nil {
		return in.malformed(errors.New("a row stands before any table"))
	}
	var raw []json.RawMessage
	if err := json.Unmarshal(text, &raw); err != nil {
		return in.malformed(err)
	}
	if len(raw) != len(in.table.Columns) {
		return in.malformed(fmt.Errorf("%d values for %d columns of %s", len(raw), len(in.table.Columns), in.table.Name))
	}
	values := make([]any, len(raw))
	for i, column := range in.table.Columns {
		value, err := column.Kind.decode(raw[i])
		if err != nil {
			return in.malformed(fmt.Errorf("%s.%s: %w", in.table.Name, column.Name, err))
		}
		values[i] = value
	}
	in.rows++
	return in.sink.Row(*in.table, values)
}

func (in *reader) malformed(cause error) error {
	return faultAt(in.number, cause, "备份文件已损坏或被改动，请换一份备份。", "The backup is damaged or was altered; use another one.")
}

// other reads a line that is not a row.
func (in *reader) other(text []byte) (more bool, err error) {
	var l line
	decoder := json.NewDecoder(bytes.NewReader(text))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(&l); err != nil {
		return false, in.notBackup(err)
	}
	switch {
	case l.Header != nil && !in.begun:
		return true, in.header(*l.Header)
	case !in.begun:
		return false, in.notBackup(nil)
	case l.Table != nil:
		return true, in.begin(l.Table)
	case l.End != nil:
		return false, in.compare(*l.End)
	}
	return false, in.malformed(nil)
}

// notBackup tells a file of another sort from a damaged one.
func (in *reader) notBackup(cause error) error {
	if in.begun {
		return in.malformed(cause)
	}
	return faultAt(in.number, cause, "这不是本程序的备份文件。", "This is no backup of this program.")
}

func (in *reader) header(h Header) error {
	if h.Format != Format {
		return in.notBackup(nil)
	}
	if h.Version != Version {
		return faultAt(in.number, nil, "备份由更新版本的程序建立，请升级程序后再恢复。",
			"The backup was made by a newer version of the program; upgrade the program to restore it.")
	}
	in.begun = true
	return in.sink.Header(h)
}

func (in *reader) begin(t *Table) error {
	if len(t.Columns) == 0 || len(t.Columns) > mostColumns {
		return in.malformed(fmt.Errorf("%s has %d columns", t.Name, len(t.Columns)))
	}
	in.table = t
	return in.sink.Table(*t)
}

func (in *reader) compare(e end) error {
	if e.Rows != in.rows || e.SHA256 != hex.EncodeToString(in.digest.Sum(nil)) {
		return in.malformed(errors.New("the end does not fit what stands before it"))
	}
	return nil
}

func (in *reader) nothingBehind() error {
	if _, err := in.lines.ReadByte(); !errors.Is(err, io.EOF) {
		return in.malformed(errors.New("something stands behind the end"))
	}
	return nil
}
