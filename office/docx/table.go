package docx

import (
	"luoshi/office/paper"
)

// grid is a table while it is being written.
type grid struct {
	table   *paper.Table
	widths  []int    // of its columns
	aligned []string // how the cells of each column stand
	small   string   // the ending of the styles' names where the text is small
}

// table writes a table with its caption and measure above and its notes beneath. Its header is repeated on every page
// and no row breaks across pages.
func (c *composer) table(t *paper.Table) {
	if t.Caption != "" {
		c.add(paragraph{style: "Caption", content: words(t.Caption)})
	}
	if t.Measure != "" {
		c.add(paragraph{style: "Measure", content: words(t.Measure)})
	}
	if t.Caption == "" && t.Measure == "" {
		c.add(paragraph{style: "Tail"}) // two tables that touch would be one
	}
	g := newGrid(t)
	c.flush()
	c.out.open("w:tbl")
	g.properties(&c.out)
	c.rows(g, t.Header, true)
	c.rows(g, t.Rows, false)
	c.out.close("w:tbl")
	c.begun = true
	for _, note := range t.Notes {
		c.add(paragraph{style: "Note", content: words(note)})
	}
	if len(t.Notes) == 0 {
		c.add(paragraph{style: "Tail"})
	}
}

func newGrid(t *paper.Table) *grid {
	width, height := textWidth, 24
	if t.Wide {
		width = turnedText
	}
	g := &grid{table: t}
	if t.Crowded() {
		g.small, height = "Small", 21
	}
	g.widths = shares(t.Columns, width)
	g.aligned = make([]string, len(t.Columns))
	for i, c := range t.Columns {
		const half = 5 // a half point is ten of the units, and half a character's width is half its height
		g.aligned[i] = "center"
		if c.Number {
			g.aligned[i] = "right"
		} else if c.Prose || longest(t, i)*height*half > g.widths[i]-170 {
			g.aligned[i] = "left"
		}
	}
	return g
}

// shares divides a width among columns; the last one takes what rounding leaves.
func shares(columns []paper.Column, width int) []int {
	all := 0
	for _, c := range columns {
		all += c.Width
	}
	widths, left := make([]int, len(columns)), width
	for i, c := range columns {
		widths[i] = width * c.Width / all
		left -= widths[i]
	}
	widths[len(widths)-1] += left
	return widths
}

// longest is the width of the longest text of a column, in half-width places.
func longest(t *paper.Table, column int) int {
	longest := 0
	for _, slots := range paper.Lay(t.Rows, len(t.Columns)) {
		for _, s := range slots {
			if s.Column == column && s.Wide == 1 && s.Cell != nil {
				longest = max(longest, paper.Width(s.Cell.String()))
			}
		}
	}
	return longest
}

func (g *grid) properties(m *markup) {
	m.open("w:tblPr")
	m.value("w:tblStyle", "TableGrid")
	m.empty("w:tblW", "w:w", itoa(g.width(0, len(g.widths))), "w:type", "dxa")
	m.value("w:jc", "center")
	m.empty("w:tblLayout", "w:type", "fixed")
	m.empty("w:tblLook", "w:val", "0020", "w:firstRow", "1", "w:lastRow", "0", "w:firstColumn", "0", "w:lastColumn", "0", "w:noHBand", "1", "w:noVBand", "1")
	if g.table.Caption != "" {
		m.value("w:tblCaption", g.table.Caption)
	}
	m.close("w:tblPr")
	m.open("w:tblGrid")
	for _, w := range g.widths {
		m.empty("w:gridCol", "w:w", itoa(w))
	}
	m.close("w:tblGrid")
}

func (g *grid) width(from, columns int) int {
	sum := 0
	for _, w := range g.widths[from : from+columns] {
		sum += w
	}
	return sum
}

func (c *composer) rows(g *grid, rows [][]paper.Cell, header bool) {
	for _, slots := range paper.Lay(rows, len(g.widths)) {
		c.out.open("w:tr")
		c.out.open("w:trPr")
		c.out.empty("w:cantSplit")
		c.out.empty("w:trHeight", "w:val", "454", "w:hRule", "atLeast")
		if header {
			c.out.empty("w:tblHeader")
		}
		c.out.close("w:trPr")
		for _, s := range slots {
			c.cell(g, s, header)
		}
		c.out.close("w:tr")
	}
}

func (c *composer) cell(g *grid, s paper.Slot, header bool) {
	m := &c.out
	m.open("w:tc")
	m.open("w:tcPr")
	m.empty("w:tcW", "w:w", itoa(g.width(s.Column, s.Wide)), "w:type", "dxa")
	if s.Wide > 1 {
		m.value("w:gridSpan", itoa(s.Wide))
	}
	switch {
	case s.Below:
		m.empty("w:vMerge")
	case s.High > 1:
		m.value("w:vMerge", "restart")
	}
	m.value("w:vAlign", "center")
	m.close("w:tcPr")
	p := paragraph{style: "Cell" + g.small, align: g.aligned[s.Column]}
	if header {
		p.style, p.align = "TableHead"+g.small, ""
	} else if s.Wide > 1 {
		p.align = "center"
	}
	if s.Cell != nil && !s.Below {
		p.content = c.runs(bold(s.Cell))
	}
	p.write(m)
	m.close("w:tc")
}

// bold are the runs of a cell, all of them bold in a bold cell.
func bold(c *paper.Cell) []paper.Run {
	if !c.Bold {
		return c.Runs
	}
	runs := make([]paper.Run, len(c.Runs))
	for i, r := range c.Runs {
		r.Bold = true
		runs[i] = r
	}
	return runs
}
