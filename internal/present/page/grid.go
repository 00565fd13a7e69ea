package page

import (
	"strconv"
	"unicode"
	"unicode/utf8"

	"luoshi/document"
)

// writeTable writes the whole table whose first row is block i, and gives the block behind it.
func (w *articleWriter) writeTable(i int) int {
	number := w.doc.Blocks[i].Table
	table := &w.doc.Tables[number]
	w.out.WriteString(`<div class="b scroll" tabindex="0" data-b="` + strconv.Itoa(i) + `"><table class="grid">`)
	w.writeCells(table)
	w.out.WriteString("</table></div>\n")
	for i < len(w.doc.Blocks) && w.doc.Blocks[i].Table == number && w.doc.Blocks[i].Kind == document.TableRow {
		i++
	}
	return i
}

// reach is a cell that goes on into the rows below.
type reach struct{ col, width, lastRow int }

// writeCells writes the rows. A place that no cell covers becomes part of an empty cell, so that every
// other stays in its column.
func (w *articleWriter) writeCells(table *document.Table) {
	var hanging []reach
	for c, row := 0, 0; c < len(table.Cells); row++ {
		w.out.WriteString("<tr>")
		col := 0
		for ; c < len(table.Cells) && table.Cells[c].Row <= row; c++ {
			cell := &table.Cells[c]
			w.fill(col, cell.Col, hanging)
			w.writeCell(cell, table)
			col = cell.Col + cell.ColSpan
			if cell.RowSpan > 1 {
				hanging = append(hanging, reach{cell.Col, cell.ColSpan, row + cell.RowSpan - 1})
			}
		}
		w.fill(col, table.Cols, hanging)
		hanging = stillHanging(hanging, row)
		w.out.WriteString("</tr>")
	}
}

// fill covers the places from one column up to another that no cell from above covers.
func (w *articleWriter) fill(from, to int, hanging []reach) {
	for from < to {
		end, covered := to, 0
		for _, h := range hanging {
			if h.col <= from && from < h.col+h.width {
				covered = h.col + h.width - from
			} else if h.col > from {
				end = min(end, h.col)
			}
		}
		if covered > 0 {
			from += covered
			continue
		}
		w.out.WriteString(`<td` + extent("colspan", end-from) + `></td>`)
		from = end
	}
}

func stillHanging(hanging []reach, row int) []reach {
	kept := hanging[:0]
	for _, h := range hanging {
		if h.lastRow > row {
			kept = append(kept, h)
		}
	}
	return kept
}

func (w *articleWriter) writeCell(cell *document.Cell, table *document.Table) {
	element, attributes := "td", ""
	switch {
	case cell.Row < table.HeaderRows:
		element, attributes = "th", ` scope="col"`
	case startsWithDigit(cell.In(w.doc.Text)):
		attributes = ` class="figure"`
	}
	w.out.WriteString("<" + element + attributes + extent("colspan", cell.ColSpan) + extent("rowspan", cell.RowSpan) + ">")
	w.inscribe(cell.Span)
	w.out.WriteString("</" + element + ">")
}

// mostExtent is the largest extent that browsers accept.
const mostExtent = 1000

func extent(attribute string, n int) string {
	if n <= 1 {
		return ""
	}
	return " " + attribute + `="` + strconv.Itoa(min(n, mostExtent)) + `"`
}

// startsWithDigit tells the cells that are set to the right.
func startsWithDigit(s string) bool {
	r, size := utf8.DecodeRuneInString(s)
	if r == '-' || r == '\u2212' || r == '+' {
		r, _ = utf8.DecodeRuneInString(s[size:])
	}
	return unicode.IsDigit(r)
}
