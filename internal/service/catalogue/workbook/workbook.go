// Package workbook writes lists as Excel files, row by row, so that a long list does not stand in memory. What is
// written is what the ledger holds: text stays text whatever it begins with, and a figure becomes a number only
// where Excel keeps all its digits.
package workbook

import (
	"fmt"
	"io"
	"iter"
	"mime"
	"net/http"
	"strings"

	"github.com/xuri/excelize/v2"
)

// MediaType is that of the files.
const MediaType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

// Column is one column of a sheet.
type Column struct {
	Heading string
	Width   float64 // in characters; 14 where it is 0
	Wrap    bool    // long text, on several lines
}

// Headings are columns by the keys of their words, with their widths as of a Column.
type Headings []struct {
	Key   string
	Width float64
}

// wide is the width from which on the text of a column stands on several lines.
const wide = 25

// Columns are the columns that headings name, whose words are found under a prefix and their keys.
func Columns(words func(key string, values ...any) string, prefix string, headings Headings) []Column {
	columns := make([]Column, len(headings))
	for i, h := range headings {
		columns[i] = Column{Heading: words(prefix + h.Key), Width: h.Width, Wrap: h.Width >= wide}
	}
	return columns
}

// Sheet is one sheet. Its rows are asked for once, in order; an error among them ends the writing.
type Sheet struct {
	Name    string // shortened and cleared of what Excel does not allow in it
	Columns []Column
	Rows    iter.Seq2[[]Cell, error]
}

// Rows are rows that are at hand already.
func Rows(rows ...[]Cell) iter.Seq2[[]Cell, error] {
	return func(yield func([]Cell, error) bool) {
		for _, row := range rows {
			if !yield(row, nil) {
				return
			}
		}
	}
}

// Write writes a file with the sheets. Nothing is written to w where a row could not be had.
func Write(w io.Writer, sheets ...Sheet) error {
	b, err := newBook()
	if err != nil {
		return fmt.Errorf("make workbook: %w", err)
	}
	defer b.file.Close()
	for _, s := range sheets {
		if err := b.add(s); err != nil {
			return fmt.Errorf("write sheet %s: %w", s.Name, err)
		}
	}
	if err := b.file.Write(w); err != nil {
		return fmt.Errorf("write workbook: %w", err)
	}
	return nil
}

// Serve answers a request with a file, whose name is given without its ending. Where a row cannot be had the error
// comes back before anything was answered.
func Serve(w http.ResponseWriter, name string, sheets ...Sheet) error {
	return Write(&attachment{ResponseWriter: w, name: name + ".xlsx"}, sheets...)
}

// attachment says what an answer is as soon as it begins.
type attachment struct {
	http.ResponseWriter
	name  string
	begun bool
}

// Write says in the header how the file is called, and goes on with the file.
func (a *attachment) Write(data []byte) (int, error) {
	if !a.begun {
		a.begun = true
		a.Header().Set("Content-Type", MediaType)
		a.Header().Set("Content-Disposition", mime.FormatMediaType("attachment", map[string]string{"filename": a.name}))
	}
	return a.ResponseWriter.Write(data)
}

// longestName is how long Excel lets the name of a sheet be.
const longestName = 31

// sheetName is a name as Excel takes it, told apart from those given already.
func (b *book) sheetName(name string) string {
	name = strings.Trim(strings.Map(func(r rune) rune {
		if r < ' ' || strings.ContainsRune(`:\/?*[]`, r) {
			return ' '
		}
		return r
	}, name), " '")
	if name == "" {
		name = "Sheet"
	}
	base := cut(name, longestName-4)
	for n := 2; b.names[strings.ToLower(cut(name, longestName))]; n++ {
		name = fmt.Sprintf("%s (%d)", base, n)
	}
	name = cut(name, longestName)
	b.names[strings.ToLower(name)] = true
	return name
}

// cut shortens a text to so many units of UTF-16, which is how Excel counts.
func cut(text string, units int) string {
	for i, r := range text {
		units--
		if r > 0xFFFF {
			units--
		}
		if units < 0 {
			return text[:i]
		}
	}
	return text
}

// book is a file while its sheets are written.
type book struct {
	file   *excelize.File
	styles styles
	names  map[string]bool
}

func newBook() (*book, error) {
	file := excelize.NewFile()
	styles, err := newStyles(file)
	return &book{file: file, styles: styles, names: map[string]bool{}}, err
}
