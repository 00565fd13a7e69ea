package layout

import (
	"slices"

	"luoshi/document/part"
)

// The least a table without rules consists of, and the most columns it may have.
const (
	leastAlignedRows    = 3
	leastAlignedColumns = 3
	mostAlignedColumns  = 60
)

// alignedTables replaces runs of lines whose pieces stand in columns by tables.
func (b *Builder) alignedTables(items []item) ([]item, error) {
	var out []item
	for begin := 0; begin < len(items); {
		end := begin
		for end < len(items) && items[end].table == nil && len(items[end].chunks) > 1 && (end == begin || follows(items[end-1].line, items[end].line)) {
			end++
		}
		table, err := b.alignedTable(items[begin:end])
		if err != nil {
			return nil, err
		}
		if table == nil {
			end = max(end, begin+1)
			out = append(out, items[begin:end]...)
		} else {
			out = append(out, *table)
		}
		begin = end
	}
	return out, nil
}

// follows tells whether a line stands close enough below another to be the next row.
func follows(above, below line) bool {
	const most = 3 // lines
	return below.top-above.bottom < most*above.size
}

// alignedTable makes a table of lines whose pieces stand in columns; nil where they do not.
func (b *Builder) alignedTable(lines []item) (*item, error) {
	if len(lines) < leastAlignedRows {
		return nil, nil
	}
	columns := columnsOf(lines)
	if len(columns) > mostAlignedColumns {
		return nil, nil
	}
	if columns = mergeColumns(columns, lines); len(columns) < leastAlignedColumns {
		return nil, nil
	}
	if err := b.tally.Cells(len(columns) * len(lines)); err != nil {
		return nil, err
	}
	table := &part.Table{}
	place := lines[0].line
	for _, l := range lines {
		row := make([]part.Cell, len(columns))
		for _, c := range l.chunks {
			i := columnOf(columns, c)
			if row[i].Text != "" {
				return nil, nil
			}
			row[i] = part.Cell{Text: c.text, RowSpan: 1, ColSpan: 1}
		}
		table.Rows = append(table.Rows, row)
		place.left, place.right = min(place.left, l.left), max(place.right, l.right)
		place.bottom = max(place.bottom, l.bottom)
	}
	place.chunks = nil
	return &item{line: place, table: table}, nil
}

// columnsOf are the stretches of the width in which the lines' pieces stand, from left to right.
func columnsOf(lines []item) []chunk {
	var pieces []chunk
	for _, l := range lines {
		pieces = append(pieces, l.chunks...)
	}
	slices.SortFunc(pieces, func(a, b chunk) int { return compare(a.left, b.left) })
	var columns []chunk
	for _, p := range pieces {
		if n := len(columns); n > 0 && p.left <= columns[n-1].right {
			columns[n-1].right = max(columns[n-1].right, p.right)
		} else {
			columns = append(columns, chunk{left: p.left, right: p.right})
		}
	}
	return columns
}

// columnOf is the index of the column that a piece stands in.
func columnOf(columns []chunk, piece chunk) int {
	return slices.IndexFunc(columns, func(c chunk) bool { return piece.left <= c.right && piece.right >= c.left })
}

// mergeColumns puts neighbours together that no line fills both of: a heading set in the middle and
// figures set to the right may stand beside each other in one column.
func mergeColumns(columns []chunk, lines []item) []chunk {
	for i := 0; i+1 < len(columns); {
		apart := slices.ContainsFunc(lines, func(l item) bool {
			has := func(column int) bool {
				return slices.ContainsFunc(l.chunks, func(c chunk) bool { return columnOf(columns, c) == column })
			}
			return has(i) && has(i+1)
		})
		if apart {
			i++
			continue
		}
		columns[i].right = columns[i+1].right
		columns = slices.Delete(columns, i+1, i+2)
	}
	return columns
}
