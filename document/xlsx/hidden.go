package xlsx

import (
	"slices"
	"sort"
)

// closeUp moves what is left of the sheet together where rows and columns are hidden, as the sheet
// shows it.
func (s *sheet) closeUp() {
	if len(s.hiddenRows) > 0 {
		slices.Sort(s.hiddenRows)
		s.hiddenRows = slices.Compact(s.hiddenRows)
		before := func(row int) int { return row - sort.SearchInts(s.hiddenRows, row) }
		for i := range s.rows {
			s.rows[i].index = before(s.rows[i].index)
		}
		for i, m := range s.merges {
			s.merges[i].top, s.merges[i].bottom = before(m.top), before(m.bottom+1)-1
		}
		s.frozen = before(s.frozen)
	}
	if len(s.hidden) > 0 {
		before := s.visibleBefore()
		for _, row := range s.rows {
			for i := range row.cells {
				row.cells[i].column = before[row.cells[i].column]
			}
		}
		for i, m := range s.merges {
			s.merges[i].left, s.merges[i].right = before[m.left], before[m.right+1]-1
		}
	}
	s.merges = slices.DeleteFunc(s.merges, func(m extent) bool { return m.bottom < m.top || m.right < m.left })
}

// visibleBefore says for each column how many columns to its left are shown.
func (s *sheet) visibleBefore() []int {
	hidden := make([]bool, mostColumns+1)
	for _, h := range s.hidden {
		for column := max(0, h.left); column <= h.right; column++ {
			hidden[column] = true
		}
	}
	before := make([]int, mostColumns+2)
	for column := range hidden {
		before[column+1] = before[column]
		if !hidden[column] {
			before[column+1]++
		}
	}
	return before
}
