package present

import (
	"fmt"
	"io"
	"strconv"
	"time"

	"github.com/xuri/excelize/v2"

	"luoshi/internal/present/wording"
	"luoshi/reading"
)

// mostRows is the number of rows that a sheet can hold.
const mostRows = 1 << 20

// workbook is a file to keep: a sheet for each part of the readings, each with its source beside it.
type workbook struct {
	out    io.Writer
	opts   Options
	file   *excelize.File
	styles styles
	sheets []*sheet
}

// sheet is one sheet while it is written row by row.
type sheet struct {
	name    string
	view    view
	columns []sheetColumn
	stream  *excelize.StreamWriter
	rows    int
}

func newWorkbook(w io.Writer, opts Options) (*workbook, error) {
	book := &workbook{out: w, opts: opts, file: excelize.NewFile()}
	styles, err := newStyles(book.file)
	if err != nil {
		return nil, fmt.Errorf("make styles of workbook: %w", err)
	}
	book.styles = styles
	for n, what := range Whats {
		s, err := book.newSheet(n, what)
		if err != nil {
			return nil, fmt.Errorf("make sheet %s: %w", what, err)
		}
		book.sheets = append(book.sheets, s)
		if what == opts.What {
			book.file.SetActiveSheet(n)
		}
	}
	return book, nil
}

func (b *workbook) newSheet(n int, what What) (*sheet, error) {
	name := wording.Records.Say(b.opts.Lang, "sheet."+string(what))
	if n == 0 {
		if err := b.file.SetSheetName("Sheet1", name); err != nil {
			return nil, err
		}
	} else if _, err := b.file.NewSheet(name); err != nil {
		return nil, err
	}
	layout := sheetColumns[what]
	s := &sheet{name: name, columns: layout, view: views[what].pick(keysOf(layout)...)}
	if err := b.layOut(name); err != nil {
		return nil, err
	}
	stream, err := b.file.NewStreamWriter(name)
	if err != nil {
		return nil, err
	}
	s.stream = stream
	return s, b.head(s)
}

// layOut sets how the sheet prints: A4 across, as wide as the page, as long as it needs.
func (b *workbook) layOut(name string) error {
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
func (b *workbook) head(s *sheet) error {
	headings := make([]any, len(s.columns))
	for c, column := range s.columns {
		if err := s.stream.SetColWidth(c+1, c+1, column.width); err != nil {
			return err
		}
		headings[c] = excelize.Cell{StyleID: b.styles.heading, Value: s.view.fields[c].heading(b.opts.Lang)}
	}
	if err := s.stream.SetPanes(&excelize.Panes{
		Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft",
	}); err != nil {
		return err
	}
	s.rows = 1
	return s.stream.SetRow("A1", headings, excelize.RowOpts{Height: 24})
}

// Prepare works out the values of all sheets; the workbook itself is written by the commits.
func (b *workbook) Prepare(r *reading.Reading) (Commit, error) {
	m := newMaterial(r)
	rows := make([][][]any, len(b.sheets))
	for n, s := range b.sheets {
		for _, i := range s.view.rows(m, b.opts.Kinds) {
			row := make([]any, len(s.columns))
			for c, f := range s.view.fields {
				row[c] = b.value(f.value(m, i), s.columns[c])
			}
			rows[n] = append(rows[n], row)
		}
	}
	return func() error {
		for n, s := range b.sheets {
			if err := s.append(rows[n]); err != nil {
				return fmt.Errorf("write sheet %s: %w", s.name, err)
			}
		}
		return nil
	}, nil
}

func (s *sheet) append(rows [][]any) error {
	if s.rows+len(rows) > mostRows {
		return fmt.Errorf("more than %d rows", mostRows)
	}
	for _, row := range rows {
		s.rows++
		if err := s.stream.SetRow("A"+strconv.Itoa(s.rows), row); err != nil {
			return err
		}
	}
	return nil
}

// value is the cell as Excel takes it. Text is always given as a string, which the stream writes as an
// inline string and never as a formula, whatever it begins with.
func (b *workbook) value(c cell, column sheetColumn) excelize.Cell {
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
	if c.family == "kind" {
		style = b.styles.kinds[c.text]
	}
	return excelize.Cell{StyleID: style, Value: c.words(b.opts.Lang)}
}

// Close sets the filters and the titles that every printed page repeats, and writes the file.
func (b *workbook) Close() error {
	defer b.file.Close()
	for _, s := range b.sheets {
		if err := b.finish(s); err != nil {
			return fmt.Errorf("finish sheet %s: %w", s.name, err)
		}
	}
	if err := b.file.Write(b.out); err != nil {
		return fmt.Errorf("write workbook: %w", err)
	}
	return nil
}

func (b *workbook) finish(s *sheet) error {
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
