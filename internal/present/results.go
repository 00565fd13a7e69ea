package present

import (
	"encoding/json"
	"fmt"
	"io"
	"strings"

	"github.com/xuri/excelize/v2"

	"luoshi/checking"
	terminal "luoshi/internal/present/columns"
	"luoshi/internal/present/wording"
)

// ResultFormats are the forms in which findings and promises are written, in the order in which they
// are offered.
var ResultFormats = []Format{Table, JSONL, Excel, HTML}

// Look says how results are written.
type Look struct {
	Format Format
	Lang   wording.Lang
	Colour bool // by severity or verdict, with ANSI sequences; tables only
	Width  int  // columns of the terminal; 0 cuts nothing; tables only
}

// results is something that can be written in each of ResultFormats.
type results interface {
	writeTable(w io.Writer, look Look) error
	records(lang wording.Lang) []any
	fillBook(lang wording.Lang) (*book, error)
	page(lang wording.Lang) io.WriterTo
}

// write writes results as the look says.
func write(w io.Writer, r results, look Look) error {
	switch look.Format {
	case Table:
		return r.writeTable(w, look)
	case JSONL:
		return writeRecords(w, r.records(look.Lang))
	case Excel:
		b, err := r.fillBook(look.Lang)
		if err != nil {
			return err
		}
		return b.writeTo(w)
	case HTML:
		_, err := r.page(look.Lang).WriteTo(w)
		return err
	}
	return fmt.Errorf("present: no format %q", look.Format)
}

// writeRecords writes one JSON object a line, with the words of the documents as they are.
func writeRecords(w io.Writer, records []any) error {
	encoder := json.NewEncoder(w)
	encoder.SetEscapeHTML(false)
	for _, record := range records {
		if err := encoder.Encode(record); err != nil {
			return fmt.Errorf("write record: %w", err)
		}
	}
	return nil
}

// in is a sentence in one of its languages.
func in(w checking.Wording, lang wording.Lang) string {
	if lang == wording.English && w.EN != "" {
		return w.EN
	}
	return w.ZH
}

// say is a word of checking or matching.
func say(lang wording.Lang, key string, args ...any) string {
	return wording.Results.Say(lang, key, args...)
}

// column is one column of a result's sheet: its width, and its value for a record.
type column[T any] struct {
	sheetColumn
	value func(record T) cell
}

// fillSheet adds a sheet with a row for each record.
func fillSheet[T any](b *book, name string, columns []column[T], records []T) error {
	layout, headings := make([]sheetColumn, len(columns)), make([]string, len(columns))
	for c, column := range columns {
		layout[c], headings[c] = column.sheetColumn, say(b.lang, "field."+column.key)
	}
	s, err := b.add(say(b.lang, "sheet."+name), layout, headings)
	if err != nil {
		return err
	}
	for _, record := range records {
		row, tall := make([]any, len(columns)), 1
		for c, column := range columns {
			value := column.value(record)
			row[c] = b.value(value, layout[c])
			if layout[c].wrap {
				tall = max(tall, lineCount(value.words(b.lang), layout[c].width))
			}
		}
		height := excelize.RowOpts{Height: min(float64(tall)*lineHeight+linePadding, mostHeight)}
		if err := s.appendRow(row, height); err != nil {
			return fmt.Errorf("write sheet %s: %w", s.name, err)
		}
	}
	return nil
}

// The height of a line of a sheet in points, what a row has besides, and the height that no row can pass.
const lineHeight, linePadding, mostHeight = 14.5, 4, 409

// lineCount is the number of lines that a text takes in a column of that width. Office programs fit the
// height of a row only while it is edited, so that it has to be said.
func lineCount(text string, width float64) int {
	n := 0
	for line := range strings.SplitSeq(text, "\n") {
		n += 1 + max(0, terminal.Of(line)-1)/max(1, int(width)-1)
	}
	return n
}
