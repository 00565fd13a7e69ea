package present

import (
	"bytes"
	"encoding/csv"
	"io"
	"strings"

	"luoshi/internal/present/wording"
	"luoshi/reading"
)

// byteOrderMark makes Excel take the file as UTF-8.
const byteOrderMark = "\ufeff"

// csvWriter writes one table for all documents. In Chinese the headings and the values are words, for
// an office; in English they are the names and the codes of the record format.
type csvWriter struct {
	out    io.Writer
	opts   Options
	headed bool
}

func (w *csvWriter) Prepare(r *reading.Reading) (Commit, error) {
	var rows bytes.Buffer
	encoder := newEncoder(&rows)
	v, m := views[w.opts.What], newMaterial(r)
	record := make([]string, len(v.fields))
	for _, i := range v.rows(m, w.opts.Kinds) {
		for column, f := range v.fields {
			record[column] = w.written(f.value(m, i))
		}
		if err := encoder.Write(record); err != nil {
			return nil, err
		}
	}
	encoder.Flush()
	return func() error {
		if err := w.head(); err != nil {
			return err
		}
		_, err := w.out.Write(rows.Bytes())
		return err
	}, nil
}

// Close writes the headings where no document did, so that an empty result still opens as a table.
func (w *csvWriter) Close() error { return w.head() }

func (w *csvWriter) head() error {
	if w.headed {
		return nil
	}
	w.headed = true
	if _, err := io.WriteString(w.out, byteOrderMark); err != nil {
		return err
	}
	var names []string
	for _, f := range views[w.opts.What].fields {
		if w.opts.Lang == wording.Chinese {
			names = append(names, f.heading(w.opts.Lang))
		} else {
			names = append(names, f.key)
		}
	}
	encoder := newEncoder(w.out)
	if err := encoder.Write(names); err != nil {
		return err
	}
	encoder.Flush()
	return encoder.Error()
}

func (w *csvWriter) written(c cell) string {
	if c.form == number || c.form == date {
		return c.code()
	}
	if w.opts.Lang == wording.Chinese {
		return harmless(c.words(w.opts.Lang))
	}
	return harmless(c.code())
}

// newEncoder ends lines as spreadsheets expect.
func newEncoder(w io.Writer) *csv.Writer {
	encoder := csv.NewWriter(w)
	encoder.UseCRLF = true
	return encoder
}

// harmless keeps a spreadsheet from taking a document's words for a formula: the apostrophe in front
// is how Excel and WPS write “this is text”.
func harmless(s string) string {
	if s != "" && strings.ContainsRune("=+-@\t\r", rune(s[0])) {
		return "'" + s
	}
	return s
}
