package paper

// Slot is what stands at a place of a table's grid: a cell at its upper left place, or its continuation from the row
// above.
type Slot struct {
	Cell   *Cell // nil where a row ends before the table does
	Row    int
	Column int
	Wide   int // columns
	High   int // rows, of the cell itself
	Below  bool
}

// Lay sets rows of cells into the grid of so many columns. Each row's slots cover all of its columns from left to right;
// what does not fit into the grid is cut to it.
func Lay(rows [][]Cell, columns int) [][]Slot {
	laid := make([][]Slot, len(rows))
	above := make([]*Slot, columns) // at each column the slot that reaches down to the row
	for r := range rows {
		next := 0
		for column := 0; column < columns; {
			slot := Slot{Row: r, Column: column, Wide: 1, High: 1}
			switch origin := above[column]; {
			case origin != nil && origin.Row+origin.High > r:
				slot = Slot{Cell: origin.Cell, Row: r, Column: column, Wide: origin.Wide, High: origin.High, Below: true}
			case next < len(rows[r]):
				cell := &rows[r][next]
				next++
				slot.Cell = cell
				slot.Wide = min(max(cell.Columns, 1), free(above, r, column))
				slot.High = min(max(cell.Rows, 1), len(rows)-r)
				for i := range slot.Wide {
					above[column+i] = &slot
				}
			}
			laid[r] = append(laid[r], slot)
			column += slot.Wide
		}
	}
	return laid
}

// free is how many columns from this one on no cell from above reaches down to.
func free(above []*Slot, row, column int) int {
	n := 0
	for _, origin := range above[column:] {
		if origin != nil && origin.Row+origin.High > row {
			break
		}
		n++
	}
	return n
}
