package layout

import (
	"math"
	"slices"

	"luoshi/document/part"
)

// mostRules bounds how many rules of a page are looked at; a drawing with more is no table.
const mostRules = 8000

// mostGrid bounds the cells of one ruled table on one page.
const mostGrid = 20000

// span is a rule along one axis: at a place on the other axis, from one end to the other.
type span struct{ at, from, to float64 }

// ruledGrid is the rules of one table.
type ruledGrid struct {
	across, down []span    // horizontal and vertical rules
	xs, ys       []float64 // where columns and rows begin and end
	near         float64   // how close counts as the same place
}

// ruledTables takes the glyphs that stand in ruled tables off the page.
func (b *Builder) ruledTables(rules []Rule, glyphs []Glyph) (items []item, rest []Glyph, err error) {
	rest = glyphs
	if len(rules) == 0 || len(rules) > mostRules || len(glyphs) == 0 {
		return nil, rest, nil
	}
	near := 0.2 * medianSize(glyphs)
	for _, grid := range gridsOf(rules, near) {
		if err := b.tally.Time(); err != nil {
			return nil, nil, err
		}
		cells := (len(grid.xs) - 1) * (len(grid.ys) - 1)
		if err := b.tally.Cells(cells); err != nil {
			return nil, nil, err
		}
		inside, outside := grid.divide(rest)
		if table := grid.table(inside); table != nil {
			rest = outside
			place := line{left: grid.xs[0], right: last(grid.xs), top: grid.ys[0], bottom: last(grid.ys), size: near * 5}
			items = append(items, item{line: place, table: table, columns: grid.xs})
		}
	}
	return items, rest, nil
}

func medianSize(glyphs []Glyph) float64 {
	sizes := make([]float64, len(glyphs))
	for i, g := range glyphs {
		sizes[i] = g.Size
	}
	slices.Sort(sizes)
	return sizes[len(sizes)/2]
}

func last(xs []float64) float64 { return xs[len(xs)-1] }

// gridsOf finds the sets of rules that cross each other.
func gridsOf(rules []Rule, near float64) []ruledGrid {
	var across, down []span
	for _, r := range rules {
		width, height := math.Abs(r.X1-r.X0), math.Abs(r.Y1-r.Y0)
		switch {
		case height <= near && width > 2*near:
			across = append(across, span{(r.Y0 + r.Y1) / 2, min(r.X0, r.X1), max(r.X0, r.X1)})
		case width <= near && height > 2*near:
			down = append(down, span{(r.X0 + r.X1) / 2, min(r.Y0, r.Y1), max(r.Y0, r.Y1)})
		}
	}
	across, down = mergeSpans(across, near), mergeSpans(down, near)
	const most = 2000 // pairs of rules are compared with each other
	if len(across) < 2 || len(down) < 1 || len(across) > most || len(down) > most {
		return nil
	}
	var grids []ruledGrid
	for _, group := range crossing(across, down, near) {
		g := ruledGrid{near: near}
		for _, i := range group {
			if i < len(across) {
				g.across = append(g.across, across[i])
			} else {
				g.down = append(g.down, down[i-len(across)])
			}
		}
		if len(g.across) >= 2 && len(g.down) >= 1 {
			g.ys, g.xs = places(g.across, g.down, near), places(g.down, g.across, near)
			if cells := (len(g.xs) - 1) * (len(g.ys) - 1); cells >= 2 && cells <= mostGrid {
				grids = append(grids, g)
			}
		}
	}
	return grids
}

// mergeSpans joins rules that lie on the same line and touch: tables are often drawn cell by cell.
func mergeSpans(spans []span, near float64) []span {
	slices.SortFunc(spans, func(a, b span) int {
		if math.Abs(a.at-b.at) > 1e-9 {
			return compare(a.at, b.at)
		}
		return compare(a.from, b.from)
	})
	var merged []span
	for begin := 0; begin < len(spans); {
		end := begin + 1
		for end < len(spans) && spans[end].at-spans[begin].at <= near/2 {
			end++
		}
		level := spans[begin:end]
		slices.SortFunc(level, func(a, b span) int { return compare(a.from, b.from) })
		for i, s := range level {
			if n := len(merged); i > 0 && s.from <= merged[n-1].to+near {
				merged[n-1].to = max(merged[n-1].to, s.to)
			} else {
				merged = append(merged, s)
			}
		}
		begin = end
	}
	return merged
}

// crossing groups rules that touch or cross; down's indices follow across's.
func crossing(across, down []span, near float64) [][]int {
	parent := make([]int, len(across)+len(down))
	for i := range parent {
		parent[i] = i
	}
	find := func(i int) int {
		for parent[i] != i {
			parent[i] = parent[parent[i]]
			i = parent[i]
		}
		return i
	}
	for i, h := range across {
		for j, v := range down {
			if v.at >= h.from-near && v.at <= h.to+near && h.at >= v.from-near && h.at <= v.to+near {
				parent[find(len(across)+j)] = find(i)
			}
		}
	}
	byRoot := map[int][]int{}
	var roots []int
	for i := range parent {
		root := find(i)
		if byRoot[root] == nil {
			roots = append(roots, root)
		}
		byRoot[root] = append(byRoot[root], i)
	}
	groups := make([][]int, 0, len(roots))
	for _, root := range roots {
		groups = append(groups, byRoot[root])
	}
	return groups
}

// places are where rules lie, each once, and the ends of the rules that cross them where these reach
// beyond: the sides of many tables are left open.
func places(along, crossed []span, near float64) []float64 {
	var at []float64
	for _, s := range along {
		at = append(at, s.at)
	}
	low, high := math.Inf(1), math.Inf(-1)
	for _, s := range crossed {
		low, high = min(low, s.from), max(high, s.to)
	}
	slices.Sort(at)
	const beyond = 5 // times near: one character
	if low < at[0]-beyond*near {
		at = append([]float64{low}, at...)
	}
	if high > last(at)+beyond*near {
		at = append(at, high)
	}
	distinct := at[:1]
	for _, x := range at[1:] {
		if x-last(distinct) > 2*near {
			distinct = append(distinct, x)
		}
	}
	return distinct
}

// divide tells the glyphs within the grid from the others.
func (g *ruledGrid) divide(glyphs []Glyph) (inside, outside []Glyph) {
	for _, glyph := range glyphs {
		x, y := (glyph.Left+glyph.Right)/2, (glyph.Top+glyph.Bottom)/2
		if x >= g.xs[0] && x <= last(g.xs) && y >= g.ys[0] && y <= last(g.ys) {
			inside = append(inside, glyph)
		} else {
			outside = append(outside, glyph)
		}
	}
	return inside, outside
}

// table makes the grid's table; nil where too little stands in it, as in a frame or a diagram.
func (g *ruledGrid) table(glyphs []Glyph) *part.Table {
	columns, rows := len(g.xs)-1, len(g.ys)-1
	owner := make([]int, rows*columns) // which cell covers the place, counted from 1
	texts := [][]Glyph{nil}
	table := &part.Table{Rows: make([][]part.Cell, rows)}
	var cells []*part.Cell
	for row := range rows {
		table.Rows[row] = make([]part.Cell, 0, columns)
		for column := 0; column < columns; column++ {
			if owner[row*columns+column] != 0 {
				continue
			}
			cell := part.Cell{ColSpan: g.colSpan(row, column), RowSpan: g.rowSpan(row, column)}
			texts = append(texts, nil)
			for r := row; r < row+cell.RowSpan; r++ {
				for c := column; c < column+cell.ColSpan; c++ {
					if owner[r*columns+c] == 0 {
						owner[r*columns+c] = len(texts) - 1
					}
				}
			}
			table.Rows[row] = append(table.Rows[row], cell)
			cells = append(cells, &table.Rows[row][len(table.Rows[row])-1])
		}
	}
	for _, glyph := range glyphs {
		row, column := locate(g.ys, (glyph.Top+glyph.Bottom)/2), locate(g.xs, (glyph.Left+glyph.Right)/2)
		of := owner[row*columns+column]
		texts[of] = append(texts[of], glyph)
	}
	filled := 0
	for i, cell := range cells {
		if cell.Text = cellText(texts[i+1]); cell.Text != "" {
			filled++
		}
	}
	const leastFilled, leastShare = 2, 8
	if filled < leastFilled || filled*leastShare < len(cells) {
		return nil
	}
	table.HeaderRows = HeaderRows(table)
	return table
}

// locate is the index of the interval between places that holds x.
func locate(places []float64, x float64) int {
	i, found := slices.BinarySearch(places, x)
	if !found {
		i--
	}
	return max(0, min(i, len(places)-2))
}

// colSpan is how many columns the cell that begins at the place goes across: until a rule stops it.
func (g *ruledGrid) colSpan(row, column int) int {
	middle := (g.ys[row] + g.ys[row+1]) / 2
	n := 1
	for column+n < len(g.xs)-1 && !g.isDrawn(g.down, g.xs[column+n], middle) {
		n++
	}
	return n
}

// rowSpan is how many rows the cell goes down.
func (g *ruledGrid) rowSpan(row, column int) int {
	middle := (g.xs[column] + g.xs[column+1]) / 2
	n := 1
	for row+n < len(g.ys)-1 && !g.isDrawn(g.across, g.ys[row+n], middle) {
		n++
	}
	return n
}

// isDrawn tells whether a rule lies at the place and passes the point along it.
func (g *ruledGrid) isDrawn(spans []span, at, point float64) bool {
	for _, s := range spans {
		if math.Abs(s.at-at) <= 2*g.near && s.from-g.near <= point && point <= s.to+g.near {
			return true
		}
	}
	return false
}

// cellText is the text of a cell, whose lines were broken to fit its width.
func cellText(glyphs []Glyph) string {
	if len(glyphs) == 0 {
		return ""
	}
	var lines []string
	for _, l := range rowsOf(glyphs) {
		lines = append(lines, l.text)
	}
	return JoinHeading(lines)
}

// HeaderRows is the number of rows at the top of a table over which its merged headings reach; 0 where
// the form of the table says nothing.
func HeaderRows(table *part.Table) int {
	const most = 5
	deep, wide := 1, false
	for _, cell := range table.Rows[0] {
		deep = max(deep, cell.RowSpan)
		wide = wide || cell.ColSpan > 1
	}
	switch {
	case deep > 1 && deep <= most && deep < len(table.Rows):
		return deep
	case wide && len(table.Rows[0]) > 1 && len(table.Rows) > 2:
		return 2
	}
	return 0
}
