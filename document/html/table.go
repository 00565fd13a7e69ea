package html

import (
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html/atom"

	"luoshi/document/layout"
	"luoshi/document/part"
)

// The largest spans that browsers grant a cell.
const (
	mostColumns = 1000
	mostRows    = 65534
)

// table is a table while it is being read.
type table struct {
	rows         [][]cell
	caption      []part.Part
	inHead       bool // within <thead>
	headRows     int
	presentation bool
	depth        int // how many elements were open when it began
	inCell       bool
	inCaption    bool
}

// cell is a cell with what it holds.
type cell struct {
	content          flow
	colSpan, rowSpan int
	header           bool
}

// isTablePart tells whether a tag belongs to the frame of a table.
func isTablePart(tag atom.Atom) bool {
	switch tag {
	case atom.Table, atom.Caption, atom.Thead, atom.Tbody, atom.Tfoot, atom.Tr, atom.Td, atom.Th, atom.Col, atom.Colgroup:
		return true
	}
	return false
}

// startTablePart acts on a start tag of a table's frame; outside of a table it means nothing.
func (r *reader) startTablePart(tag atom.Atom, a attributes) error {
	if tag == atom.Table {
		if err := r.breakLine(); err != nil {
			return err
		}
		r.tables = append(r.tables, &table{presentation: a.presentation, depth: len(r.open)})
		return r.tally.Depth(len(r.tables))
	}
	t := r.currentTable()
	if t == nil {
		return nil
	}
	if err := r.closeCell(); err != nil {
		return err
	}
	switch tag {
	case atom.Caption:
		t.inCaption = true
		r.flows = append(r.flows, &flow{})
		return r.push(element{tag: atom.Td})
	case atom.Thead:
		t.inHead = true
	case atom.Tbody, atom.Tfoot:
		t.inHead = false
	case atom.Tr:
		t.beginRow()
		return r.tally.Cells(1)
	case atom.Td, atom.Th:
		if len(t.rows) == 0 {
			t.beginRow()
		}
		row := &t.rows[len(t.rows)-1]
		*row = append(*row, cell{colSpan: a.colSpan, rowSpan: a.rowSpan, header: tag == atom.Th})
		t.inCell = true
		r.flows = append(r.flows, &flow{})
		if err := r.tally.Cells(1); err != nil {
			return err
		}
		return r.push(element{tag: atom.Td})
	}
	return nil
}

func (t *table) beginRow() {
	if t.inHead {
		t.headRows = len(t.rows) + 1
	}
	t.rows = append(t.rows, nil)
}

// endTablePart acts on an end tag of a table's frame.
func (r *reader) endTablePart(tag atom.Atom) error {
	t := r.currentTable()
	if t == nil {
		return nil
	}
	switch tag {
	case atom.Table:
		return r.closeTable()
	case atom.Thead:
		t.inHead = false
	}
	return r.closeCell()
}

func (r *reader) currentTable() *table {
	if len(r.tables) == 0 {
		return nil
	}
	return r.tables[len(r.tables)-1]
}

// closeCell ends the cell or the caption that is open in the innermost table.
func (r *reader) closeCell() error {
	t := r.currentTable()
	if !t.inCell && !t.inCaption {
		return nil
	}
	if err := r.breakLine(); err != nil {
		return err
	}
	content := *r.flows[len(r.flows)-1]
	r.flows = r.flows[:len(r.flows)-1]
	r.open = r.open[:t.depth]
	if t.inCaption {
		t.caption = append(t.caption, content.parts...)
	} else {
		row := t.rows[len(t.rows)-1]
		row[len(row)-1].content = content
	}
	t.inCell, t.inCaption = false, false
	return nil
}

// closeTable ends the innermost table and puts it, or what it lays out, where it stood.
func (r *reader) closeTable() error {
	if err := r.closeCell(); err != nil {
		return err
	}
	if err := r.breakLine(); err != nil {
		return err
	}
	t := r.currentTable()
	r.tables = r.tables[:len(r.tables)-1]
	r.open = r.open[:min(len(r.open), t.depth)]
	into := r.flows[len(r.flows)-1]
	if t.isLayout() {
		into.parts = append(into.parts, t.caption...)
		for _, row := range t.rows {
			for _, c := range row {
				into.parts = append(into.parts, c.content.parts...)
			}
		}
		return nil
	}
	if data := t.data(); data != nil {
		into.parts = append(into.parts, part.Part{Kind: part.TableKind, Table: data, Furniture: r.inFurniture()})
	}
	return nil
}

func (r *reader) inFurniture() bool { return len(r.open) > 0 && r.open[len(r.open)-1].furniture }

// isLayout tells whether the table only places text on the page: it says so, it has one cell, it
// holds another table or a heading, or one of its few cells holds nearly all of its text in paragraphs.
func (t *table) isLayout() bool {
	const fewRows, manyParagraphs, nearlyAll = 4, 4, 0.8
	cells, all, largest, paragraphs := 0, 0, 0, 0
	for _, row := range t.rows {
		for _, c := range row {
			size := 0
			for _, p := range c.content.parts {
				if p.Kind == part.TableKind || p.Heading > 0 {
					return true
				}
				size += utf8.RuneCountInString(p.Text)
			}
			if cells++; size > largest {
				largest, paragraphs = size, len(c.content.parts)
			}
			all += size
		}
	}
	return t.presentation || cells <= 1 ||
		len(t.rows) <= fewRows && paragraphs >= manyParagraphs && float64(largest) >= nearlyAll*float64(all)
}

// data is the table as a grid; nil where it shows nothing.
func (t *table) data() *part.Table {
	first, last := -1, -1
	for i, row := range t.rows {
		for _, c := range row {
			if len(c.content.parts) > 0 {
				if last = i; first < 0 {
					first = i
				}
			}
		}
	}
	if first < 0 {
		return nil
	}
	data := &part.Table{Caption: textOf(t.caption), HeaderRows: max(0, t.headRows-first)}
	allHeader := true
	for i := first; i <= last; i++ {
		cells := make([]part.Cell, 0, len(t.rows[i]))
		plain := len(t.rows[i]) == 0
		for _, c := range t.rows[i] {
			plain = plain || !c.header
			cells = append(cells, part.Cell{Text: textOf(c.content.parts), ColSpan: c.colSpan, RowSpan: min(c.rowSpan, last-i+1)})
		}
		if allHeader = allHeader && !plain; allHeader {
			data.HeaderRows = max(data.HeaderRows, i-first+1)
		}
		data.Rows = append(data.Rows, cells)
	}
	if data.HeaderRows >= len(data.Rows) {
		data.HeaderRows = min(1, len(data.Rows)-1)
	}
	return data
}

// textOf is what a cell or a caption holds, in one line.
func textOf(parts []part.Part) string {
	lines := make([]string, len(parts))
	for i, p := range parts {
		lines[i] = p.Text
	}
	return layout.JoinLines(lines)
}

// markTitle marks the paragraph that is the title the page states outside of its text: alone, or with
// the name of the site behind it.
func markTitle(parts []part.Part, titles []string) {
	const shortest = 8 // runes; a shorter line may begin a title by chance
	for _, title := range titles {
		title = strings.Join(strings.Fields(title), "")
		for i := range parts {
			text := strings.Join(strings.Fields(parts[i].Text), "")
			if text == "" || parts[i].Furniture {
				continue
			}
			if text == title || utf8.RuneCountInString(text) >= shortest && strings.HasPrefix(title, text) {
				parts[i].Title = true
				return
			}
		}
	}
}
