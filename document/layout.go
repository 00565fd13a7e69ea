package document

import (
	"strings"

	"luoshi/document/fault"
	"luoshi/document/limit"
	"luoshi/document/part"
	"luoshi/document/tally"
)

// cellSeparator stands between the cells of a row in the canonical text of formats other than text.
const cellSeparator = " | "

// layout writes parts as canonical text and remembers where everything has come to stand.
type layout struct {
	text   strings.Builder
	blocks []Block
	styles []int8
	tables []placedTable
	title  int
	cells  int
	lim    limit.Limits
}

// placedTable is a table of parts with its place among the blocks.
type placedTable struct {
	table       Table
	first, last int // blocks, both included
}

// fromParts lays parts out, one line for each paragraph and for each row.
func fromParts(parts []part.Part, lim limit.Limits) (*draft, error) {
	l := layout{title: -1, lim: lim}
	for i := range parts {
		if err := l.part(&parts[i]); err != nil {
			return nil, err
		}
	}
	d := &draft{
		doc:    &Document{Text: l.text.String(), Blocks: l.blocks},
		styles: l.styles,
		title:  l.title,
	}
	d.sights = look(d.doc.Text)
	for i := range l.tables {
		d.addPlacedTable(&l.tables[i])
	}
	return d, nil
}

func (l *layout) part(p *part.Part) error {
	if p.Kind != part.TableKind || p.Table == nil {
		l.paragraph(p.Text, p)
		return l.check()
	}
	if columns(p.Table) < 2 {
		return l.column(p)
	}
	return l.table(p)
}

func (l *layout) check() error {
	switch {
	case int64(l.text.Len()) > l.lim.Text:
		return fault.New(fault.TooLarge, nil, fault.LimitText, tally.Size(l.lim.Text))
	case len(l.blocks) > l.lim.Blocks:
		return tooManyBlocks(l.lim)
	case l.cells > l.lim.Cells:
		return fault.New(fault.TooLarge, nil, fault.LimitCells, l.lim.Cells)
	}
	return nil
}

// columns is the width of a table in cells, merged ones counted with their extent.
func columns(t *part.Table) int {
	widest := 0
	for _, row := range t.Rows {
		width := 0
		for _, cell := range row {
			width += max(cell.ColSpan, 1)
		}
		widest = max(widest, width)
	}
	return widest
}

// column lays a table of one column out as paragraphs: it was drawn for its frame.
func (l *layout) column(p *part.Part) error {
	for _, row := range p.Table.Rows {
		for _, cell := range row {
			l.paragraph(cell.Text, &part.Part{Furniture: p.Furniture})
		}
		if err := l.check(); err != nil {
			return err
		}
	}
	return nil
}

func (l *layout) paragraph(text string, p *part.Part) {
	text = oneLine(text)
	if text == "" {
		return
	}
	start := l.text.Len()
	l.text.WriteString(text)
	if p.Title && l.title < 0 {
		l.title = len(l.blocks)
	}
	l.endLine(Block{Span: Span{start, l.text.Len()}, Furniture: p.Furniture, Section: -1, Table: -1}, p.Heading)
}

func (l *layout) endLine(block Block, heading int) {
	l.blocks = append(l.blocks, block)
	l.styles = append(l.styles, int8(min(max(heading, 0), maxStyle)))
	l.text.WriteByte('\n')
}

// oneLine makes a single trimmed line of a text whatever breaks it has.
func oneLine(text string) string {
	text = strings.ToValidUTF8(text, "\uFFFD")
	text = strings.Map(func(r rune) rune {
		switch r {
		case '\n', '\r', '\v', '\f', '\t', 0x85, 0x2028, 0x2029:
			return ' '
		}
		return r
	}, text)
	return trim(text, Span{0, len(text)}).In(text)
}

func (l *layout) table(p *part.Part) error {
	placed := placedTable{first: len(l.blocks)}
	if caption := oneLine(p.Table.Caption); caption != "" {
		start := l.text.Len()
		l.text.WriteString(caption)
		placed.table.Caption = Span{start, l.text.Len()}
		l.endLine(Block{Span: placed.table.Caption, Kind: Heading, Furniture: p.Furniture, Section: -1, Table: -1}, 0)
		placed.first++
	}
	index := int32(len(l.tables))
	var taken occupancy
	for r, row := range p.Table.Rows {
		start := l.text.Len()
		taken.next()
		for i, cell := range row {
			if i > 0 {
				l.text.WriteString(cellSeparator)
			}
			l.cell(&placed.table, &taken, r, cell)
		}
		span := trim(l.text.String(), Span{start, l.text.Len()})
		if span.Empty() {
			l.text.WriteByte('\n')
			continue
		}
		l.endLine(Block{Span: span, Kind: TableRow, Furniture: p.Furniture, Section: -1, Table: index}, 0)
		if err := l.check(); err != nil {
			return err
		}
	}
	placed.last = len(l.blocks) - 1
	if placed.last < placed.first {
		return nil
	}
	placed.table.Rows = len(p.Table.Rows)
	placed.table.HeaderRows = p.Table.HeaderRows
	l.tables = append(l.tables, placed)
	return nil
}

// cell writes one cell and gives it the first column of its row that no merged cell covers.
func (l *layout) cell(t *Table, taken *occupancy, row int, cell part.Cell) {
	rows, cols := max(cell.RowSpan, 1), min(max(cell.ColSpan, 1), maxColumns)
	l.cells += cols
	col := taken.place(rows, cols)
	if cols = min(cols, maxColumns-col); cols <= 0 {
		return
	}
	t.Cols = max(t.Cols, col+cols)
	text := oneLine(cell.Text)
	if text == "" {
		return
	}
	start := l.text.Len()
	l.text.WriteString(text)
	t.Cells = append(t.Cells, Cell{Span: Span{start, l.text.Len()}, Row: row, Col: col, RowSpan: rows, ColSpan: cols})
}

// maxColumns is the width of the widest sheet that Excel can hold.
const maxColumns = 16384

// occupancy keeps the row down to which merged cells from above cover each column.
type occupancy struct {
	until []int
	row   int
	col   int
}

// next begins a row.
func (o *occupancy) next() { o.row, o.col = o.row+1, 0 }

// place takes the next free columns of the row; maxColumns where none is left.
func (o *occupancy) place(rows, cols int) int {
	for o.col < len(o.until) && o.until[o.col] > o.row {
		o.col++
	}
	at := o.col
	for ; o.col < min(at+cols, maxColumns); o.col++ {
		if o.col == len(o.until) {
			o.until = append(o.until, 0)
		}
		o.until[o.col] = o.row + rows
	}
	return at
}
