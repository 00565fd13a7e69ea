package checking

import (
	"strings"
	"unicode/utf8"
)

// minJoined is how many paragraphs must name rows of a table before they are read beside it.
const minJoined = 2

// joinItems sets the paragraphs that speak of rows of a table beside its figures, and the sentence that
// sums them up beside its total.
func (p *paper) joinItems(table *grid, items []listItem) grid {
	rowOf := make([]int, 0, len(table.rows))
	var own []listItem
	for i := range items {
		if r := table.rowNamed(&items[i]); r >= 0 && !items[i].joined {
			own = append(own, items[i])
			rowOf = append(rowOf, r)
		}
	}
	if len(own) < minJoined {
		own, rowOf = p.segmentItems(table)
	}
	joined := *table
	if len(own) >= minJoined {
		list := p.listGrid(own, nil)
		if g, ok := p.join(&list, table, rowOf); ok {
			joined = g
			for i := range items {
				items[i].joined = items[i].joined || table.rowNamed(&items[i]) >= 0
			}
		}
	}
	p.joinLead(&joined)
	return joined
}

// segmentItems finds a sentence whose parts between semicolons name rows of the table one after another:
// 产业类项目27个,投资58.72亿元;基础设施类项目14个,投资26.35亿元.
func (p *paper) segmentItems(table *grid) (own []listItem, rowOf []int) {
	for i := range p.sentences {
		own, rowOf = own[:0], rowOf[:0]
		for _, item := range p.segmentsOf(i) {
			if r := table.rowNamed(&item); r >= 0 {
				own = append(own, item)
				rowOf = append(rowOf, r)
			}
		}
		if len(own) >= minRows {
			return own, rowOf
		}
	}
	return nil, nil
}

// segmentsOf are the parts of a sentence between semicolons, each called by what stands before its first
// figure.
func (p *paper) segmentsOf(sentence int) []listItem {
	s := &p.sentences[sentence]
	var items []listItem
	start := s.Start
	for first := s.facts[0]; first < s.facts[1]; {
		last := first + 1
		for last < s.facts[1] && !strings.Contains(p.between(last-1, last), "\uff1b") {
			last++
		}
		item := listItem{block: s.block, facts: [2]int32{first, last}}
		head := p.text[start:p.facts[first].Span.Start]
		if at := strings.LastIndex(head, "\uff1b"); at >= 0 {
			head = head[at:]
		}
		item.label = strings.TrimSuffix(labelKey(head), "项目")
		item.has = p.attributes(&item)
		items = append(items, item)
		start, first = p.facts[last-1].Span.End, last
	}
	return items
}

// rowNamed is the row that an item's label names, -1 for none.
func (g *grid) rowNamed(item *listItem) int {
	for r, row := range g.rows {
		if !row.total && sameLabel(item.label, row.label) {
			return r
		}
	}
	return -1
}

// sameLabel tells whether one name holds the other.
func sameLabel(a, b string) bool {
	if utf8.RuneCountInString(a) < 2 || utf8.RuneCountInString(b) < 2 {
		return false
	}
	return strings.Contains(a, b) || strings.Contains(b, a)
}

// join makes one grid of a list and a table, whose rows the list names. ok is false where no column of
// the one is found in the other.
func (p *paper) join(list, table *grid, rowOf []int) (joined grid, ok bool) {
	colOf := p.matchColumns(list, table, rowOf)
	heads := append([]string(nil), table.heads...)
	for c := range colOf {
		if colOf[c] < 0 { // only the list has it: a column of its own behind the table's
			colOf[c] = len(heads)
			heads = append(heads, list.heads[c])
		}
	}
	if len(heads) == table.cols+list.cols {
		return grid{}, false
	}
	joined = newGrid(table.rows, len(heads))
	joined.heads, joined.caption = heads, table.caption
	for r := range table.rows {
		copy(joined.cells[r], table.cells[r])
	}
	for r := range list.rows {
		for c := range list.cols {
			joined.cells[rowOf[r]][colOf[c]][fromList] = list.cells[r][c][fromList]
		}
	}
	return orderColumns(&joined, table.cols, colOf), true
}

// matchColumns finds the column of the table that each column of the list repeats, -1 where there is
// none: the one whose heading names it, or else the one that states the same figures.
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
			byName := equal > 0 && (named(table.heads[d], list.heads[c]) || list.heads[c] == "" && p.countsItems(table, d))
			if !byName && (equal < minJoined || 5*equal < 3*both) {
				continue
			}
			if weight := 2*equal + 1; weight > best {
				best, colOf[c] = weight, d
			}
		}
		if colOf[c] >= 0 {
			taken[colOf[c]] = true
		}
	}
	return colOf
}

// countsItems tells whether a column of the table counts the items themselves.
func (p *paper) countsItems(g *grid, c int) bool {
	for r := range g.rows {
		if i := g.cells[r][c][fromTable]; i != none {
			return countsRows(g.heads[c], p.facts[i].Surface)
		}
	}
	return false
}

// agreement counts the rows in which two columns state the same figure, and those in which both state
// one.
func (p *paper) agreement(list, table *grid, rowOf []int, c, d int) (equal, both int) {
	for r := range list.rows {
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
func orderColumns(g *grid, tableCols int, colOf []int) grid {
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
	ordered.heads, ordered.caption = make([]string, g.cols), g.caption
	for i, c := range order {
		ordered.heads[i] = g.heads[c]
		for r := range g.cells {
			ordered.cells[r][i] = g.cells[r][c]
		}
	}
	return ordered
}
