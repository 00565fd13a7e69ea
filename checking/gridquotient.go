package checking

import "luoshi/reading"

// ratio is a column whose figures are computed from two others.
type ratio struct {
	rate, numerator, denominator int
	way                          form
}

// gridQuotients checks the columns of rates: where the figures of most rows show from which two columns
// a rate was computed, all rows must.
func (p *paper) gridQuotients(g *grid) []Finding {
	var found []Finding
	for rate := range g.cols {
		way, ok := p.rateColumn(g, rate)
		if !ok {
			continue
		}
		best, holding := ratio{}, 0
		for a := range g.cols {
			for b := range g.cols {
				x := ratio{rate, a, b, way}
				if n := p.ratioHolding(g, x); n > holding {
					best, holding = x, n
				}
			}
		}
		if holding > 0 {
			found = append(found, p.judgeRatio(g, best)...)
		}
	}
	return found
}

// rateColumn tells whether a column holds rates, and of which form.
func (p *paper) rateColumn(g *grid, c int) (form, bool) {
	for r := range g.rows {
		for s := range sources {
			if i := g.cells[r][c][s]; i != none {
				f := &p.facts[i]
				if f.Measure == reading.Growth {
					return growth, f.percent()
				}
				return share, f.percent() && f.Measure != reading.Decline
			}
		}
	}
	return share, false
}

// ratioHolding counts the rows whose rate is that of the two columns; 0 where they are too few.
func (p *paper) ratioHolding(g *grid, x ratio) int {
	if x.numerator == x.denominator || x.numerator == x.rate || x.denominator == x.rate {
		return 0
	}
	holds, fails := 0, 0
	for r := range g.rows {
		claim, ok := p.ratioClaim(g, r, x, fromList)
		switch {
		case !ok:
			continue
		case claim.exact || claim.holds:
			holds++
		default:
			fails++
		}
		if fails > minHolding && fails > holds {
			return 0
		}
	}
	if holds < minHolding || 2*fails > holds {
		return 0
	}
	return holds
}

// ratioClaim claims the rate of one row.
func (p *paper) ratioClaim(g *grid, r int, x ratio, source int) (*relation, bool) {
	rate, a, b := g.cell(r, x.rate, source), g.cell(r, x.numerator, source), g.cell(r, x.denominator, source)
	if rate == none || a == none || b == none {
		return nil, false
	}
	n, d := &p.facts[a], &p.facts[b]
	if n.Unit != d.Unit || n.percent() || !n.plain() || !d.plain() || !p.facts[rate].plain() {
		return nil, false
	}
	return p.quotientRelation(rate, a, b, x.way)
}

func (p *paper) judgeRatio(g *grid, x ratio) []Finding {
	var found []Finding
	for r := range g.rows {
		for s := range sources {
			if g.cells[r][x.rate][s] == none {
				continue
			}
			claim, ok := p.ratioClaim(g, r, x, s)
			if !ok {
				continue
			}
			if f, ok := p.judge(claim, strong); ok {
				found = append(found, f)
			}
		}
	}
	return found
}

// gridRepeats checks what both a list and a table state.
func (p *paper) gridRepeats(g *grid) []Finding {
	var found []Finding
	for r := range g.rows {
		for c := range g.cols {
			i, j := g.cells[r][c][fromList], g.cells[r][c][fromTable]
			if i == none || j == none {
				continue
			}
			if f, ok := p.judge(p.sameRelation(i, j), strong); ok {
				found = append(found, f)
			}
		}
	}
	return found
}
