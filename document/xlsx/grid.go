package xlsx

import (
	"slices"
	"strings"
	"unicode/utf8"

	"luoshi/document/fault"
	"luoshi/document/part"
	"luoshi/document/tally"
)

// block is a run of rows without an empty row between them.
type block struct {
	rows        []sheetRow
	left, right int
	merges      []extent // that begin in the block, by row, then by column
	frozen      int      // index of the first row below the frozen ones
}

// parts lays the sheet out: for each block of rows the titles above the grid, the grid, the notes
// below it.
func (s *sheet) parts(t *tally.Tally) ([]part.Part, error) {
	slices.SortFunc(s.merges, func(a, b extent) int {
		if a.top != b.top {
			return a.top - b.top
		}
		return a.left - b.left
	})
	var parts []part.Part
	for _, b := range s.blocks() {
		own, err := b.parts(t)
		if err != nil {
			return nil, err
		}
		parts = append(parts, own...)
	}
	return parts, nil
}

// blocks splits the sheet at empty rows; a merged cell holds the rows it spans together.
func (s *sheet) blocks() []block {
	var blocks []block
	next := 0 // the first merge that has not been reached
	reach := -1
	for i := 0; i < len(s.rows); i++ {
		row := s.rows[i]
		if i == 0 || row.index > reach+1 {
			blocks = append(blocks, block{left: mostColumns, frozen: s.frozen})
		}
		b := &blocks[len(blocks)-1]
		b.rows = append(b.rows, row)
		b.left = min(b.left, row.cells[0].column)
		b.right = max(b.right, row.cells[len(row.cells)-1].column)
		reach = max(reach, row.index)
		for ; next < len(s.merges) && s.merges[next].top <= row.index; next++ {
			merged := s.merges[next]
			if merged.top != row.index || !row.has(merged.left) {
				continue
			}
			b.merges = append(b.merges, merged)
			b.right = max(b.right, min(merged.right, b.left+mostColumns))
			reach = max(reach, min(merged.bottom, s.lastRow()))
		}
	}
	return blocks
}

func (s *sheet) lastRow() int { return s.rows[len(s.rows)-1].index }

// has tells whether the row has something in the column.
func (r sheetRow) has(column int) bool {
	_, found := slices.BinarySearchFunc(r.cells, column, func(c sheetCell, column int) int { return c.column - column })
	return found
}

// parts takes titles off the top and notes off the bottom; what remains is a table.
func (b *block) parts(t *tally.Tally) ([]part.Part, error) {
	var above, below []part.Part
	rows := b.rows
	for len(rows) > 0 && b.standsAlone(rows[0]) {
		above = append(above, part.Part{Text: rows[0].cells[0].text})
		rows = rows[1:]
	}
	for len(rows) > 1 && b.isNote(rows[len(rows)-1]) {
		below = append(below, part.Part{Text: rows[len(rows)-1].cells[0].text})
		rows = rows[:len(rows)-1]
	}
	slices.Reverse(below)
	for range len(above) + len(below) {
		if err := t.Part(); err != nil {
			return nil, err
		}
	}
	if len(rows) == 0 {
		return append(above, below...), countText(t, above, below)
	}
	table, err := b.table(rows, t)
	if err != nil {
		return nil, err
	}
	parts := slices.Concat(above, []part.Part{{Kind: part.TableKind, Table: table}}, below)
	return parts, countText(t, above, below)
}

func countText(t *tally.Tally, lists ...[]part.Part) error {
	for _, list := range lists {
		for _, p := range list {
			if err := t.Text(len(p.Text)); err != nil {
				return err
			}
		}
	}
	return nil
}

// standsAlone tells whether a row has one cell only, so that it is a title or a line of text.
func (b *block) standsAlone(row sheetRow) bool { return len(row.cells) == 1 && !b.spansDown(row) }

// spansDown tells whether the row's first cell is merged with rows below.
func (b *block) spansDown(row sheetRow) bool {
	for _, merged := range b.merges {
		if merged.top == row.index && merged.left == row.cells[0].column && merged.bottom > merged.top {
			return true
		}
	}
	return false
}

// noteWords begin the notes below a table.
var noteWords = []string{"注", "备注", "说明", "附注", "资料来源", "数据来源", "填报", "填表", "制表", "审核", "联系"}

// isNote tells whether a row below the grid is a note rather than a row of values.
func (b *block) isNote(row sheetRow) bool {
	if len(row.cells) != 1 || b.left == b.right {
		return false
	}
	text := row.cells[0].text
	for _, word := range noteWords {
		if strings.HasPrefix(text, word) {
			return true
		}
	}
	const longLabel = 30 // runes; no label of a row is as long
	return row.cells[0].column == b.left && utf8.RuneCountInString(text) > longLabel
}

// table makes the grid of the rows.
func (b *block) table(rows []sheetRow, t *tally.Tally) (*part.Table, error) {
	top, bottom := rows[0].index, rows[len(rows)-1].index
	left, right := b.bounds(rows)
	if height, width := bottom-top+1, right-left+1; height > t.Limits().Cells/width {
		return nil, fault.New(fault.TooLarge, nil, fault.LimitCells, t.Limits().Cells)
	}
	table := &part.Table{}
	covered := newCover(b.merges, top)
	next := 0
	for index := top; index <= bottom; index++ {
		var filled []sheetCell
		if next < len(rows) && rows[next].index == index {
			filled = rows[next].cells
			next++
		}
		cells, err := covered.row(index, left, right, bottom, filled, t)
		if err != nil {
			return nil, err
		}
		table.Rows = append(table.Rows, cells)
	}
	table.HeaderRows = b.headerRows(table, top)
	return table, nil
}

// bounds are the first and last column of the rows, merged cells included.
func (b *block) bounds(rows []sheetRow) (left, right int) {
	left = mostColumns
	for _, row := range rows {
		left = min(left, row.cells[0].column)
		right = max(right, row.cells[len(row.cells)-1].column)
	}
	for _, merged := range b.merges {
		if merged.top >= rows[0].index && merged.top <= rows[len(rows)-1].index && merged.right < right+mostColumns/64 {
			right = max(right, merged.right)
		}
	}
	return left, right
}

// headerRows is the number of rows that are headings by the form of the sheet: those that stay in
// sight when it is scrolled, or those over which merged headings reach; 0 where the form is silent.
func (b *block) headerRows(table *part.Table, top int) int {
	const most = 5
	if above := b.frozen - top; above > 0 && above <= most && above < len(table.Rows) {
		return above
	}
	deep, wide := 1, false
	for _, cell := range table.Rows[0] {
		deep = max(deep, cell.RowSpan)
		wide = wide || cell.ColSpan > 1
	}
	switch {
	case deep > 1 && deep <= most && deep < len(table.Rows):
		return deep
	case wide && len(table.Rows) > 2:
		return 2
	}
	return 0
}

// cover follows which places merged cells cover, row by row.
type cover struct {
	merges []extent // not yet reached
	active []extent // that reach the row at hand
}

func newCover(merges []extent, top int) *cover {
	c := &cover{merges: merges}
	for len(c.merges) > 0 && c.merges[0].top < top {
		c.merges = c.merges[1:]
	}
	return c
}

// row is one row of the grid: places covered from elsewhere are left out.
func (c *cover) row(index, left, right, bottom int, filled []sheetCell, t *tally.Tally) ([]part.Cell, error) {
	c.active = slices.DeleteFunc(c.active, func(e extent) bool { return e.bottom < index })
	for len(c.merges) > 0 && c.merges[0].top <= index {
		c.active = append(c.active, c.merges[0])
		c.merges = c.merges[1:]
	}
	if err := t.Cells(right - left + 1); err != nil {
		return nil, err
	}
	cells := make([]part.Cell, 0, right-left+1)
	for column := left; column <= right; column++ {
		cell := part.Cell{RowSpan: 1, ColSpan: 1}
		for len(filled) > 0 && filled[0].column < column {
			filled = filled[1:]
		}
		if len(filled) > 0 && filled[0].column == column {
			cell.Text = filled[0].text
		}
		merged, covered := c.at(index, column)
		if covered {
			if merged.top != index || merged.left != column {
				column = min(merged.right, right)
				continue
			}
			cell.RowSpan = min(merged.bottom, bottom) - index + 1
			cell.ColSpan = min(merged.right, right) - column + 1
			column += cell.ColSpan - 1
		}
		if err := t.Text(len(cell.Text)); err != nil {
			return nil, err
		}
		cells = append(cells, cell)
		if err := t.Step(); err != nil {
			return nil, err
		}
	}
	return cells, nil
}

// at is the merged cell that covers a place.
func (c *cover) at(index, column int) (extent, bool) {
	for _, merged := range c.active {
		if column >= merged.left && column <= merged.right && index >= merged.top {
			return merged, true
		}
	}
	return extent{}, false
}
