// Package present writes readings for people and for programs: an aligned table for a terminal, JSON
// lines, CSV, an Excel workbook and an annotated page. It is what `luoshi read` prints.
package present

import (
	"fmt"
	"io"

	"luoshi/internal/present/page"
	"luoshi/internal/present/wording"
	"luoshi/reading"
)

// What is the part of a reading that is shown.
type What string

const (
	Quantities What = "quantities"
	Clauses    What = "clauses"
	Outline    What = "outline"
	Meta       What = "meta"
)

// Whats are the parts in the order in which they are offered.
var Whats = []What{Quantities, Clauses, Outline, Meta}

// Format is a form of writing.
type Format string

const (
	Table Format = "table"
	JSONL Format = "jsonl"
	CSV   Format = "csv"
	Excel Format = "xlsx"
	HTML  Format = "html"
)

// Formats are the forms in the order in which they are offered.
var Formats = []Format{Table, JSONL, CSV, Excel, HTML}

// WholeFile tells that the format is one file for all documents, which a program opens: it makes no
// sense on a terminal.
func (f Format) WholeFile() bool { return f == Excel || f == HTML }

// Options says what is shown and how. The zero value of Kinds shows every kind.
type Options struct {
	What   What
	Format Format
	Lang   wording.Lang
	Kinds  KindSet
	Colour bool // colour by kind with ANSI sequences; tables only
	Width  int  // columns of the terminal; 0 cuts nothing; tables only
}

// KindSet is a set of kinds; the empty set stands for all of them.
type KindSet uint8

// With adds a kind.
func (s KindSet) With(k reading.Kind) KindSet { return s | 1<<k }

// Has tells whether records of the kind are shown.
func (s KindSet) Has(k reading.Kind) bool { return s == 0 || s&(1<<k) != 0 }

// Commit appends a prepared reading to the output.
type Commit func() error

// Writer writes readings in one format.
type Writer interface {
	// Prepare does the work that concerns one reading alone. It may be called from several goroutines
	// at once. The reading may be dropped afterwards; the commits are called one by one, in the order
	// in which the documents shall stand.
	Prepare(r *reading.Reading) (Commit, error)
	// Close writes what comes after the last document.
	Close() error
}

// New is the writer of a format on w.
func New(w io.Writer, opts Options) (Writer, error) {
	switch opts.Format {
	case Table:
		return newTableWriter(w, opts), nil
	case JSONL:
		return &jsonlWriter{out: w, opts: opts}, nil
	case CSV:
		return &csvWriter{out: w, opts: opts}, nil
	case Excel:
		return newWorkbook(w, opts)
	case HTML:
		return &pageWriter{out: w, page: page.New(page.Options{
			Lang: opts.Lang, Shows: opts.Kinds.Has, Clauses: opts.What == Clauses,
		})}, nil
	}
	return nil, fmt.Errorf("present: no format %q", opts.Format)
}

// pageWriter collects the annotated page, which is written at once at the end.
type pageWriter struct {
	out  io.Writer
	page *page.Page
}

func (w *pageWriter) Prepare(r *reading.Reading) (Commit, error) {
	annotated, err := page.Annotate(r, w.page.Options)
	if err != nil {
		return nil, err
	}
	return func() error {
		w.page.Add(annotated)
		return nil
	}, nil
}

func (w *pageWriter) Close() error {
	_, err := w.page.WriteTo(w.out)
	return err
}
