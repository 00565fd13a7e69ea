package checking

import "strings"

// join makes one grid of a list and a table that name the same items. Columns are the same where the
// figures are: a list rarely names things as the head of a table does. ok is false where fewer than
// minRows items agree or no column does.
func (p *paper) join(list, table *grid) (joined grid, ok bool) {
	rowOf := matchRows(list, table)
	matched := 0
	for _, r := range rowOf {
		if r >= 0 {
			matched++
		}
	}
	if matched < minRows {
		return grid{}, false
	}
	colOf := p.matchColumns(list, table, rowOf)
	own := 0
	for c := range colOf {
		if colOf[c] < 0 { // only the list has it: a column of its own behind the table's
			colOf[c] = table.cols + own
			own++
		}
	}
	if own == list.cols {
		return grid{}, false
	}
	joined = newGrid(table.rows, table.cols+own)
	for r := range table.rows {
		copy(joined.cells[r], table.cells[r])
	}
	for r := range list.rows {
		if rowOf[r] < 0 {
			continue
		}
		for c := range list.cols {
			joined.cells[rowOf[r]][colOf[c]][fromList] = list.cells[r][c][fromList]
		}
	}
	return orderColumns(joined, table.cols, colOf), true
}

// matchRows finds the row of the table for each row of the list, -1 where there is none.
func matchRows(list, table *grid) []int {
	rowOf := make([]int, len(list.rows))
	for i := range list.rows {
		rowOf[i] = -1
		for j := range table.rows {
			if sameRow(&list.rows[i], &table.rows[j]) {
				rowOf[i] = j
				break
			}
		}
	}
	return rowOf
}

func sameRow(a, b *gridRow) bool {
	if a.total || b.total {
		return a.total && b.total
	}
	if a.label == "" || b.label == "" {
		return false
	}
	return strings.Contains(a.label, b.label) || strings.Contains(b.label, a.label)
}

// matchColumns finds the column of the table whose figures are those of each column of the list, -1
// where there is none: at least minRows rows must say the same, and three of five.
func (p *paper) matchColumns(list, table *grid, rowOf []int) []int {
	colOf := make([]int, list.cols)
	taken := make([]bool, table.cols)
	for c := range list.cols {
		colOf[c] = -1
		best := 0
		for d := range table.cols {
			if taken[d] {
				continue
			}
			equal, both := p.agreement(list, table, rowOf, c, d)
			if equal >= minRows && 5*equal >= 3*both && equal > best {
				best, colOf[c] = equal, d
			}
		}
		if colOf[c] >= 0 {
			taken[colOf[c]] = true
		}
	}
	return colOf
}

// agreement counts the rows in which two columns state the same figure, and those in which both state
// one.
func (p *paper) agreement(list, table *grid, rowOf []int, c, d int) (equal, both int) {
	for r := range list.rows {
		if rowOf[r] < 0 {
			continue
		}
		i, j := list.cells[r][c][fromList], table.cells[rowOf[r]][d][fromTable]
		if i == none || j == none {
			continue
		}
		a, b := &p.facts[i], &p.facts[j]
		if a.Unit != b.Unit {
			return 0, 0
		}
		both++
		if a.Value.Cmp(b.Value) == 0 {
			equal++
		}
	}
	return equal, both
}

// orderColumns sets the columns that only the list has behind the ones that they follow in the list, so
// that a whole still stands before its parts.
func orderColumns(g grid, tableCols int, colOf []int) grid {
	order := make([]int, 0, g.cols)
	placed := make([]bool, g.cols)
	put := func(c int) {
		if !placed[c] {
			placed[c] = true
			order = append(order, c)
		}
	}
	next := 0
	for _, c := range colOf {
		if c < tableCols {
			for ; next <= c; next++ {
				put(next)
			}
		}
		put(c)
	}
	for ; next < tableCols; next++ {
		put(next)
	}
	ordered := newGrid(g.rows, g.cols)
	for r := range g.cells {
		for i, c := range order {
			ordered.cells[r][i] = g.cells[r][c]
		}
	}
	return ordered
}
