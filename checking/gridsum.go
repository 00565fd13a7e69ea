package checking

// gridSums checks the rows that add up others, column by column.
func (p *paper) gridSums(g *grid) []Finding {
	var found []Finding
	for t := range g.rows {
		parts, s := g.partsOf(t)
		if len(parts) < 2 {
			continue
		}
		var claims []*relation
		for c := range g.cols {
			claims = append(claims, p.columnSums(g, t, parts, c)...)
		}
		found = append(found, p.judgeAll(claims, s)...)
	}
	return append(found, p.gridAmong(g)...)
}

// gridAmong checks the groups of rows that 其中 opens one after another, each of which takes the row above
// them apart in its own way: 常住人口, 其中:城镇, 乡村, 其中:男性, 女性. A group of one row is only a part.
func (p *paper) gridAmong(g *grid) []Finding {
	var found []Finding
	whole := -1
	for r := 0; r < len(g.rows); {
		if !g.rows[r].among {
			whole = r
			r++
			continue
		}
		group := []int{r}
		for r++; r < len(g.rows) && !g.rows[r].among && !g.rows[r].total && g.rows[r].level == 0; r++ {
			group = append(group, r)
		}
		if whole < 0 || len(group) < 2 {
			continue
		}
		var claims []*relation
		for c := range g.cols {
			claims = append(claims, p.columnSums(g, whole, group, c)...)
		}
		found = append(found, p.judgeAll(claims, weak)...)
	}
	return found
}

// judgeAll judges relations that stand or fall together: where some hold, the figures of the others were
// meant to be in one as well.
func (p *paper) judgeAll(claims []*relation, s strength) []Finding {
	holding := 0
	for _, c := range claims {
		if c.exact || c.holds {
			holding++
		}
	}
	if holding > 0 && 2*holding >= len(claims) {
		s = strong
	}
	var found []Finding
	for _, c := range claims {
		if f, ok := p.judge(c, s); ok {
			found = append(found, f)
		}
	}
	return found
}

// partsOf are the rows that row t adds up: for a total all rows of the highest level, for a numbered row
// the next lower ones below it.
func (g *grid) partsOf(t int) (parts []int, s strength) {
	if g.rows[t].lead {
		return g.topRows(), weak
	}
	if g.rows[t].total {
		return g.topRows(), medium
	}
	level := g.rows[t].level
	if level == 0 {
		return nil, weak
	}
	for r := t + 1; r < len(g.rows) && !g.rows[r].total && g.rows[r].below(level); r++ {
		if g.rows[r].level == g.rows[t+1].level && !g.rows[r].among {
			parts = append(parts, r)
		}
	}
	return parts, weak
}

// below tells whether a row is lower than a numbered one of the level; rows without a number are the lowest.
func (r *gridRow) below(level int) bool { return r.level == 0 || r.level > level }

// topRows are the rows of the highest level that are neither totals nor parts of the row above.
func (g *grid) topRows() []int {
	level := 0
	for _, row := range g.rows {
		if row.level > 0 && !row.total && (level == 0 || row.level < level) {
			level = row.level
		}
	}
	var top []int
	for r, row := range g.rows {
		if !row.total && !row.among && row.level == level {
			top = append(top, r)
		}
	}
	return top
}

// columnSums claims the sums of one column: with the figures of the list, and with those of the table.
func (p *paper) columnSums(g *grid, t int, rows []int, c int) []*relation {
	var claims []*relation
	for s := range sources {
		total := g.cell(t, c, s)
		parts, stated := g.column(rows, c, s)
		if total == none || stated == 0 || len(parts) < 2 || 2*len(parts) < len(rows) {
			continue
		}
		if s == fromTable && len(parts) < len(rows) || !p.addable(total, parts) {
			continue
		}
		claims = append(claims, p.sumRelation(total, parts))
	}
	return claims
}

// cell is the figure of one source, or that of the other where the first has none.
func (g *grid) cell(r, c, source int) int32 {
	if i := g.cells[r][c][source]; i != none {
		return i
	}
	return g.cells[r][c][1-source]
}

// column is the figures of the given rows, and how many of them the source itself states.
func (g *grid) column(rows []int, c, source int) (figures []int32, stated int) {
	for _, r := range rows {
		if i := g.cell(r, c, source); i != none {
			figures = append(figures, i)
		}
		if g.cells[r][c][source] != none {
			stated++
		}
	}
	return figures, stated
}

// addable tells whether figures can make the total: all of one unit, none of them a rate or an average; the
// shares of a whole make a hundred.
func (p *paper) addable(total int32, parts []int32) bool {
	t := &p.facts[total]
	if !t.additive() && !t.isHundred() || !t.plain() || holds(t.Subject, "average") {
		return false
	}
	for _, i := range parts {
		f := &p.facts[i]
		if f.Unit != t.Unit || f.Measure != t.Measure || !f.plain() {
			return false
		}
	}
	return true
}
