package checking

import (
	"strings"

	"luoshi/document"
)

// grid is figures set out by rows and columns: a table of the document, or the paragraphs of a list
// that say the same things of one item after another, or both where they speak of the same items.
type grid struct {
	rows  []gridRow
	cols  int
	heads []string // of a table: the heading of each column, as labelKey gives it
	// caption names the table, as labelKey gives it.
	caption string
	// cells holds up to two figures for each row and column: what the list says and what the table
	// says of the same thing. none stands where one does not say it.
	cells [][][sources]int32
}

// A figure of a grid comes from prose or from a table.
const (
	fromList = iota
	fromTable
	sources
)

// gridRow is what the figures of a row are about.
type gridRow struct {
	label string // as labelKey gives it
	total bool   // adds up the others
	lead  bool   // a paragraph that comes before a list, taken for its total
	among bool   // 其中: a part of the row above
	level int    // of its number: 一、 above (一) above 1.; rows without one are at the lowest
}

func newGrid(rows []gridRow, cols int) grid {
	g := grid{rows: rows, cols: cols, cells: make([][][sources]int32, len(rows))}
	for r := range rows {
		g.cells[r] = make([][sources]int32, cols)
		for c := range cols {
			g.cells[r][c] = [sources]int32{none, none}
		}
	}
	return g
}

// findGrids finds the tables and the lists, and joins each table with the paragraphs that speak of its
// rows.
func (p *paper) findGrids() {
	items := p.listItems()
	tables := p.tableGrids()
	for i := range tables {
		tables[i] = p.joinItems(&tables[i], items)
	}
	p.grids = append(p.listGrids(items), tables...)
}

// tableGrids makes a grid of every table with figures in at least two rows.
func (p *paper) tableGrids() []grid {
	var grids []grid
	for first := 0; first < len(p.facts); {
		t := p.facts[first].Table
		last := first
		for last < len(p.facts) && p.facts[last].Table == t {
			last++
		}
		if t >= 0 {
			if g, ok := p.tableGrid(&p.Document.Tables[t], first, last); ok {
				grids = append(grids, g)
			}
		}
		first = last
	}
	return grids
}

// tableGrid sets the facts first to last, which stand in the table, into a grid. The columns are those
// of the table. A cell with more than one figure has the first.
func (p *paper) tableGrid(t *document.Table, first, last int) (grid, bool) {
	rowOf := make([]int, t.Rows) // number of the grid's row, from 1
	var rows []gridRow
	for i := first; i < last; i++ {
		r := t.Cells[p.facts[i].Cell].Row
		if rowOf[r] == 0 {
			rows = append(rows, p.tableRow(t, r))
			rowOf[r] = len(rows)
		}
	}
	if len(rows) < 2 {
		return grid{}, false
	}
	g := newGrid(rows, t.Cols)
	g.heads = p.headings(t)
	g.caption = labelKey(t.Caption.In(p.text))
	for i := first; i < last; i++ {
		cell := &t.Cells[p.facts[i].Cell]
		slot := &g.cells[rowOf[cell.Row]-1][cell.Col][fromTable]
		if *slot == none {
			*slot = int32(i)
		}
	}
	return g, true
}

// headings are the names of a table's columns, the upper rows of headings first.
func (p *paper) headings(t *document.Table) []string {
	heads := make([]string, t.Cols)
	for i := range t.Cells {
		c := &t.Cells[i]
		if c.Row >= t.HeaderRows {
			break
		}
		for col := c.Col; col < min(c.Col+c.ColSpan, t.Cols); col++ {
			heads[col] += labelKey(c.In(p.text))
		}
	}
	return heads
}

// tableRow reads the name of a row: its first cell that is not just a number.
func (p *paper) tableRow(t *document.Table, row int) gridRow {
	for i := range t.Cells {
		c := &t.Cells[i]
		if row < c.Row || row >= c.Row+c.RowSpan {
			continue
		}
		name := c.In(p.text)
		if key := labelKey(name); key != "" && strings.Trim(key, numerals) != "" {
			return rowNamed(name)
		}
	}
	return gridRow{}
}

func rowNamed(name string) gridRow {
	key := labelKey(name)
	return gridRow{
		label: key,
		total: opens(key, "total") || closes(key, "total"),
		among: opens(key, "among"),
		level: markerLevel(marker(name)),
	}
}

// markerLevel ranks the numbers of rows: 一、 1, (一) 2, 1. 3, (1) 4; 0 for none.
func markerLevel(m string) int {
	if m == "" {
		return 0
	}
	level := 1
	if strings.ContainsAny(m, "0123456789") {
		level += 2
	}
	if strings.ContainsAny(m, "(\uff08") {
		level++
	}
	return level
}
