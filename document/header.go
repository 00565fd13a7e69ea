package document

import (
	"strings"
	"unicode/utf8"
)

const (
	maxHeaderRows = 3
	maxHeaderRow  = 32 // cells of a first header row up to which its merged ones are searched for
)

// countHeader is the number of leading rows that name columns and hold no figures.
func (g *grid) countHeader() int {
	rows := 0
	for rows < len(g.rows) && rows < maxHeaderRows && g.namesColumns(rows) {
		rows++
		if g.filled(rows-1) >= g.width {
			break
		}
	}
	if rows > 1 && g.bodyIsText(1) {
		rows = 1
	}
	if rows > 0 && rows < len(g.rows) && g.numbersColumns(rows) {
		rows++
	}
	if rows == len(g.rows) {
		return 1
	}
	return rows
}

// namesColumns tells a row without figures. A row of one cell below the first is a group's name.
func (g *grid) namesColumns(r int) bool {
	filled := g.filled(r)
	if filled == 0 || r > 0 && filled == 1 {
		return false
	}
	years, figures := 0, 0
	for c, t := range g.types[r] {
		switch {
		case !t.isNumeric():
		case isYear(g.rows[r][c].In(g.text)):
			years++
		default:
			figures++
		}
	}
	return figures == 0 && (r == 0 || years == 0 || years > 1)
}

// bodyIsText tells that no row from r on has a figure: a table of names and duties has one header row.
func (g *grid) bodyIsText(r int) bool {
	for ; r < len(g.rows); r++ {
		for _, t := range g.types[r] {
			if t.isNumeric() {
				return false
			}
		}
	}
	return true
}

// numbersColumns tells the row 甲, 乙, 1, 2, 3 that numbers the columns of a statistical table.
func (g *grid) numbersColumns(r int) bool {
	expected := byte('1')
	for c, cell := range g.rows[r] {
		s := cell.In(g.text)
		switch {
		case s == "甲" || s == "乙" || s == "丙" || s == "":
		case g.types[r][c] == wholeCell && len(s) == 1 && s[0] == expected:
			expected++
		default:
			return false
		}
	}
	return expected > '2'
}

// headerCells places the cells of the header rows with their extents.
func (g *grid) headerCells() []Cell {
	columns := g.headerColumns()
	var cells []Cell
	for r := range g.header {
		filled := 0
		for c, span := range g.rows[r] {
			if span.Empty() {
				continue
			}
			at := headerPlace{c, 1}
			if columns != nil {
				at = columns[r][filled]
			}
			filled++
			cells = append(cells, Cell{Span: span, Row: r, Col: at.col, RowSpan: 1, ColSpan: at.span})
		}
	}
	if g.header > 1 && g.width <= maxRealigned {
		stretchDown(cells, g.header)
	}
	return cells
}

// headerPlace is the first column of a header cell and the number of columns it stands over.
type headerPlace struct{ col, span int }

// headerColumns gives, for a header of two rows, the places of the cells of both; nil where the cells
// stand where they were cut.
func (g *grid) headerColumns() [][]headerPlace {
	if g.header < 2 {
		return nil
	}
	upper, lower := g.filled(0), g.filled(1)
	if g.packed(0) && g.packed(1) && upper <= maxHeaderRow && g.width <= maxRealigned {
		if parents := upper + lower - g.width; parents > 0 && lower%parents == 0 && lower/parents > 1 {
			return g.bestParents(upper, parents, lower/parents)
		}
	}
	return g.parentsInPlace()
}

// parentsInPlace lets a cell of the first row stand over the blanks to its right below which the second
// row has cells.
func (g *grid) parentsInPlace() [][]headerPlace {
	places := make([][]headerPlace, g.header)
	for r := range g.header {
		for c, t := range g.types[r] {
			if t == blankCell {
				continue
			}
			span := 1
			for r+1 < g.header && g.typeAt(r, c+span) == blankCell && g.typeAt(r+1, c+span) != blankCell && g.typeAt(r+1, c) != blankCell {
				span++
			}
			places[r] = append(places[r], headerPlace{c, span})
		}
	}
	return places
}

// typeAt is the type of a cell, blank outside the row; a column beyond the grid ends every span.
func (g *grid) typeAt(r, c int) cellType {
	if c >= len(g.types[r]) {
		return blankCell
	}
	return g.types[r][c]
}

// bestParents chooses the cells of the first row that stand over cells of the second, so that the names
// suit the columns below best. Every choice is weighed: best[i][n] is the score of the first i cells with
// n parents among them, and a cell's column follows from these two.
func (g *grid) bestParents(upper, parents, span int) [][]headerPlace {
	names, children := g.filledSpans(0), g.filledSpans(1)
	const impossible = -1 << 30
	best := make([][]int, upper+1)
	isParent := make([][]bool, upper+1)
	for i := range best {
		best[i], isParent[i] = make([]int, parents+1), make([]bool, parents+1)
		for n := range best[i] {
			best[i][n] = impossible
		}
	}
	best[0][0] = 0
	for i, cell := range names {
		name := cell.In(g.text)
		for n := range parents + 1 {
			if best[i][n] == impossible {
				continue
			}
			col := i + n*(span-1)
			if col >= g.width {
				continue
			}
			if score := best[i][n] + g.suits(name, col); score > best[i+1][n] {
				best[i+1][n], isParent[i+1][n] = score, false
			}
			if n == parents || col+span > g.width {
				continue
			}
			score := best[i][n] + heads(name)
			for k := range span {
				score += 2 * g.suits(children[n*span+k].In(g.text), col+k)
			}
			if score > best[i+1][n+1] {
				best[i+1][n+1], isParent[i+1][n+1] = score, true
			}
		}
	}
	return g.placeParents(isParent, upper, parents, span)
}

// placeParents turns a choice of parents into the places of both rows' cells, and leaves a third row where
// it was cut.
func (g *grid) placeParents(isParent [][]bool, upper, parents, span int) [][]headerPlace {
	chosen := make([]bool, upper)
	for i, n := upper, parents; i > 0; i-- {
		if chosen[i-1] = isParent[i][n]; chosen[i-1] {
			n--
		}
	}
	places := make([][]headerPlace, g.header)
	col := 0
	for _, parent := range chosen {
		if !parent {
			places[0] = append(places[0], headerPlace{col, 1})
			col++
			continue
		}
		places[0] = append(places[0], headerPlace{col, span})
		for range span {
			places[1] = append(places[1], headerPlace{col, 1})
			col++
		}
	}
	for r := 2; r < g.header; r++ {
		for c, t := range g.types[r] {
			if t != blankCell {
				places[r] = append(places[r], headerPlace{c, 1})
			}
		}
	}
	return places
}

func (g *grid) filledSpans(r int) []Span {
	spans := make([]Span, 0, len(g.rows[r]))
	for _, cell := range g.rows[r] {
		if !cell.Empty() {
			spans = append(spans, cell)
		}
	}
	return spans
}

// headerWords are words of column names with what stands below them; the first that is found decides.
var headerWords = []struct {
	words []string
	below []cellType
}{
	{[]string{"序号", "编号"}, []cellType{wholeCell}},
	{[]string{"单位"}, []cellType{unitCell, wordCell}},
	{[]string{"备注", "说明", "责任", "牵头", "部门", "名称", "名 称", "指标", "类别", "项目", "内容", "地点", "措施", "时限"}, []cellType{wordCell}},
	{[]string{"目标", "计划", "任务"}, []cellType{boundCell, wholeCell, tenthCell, centCell, wordCell}},
	{[]string{"%", "％", "率", "幅", "增", "同比", "比"}, []cellType{tenthCell, centCell, boundCell, dashCell}},
	{[]string{"数", "额", "量", "值", "完成", "累计", "实际", "投资", "金额"}, []cellType{wholeCell, tenthCell, centCell, finerCell, dashCell}},
}

// suits is how well a column's name fits what stands in the column, in hundredths.
func (g *grid) suits(name string, col int) int {
	for _, entry := range headerWords {
		if !containsAny(name, entry.words) {
			continue
		}
		hits, total := 0, 0
		for t, n := range g.profile[col] {
			if cellType(t) != blankCell {
				total += n
			}
		}
		for _, t := range entry.below {
			hits += g.profile[col][t]
		}
		if total == 0 {
			return unknownFit
		}
		return hits * 100 / total
	}
	return unknownFit
}

// heads is how likely a name stands over several columns: a period or a state of affairs does, the name
// of a unit or a remark does not.
func heads(name string) int {
	switch {
	case containsAny(name, []string{"备注", "单位", "名称", "名 称", "指标", "序号"}):
		return -100
	case containsAny(name, []string{"年", "月", "季度", "情况", "其中", "完成", "合计"}):
		return unknownFit
	}
	return 0
}

func containsAny(s string, words []string) bool {
	for _, word := range words {
		if strings.Contains(s, word) {
			return true
		}
	}
	return false
}

// stretchDown lets a header cell without another below it reach down to the last header row.
func stretchDown(cells []Cell, header int) {
	for i := range cells {
		c := &cells[i]
		end := header
		for _, below := range cells[i+1:] {
			if below.Row > c.Row && below.Col < c.Col+c.ColSpan && c.Col < below.Col+below.ColSpan {
				end = min(end, below.Row)
			}
		}
		c.RowSpan = max(c.RowSpan, end-c.Row)
	}
}

// addPlacedTable finishes a table whose cells the format itself has placed.
func (d *draft) addPlacedTable(p *placedTable) {
	t := &p.table
	d.takeTitleRow(t)
	for i := range t.Cells {
		t.Cells[i].RowSpan = min(t.Cells[i].RowSpan, t.Rows-t.Cells[i].Row)
	}
	t.Span = Span{d.doc.Blocks[p.first].Start, d.doc.Blocks[p.last].End}
	if len(t.Cells) > 0 {
		t.Span.Start = t.Cells[0].Start
	}
	d.nameTable(t, p.first)
	if t.HeaderRows == 0 {
		t.HeaderRows = d.placedHeader(t)
	}
	t.HeaderRows = min(t.HeaderRows, t.Rows)
	d.doc.Tables = append(d.doc.Tables, *t)
}

// takeTitleRow makes rows at the top that one cell fills the table's caption and unit, and drops them
// from the grid.
func (d *draft) takeTitleRow(t *Table) {
	for len(t.Cells) > 1 && t.Rows > 1 {
		first := t.Cells[0]
		if t.Cells[1].Row == 0 || first.Col+first.ColSpan < t.Cols && first.ColSpan < 2 && utf8.RuneCountInString(first.In(d.doc.Text)) < 6 {
			return
		}
		switch {
		case startsWithUnit(first.In(d.doc.Text)):
			t.Unit = unitIn(d.doc.Text, first.Span)
		case t.Caption.Empty() || !isCaption(t.Caption.In(d.doc.Text)):
			t.Caption = first.Span
		}
		if t.Unit.Empty() {
			t.Unit = unitIn(d.doc.Text, first.Span)
		}
		t.dropRow()
	}
}

// dropRow takes the first row off the grid.
func (t *Table) dropRow() {
	t.Cells = t.Cells[1:]
	for i := range t.Cells {
		t.Cells[i].Row--
	}
	t.Rows--
	t.HeaderRows = max(t.HeaderRows-1, 0)
}

// placedHeader counts the header rows of a table whose format does not mark them: rows without figures,
// down to where the merged cells of the first one end.
func (d *draft) placedHeader(t *Table) int {
	deepest, merged, rows := 1, false, 0
	for i := 0; i < len(t.Cells); {
		row := t.Cells[i].Row
		if row != rows || row >= max(deepest, 1) || row >= maxHeaderRows {
			break
		}
		figures := false
		for ; i < len(t.Cells) && t.Cells[i].Row == row; i++ {
			c := t.Cells[i]
			deepest = max(deepest, row+c.RowSpan)
			merged = merged || c.ColSpan > 1
			text := c.In(d.doc.Text)
			figures = figures || typeOf(text).isNumeric() && !isYear(text)
		}
		if figures {
			break
		}
		rows++
		if merged && row == 0 {
			deepest = max(deepest, 2)
		}
	}
	return rows
}
