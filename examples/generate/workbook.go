package main

import (
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"
)

// writeWorkbook writes a sheet for each table of the source: its caption across the top, the header with
// its merged cells, numbers as numbers that show the decimals of the source.
func writeWorkbook(path string, s *source) error {
	book := excelize.NewFile()
	defer book.Close()
	err := book.SetDocProps(&excelize.DocProperties{
		Title: s.title, Creator: "望溪区发展和改革局", Created: "2026-01-23T08:00:00Z", Modified: "2026-01-23T08:00:00Z",
	})
	if err != nil {
		return err
	}
	caption, count := s.title, 0
	for _, b := range s.blocks {
		if b.class == "caption" {
			caption = b.text
		}
		if b.tag != "table" {
			continue
		}
		count++
		sheet := "表" + strconv.Itoa(count)
		if count == 1 {
			err = book.SetSheetName("Sheet1", sheet)
		} else {
			_, err = book.NewSheet(sheet)
		}
		if err != nil {
			return err
		}
		if err := writeSheet(book, sheet, caption, b); err != nil {
			return fmt.Errorf("sheet %s: %w", sheet, err)
		}
	}
	return book.SaveAs(path)
}

// A sheetWriter keeps what the cells of one sheet share. Errors of excelize are kept, the first one is
// returned at the end.
type sheetWriter struct {
	book   *excelize.File
	sheet  string
	taken  map[[2]int]bool // places covered by a merged cell
	widths map[int]int     // by column, in characters
	err    error
}

func writeSheet(book *excelize.File, sheet, caption string, table block) error {
	w := &sheetWriter{book: book, sheet: sheet, taken: map[[2]int]bool{}, widths: map[int]int{}}
	columns := 0
	for _, c := range table.rows[0] {
		columns += c.colSpan
	}
	w.put(cell{text: caption, header: true, rowSpan: 1, colSpan: columns}, 1, 1)
	w.widths[1] = 0 // the caption spans all columns and widens none
	headerRows := 1
	for i, row := range table.rows {
		column := 1
		for _, c := range row {
			for w.taken[[2]int{i + 2, column}] {
				column++
			}
			w.put(c, i+2, column)
			column += c.colSpan
		}
		if row[0].header {
			headerRows++
		}
	}
	for column, width := range w.widths {
		name, err := excelize.ColumnNumberToName(column)
		w.keep(err)
		w.keep(book.SetColWidth(sheet, name, name, float64(2*min(max(width, 4), 16)+2)))
	}
	w.keep(printOnOnePage(book, sheet))
	corner, err := excelize.CoordinatesToCellName(1, headerRows+1)
	w.keep(err)
	w.keep(book.SetPanes(sheet, &excelize.Panes{Freeze: true, YSplit: headerRows, TopLeftCell: corner, ActivePane: "bottomLeft"}))
	return w.err
}

// printOnOnePage sets A4 across, as wide as the page.
func printOnOnePage(book *excelize.File, sheet string) error {
	fit, across, paper, width, height := true, "landscape", 9, 1, 0
	if err := book.SetSheetProps(sheet, &excelize.SheetPropsOptions{FitToPage: &fit}); err != nil {
		return err
	}
	return book.SetPageLayout(sheet, &excelize.PageLayoutOptions{
		Orientation: &across, Size: &paper, FitToWidth: &width, FitToHeight: &height,
	})
}

// put writes one cell at its row and column, from 1, and marks the places it covers.
func (w *sheetWriter) put(c cell, row, column int) {
	first, err := excelize.CoordinatesToCellName(column, row)
	w.keep(err)
	last, err := excelize.CoordinatesToCellName(column+c.colSpan-1, row+c.rowSpan-1)
	w.keep(err)
	if first != last {
		w.keep(w.book.MergeCell(w.sheet, first, last))
	}
	for r := range c.rowSpan {
		for k := range c.colSpan {
			w.taken[[2]int{row + r, column + k}] = true
		}
	}
	if c.colSpan == 1 {
		w.widths[column] = max(w.widths[column], utf8.RuneCountInString(c.text))
	}
	style := &excelize.Style{
		Font:      &excelize.Font{Family: "宋体", Size: 11, Bold: c.header},
		Alignment: &excelize.Alignment{Horizontal: "center", Vertical: "center", WrapText: true},
	}
	for _, side := range []string{"left", "right", "top", "bottom"} {
		style.Border = append(style.Border, excelize.Border{Type: side, Color: "000000", Style: 1})
	}
	if number, err := strconv.ParseFloat(c.text, 64); err == nil {
		format := numberFormat(c.text)
		style.CustomNumFmt = &format
		w.keep(w.book.SetCellFloat(w.sheet, first, number, -1, 64))
	} else {
		w.keep(w.book.SetCellStr(w.sheet, first, c.text))
	}
	id, err := w.book.NewStyle(style)
	w.keep(err)
	w.keep(w.book.SetCellStyle(w.sheet, first, last, id))
}

// numberFormat shows as many decimals as the text has.
func numberFormat(text string) string {
	_, decimals, found := strings.Cut(text, ".")
	if !found {
		return "0"
	}
	return "0." + strings.Repeat("0", len(decimals))
}

func (w *sheetWriter) keep(err error) {
	if w.err == nil {
		w.err = err
	}
}
