package checking

import (
	"slices"
	"strings"

	"luoshi/reading"
	"luoshi/reading/numeral"
)

// A sentence is taken for the summary of a table if what it states of the total row weighs enough: a
// figure that the table states too, and another one that a heading names.
const (
	sameFigure  = 2
	namedFigure = 1
	enough      = sameFigure + namedFigure
)

// joinLead sets the paragraph that states the totals of a table beside its total row.
func (p *paper) joinLead(g *grid) {
	total := slices.IndexFunc(g.rows, func(r gridRow) bool { return r.total })
	if total < 0 {
		return
	}
	best, most := -1, enough-1
	for s := range p.sentences {
		if n := p.weighLead(g, total, s); n > most {
			best, most = s, n
		}
	}
	if best >= 0 {
		p.setLead(g, total, best)
	}
}

// weighLead weighs what a sentence states of the row; 0 where no figure of the row has digits enough to
// be told from others.
func (p *paper) weighLead(g *grid, row, sentence int) int {
	weight, telling := 0, false
	s := &p.sentences[sentence]
	for i := s.facts[0]; i < s.facts[1]; i++ {
		switch {
		case p.equalIn(g, row, i) >= 0:
			weight += sameFigure
			telling = telling || significant(&p.facts[i]) >= 3
		case p.columnFor(g, row, i) >= 0:
			weight += namedFigure
		}
	}
	if !telling {
		return 0
	}
	return weight
}

// equalIn is the column in which the table states the same figure in the row, -1 for none.
func (p *paper) equalIn(g *grid, row int, i int32) int {
	f := &p.facts[i]
	for c := range g.cols {
		if j := g.cells[row][c][fromTable]; j != none && p.facts[j].Unit == f.Unit && p.facts[j].Value.Cmp(f.Value) == 0 {
			return c
		}
	}
	return -1
}

// setLead puts the figures of the sentence into the row: each where the table states the same, the rest
// of its paragraph where a heading names them.
func (p *paper) setLead(g *grid, row, sentence int) {
	s := &p.sentences[sentence]
	var rest []int32
	for i := s.facts[0]; i < s.facts[1]; i++ {
		if c := p.equalIn(g, row, i); c >= 0 && g.cells[row][c][fromList] == none {
			g.cells[row][c][fromList] = i
		} else if c < 0 {
			rest = append(rest, i)
		}
	}
	for _, i := range rest {
		if c := p.columnFor(g, row, i); c >= 0 {
			g.cells[row][c][fromList] = i
		}
	}
	for n := sentence + 1; n < len(p.sentences) && p.sentences[n].block == s.block; n++ {
		for i := p.sentences[n].facts[0]; i < p.sentences[n].facts[1]; i++ {
			if c := p.columnNamed(g, p.columnsLike(g, row, i), i); c >= 0 {
				g.cells[row][c][fromList] = i
			}
		}
	}
}

// columnFor is the free column of the row that a figure unlike the table's is most likely to repeat, -1
// for none: one whose heading names it, or for a count of the items themselves the one that counts them,
// or for a share the only one of shares.
func (p *paper) columnFor(g *grid, row int, i int32) int {
	alike := p.columnsLike(g, row, i)
	if c := p.columnNamed(g, alike, i); c >= 0 {
		return c
	}
	for _, c := range alike {
		if j := g.cells[row][c][fromTable]; j != none && countsRows(g.heads[c], p.facts[j].Surface) {
			return c
		}
	}
	alike = slices.DeleteFunc(alike, func(c int) bool {
		j := g.cells[row][c][fromTable]
		return j == none || p.facts[j].Value.Cmp(numeral.Int(100)) == 0
	})
	if len(alike) == 1 && p.facts[i].Measure == reading.Share {
		return alike[0]
	}
	return -1
}

// columnsLike are the free columns of the row that hold figures of the same unit and measure.
func (p *paper) columnsLike(g *grid, row int, i int32) []int {
	f := &p.facts[i]
	var alike []int
	for c := range g.cols {
		j := p.sample(g, row, c)
		if j != none && g.cells[row][c][fromList] == none && p.facts[j].Unit == f.Unit && p.facts[j].Measure == f.Measure {
			alike = append(alike, c)
		}
	}
	return alike
}

// columnNamed is the column whose heading names what a figure measures, -1 for none.
func (p *paper) columnNamed(g *grid, columns []int, i int32) int {
	subject := strings.TrimSuffix(labelKey(p.facts[i].Subject), "项目")
	for _, c := range columns {
		if named(g.heads[c], subject) {
			return c
		}
	}
	return -1
}

// sample is the figure of a column in the row or, where it has none, in any other row.
func (p *paper) sample(g *grid, row, c int) int32 {
	if i := g.cell(row, c, fromTable); i != none {
		return i
	}
	for r := range g.rows {
		if i := g.cells[r][c][fromList]; i != none {
			return i
		}
	}
	return none
}

// named tells whether a heading names what a figure measures.
func named(head, subject string) bool {
	return subject != "" && head != "" && (strings.Contains(head, subject) || strings.HasSuffix(subject, head))
}

// countsRows tells whether a column counts the items themselves: 项目数, or the count that stands in the
// name of the row (合计99项).
func countsRows(head, surface string) bool {
	if !strings.HasPrefix(head, "项目") {
		return false
	}
	return strings.HasSuffix(strings.TrimRight(head, "项个"), "数") || strings.Trim(surface, "0123456789") != ""
}

// significant is how many digits a figure has without the zeros at its end.
func significant(f *fact) int {
	n := 0
	for c := f.Value.Coef; c != 0; c /= 10 {
		if n > 0 || c%10 != 0 {
			n++
		}
	}
	return n
}
