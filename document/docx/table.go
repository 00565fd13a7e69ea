package docx

import (
	"encoding/xml"
	"strconv"
	"strings"

	"luoshi/document/archive"
	"luoshi/document/layout"
	"luoshi/document/part"
)

// widest bounds how many columns one cell may claim.
const widest = 1000

// grid is a table while it is being read.
type grid struct {
	rows       [][]part.Cell
	alone      *flow          // what the one cell of a table of one cell holds
	cells      int            // cells read
	open       map[int][2]int // column → row and index of the cell that merges downwards from there
	headerRows int
	bodyBegun  bool
}

// row is a row while it is being read.
type row struct {
	before  int // columns left out at its start
	header  bool
	deleted bool
	cells   []cell
}

// cell is a cell while it is being read.
type cell struct {
	content flow
	span    int
	merge   bool // part of a cell that spans rows
	restart bool // … of which it is the first
	besides bool // part of a cell to its left, by the old hMerge
}

// table reads a table. A table of one cell is a frame around text and is read as text.
func (w *walker) table(out *flow) error {
	g := &grid{open: map[int][2]int{}}
	if err := w.rows(g); err != nil {
		return err
	}
	switch {
	case g.cells == 0:
	case g.cells == 1 && g.alone != nil:
		out.parts = append(out.parts, g.alone.parts...)
	default:
		out.parts = append(out.parts, part.Part{
			Kind:  part.TableKind,
			Table: &part.Table{HeaderRows: min(g.headerRows, len(g.rows)-1), Rows: g.rows},
		})
	}
	return nil
}

// rows reads the rows of a table, also those inside content controls.
func (w *walker) rows(g *grid) error {
	return w.children(func(start xml.StartElement) error {
		switch name := start.Name.Local; {
		case name == "tr":
			r := &row{}
			if err := w.row(r); err != nil {
				return err
			}
			if err := w.tally.Cells(len(r.cells) + 1); err != nil {
				return err
			}
			if !r.deleted {
				g.add(r)
			}
			return nil
		case left[name]:
			return w.x.Skip()
		}
		return w.rows(g)
	})
}

// row reads the cells and the properties of a row.
func (w *walker) row(r *row) error {
	return w.children(func(start xml.StartElement) error {
		switch name := start.Name.Local; {
		case name == "tc":
			c := cell{span: 1}
			err := w.cell(&c)
			r.cells = append(r.cells, c)
			return err
		case name == "trPr":
			return w.rowProperties(r)
		case left[name]:
			return w.x.Skip()
		}
		return w.row(r)
	})
}

func (w *walker) rowProperties(r *row) error {
	return w.children(func(start xml.StartElement) error {
		switch start.Name.Local {
		case "tblHeader":
			r.header = isOn(archive.Attr(start, "val"), true)
		case "gridBefore":
			r.before = span(archive.Attr(start, "val"))
		case "del":
			r.deleted = true
		}
		return w.x.Skip()
	})
}

// cell reads one cell: its properties and the blocks within.
func (w *walker) cell(c *cell) error {
	return w.children(func(start xml.StartElement) error {
		switch name := start.Name.Local; {
		case name == "tcPr":
			return w.cellProperties(c)
		case name == "p":
			return w.paragraph(&c.content)
		case name == "tbl":
			return w.table(&c.content)
		case left[name]:
			return w.x.Skip()
		}
		return w.cell(c)
	})
}

func (w *walker) cellProperties(c *cell) error {
	return w.children(func(start xml.StartElement) error {
		value := archive.Attr(start, "val")
		switch start.Name.Local {
		case "gridSpan":
			c.span = max(1, span(value))
		case "vMerge":
			c.merge, c.restart = true, value == "restart"
		case "hMerge":
			c.besides = value != "restart"
		}
		return w.x.Skip()
	})
}

// add puts a row into the grid, with cells that continue a merged cell folded into it.
func (g *grid) add(r *row) {
	at, index := 0, len(g.rows)
	cells := make([]part.Cell, 0, len(r.cells)+1)
	if r.before > 0 {
		cells = append(cells, part.Cell{ColSpan: r.before})
		at = r.before
	}
	for i := range r.cells {
		c := &r.cells[i]
		g.cells++
		origin, merging := g.open[at]
		switch {
		case c.merge && !c.restart && merging:
			g.rows[origin[0]][origin[1]].RowSpan = index - origin[0] + 1
		case c.besides && len(cells) > 0:
			cells[len(cells)-1].ColSpan = max(1, cells[len(cells)-1].ColSpan) + c.span
		default:
			delete(g.open, at)
			if c.merge {
				g.open[at] = [2]int{index, len(cells)}
			}
			g.alone = &c.content
			cells = append(cells, part.Cell{Text: flowText(&c.content), ColSpan: c.span, RowSpan: 1})
		}
		at += c.span
	}
	if r.header && !g.bodyBegun {
		g.headerRows++
	} else {
		g.bodyBegun = true
	}
	g.rows = append(g.rows, cells)
}

// flowText is the text of a cell in one line.
func flowText(f *flow) string {
	lines := make([]string, 0, len(f.parts))
	for _, p := range f.parts {
		if p.Kind == part.TableKind {
			lines = append(lines, tableText(p.Table))
		} else {
			lines = append(lines, p.Text)
		}
	}
	return layout.JoinLines(lines)
}

// tableText is the text of a table within a cell in one line.
func tableText(t *part.Table) string {
	var texts []string
	for _, row := range t.Rows {
		for _, c := range row {
			if c.Text != "" {
				texts = append(texts, c.Text)
			}
		}
	}
	return strings.Join(texts, " ")
}

func span(value string) int {
	n, err := strconv.Atoi(value)
	if err != nil || n < 0 {
		return 0
	}
	return min(n, widest)
}
