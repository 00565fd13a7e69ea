package sheet

import (
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"

	"luoshi/ledger/reporting"
)

// Mark writes the workbook with what was typed and with what is wrong: red cells with comments, yellow ones for
// warnings, and a sheet that lists them.
func (t Template) Mark(out io.Writer, f Filled, problems []Problem) error {
	problems = t.Located(problems)
	for _, p := range problems {
		if p.Code == changedCode {
			// Who uploads the marked form has been told what the row says now.
			delete(f.stamps, p.Subject)
		}
	}
	return t.write(out, f, problems)
}

// Columns of the sheet of nodes.
const (
	nodeOnColumn = 6
	nodeByColumn = 5
)

// nodes is the sheet of nodes and milestones, where any are still to be reached.
func (w *writer) nodes() {
	sheet, y := w.say("sheet.nodes"), firstRow
	for _, r := range w.Rows {
		for _, n := range r.Nodes {
			if y == firstRow {
				w.nodesHead(sheet)
			}
			w.node(sheet, y, r, n)
			y++
		}
	}
	if y == firstRow {
		return
	}
	dates := excelize.NewDataValidation(true)
	dates.SetSqref(cell(nodeOnColumn, firstRow) + ":" + cell(nodeOnColumn, y-1))
	w.do("bounding cells", dates.SetRange(36526, 73415, excelize.DataValidationTypeDate, excelize.DataValidationOperatorBetween))
	dates.SetError(excelize.DataValidationErrorStyleStop, w.say("date.title"), w.say("nodes.hint"))
	dates.SetInput(w.say("date.title"), w.say("nodes.hint"))
	w.do("bounding cells", w.file.AddDataValidation(sheet, dates))
	w.lay(sheet, fmt.Sprintf("$%d:$%d", headRow, headRow))
}

func (w *writer) nodesHead(sheet string) {
	_, err := w.file.NewSheet(sheet)
	w.do("adding a sheet", err)
	w.text(sheet, 2, titleRow, w.say("nodes.title"), look{fill: white, size: 12, bold: true, align: "left"})
	w.do("merging cells", w.file.MergeCell(sheet, cell(2, titleRow), cell(nodeOnColumn, titleRow)))
	w.text(sheet, subjectColumn, keysRow, nodeKey, look{})
	for i, key := range []string{"number", "nodes.matter", "nodes.node", "nodes.by", "nodes.on"} {
		w.text(sheet, 2+i, headRow, w.say(key), heading)
		w.do("setting a width", w.file.SetColWidth(sheet, name(2+i), name(2+i), []float64{6, 40, 40, 14, 16}[i]))
	}
	w.do("hiding a column", w.file.SetColVisible(sheet, name(subjectColumn), false))
	for _, row := range []int{factsRow, hintRow, keysRow} {
		w.do("hiding a row", w.file.SetRowVisible(sheet, row, false))
	}
	w.do("freezing panes", w.file.SetPanes(sheet, &excelize.Panes{
		Freeze: true, YSplit: headRow, TopLeftCell: cell(1, firstRow), ActivePane: "bottomLeft",
	}))
}

func (w *writer) node(sheet string, y int, r Row, n reporting.OpenNode) {
	p := place{subject: r.Subject, node: n.Number}
	w.text(sheet, subjectColumn, y, r.Subject.String()+"#"+strconv.Itoa(n.Number), look{})
	w.text(sheet, 2, y, strconv.Itoa(y-headRow), locked.aligned("center"))
	w.text(sheet, 3, y, r.Title, locked)
	w.text(sheet, 4, y, n.Title, locked)
	day := locked.aligned("center")
	day.format = dateFormat
	by := ""
	if !n.By.IsZero() {
		by = n.By.String()
	}
	w.put(sheet, nodeByColumn, y, by, day)
	open := look{fill: white, size: 10, align: "center", border: true, format: dateFormat}
	w.input(sheet, nodeOnColumn, y, p, open, w.issued(r))
	w.do("setting a height", w.file.SetRowHeight(sheet, y, max(heightOf(r.Title, 40), heightOf(n.Title, 40))))
}

// mostListed is how many problems the sheet of problems lists.
const mostListed = 1_000

// problems is the sheet that lists what is wrong.
func (w *writer) problems(marks []Problem) {
	if len(marks) == 0 {
		return
	}
	sheet, errors := w.say("sheet.problems"), 0
	_, err := w.file.NewSheet(sheet)
	w.do("adding a sheet", err)
	for _, m := range marks {
		if !m.Warning {
			errors++
		}
	}
	said := w.say("problems.title", strconv.Itoa(errors), strconv.Itoa(len(marks)-errors))
	if errors == 0 {
		said = w.say("problems.imported", strconv.Itoa(len(marks)))
	}
	if len(marks) > mostListed {
		said += w.say("problems.beyond", strconv.Itoa(mostListed))
	}
	w.text(sheet, 1, 1, said, look{fill: white, size: 11, bold: true, align: "left"})
	w.do("merging cells", w.file.MergeCell(sheet, cell(1, 1), cell(6, 1)))
	w.do("setting a height", w.file.SetRowHeight(sheet, 1, 48))
	for i, key := range []string{"cell", "kind", "matter", "column", "what", "do"} {
		w.text(sheet, 1+i, 2, w.say("problems."+key), heading)
		w.do("setting a width", w.file.SetColWidth(sheet, name(1+i), name(1+i), problemWidths[i]))
	}
	for i, m := range marks[:min(len(marks), mostListed)] {
		w.problem(sheet, 3+i, m)
	}
	w.do("freezing panes", w.file.SetPanes(sheet, &excelize.Panes{Freeze: true, YSplit: 2, TopLeftCell: "A3", ActivePane: "bottomLeft"}))
	w.lay(sheet, "$2:$2")
	index, err := w.file.GetSheetIndex(sheet)
	w.do("showing the problems first", err)
	w.file.SetActiveSheet(index)
}

// problemWidths are those of the columns of the sheet of problems.
var problemWidths = []float64{14, 8, 32, 16, 44, 44}

func (w *writer) problem(sheet string, y int, m Problem) {
	kind, fill := w.say("problems.error"), red
	if m.Warning {
		kind, fill = w.say("problems.warning"), yellow
	}
	plain := look{fill: white, size: 10, align: "left", border: true, locked: true}
	link, at := plain, ""
	if m.Cell != "" {
		at, link.colour = m.Sheet+"!"+m.Cell, "1B4B91"
		w.do("linking a cell", w.file.SetCellHyperLink(sheet, cell(1, y), "'"+m.Sheet+"'!"+m.Cell, "Location"))
	}
	mark := plain.aligned("center")
	mark.fill = fill
	w.text(sheet, 1, y, at, link)
	w.text(sheet, 2, y, kind, mark)
	height := lineHeight
	for i, text := range []string{m.Title, m.Column, w.in(m.What), w.in(m.Do)} {
		w.text(sheet, 3+i, y, text, plain)
		height = max(height, heightOf(text, problemWidths[2+i]))
	}
	w.do("setting a height", w.file.SetRowHeight(sheet, y, height))
}

// help is the sheet that says how the form is filled.
func (w *writer) help() {
	sheet := w.say("sheet.help")
	_, err := w.file.NewSheet(sheet)
	w.do("adding a sheet", err)
	w.do("setting a width", w.file.SetColWidth(sheet, "A", "A", 110))
	w.text(sheet, 1, 1, sheet, look{fill: white, size: 13, bold: true, align: "left"})
	for i, line := range help() {
		w.text(sheet, 1, 2+i, strconv.Itoa(i+1)+". "+w.in(line), look{fill: white, size: 11, align: "left"})
	}
	w.lay(sheet, "")
}

// stampKey begins the hidden sheet that says whose form it is.
const stampKey = "luoshi"

// unitsColumn of the hidden sheet holds the names of the units.
const unitsColumn = 4

// stamp is the hidden sheet that says whose form it is, and holds the longer lists.
func (w *writer) stamp() {
	sheet := w.say("sheet.stamp")
	_, err := w.file.NewSheet(sheet)
	w.do("adding a sheet", err)
	for i, pair := range [][2]string{
		{stampKey, edition}, {"unit", string(w.Unit)}, {"name", w.Name}, {"round", string(w.Round)},
		{"period", w.in(w.Period.Title())}, {"sheets", strconv.Itoa(w.filledSheets())},
	} {
		w.text(sheet, 1, 1+i, pair[0], look{})
		w.text(sheet, 2, 1+i, pair[1], look{})
	}
	for i, u := range w.Units {
		w.text(sheet, unitsColumn, 1+i, u.Name, look{})
	}
	w.do("hiding a sheet", w.file.SetSheetVisible(sheet, false, true))
}

// filledSheets is how many sheets can be filled.
func (w *writer) filledSheets() int {
	n := len(w.parts())
	if slices.ContainsFunc(w.Rows, func(r Row) bool { return len(r.Nodes) > 0 }) {
		n++
	}
	return n
}

// validate lets only what can be read be typed into a column.
func (w *writer) validate(sheet string, x int, c column, rows []Row) {
	cells := cellsOf(x, c, rows)
	if c.kind == fixed || cells == "" {
		return
	}
	v := excelize.NewDataValidation(true)
	v.SetSqref(cells)
	switch c.kind {
	case figure:
		w.do("bounding cells", v.SetRange(-1e15, 1e15, excelize.DataValidationTypeDecimal, excelize.DataValidationOperatorBetween))
		v.SetError(excelize.DataValidationErrorStyleStop, w.say("number.title"), w.say("number.text"))
	case share:
		w.do("bounding cells", v.SetRange(0, 100, excelize.DataValidationTypeDecimal, excelize.DataValidationOperatorBetween))
		v.SetError(excelize.DataValidationErrorStyleStop, w.say("number.title"), w.in(c.hint))
	case choice:
		var offered []string
		for _, o := range optionsOf(c.key) {
			offered = append(offered, w.in(o.words))
		}
		w.do("offering a list", v.SetDropList(offered))
		v.SetError(excelize.DataValidationErrorStyleStop, w.say("choice.title"), w.say("choice.text"))
	case unitsOf:
		if len(w.Units) > 0 {
			column := name(unitsColumn)
			v.SetSqrefDropList(fmt.Sprintf("%s!$%s$1:$%s$%d", w.say("sheet.stamp"), column, column, len(w.Units)))
		}
		v.ShowErrorMessage = false // several units stand one below the other
	}
	if hint := w.in(c.hint); hint != "" {
		v.SetInput(w.in(c.title), hint)
	}
	w.do("bounding cells", w.file.AddDataValidation(sheet, v))
}

// cellsOf are the cells of a column that can be filled, as ranges.
func cellsOf(x int, c column, rows []Row) string {
	var ranges []string
	from := 0
	for i := 0; i <= len(rows); i++ {
		asked := i < len(rows) && rows[i].asks(c)
		if asked && from == 0 {
			from = firstRow + i
		}
		if !asked && from > 0 {
			ranges = append(ranges, cell(x, from)+":"+cell(x, firstRow+i-1))
			from = 0
		}
	}
	return strings.Join(ranges, " ")
}

// stampOf is the hidden cell of a row: as it came back, or new.
func (w *writer) stampOf(r Row) seen {
	if old, ok := w.filled.stamps[r.Subject]; ok {
		return old
	}
	return seen{r.Revision, fingerprint(w.texts(r, r.Now))}
}
