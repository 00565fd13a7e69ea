// Package marked lays out the text of a document for pages: its lines, headings and tables, with marks on passages.
package marked

import (
	"cmp"
	"slices"
	"strings"

	"luoshi/document"
	"luoshi/internal/service/intake"
)

// Mark is a passage that a page speaks of. Places are code points of the text.
type Mark struct {
	At, End int
	Class   string
	// Item is what the passage belongs to, for scripts; empty where it belongs to nothing.
	Item string
	// Label and Href make a link behind the passage; none where Href is empty.
	Label, Href string
	// ID is that of the link, for links back.
	ID string
}

// Piece is a part of a line that the same marks cover.
type Piece struct {
	At    int
	Text  string
	Class string
	Item  string
	Links []Mark // of the marks that end here
}

// Line is a line of the text, or a table in its place.
type Line struct {
	Level     int // of a heading, from 1; 0 for every other line
	Section   int // number of the section that begins here; 0 for none
	Furniture bool
	Pieces    []Piece
	Rows      [][]Cell // of a table
}

// Cell is a cell of a table.
type Cell struct {
	RowSpan, ColSpan int
	Header           bool
	Pieces           []Piece
}

// deepest is the lowest level of headings that pages tell apart.
const deepest = 4

// Lay lays out a text.
func Lay(text string, r intake.Result, marks []Mark) []Line {
	l := layer{text: []rune(text), marks: slices.Clone(marks)}
	slices.SortStableFunc(l.marks, func(a, b Mark) int { return cmp.Or(cmp.Compare(a.At, b.At), cmp.Compare(b.End, a.End)) })
	begins := map[int]intake.Section{}
	for _, s := range r.Sections {
		begins[s.At] = s
	}
	var lines []Line
	laid := 0 // the table that was laid out last
	for _, block := range r.Blocks {
		if block.Table > 0 && block.Table <= len(r.Tables) {
			if block.Table != laid {
				laid = block.Table
				lines = append(lines, Line{Rows: l.rows(r.Tables[laid-1])})
			}
			continue
		}
		line := Line{Furniture: block.Furniture, Pieces: l.pieces(block.At, block.End)}
		if s, ok := begins[block.At]; ok {
			line.Section = s.Number
			if block.Kind == document.Heading {
				line.Level = min(s.Level, deepest)
			}
		}
		lines = append(lines, line)
	}
	return lines
}

// layer is a text that is being laid out from front to back.
type layer struct {
	text   []rune
	marks  []Mark // by their places
	next   int    // the first mark that has not been met
	active []Mark // those met that may reach further
}

func (l *layer) rows(t intake.Table) [][]Cell {
	rows := make([][]Cell, t.Rows)
	for _, c := range t.Cells {
		if c.Row >= len(rows) {
			continue
		}
		rows[c.Row] = append(rows[c.Row], Cell{
			RowSpan: c.RowSpan, ColSpan: c.ColSpan, Header: c.Row < t.HeaderRows, Pieces: l.pieces(c.At, c.End),
		})
	}
	return rows
}

// pieces cuts a stretch of the text where marks begin and end. Stretches are asked for in order.
func (l *layer) pieces(at, end int) []Piece {
	end = min(end, len(l.text))
	l.active = slices.DeleteFunc(l.active, func(m Mark) bool { return m.End <= at })
	for ; l.next < len(l.marks) && l.marks[l.next].At < end; l.next++ {
		if l.marks[l.next].End > at {
			l.active = append(l.active, l.marks[l.next])
		}
	}
	cuts := []int{at, end}
	for _, m := range l.active {
		cuts = append(cuts, max(at, m.At), min(end, m.End))
	}
	slices.Sort(cuts)
	cuts = slices.Compact(cuts)
	var pieces []Piece
	for i := 0; i+1 < len(cuts); i++ {
		pieces = append(pieces, l.piece(cuts[i], cuts[i+1], at))
	}
	return pieces
}

// piece is what stands between two cuts. It belongs to the shortest of the marks that belong to something.
func (l *layer) piece(at, end, begin int) Piece {
	p := Piece{At: at, Text: string(l.text[at:end])}
	shortest := len(l.text) + 1
	var classes []string
	for _, m := range l.active {
		if m.At > at || m.End < end || m.At == m.End {
			continue
		}
		if m.Class != "" && !slices.Contains(classes, m.Class) {
			classes = append(classes, m.Class)
		}
		if m.Item != "" && m.End-m.At < shortest {
			shortest, p.Item = m.End-m.At, m.Item
		}
		if m.Href != "" && m.End == end && m.End > begin {
			p.Links = append(p.Links, m)
		}
	}
	p.Class = strings.Join(classes, " ")
	return p
}
