package present

import (
	"fmt"
	"io"

	"luoshi/internal/present/wording"
	"luoshi/reading"
)

// workbook is a file to keep: a sheet for each part of the readings, each with its source beside it.
type workbook struct {
	out   io.Writer
	opts  Options
	book  *book
	views []view // of the sheets
}

func newWorkbook(w io.Writer, opts Options) (*workbook, error) {
	b, err := newBook(opts.Lang, kindBadges)
	if err != nil {
		return nil, err
	}
	wb := &workbook{out: w, opts: opts, book: b}
	for n, what := range Whats {
		layout := sheetColumns[what]
		v := views[what].pick(keysOf(layout)...)
		headings := make([]string, len(v.fields))
		for c, f := range v.fields {
			headings[c] = f.heading(opts.Lang)
		}
		if _, err := b.add(wording.Records.Say(opts.Lang, "sheet."+string(what)), layout, headings); err != nil {
			return nil, err
		}
		wb.views = append(wb.views, v)
		if what == opts.What {
			b.file.SetActiveSheet(n)
		}
	}
	return wb, nil
}

// Prepare works out the values of all sheets; the workbook itself is written by the commits.
func (w *workbook) Prepare(r *reading.Reading) (Commit, error) {
	m := newMaterial(r)
	rows := make([][][]any, len(w.views))
	for n, v := range w.views {
		layout := w.book.sheets[n].columns
		for _, i := range v.rows(m, w.opts.Kinds) {
			row := make([]any, len(layout))
			for c, f := range v.fields {
				row[c] = w.book.value(f.value(m, i), layout[c])
			}
			rows[n] = append(rows[n], row)
		}
	}
	return func() error {
		for n, s := range w.book.sheets {
			if err := s.append(rows[n]); err != nil {
				return fmt.Errorf("write sheet %s: %w", s.name, err)
			}
		}
		return nil
	}, nil
}

// Close writes the file.
func (w *workbook) Close() error { return w.book.writeTo(w.out) }
