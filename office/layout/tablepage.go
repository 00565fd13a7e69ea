package layout

import (
	"math"

	"luoshi/office/paper"
	"luoshi/office/shape"
)

// table sets a table, with its header on every page that it reaches.
func (s *setter) table(t *paper.Table) {
	lefts := shares(t, s.area.width)
	size := s.sized(t, lefts)
	header, rows := s.grid(t, t.Header, lefts, size, true), s.grid(t, t.Rows, lefts, size, false)
	begin := header.between(0, len(header.heights))
	if len(rows.heights) > 0 {
		begin += min(rows.between(0, rows.together(0)), s.area.height/2)
	}
	if s.y > 0 {
		s.y += afterAll
	}
	s.need(pitch + measureStyle.Size*1.5 + begin)
	for _, line := range balanced(whole(s.said(t.Caption, captionStyle)), s.area.width-2*cell) {
		s.paragraph(line, form{align: centred, height: pitch})
	}
	if t.Measure != "" {
		s.paragraph(s.said(t.Measure, measureStyle), form{align: toRight, height: measureStyle.Size * 1.5})
	}
	s.rows(header, rows)
	s.y += above
	for _, note := range t.Notes {
		s.paragraph(s.said(note, noteStyle), form{height: noteStyle.Size * lead})
	}
	s.y += afterAll
}

// piece is a row, or a part of one that is higher than a page, in its place.
type piece struct {
	row         int
	top, height float64
	ends        bool // the row ends with it
}

// rows sets the rows under their header, page by page.
func (s *setter) rows(header, g *grid) {
	s.whole(header)
	var pieces []piece
	breakPage := func() {
		s.pieces(g, pieces)
		pieces = nil
		s.newPage(s.turned)
		s.whole(header)
	}
	full := s.area.height - header.between(0, len(header.heights))
	tied := 0 // rows before it stay together, if they are not too many
	for row := range g.heights {
		if row >= tied {
			tied = g.together(row)
			if high := g.between(row, tied); high > s.left()+dust && high <= full/4 && len(pieces) > 0 {
				breakPage()
			}
		}
		height := g.heights[row]
		if (height > s.left()+dust || !g.opens(row, s.left())) && len(pieces) > 0 {
			breakPage()
		}
		for height > s.left()+dust {
			// The row is higher than a page: as many lines as fit, and the rest on the next one.
			part := math.Floor((s.left()-2*above)/g.line)*g.line + 2*above
			if part < g.line {
				break
			}
			pieces = append(pieces, piece{row, s.y, part, false})
			height -= part - 2*above
			breakPage()
		}
		pieces = append(pieces, piece{row, s.y, height, true})
		s.y += height
	}
	s.pieces(g, pieces)
}

// whole sets all rows at once.
func (s *setter) whole(g *grid) {
	var pieces []piece
	for row, height := range g.heights {
		pieces = append(pieces, piece{row, s.y, height, true})
		s.y += height
	}
	for _, boxes := range g.boxes {
		for _, b := range boxes {
			b.set = 0
		}
	}
	s.pieces(g, pieces)
}

// pieces draws the rows that stand on this page: each cell's edges, and as many of its lines as there is room for.
func (s *setter) pieces(g *grid, pieces []piece) {
	for i, p := range pieces {
		for _, b := range g.boxes[p.row] {
			if i > 0 && b.row < p.row {
				continue // it began on this page in a row above
			}
			end := i
			for end+1 < len(pieces) && pieces[end+1].row < b.row+b.rows {
				end++
			}
			last := pieces[end]
			s.box(g, b, p.top, last.top+last.height, last.ends && last.row == b.row+b.rows-1)
		}
	}
}

func (s *setter) box(g *grid, b *box, top, bottom float64, ends bool) {
	left, right := s.area.left+g.lefts[b.column], s.area.left+g.lefts[b.column+b.columns]
	edges := shape.Box(left, s.area.top+top, right, s.area.top+bottom)
	edges.Stroke, edges.Thick = shape.Black, border
	p := s.page()
	p.Paths = append(p.Paths, edges)
	lines := b.lines[b.set:]
	if room := int((bottom - top - 2*above + dust) / g.line); !ends && len(lines) > room {
		lines = lines[:room]
	}
	y := top + above
	if b.set == 0 && len(lines) == len(b.lines) {
		y = (top + bottom - float64(len(lines))*g.line) / 2
	}
	b.set += len(lines)
	for _, line := range lines {
		x := left + padding
		switch b.align {
		case centred:
			x = (left + right - breadth(line)) / 2
		case toRight:
			x = right - padding - breadth(line)
		case toLeft, justified:
		}
		p.put(line, shape.At(x, s.area.top+y+footing(g.line, line[0].style.Size)))
		y += g.line
	}
}
