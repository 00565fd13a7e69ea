package document

import (
	"strings"
	"unicode/utf8"

	"luoshi/document/fault"
	"luoshi/document/limit"
)

// A table in plain text is a run of lines whose cells are set apart by pipes or by tabs.

// textRow is a line cut at its separators.
type textRow struct {
	block int
	cells []Span
}

// maxTabbedRunes is the mean length up to which what stands between tabs is a cell and not prose.
const maxTabbedRunes = 30

// findTextTables turns runs of separated lines into tables, or into facts where they are the label and
// value pairs with which a web copy begins.
func (d *draft) findTextTables(lim limit.Limits) error {
	text := d.doc.Text
	pipes, tabs := strings.IndexByte(text, '|') >= 0, strings.IndexByte(text, '\t') >= 0
	cells := 0
	for first := 0; first < len(d.doc.Blocks) && (pipes || tabs || d.wide); {
		separator := separatorOf(d.line(first), pipes, tabs, d.wide)
		if separator == "" {
			first++
			continue
		}
		rows, end := d.separatedRun(first, separator)
		for _, row := range rows {
			cells += len(row.cells)
		}
		if cells > lim.Cells {
			return fault.New(fault.TooLarge, nil, fault.LimitCells, lim.Cells)
		}
		d.acceptRun(rows, separator)
		first = end
	}
	return nil
}

// separatorOf is the separator that cuts a line into cells, or nothing.
func separatorOf(line string, pipes, tabs, wide bool) string {
	switch {
	case pipes && strings.IndexByte(line, '|') >= 0:
		return "|"
	case tabs && strings.IndexByte(line, '\t') >= 0:
		return "\t"
	case wide && strings.Contains(line, "｜"):
		return "｜"
	}
	return ""
}

// separatedRun cuts the lines from first on, as long as they have the separator.
func (d *draft) separatedRun(first int, separator string) ([]textRow, int) {
	var rows []textRow
	block := first
	for block < len(d.doc.Blocks) && strings.Contains(d.line(block), separator) {
		rows = append(rows, textRow{block, cut(d.doc.Text, d.doc.Blocks[block].Span, separator)})
		block++
	}
	return rows, block
}

// cut splits a line at its separators into trimmed cells; what stands before the first and after the
// last separator counts, even if blank. A backslash keeps a pipe from cutting, as in Markdown.
func cut(text string, line Span, separator string) []Span {
	cells := make([]Span, 0, strings.Count(line.In(text), separator)+1)
	start := line.Start
	for at := line.Start; at < line.End; {
		i := strings.Index(text[at:line.End], separator)
		if i < 0 {
			break
		}
		at += i
		if separator != "|" || at == line.Start || text[at-1] != '\\' {
			cells = append(cells, trim(text, Span{start, at}))
			start = at + len(separator)
		}
		at += len(separator)
	}
	return append(cells, trim(text, Span{start, line.End}))
}

// acceptRun makes a table, or metadata, or nothing of a run of separated lines.
func (d *draft) acceptRun(rows []textRow, separator string) {
	stripBorders(rows)
	switch {
	case d.isMetadata(rows):
		d.takeFacts(rows)
	case len(rows) < 2 || widest(rows) < 2:
	case separator == "\t" && !d.isTabbed(rows):
	default:
		d.addTextTable(rows)
	}
}

// stripBorders drops the blank cell that an outer separator leaves at either end, where every line has
// one there.
func stripBorders(rows []textRow) {
	left, right := true, true
	for _, row := range rows {
		left = left && row.cells[0].Empty() && len(row.cells) > 1
		right = right && row.cells[len(row.cells)-1].Empty() && len(row.cells) > 1
	}
	for i, row := range rows {
		if left {
			row.cells = row.cells[1:]
		}
		if right && len(row.cells) > 1 {
			row.cells = row.cells[:len(row.cells)-1]
		}
		rows[i] = row
	}
}

func widest(rows []textRow) int {
	width := 0
	for _, row := range rows {
		width = max(width, len(row.cells))
	}
	return width
}

// isTabbed tells a table set with tabs from prose that has tabs in it.
func (d *draft) isTabbed(rows []textRow) bool {
	filled, runes := 0, 0
	for _, row := range rows {
		for _, cell := range row.cells {
			if !cell.Empty() {
				filled++
				runes += utf8.RuneCountInString(cell.In(d.doc.Text))
			}
		}
	}
	return filled*2 >= len(rows)*3 && runes <= filled*maxTabbedRunes
}

// isMetadata tells the label and value pairs of a web copy: labels end in a colon.
func (d *draft) isMetadata(rows []textRow) bool {
	labels, filled := 0, 0
	for _, row := range rows {
		for _, cell := range row.cells {
			if cell.Empty() {
				continue
			}
			filled++
			if endsInColon(cell.In(d.doc.Text)) {
				labels++
			}
		}
	}
	return labels >= 2 && labels*3 >= filled && len(rows) <= maxMetadataRows
}

// maxMetadataRows is how many lines of labels a page's head has at most.
const maxMetadataRows = 16

func endsInColon(s string) bool { return strings.HasSuffix(s, ":") || strings.HasSuffix(s, "：") }

// takeFacts keeps the pairs and marks their lines as furniture.
func (d *draft) takeFacts(rows []textRow) {
	for _, row := range rows {
		d.doc.Blocks[row.block].Furniture = true
		for i, cell := range row.cells {
			if !endsInColon(cell.In(d.doc.Text)) || i+1 == len(row.cells) {
				continue
			}
			if value := row.cells[i+1]; !value.Empty() && !endsInColon(value.In(d.doc.Text)) {
				d.facts = append(d.facts, namedFact{cell, value})
			}
		}
	}
}

// addTextTable sets the rows as a grid; rows that hold nothing but a name or a rule are no table.
func (d *draft) addTextTable(rows []textRow) {
	t := Table{Span: Span{d.doc.Blocks[rows[0].block].Start, d.doc.Blocks[rows[len(rows)-1].block].End}}
	ruled := 0
	grid := make([][]Span, 0, len(rows))
	for i, row := range rows {
		switch {
		case len(grid) > 0 && ruled == 0 && d.isRule(row.cells):
			ruled = len(grid)
		case len(grid) == 0 && d.namesTable(&t, row.cells, len(rows)-i):
		default:
			grid = append(grid, row.cells)
		}
	}
	if !hasColumns(grid) {
		return
	}
	index := int32(len(d.doc.Tables))
	for _, row := range rows {
		d.doc.Blocks[row.block].Kind = TableRow
		d.doc.Blocks[row.block].Table = index
	}
	d.nameTable(&t, rows[0].block)
	arrange(d.doc.Text, &t, grid, ruled)
	d.doc.Tables = append(d.doc.Tables, t)
}

// hasColumns tells rows of which one at least has two cells that are not blank.
func hasColumns(rows [][]Span) bool {
	for _, row := range rows {
		filled := 0
		for _, cell := range row {
			if !cell.Empty() {
				filled++
			}
		}
		if filled > 1 {
			return true
		}
	}
	return false
}

// isRule tells Markdown's |---|:--:| between header and body from a row of dashes for figures left open.
func (d *draft) isRule(cells []Span) bool {
	long := false
	for _, cell := range cells {
		s := cell.In(d.doc.Text)
		if strings.Trim(s, ":") == "" || strings.Trim(s, ":-") != "" {
			return false
		}
		long = long || len(s) > 2
	}
	return long
}

// namesTable takes a first row of a single cell as the table's caption or unit.
func (d *draft) namesTable(t *Table, cells []Span, rowsLeft int) bool {
	if len(cells) < 2 || rowsLeft < 2 {
		return false
	}
	var only Span
	for _, cell := range cells {
		if cell.Empty() {
			continue
		}
		if !only.Empty() {
			return false
		}
		only = cell
	}
	if only.Empty() {
		return false
	}
	if unit := unitIn(d.doc.Text, only); !unit.Empty() && t.Unit.Empty() {
		t.Unit = unit
	}
	if t.Caption.Empty() && !startsWithUnit(only.In(d.doc.Text)) {
		t.Caption = only
	}
	return true
}
