package checking

import "math"

// minHolding is how many rows must agree before a relation between columns is taken to be meant.
const minHolding = 3

// maxParts and reach bound the search for the columns that make up another one.
const maxParts, reach = 4, 7

// partition is a column whose figures are the sums of those of others.
type partition struct {
	whole int
	parts []int
}

// gridPartitions checks the columns that are made up of others: where the figures of most rows show that
// one is the sum of some, all rows must.
func (p *paper) gridPartitions(g *grid) []Finding {
	var found []Finding
	for whole := range g.cols {
		best, most := partition{whole: whole}, support{}
		for _, side := range [2]int{1, -1} {
			near := p.nearColumns(g, whole, side)
			eachSubset(near, maxParts, func(parts []int) {
				s := p.support(g, partition{whole, parts})
				if s.holds > 0 && s.beats(most, len(parts) < len(best.parts)) {
					best.parts, most = append([]int(nil), parts...), s
				}
			})
		}
		if most.holds > 0 {
			found = append(found, p.judgePartition(g, best)...)
		}
	}
	return found
}

// nearColumns are the columns on one side of another that count the same unit.
func (p *paper) nearColumns(g *grid, whole, side int) []int {
	unit, ok := p.columnUnit(g, whole)
	if !ok {
		return nil
	}
	var near []int
	for c := whole + side; c >= 0 && c < g.cols && len(near) < reach; c += side {
		if u, ok := p.columnUnit(g, c); ok && u == unit {
			near = append(near, c)
		}
	}
	return near
}

// columnUnit is the unit of a column's figures; ok is false where they have none in common or cannot be
// added.
func (p *paper) columnUnit(g *grid, c int) (unit string, ok bool) {
	for r := range g.rows {
		for s := range sources {
			i := g.cells[r][c][s]
			if i == none {
				continue
			}
			f := &p.facts[i]
			if !f.additive() || ok && f.Unit != unit {
				return "", false
			}
			unit, ok = f.Unit, true
		}
	}
	return unit, ok
}

// eachSubset calls yield with every subset of two to most members, which it may not keep.
func eachSubset(members []int, most int, yield func([]int)) {
	subset := make([]int, 0, most)
	var grow func(from int)
	grow = func(from int) {
		if len(subset) >= 2 {
			yield(subset)
		}
		if len(subset) == most {
			return
		}
		for i := from; i < len(members); i++ {
			subset = append(subset, members[i])
			grow(i + 1)
			subset = subset[:len(subset)-1]
		}
	}
	grow(0)
}

// support is how many rows speak for a relation between columns, and how many against it.
type support struct{ holds, fails int }

// beats tells whether the relation is to be preferred to one with the other support. Of two that hold
// everywhere the one with fewer parts is the one that was meant; where some row fails, a part may have
// been left out, so that more parts are better.
func (s support) beats(other support, fewer bool) bool {
	if s.holds != other.holds {
		return s.holds > other.holds
	}
	if s.fails != other.fails {
		return s.fails < other.fails
	}
	return fewer == (s.fails == 0)
}

// support counts the rows in which the whole is the sum of the parts; it is zero where they are too few
// or too many rows speak against it. A row with one part alone counts, but two must have more. This
// only finds the relation: what it means for each row is judged exactly.
func (p *paper) support(g *grid, x partition) support {
	var s support
	rich := 0
	for r := range g.rows {
		whole := g.cell(r, x.whole, fromList)
		if whole == none || g.rows[r].total {
			continue
		}
		sum, n := 0.0, 0
		for _, c := range x.parts {
			if i := g.cell(r, c, fromList); i != none {
				sum += p.facts[i].about
				if p.facts[i].Value.Coef != 0 {
					n++
				}
			}
		}
		switch {
		case n == 0:
			continue
		case math.Abs(sum-p.facts[whole].about) <= 1e-9*math.Abs(sum):
			s.holds++
		default:
			s.fails++
		}
		if n > 1 {
			rich++
		}
	}
	if s.holds < minHolding || 2*s.fails > s.holds || rich < 2 {
		return support{}
	}
	return s
}

// judgePartition judges all rows by a relation between columns that was found to hold.
func (p *paper) judgePartition(g *grid, x partition) []Finding {
	var found []Finding
	for r := range g.rows {
		for s := range sources {
			whole := g.cells[r][x.whole][s]
			if whole == none {
				continue
			}
			parts := p.rowParts(g, r, x.parts, s)
			if len(parts) == 0 {
				continue
			}
			if f, ok := p.judge(p.sumRelation(whole, parts), strong); ok {
				found = append(found, f)
			}
		}
	}
	return found
}

// rowParts are the figures of the columns in a row. What a total leaves unsaid is taken from the rows
// that it adds up.
func (p *paper) rowParts(g *grid, r int, columns []int, source int) []int32 {
	var parts []int32
	stated := false
	for _, c := range columns {
		i := g.cell(r, c, source)
		if i != none {
			parts = append(parts, i)
			stated = true
		} else if g.rows[r].total {
			figures, _ := g.column(g.topRows(), c, fromList)
			parts = append(parts, figures...)
		}
	}
	if !stated {
		return nil
	}
	return parts
}
