package present

import (
	"fmt"
	"io"
	"strconv"
	"time"

	"github.com/xuri/excelize/v2"

	"luoshi/internal/present/wording"
)

// mostRows is the number of rows that a sheet can hold.
const mostRows = 1 << 20

// book is an Excel file while its sheets are written row by row.
type book struct {
	lang   wording.Lang
	file   *excelize.File
	styles styles
	sheets []*sheet
}

// sheet is one sheet of a book.
type sheet struct {
	name    string
	columns []sheetColumn
	stream  *excelize.StreamWriter
	rows    int
}

func newBook(lang wording.Lang, badges []badge) (*book, error) {
	b := &book{lang: lang, file: excelize.NewFile()}
	styles, err := newStyles(b.file, badges)
	if err != nil {
		return nil, fmt.Errorf("make styles of workbook: %w", err)
	}
	b.styles = styles
	return b, nil
}

// add puts a sheet behind those already there.
func (b *book) add(name string, columns []sheetColumn, headings []string) (*sheet, error) {
	s, err := b.newSheet(name, columns, headings)
	if err != nil {
		return nil, fmt.Errorf("make sheet %s: %w", name, err)
	}
	return s, nil
}

func (b *book) newSheet(name string, columns []sheetColumn, headings []string) (*sheet, error) {
	if len(b.sheets) == 0 {
		if err := b.file.SetSheetName("Sheet1", name); err != nil {
			return nil, err
		}
	} else if _, err := b.file.NewSheet(name); err != nil {
		return nil, err
	}
	s := &sheet{name: name, columns: columns}
	b.sheets = append(b.sheets, s)
	if err := b.layOut(name); err != nil {
		return nil, err
	}
	stream, err := b.file.NewStreamWriter(name)
	if err != nil {
		return nil, err
	}
	s.stream = stream
	return s, b.head(s, headings)
}

// layOut sets how the sheet prints: A4 across, as wide as the page, as long as it needs.
func (b *book) layOut(name string) error {
	size, orientation, wide, long := 9, "landscape", 1, 0
	if err := b.file.SetPageLayout(name, &excelize.PageLayoutOptions{
		Size: &size, Orientation: &orientation, FitToWidth: &wide, FitToHeight: &long,
	}); err != nil {
		return err
	}
	fit := true
	if err := b.file.SetSheetProps(name, &excelize.SheetPropsOptions{FitToPage: &fit}); err != nil {
		return err
	}
	margin, edge := 0.5, 0.6
	if err := b.file.SetPageMargins(name, &excelize.PageLayoutMarginsOptions{
		Left: &margin, Right: &margin, Top: &edge, Bottom: &edge,
	}); err != nil {
		return err
	}
	return b.file.SetHeaderFooter(name, &excelize.HeaderFooterOptions{OddFooter: "&L&A&C— &P / &N —"})
}

// head writes widths, headings and the frozen pane.
func (b *book) head(s *sheet, names []string) error {
	headings := make([]any, len(s.columns))
	for c, column := range s.columns {
		if err := s.stream.SetColWidth(c+1, c+1, column.width); err != nil {
			return err
		}
		headings[c] = excelize.Cell{StyleID: b.styles.heading, Value: names[c]}
	}
	if err := s.stream.SetPanes(&excelize.Panes{
		Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft",
	}); err != nil {
		return err
	}
	s.rows = 1
	return s.stream.SetRow("A1", headings, excelize.RowOpts{Height: 24})
}

func (s *sheet) append(rows [][]any) error {
	for _, row := range rows {
		if err := s.appendRow(row); err != nil {
			return err
		}
	}
	return nil
}

// appendRow writes one row below those already there.
func (s *sheet) appendRow(row []any, opts ...excelize.RowOpts) error {
	if s.rows == mostRows {
		return fmt.Errorf("more than %d rows", mostRows)
	}
	s.rows++
	return s.stream.SetRow("A"+strconv.Itoa(s.rows), row, opts...)
}

// value is the cell as Excel takes it. Text is always given as a string, which the stream writes as an
// inline string and never as a formula, whatever it begins with.
func (b *book) value(c cell, column sheetColumn) excelize.Cell {
	switch c.form {
	case number:
		digits := c.number.String()
		if value, err := strconv.ParseFloat(digits, 64); err == nil {
			return excelize.Cell{StyleID: b.styles.number(digits), Value: value}
		}
		return excelize.Cell{StyleID: b.styles.text, Value: digits}
	case date:
		if c.date.Year < 1901 { // the calendar of a workbook begins in 1900, with a day that never was
			return excelize.Cell{StyleID: b.styles.text, Value: c.date.String()}
		}
		day := time.Date(int(c.date.Year), time.Month(c.date.Month), int(c.date.Day), 0, 0, 0, 0, time.UTC)
		return excelize.Cell{StyleID: b.styles.date, Value: day}
	}
	style := b.styles.text
	if column.wrap {
		style = b.styles.wrapped
	}
	if id, ok := b.styles.badges[c.family+"."+c.text]; ok {
		style = id
	}
	return excelize.Cell{StyleID: style, Value: c.words(b.lang)}
}

// writeTo sets the filters and the titles that every printed page repeats, and writes the file.
func (b *book) writeTo(w io.Writer) error {
	defer b.file.Close()
	for _, s := range b.sheets {
		if err := b.finish(s); err != nil {
			return fmt.Errorf("finish sheet %s: %w", s.name, err)
		}
	}
	if err := b.file.Write(w); err != nil {
		return fmt.Errorf("write workbook: %w", err)
	}
	return nil
}

func (b *book) finish(s *sheet) error {
	last, err := excelize.CoordinatesToCellName(len(s.columns), s.rows)
	if err != nil {
		return err
	}
	if err := b.file.AutoFilter(s.name, "A1:"+last, nil); err != nil {
		return err
	}
	if err := s.stream.Flush(); err != nil {
		return err
	}
	return b.file.SetDefinedName(&excelize.DefinedName{
		Name: "_xlnm.Print_Titles", RefersTo: "'" + s.name + "'!$1:$1", Scope: s.name,
	})
}
