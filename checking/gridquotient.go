package checking

import (
	"math"
	"strings"

	"luoshi/reading"
)

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
		f, ok := p.ratioFigures(g, r, x, fromList)
		if !ok {
			continue
		}
		if p.ratioHolds(f, p.wayOf(x, f[0])) {
			holds++
		} else if fails++; fails > minHolding && fails > holds {
			return 0
		}
	}
	switch {
	case g.rateOf(x) && holds > fails && holds > 1:
		return holds + 1 // the heading says so
	case holds < minHolding || 2*fails > holds:
		return 0
	}
	return holds
}

// rateOf tells whether the heading of a rate names the column that it is a rate of: 占年度计划比例 beside 年度计划投资.
func (g *grid) rateOf(x ratio) bool {
	if g.heads == nil {
		return false
	}
	base := namedBase(strings.TrimSuffix(g.heads[x.rate], "%"))
	return base != "" && strings.HasPrefix(g.heads[x.denominator], base) && !strings.HasPrefix(g.heads[x.numerator], base)
}

// ratioFigures are the rate, the numerator and the denominator of a row.
func (p *paper) ratioFigures(g *grid, r int, x ratio, source int) (f [3]int32, ok bool) {
	f = [3]int32{g.cell(r, x.rate, source), g.cell(r, x.numerator, source), g.cell(r, x.denominator, source)}
	for _, i := range f {
		if i == none || !p.facts[i].plain() {
			return f, false
		}
	}
	rate, n, d := &p.facts[f[0]], &p.facts[f[1]], &p.facts[f[2]]
	if x.way == growth && (rate.Measure != reading.Growth && rate.Measure != reading.Decline || rate.Kind != n.Kind || holds(rate.Subject, "constant prices")) {
		return f, false
	}
	return f, rate.percent() && n.Unit == d.Unit && !n.percent()
}

// wayOf is how the rate of one row is computed: a column of growth may hold declines (-5.06).
func (p *paper) wayOf(x ratio, rate int32) form {
	if x.way == growth && p.facts[rate].Measure == reading.Decline {
		return decline
	}
	return x.way
}

// ratioHolds tells whether the rate is that of the two figures.
func (p *paper) ratioHolds(f [3]int32, way form) bool {
	if !near(p.facts[f[0]].about, p.facts[f[1]].about, p.facts[f[2]].about, way) {
		return false
	}
	claim, ok := p.quotientRelation(f[0], f[1], f[2], way)
	return ok && (claim.exact || claim.holds)
}

// near tells, with room to spare, whether a rate may be that of two figures; the exact arithmetic costs
// a hundred times as much and most pairs of columns have nothing to do with each other.
func near(rate, numerator, denominator float64, way form) bool {
	if denominator == 0 {
		return false
	}
	computed := 100 * numerator / denominator
	switch way {
	case growth:
		computed -= 100
	case decline:
		computed = 100 - computed
	}
	return math.Abs(computed-rate) <= 1+0.2*math.Abs(computed)
}

func (p *paper) judgeRatio(g *grid, x ratio) []Finding {
	var found []Finding
	for r := range g.rows {
		for s := range sources {
			if g.cells[r][x.rate][s] == none {
				continue
			}
			figures, ok := p.ratioFigures(g, r, x, s)
			if !ok {
				continue
			}
			claim, ok := p.quotientRelation(figures[0], figures[1], figures[2], p.wayOf(x, figures[0]))
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
