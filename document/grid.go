package document

// grid is a table of plain text on the way to its columns. A web copy loses merged cells: the rows then
// come packed to the left, and only what the cells look like tells where they belong.
type grid struct {
	text   string
	rows   [][]Span
	types  [][]cellType
	width  int
	header int // rows that name columns
	// profile counts, for each column, the cells of each type in the rows below the header.
	profile  [][cellTypes]int
	fullOnly bool // the profile leaves rows with blanks out
}

// arrange fills a table from rows of cells as they were cut; ruled is the number of rows above a
// Markdown rule, 0 where there is none.
func arrange(text string, t *Table, rows [][]Span, ruled int) {
	g := grid{text: text, rows: rows, types: make([][]cellType, len(rows))}
	for r, row := range rows {
		g.types[r] = make([]cellType, len(row))
		for c, cell := range row {
			g.types[r][c] = typeOf(cell.In(text))
			if !cell.Empty() {
				g.width = max(g.width, c+1)
			}
		}
	}
	g.header = ruled
	if ruled == 0 {
		g.header = g.countHeader()
	}
	g.count()
	t.Rows, t.Cols, t.HeaderRows = len(rows), g.width, g.header
	t.Cells = g.headerCells()
	for r := g.header; r < len(rows); r++ {
		t.Cells = g.placeRow(t.Cells, r)
	}
}

// filled is the number of cells of a row that are not blank.
func (g *grid) filled(r int) int {
	n := 0
	for _, t := range g.types[r] {
		if t != blankCell {
			n++
		}
	}
	return n
}

// packed tells that the blanks of a row are all at its end, so that its cells may have moved left.
func (g *grid) packed(r int) bool {
	blank := false
	for _, t := range g.types[r] {
		if t == blankCell {
			blank = true
		} else if blank {
			return false
		}
	}
	return true
}

// minFull is the number of full rows that can stand for the whole table.
const minFull = 2

// count takes the profile of the columns, which only a table narrow enough to be set right needs: from
// the rows that have no blank, or from all where these are too few.
func (g *grid) count() {
	if g.width > maxRealigned {
		return
	}
	full := 0
	for r := g.header; r < len(g.rows); r++ {
		if g.filled(r) >= g.width {
			full++
		}
	}
	g.fullOnly = full >= minFull
	g.profile = make([][cellTypes]int, g.width)
	for r := g.header; r < len(g.rows); r++ {
		if g.fullOnly && g.filled(r) < g.width {
			continue
		}
		for c, t := range g.types[r] {
			if c < g.width {
				g.profile[c][t]++
			}
		}
	}
}

// likeness is how much two cells of given types look as if they stood in one column, in hundredths.
var likeness = [cellTypes][cellTypes]int{
	wholeCell: {wholeCell: 100, tenthCell: 60, centCell: 60, finerCell: 50, boundCell: 25, dashCell: 60},
	tenthCell: {wholeCell: 60, tenthCell: 100, centCell: 60, finerCell: 50, boundCell: 25, dashCell: 60},
	centCell:  {wholeCell: 60, tenthCell: 60, centCell: 100, finerCell: 70, boundCell: 25, dashCell: 60},
	finerCell: {wholeCell: 50, tenthCell: 50, centCell: 70, finerCell: 100, boundCell: 25, dashCell: 60},
	boundCell: {wholeCell: 25, tenthCell: 25, centCell: 25, finerCell: 25, boundCell: 100, dashCell: 60, wordCell: 50},
	dashCell:  {wholeCell: 60, tenthCell: 60, centCell: 60, finerCell: 60, boundCell: 60, dashCell: 100, unitCell: 30, wordCell: 40},
	unitCell:  {dashCell: 30, unitCell: 100, wordCell: 10},
	wordCell:  {boundCell: 50, dashCell: 40, unitCell: 10, wordCell: 100},
}

// unknownFit is the fit with a column that has nothing to compare with.
const unknownFit = 45

// fit is how well a cell of type t suits a column, in hundredths; own is the type of the cell of the
// same row that the column's profile already counts.
func (g *grid) fit(t cellType, col int, own cellType) int {
	sum, n := 0, 0
	for other, count := range g.profile[col] {
		if cellType(other) == own {
			count--
		}
		if cellType(other) == blankCell || count <= 0 {
			continue
		}
		sum += likeness[t][other] * count
		n += count
	}
	if n == 0 {
		return unknownFit
	}
	return sum / n
}

const (
	// maxRealigned is the width up to which rows are set back; wider tables are data files.
	maxRealigned = 64
	// shiftCost is what a gap must gain in a row that is shorter than the others, where a cell is
	// known to be lost; paddedShiftCost in a row that was filled up with blanks.
	shiftCost       = 20
	paddedShiftCost = 60
)

// placeRow appends the cells of a data row, set back to the columns that they look like.
func (g *grid) placeRow(cells []Cell, r int) []Cell {
	columns := g.columnsOf(r)
	filled := 0
	for c, span := range g.rows[r] {
		if span.Empty() {
			continue
		}
		col := c
		if columns != nil {
			col = columns[filled]
		}
		filled++
		cells = append(cells, Cell{Span: span, Row: r, Col: col, RowSpan: 1, ColSpan: 1})
	}
	if columns != nil {
		g.extendAbove(cells, r, columns)
	}
	return cells
}

// columnsOf gives the columns of a packed row's cells where others suit them better than their own,
// else nil.
func (g *grid) columnsOf(r int) []int {
	filled := g.filled(r)
	if filled < 2 || filled >= g.width || g.width > maxRealigned || len(g.rows)-g.header < 3 || !g.packed(r) {
		return nil
	}
	cost := paddedShiftCost
	if len(g.rows[r]) < g.width {
		cost = shiftCost
	}
	return g.align(r, filled, cost)
}

// align finds the columns, in order, that suit the row's cells best. Each gap costs; a gap in front of
// the row costs least, as it is the leading column that is merged most often.
func (g *grid) align(r, filled, cost int) []int {
	const impossible = -1 << 30
	types := g.types[r]
	best := make([][]int, filled)
	from := make([][]int, filled)
	for i := range filled {
		best[i], from[i] = make([]int, g.width), make([]int, g.width)
		for col := range g.width {
			best[i][col] = impossible
			if col < i || g.width-col < filled-i {
				continue
			}
			own := blankCell
			if col < len(types) && !g.fullOnly {
				own = types[col]
			}
			score := g.fit(types[i], col, own)
			if i == 0 {
				best[i][col] = score - min(col, 1)*(cost-1)
				continue
			}
			for before := i - 1; before < col; before++ {
				gap := 0
				if before+1 < col {
					gap = cost
				}
				if total := best[i-1][before] + score - gap; total > best[i][col] {
					best[i][col], from[i][col] = total, before
				}
			}
		}
	}
	last := filled - 1
	end := last
	for col := last; col < g.width; col++ {
		if best[last][col] > best[last][end] {
			end = col
		}
	}
	if end == last {
		return nil
	}
	columns := make([]int, filled)
	for i := last; i >= 0; i-- {
		columns[i] = end
		end = from[i][end]
	}
	return columns
}

// extendAbove lets the cell above reach into a gap of row r, where it is a text that the two rows share.
func (g *grid) extendAbove(cells []Cell, r int, columns []int) {
	next := 0
	for _, col := range columns {
		for ; next < col; next++ {
			reachDown(g.text, cells, r, next)
		}
		next = col + 1
	}
}

// reachDown adds a row to the text cell that ends just above the place.
func reachDown(text string, cells []Cell, row, col int) {
	for i := len(cells) - 1; i >= 0 && cells[i].Row >= row-maxReach; i-- {
		c := &cells[i]
		if c.Col != col || c.Row == row {
			continue
		}
		t := typeOf(c.In(text))
		if c.Row+c.RowSpan == row && (t == wordCell || t == boundCell) {
			c.RowSpan++
		}
		return
	}
}

// maxReach is the number of rows that a dropped merged cell is followed up.
const maxReach = 16
