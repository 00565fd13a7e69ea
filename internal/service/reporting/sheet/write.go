package sheet

import (
	"fmt"
	"io"
	"strconv"

	"github.com/xuri/excelize/v2"

	"luoshi/ledger/reporting"
)

// Rows of the form's sheet. The keys of the columns stand hidden above their headings.
const (
	titleRow = 1
	factsRow = 2
	hintRow  = 3
	keysRow  = 4
	headRow  = 5
	firstRow = 6
)

// Columns of the form's sheet before those of columns.txt. The first two are hidden.
const (
	subjectColumn = 1
	seenColumn    = 2
	numberColumn  = 3
	firstColumn   = 4
)

// FileName is what the workbook is called.
func (t Template) FileName() string {
	return t.say("file", t.Name, t.in(t.Period.Title())) + ".xlsx"
}

// Write writes the workbook that is to be filled.
func (t Template) Write(w io.Writer) error { return t.write(w, Filled{}, nil) }

// write writes the workbook with what was typed in place of what the ledger holds, and with marks.
func (t Template) write(out io.Writer, f Filled, marks []Problem) error {
	w := &writer{Template: t, file: excelize.NewFile(), filled: f, marks: map[place][]Problem{}, styles: map[look]int{}}
	defer w.file.Close()
	for _, m := range marks {
		w.marks[m.at()] = append(w.marks[m.at()], m)
	}
	w.forms()
	w.nodes()
	w.problems(marks)
	w.help()
	w.stamp()
	w.do("protecting the workbook", w.file.ProtectWorkbook(&excelize.WorkbookProtectionOptions{LockStructure: true}))
	if w.failed != nil {
		return fmt.Errorf("make form: %w", w.failed)
	}
	if err := w.file.Write(out); err != nil {
		return fmt.Errorf("write form: %w", err)
	}
	return nil
}

// writer is a workbook while it is made. What fails first is kept, and nothing is written then.
type writer struct {
	Template
	file   *excelize.File
	filled Filled // what came back; empty where the form goes out for the first time
	marks  map[place][]Problem
	styles map[look]int
	failed error
}

func (w *writer) do(what string, err error) {
	if err != nil && w.failed == nil {
		w.failed = fmt.Errorf("%s: %w", what, err)
	}
}

// forms are the sheets that are filled.
func (w *writer) forms() {
	for i, p := range w.parts() {
		sheet := w.say(p.name)
		if i == 0 {
			w.do("naming a sheet", w.file.SetSheetName("Sheet1", sheet))
		} else {
			_, err := w.file.NewSheet(sheet)
			w.do("adding a sheet", err)
		}
		w.form(sheet, p)
	}
}

func (w *writer) form(sheet string, p part) {
	shown := p.columns()
	last := firstColumn + len(shown) - 1
	w.top(sheet, last)
	w.headings(sheet, shown)
	for i, r := range p.rows {
		w.row(sheet, firstRow+i, r, shown)
	}
	for c, col := range shown {
		w.validate(sheet, firstColumn+c, col, p.rows)
	}
	w.do("freezing panes", w.file.SetPanes(sheet, &excelize.Panes{
		Freeze: true, XSplit: firstColumn, YSplit: headRow, TopLeftCell: cell(firstColumn+1, firstRow), ActivePane: "bottomRight",
		Selection: []excelize.Selection{{SQRef: cell(firstColumn+1, firstRow), ActiveCell: cell(firstColumn+1, firstRow), Pane: "bottomRight"}},
	}))
	w.lay(sheet, fmt.Sprintf("$%d:$%d", headRow, headRow))
	area := fmt.Sprintf("'%s'!$%s$1:$%s$%d", sheet, name(numberColumn), name(last), max(headRow, firstRow+len(p.rows)-1))
	w.do("setting the printed area", w.file.SetDefinedName(&excelize.DefinedName{Name: "_xlnm.Print_Area", RefersTo: area, Scope: sheet}))
}

// top writes what the form is.
func (w *writer) top(sheet string, last int) {
	lines := []struct {
		row    int
		text   string
		look   look
		height float64
	}{
		{titleRow, w.say("title", w.Plan, w.in(w.Period.Title())), look{fill: "FFFFFF", size: 15, bold: true, align: "center"}, 28},
		{factsRow, w.facts(), look{fill: "FFFFFF", size: 10, align: "left"}, 20},
		{hintRow, w.say("hint"), look{fill: "FFFFFF", size: 9, align: "left", colour: "5F6773"}, 18},
	}
	for _, l := range lines {
		from, to := cell(numberColumn, l.row), cell(last, l.row)
		w.text(sheet, numberColumn, l.row, l.text, l.look)
		w.do("merging cells", w.file.MergeCell(sheet, from, to))
		w.do("setting a height", w.file.SetRowHeight(sheet, l.row, l.height))
	}
}

func (w *writer) facts() string {
	due := w.say("none")
	if !w.Due.IsZero() {
		due = w.Due.String()
	}
	return w.say("unit", w.Name) + "      " + w.say("round", w.in(w.Period.Title())) + "      " + w.say("due", due)
}

func (w *writer) headings(sheet string, shown []column) {
	w.text(sheet, subjectColumn, keysRow, subjectKey, look{})
	w.text(sheet, seenColumn, keysRow, "seen", look{})
	w.text(sheet, numberColumn, headRow, w.say("number"), heading)
	w.do("setting a width", w.file.SetColWidth(sheet, name(numberColumn), name(numberColumn), 6))
	for i, c := range shown {
		w.text(sheet, firstColumn+i, keysRow, string(c.key), look{})
		w.text(sheet, firstColumn+i, headRow, w.in(c.title), heading)
		w.do("setting a width", w.file.SetColWidth(sheet, name(firstColumn+i), name(firstColumn+i), c.width))
	}
	w.do("hiding a row", w.file.SetRowVisible(sheet, keysRow, false))
	w.do("hiding columns", w.file.SetColVisible(sheet, name(subjectColumn)+":"+name(seenColumn), false))
	w.do("setting a height", w.file.SetRowHeight(sheet, headRow, 32))
}

// row writes a row of the form.
func (w *writer) row(sheet string, at int, r Row, shown []column) {
	issued := w.issued(r)
	w.text(sheet, subjectColumn, at, r.Subject.String(), look{})
	w.text(sheet, seenColumn, at, w.stampOf(r).String(), look{})
	w.text(sheet, numberColumn, at, strconv.Itoa(at-headRow), locked.aligned("center"))
	height := lineHeight
	for i, c := range shown {
		switch {
		case c.kind == fixed:
			w.fixedCell(sheet, firstColumn+i, at, r, c)
		default:
			w.input(sheet, firstColumn+i, at, place{subject: r.Subject, field: c.key}, inputOf(c, r.asks(c)).of(r), issued)
		}
		height = max(height, w.heightOf(sheet, cell(firstColumn+i, at), c.width))
	}
	w.do("setting a height", w.file.SetRowHeight(sheet, at, height))
}

// fixedCell writes what the unit is told and cannot change.
func (w *writer) fixedCell(sheet string, x, y int, r Row, c column) {
	switch c.key {
	case titleField:
		w.text(sheet, x, y, r.Title, locked)
	case "measure":
		w.text(sheet, x, y, r.Measure(), locked.aligned("center"))
	case "target":
		w.text(sheet, x, y, r.Target, locked)
	case "last":
		shown := r.Show(reporting.FieldValue, r.Last)
		w.put(sheet, x, y, shown, locked.aligned("right").formatted(shown))
	}
	w.mark(sheet, x, y, place{subject: r.Subject, field: c.key})
}

// input writes a cell that is filled: what was typed, or what the ledger holds.
func (w *writer) input(sheet string, column, at int, p place, l look, issued map[place]string) {
	value := issued[p]
	if w.filled.typed != nil {
		value = w.filled.typed[p]
	}
	if value == "" && !l.locked {
		l.fill = white
	}
	if marks := w.marks[p]; len(marks) > 0 {
		l.fill, l.locked = colourOf(marks), l.locked && value == ""
	}
	w.put(sheet, column, at, value, l)
	w.mark(sheet, column, at, p)
}

// mark says beside a cell what is wrong with it.
func (w *writer) mark(sheet string, column, at int, p place) {
	text := ""
	for _, m := range w.marks[p] {
		text += w.in(m.What) + "\n" + w.in(m.Do) + "\n"
	}
	if text == "" {
		return
	}
	w.do("adding a comment", w.file.AddComment(sheet, excelize.Comment{
		Cell: cell(column, at), Author: w.say("author"), Width: 260, Height: 110,
		Paragraph: []excelize.RichTextRun{{Text: cut(text), Font: &excelize.Font{Family: officeFont, Size: 9}}},
	}))
}

// text writes words, which are never taken for a formula.
func (w *writer) text(sheet string, column, row int, text string, l look) {
	at := cell(column, row)
	w.do("writing a cell", w.file.SetCellStr(sheet, at, fitting(text)))
	if l != (look{}) {
		w.do("styling a cell", w.file.SetCellStyle(sheet, at, at, w.style(l)))
	}
}

// put writes a value: a number where Excel keeps all its digits, a date, or words.
func (w *writer) put(sheet string, column, row int, value string, l look) {
	at := cell(column, row)
	if day, ok := dayOf(value); ok && l.format == dateFormat {
		w.do("writing a cell", w.file.SetCellValue(sheet, at, day))
	} else if number, err := strconv.ParseFloat(value, 64); err == nil && l.number && isDigits(value) && lossless(value) {
		w.do("writing a cell", w.file.SetCellFloat(sheet, at, number, -1, 64))
	} else if value != "" {
		w.do("writing a cell", w.file.SetCellStr(sheet, at, fitting(value)))
	}
	w.do("styling a cell", w.file.SetCellStyle(sheet, at, at, w.style(l)))
}

// lay protects a sheet and sets how it prints: A4 across, as wide as the page, with what every page repeats.
func (w *writer) lay(sheet, repeated string) {
	size, orientation, wide, long, fit := 9, "landscape", 1, 0, true
	w.do("laying out a page", w.file.SetPageLayout(sheet, &excelize.PageLayoutOptions{
		Size: &size, Orientation: &orientation, FitToWidth: &wide, FitToHeight: &long,
	}))
	w.do("laying out a page", w.file.SetSheetProps(sheet, &excelize.SheetPropsOptions{FitToPage: &fit}))
	margin := 0.4
	w.do("laying out a page", w.file.SetPageMargins(sheet, &excelize.PageLayoutMarginsOptions{Left: &margin, Right: &margin}))
	w.do("laying out a page", w.file.SetHeaderFooter(sheet, &excelize.HeaderFooterOptions{OddFooter: "&L&A&C— &P / &N —"}))
	if repeated != "" {
		w.do("repeating rows", w.file.SetDefinedName(&excelize.DefinedName{
			Name: "_xlnm.Print_Titles", RefersTo: "'" + sheet + "'!" + repeated, Scope: sheet,
		}))
	}
	w.do("protecting a sheet", w.file.ProtectSheet(sheet, &excelize.SheetProtectionOptions{
		SelectLockedCells: true, SelectUnlockedCells: true, FormatColumns: true, FormatRows: true,
	}))
}
