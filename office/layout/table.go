package layout

import (
	"luoshi/office/font"
	"luoshi/office/paper"
)

// The measures of tables.
const (
	padding  = 1.0 // between a cell's edge and its text, at each side
	above    = .4  // the same above and beneath
	lowest   = 8.0 // row
	lead     = 1.35
	border   = .2
	afterAll = 2.0
)

// cellSizes are the sizes of type in tables; the first is taken in which no number is broken, and a crowded table begins
// with the second.
var cellSizes = []float64{sizeFourLess, sizeFive, sizeFiveLess}

// grid are the rows of a table made ready to be set: what its cells say in lines, and how high its rows are.
type grid struct {
	lefts   []float64 // of the columns, and where the last ends
	heights []float64
	boxes   [][]*box // of each row those that stand in it, whichever row they begin in
	line    float64  // from one line of a cell to the next
}

// box is a cell in its place.
type box struct {
	row, column, rows, columns int
	lines                      [][]glyph
	align                      align
	set                        int // lines that stand on a page already
}

// shares are where columns begin, and where the last one ends, on an area so wide.
func shares(t *paper.Table, wide float64) []float64 {
	total := 0
	for _, c := range t.Columns {
		total += c.Width
	}
	lefts := []float64{0}
	at := 0
	for _, c := range t.Columns {
		at += c.Width
		lefts = append(lefts, wide*float64(at)/float64(total))
	}
	return lefts
}

// sized is the size of a table's type.
func (s *setter) sized(t *paper.Table, lefts []float64) float64 {
	sizes := cellSizes
	if t.Crowded() {
		sizes = sizes[1:]
	}
	for _, size := range sizes {
		if s.holdsNumbers(t, lefts, size) {
			return size
		}
	}
	return cellSizes[len(cellSizes)-1]
}

func (s *setter) holdsNumbers(t *paper.Table, lefts []float64, size float64) bool {
	holds := true
	each(t.Rows, len(t.Columns), func(p paper.Slot) {
		if t.Columns[p.Column].Number && p.Wide == 1 {
			all := s.glyphs(p.Cell.Runs, plain(font.Fang, size))
			holds = holds && breadth(all) <= lefts[p.Column+1]-lefts[p.Column]-2*padding
		}
	})
	return holds
}

// each visits the cells in their places; a row that ends before the table does ends with empty ones.
func each(rows [][]paper.Cell, columns int, visit func(place paper.Slot)) {
	for _, row := range paper.Lay(rows, columns) {
		for _, slot := range row {
			if slot.Cell == nil {
				slot.Cell = &paper.Cell{}
			}
			if !slot.Below {
				visit(slot)
			}
		}
	}
}

// grid makes rows ready.
func (s *setter) grid(t *paper.Table, rows [][]paper.Cell, lefts []float64, size float64, header bool) *grid {
	g := &grid{lefts: lefts, line: size * lead, heights: make([]float64, len(rows)), boxes: make([][]*box, len(rows))}
	for i := range g.heights {
		g.heights[i] = max(lowest, g.line+2*above)
	}
	short := s.shortColumns(t, lefts, size)
	each(rows, len(t.Columns), func(p paper.Slot) {
		style := plain(font.Fang, size)
		b := &box{row: p.Row, column: p.Column, rows: p.High, columns: p.Wide, align: toLeft}
		switch {
		case header:
			style, b.align = plain(font.Hei, size), centred
		case t.Columns[p.Column].Number:
			b.align = toRight
		case short[p.Column] && p.Wide == 1:
			b.align = centred
		}
		style.Bold = p.Cell.Bold
		room := lefts[p.Column+p.Wide] - lefts[p.Column] - 2*padding
		all := whole(s.glyphs(p.Cell.Runs, style))
		b.lines = broken(all, room, room)
		if n := len(b.lines); n > 1 && (header || b.align == centred || len(b.lines[n-1]) == 1) {
			b.lines = balanced(all, room)
		}
		if p.High == 1 {
			g.heights[p.Row] = max(g.heights[p.Row], g.high(b))
		}
		for row := p.Row; row < p.Row+p.High; row++ {
			g.boxes[row] = append(g.boxes[row], b)
		}
	})
	for row, boxes := range g.boxes {
		for _, b := range boxes {
			if b.row+b.rows-1 == row {
				g.heights[row] += max(0, g.high(b)-g.between(b.row, row+1))
			}
		}
	}
	return g
}

// shortColumns are those whose words are so short that they stand in the middle.
func (s *setter) shortColumns(t *paper.Table, lefts []float64, size float64) []bool {
	const few = 6
	short := make([]bool, len(t.Columns))
	for i := range short {
		short[i] = i > 0 && !t.Columns[i].Prose
	}
	each(t.Rows, len(t.Columns), func(p paper.Slot) {
		all := s.glyphs(p.Cell.Runs, plain(font.Fang, size))
		if p.Wide == 1 && (len(all) > few || breadth(all) > lefts[p.Column+1]-lefts[p.Column]-2*padding) {
			short[p.Column] = false
		}
	})
	return short
}

// high is how high a cell must be.
func (g *grid) high(b *box) float64 { return float64(len(b.lines))*g.line + 2*above }

// between is how high rows are together.
func (g *grid) between(from, to int) float64 {
	high := 0.0
	for _, h := range g.heights[from:to] {
		high += h
	}
	return high
}

// together is the row after the last one that cells tie to a row.
func (g *grid) together(row int) int {
	end := row + 1
	for ; row < end; row++ {
		for _, b := range g.boxes[row] {
			end = max(end, b.row+b.rows)
		}
	}
	return end
}

// opens tells whether the cells that begin at a row and reach further can do so with so much room left: the rows that
// still fit hold all of their text.
func (g *grid) opens(row int, left float64) bool {
	for _, b := range g.boxes[row] {
		if b.row < row || b.rows == 1 {
			continue
		}
		fits := 0.0
		for _, h := range g.heights[row : row+b.rows] {
			if fits+h > left+dust {
				break
			}
			fits += h
		}
		if fits+dust < g.high(b) {
			return false
		}
	}
	return true
}
