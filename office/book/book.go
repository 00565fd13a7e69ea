// Package book writes the tables and charts of an official document as a workbook, one sheet each. Numbers are numbers
// that look as they are printed; a total, a share or a difference is a formula that gives the printed value.
package book

import (
	"bytes"
	"fmt"
	"io"

	"github.com/xuri/excelize/v2"

	"luoshi/office/paper"
)

// Options are what a workbook says besides the document itself.
type Options struct {
	Creator string // in the file's properties; the organ of the head where empty
}

// Write writes the document's tables and charts as a workbook. A document without any becomes a sheet of its text.
func Write(w io.Writer, d paper.Document, o Options) error {
	if err := d.Check(); err != nil {
		return fmt.Errorf("write a workbook: %w", err)
	}
	b := &binder{file: excelize.NewFile(), styles: map[look]int{}, names: map[string]bool{}}
	defer b.file.Close()
	for _, block := range d.Body {
		switch block.Kind {
		case paper.Tabular:
			b.table(block.Table)
		case paper.Graphic:
			b.chart(block.Chart)
		}
	}
	if b.sheets == 0 {
		b.text(d)
	}
	b.properties(d, o)
	if b.failed != nil {
		return fmt.Errorf("write a workbook: %w", b.failed)
	}
	var made bytes.Buffer
	if err := b.file.Write(&made); err != nil {
		return fmt.Errorf("write a workbook: %w", err)
	}
	if err := settle(w, made.Bytes()); err != nil {
		return fmt.Errorf("write a workbook: %w", err)
	}
	return nil
}

// binder is a workbook while it is made. What fails first is kept, and nothing is written then.
type binder struct {
	file   *excelize.File
	styles map[look]int
	names  map[string]bool // of sheets, in lower case: Excel holds names that differ in case alone for the same
	sheets int
	failed error
}

func (b *binder) do(what string, err error) {
	if err != nil && b.failed == nil {
		b.failed = fmt.Errorf("%s: %w", what, err)
	}
}

// add adds a sheet; the first one is there already under a name of the library's.
func (b *binder) add(title string) string {
	name := b.name(title)
	if b.sheets == 0 {
		b.do("name the first sheet", b.file.SetSheetName(b.file.GetSheetName(0), name))
	} else {
		_, err := b.file.NewSheet(name)
		b.do("add a sheet", err)
	}
	b.sheets++
	b.print(name)
	return name
}

// print sets a sheet up for A4 across, as wide as a page.
func (b *binder) print(sheet string) {
	fit, a4, across, wide, high := true, 9, "landscape", 1, 0
	b.do("fit a sheet", b.file.SetSheetProps(sheet, &excelize.SheetPropsOptions{FitToPage: &fit}))
	b.do("lay a sheet out", b.file.SetPageLayout(sheet, &excelize.PageLayoutOptions{Size: &a4, Orientation: &across, FitToWidth: &wide, FitToHeight: &high}))
	inch, centred := 0.7, true
	b.do("set margins", b.file.SetPageMargins(sheet, &excelize.PageLayoutMarginsOptions{Left: &inch, Right: &inch, Top: &inch, Bottom: &inch, Horizontally: &centred}))
	b.do("number pages", b.file.SetHeaderFooter(sheet, &excelize.HeaderFooterOptions{OddFooter: "&C\u2014 &P \u2014"}))
}

// text is a sheet of a document's paragraphs.
func (b *binder) text(d paper.Document) {
	sheet := b.add(d.Title)
	row := 0
	line := func(text string, l look) {
		if text == "" {
			return
		}
		row++
		b.do("write a paragraph", b.file.SetCellStr(sheet, at(0, row), text))
		b.do("style a paragraph", b.file.SetCellStyle(sheet, at(0, row), at(0, row), b.style(l)))
	}
	b.do("set a width", b.file.SetColWidth(sheet, "A", "A", 100))
	line(d.Title, look{bold: true, size: 16, align: "center"})
	for _, block := range d.Body {
		line(block.String(), look{bold: block.Kind == paper.Heading, size: 12, align: "left"})
	}
}

func (b *binder) properties(d paper.Document, o Options) {
	creator := o.Creator
	if creator == "" {
		creator = d.Head.Organ
	}
	const begun = "2000-01-01T00:00:00Z" // the time of writing would make two workbooks of one document differ
	b.do("set properties", b.file.SetDocProps(&excelize.DocProperties{Title: d.Title, Creator: creator, LastModifiedBy: creator, Language: "zh-CN", Created: begun, Modified: begun}))
}
