package checking

import (
	"strings"
	"unicode/utf8"

	"luoshi/reading"
)

// minMentions is how many rows of a table a sentence must repeat before the rest is held against it.
const minMentions = 3

// gridMentions checks sentences that name the rows of a table one after another, with the figures of one
// column: 教育支出11.3亿元、卫生健康支出6.2亿元 beside rows of 万元.
func (p *paper) gridMentions(g *grid) []Finding {
	if g.heads == nil || len(g.rows) < minMentions {
		return nil
	}
	found := p.rowRepeats(g)
	for s := range p.sentences {
		if facts := p.sentences[s].facts; facts[1]-facts[0] < minMentions {
			continue
		}
		rows := p.mentioned(g, s)
		if len(rows) < minMentions {
			continue
		}
		for c := range g.cols {
			found = append(found, p.judgeMentions(g, c, rows)...)
		}
	}
	return append(found, p.captionTotals(g)...)
}

// rowRepeats checks figures of the prose whose subject is just the name of a row, of the same unit,
// measure, kind and date as the row's figure.
func (p *paper) rowRepeats(g *grid) []Finding {
	rowOf := map[string]int{}
	for r, row := range g.rows {
		if label := withoutAny(row.label, words("total")); utf8.RuneCountInString(label) >= minLabel {
			if _, twice := rowOf[label]; twice {
				rowOf[label] = -1
				continue
			}
			rowOf[label] = r
		}
	}
	var found []Finding
	for i := range p.facts {
		f := &p.facts[i]
		if f.sentence == none || f.listed || !f.plain() || f.Kind == reading.Context || significant(f) <= tellingDigits {
			continue
		}
		if sumsUp(f.phrase) || p.compared(int32(i)) {
			continue
		}
		r, known := rowOf[labelKey(f.Subject)]
		if !known || r < 0 || p.spans(int32(i)) {
			continue
		}
		found = append(found, p.repeatsInRow(g, r, int32(i))...)
	}
	return found
}

// minLabel is how many characters the name of a row must have to tell what its figures are of.
const minLabel = 3

// repeatsInRow judges a figure of the prose by those of the row that are of the same kind and date. What
// differs by more than a slip may be of another scope.
func (p *paper) repeatsInRow(g *grid, r int, i int32) []Finding {
	var found []Finding
	f := &p.facts[i]
	for c := range g.cols {
		j := g.cells[r][c][fromTable]
		if j == none || g.cells[r][c][fromList] != none {
			continue
		}
		cell := &p.facts[j]
		if cell.Unit != f.Unit || cell.Measure != f.Measure || cell.Kind != f.Kind || cell.By != f.By {
			continue
		}
		if finding, ok := p.judge(p.sameRelation(i, j), likely); ok && finding.Severity != Warning {
			found = append(found, finding)
		}
	}
	return found
}

// mention is a figure of a sentence whose subject holds the name of a row.
type mention struct {
	fact int32
	row  int
}

// mentioned are the figures of a sentence that name rows. Two rows of what is left over are different
// things though they are called alike.
func (p *paper) mentioned(g *grid, sentence int) []mention {
	var list []mention
	s := &p.sentences[sentence]
	for i := s.facts[0]; i < s.facts[1]; i++ {
		if p.facts[i].listed || !p.facts[i].plain() || sumsUp(p.facts[i].phrase) {
			continue
		}
		subject := labelKey(p.facts[i].Subject)
		for r, row := range g.rows {
			if !row.total && utf8.RuneCountInString(row.label) >= 2 && strings.Contains(subject, row.label) &&
				!opens(row.label, "the rest") {
				list = append(list, mention{i, r})
				break
			}
		}
	}
	return list
}

// judgeMentions judges the figures by one column, if most of them repeat it.
func (p *paper) judgeMentions(g *grid, c int, mentions []mention) []Finding {
	var claims []*relation
	equal := 0
	for _, m := range mentions {
		cell := g.cells[m.row][c]
		if cell[fromTable] == none || cell[fromList] != none {
			continue
		}
		a, b := &p.facts[m.fact], &p.facts[cell[fromTable]]
		if a.Unit != b.Unit || a.Measure != b.Measure {
			continue
		}
		r := p.sameRelation(m.fact, cell[fromTable])
		claims = append(claims, r)
		if r.exact || r.holds {
			equal++
		}
	}
	if equal < minMentions-1 || 5*equal < 3*len(claims) || len(claims) < minMentions {
		return nil
	}
	return p.judgeAll(claims, strong)
}

// captionTotals checks the total of a table against the figure whose name the caption holds.
func (p *paper) captionTotals(g *grid) []Finding {
	var found []Finding
	for t := range g.rows {
		if !g.rows[t].total {
			continue
		}
		for c := range g.cols {
			j := g.cells[t][c][fromTable]
			if j == none || g.cells[t][c][fromList] != none || !p.facts[j].additive() {
				continue
			}
			for i := range p.facts {
				if p.namesCaption(g, int32(i), j) {
					if f, ok := p.judge(p.sameRelation(int32(i), j), likely); ok && f.Severity != Warning {
						found = append(found, f)
					}
				}
			}
		}
	}
	return found
}

// namesCaption tells whether a figure of the prose is what the caption of a table names, of the unit and
// date of the table's figure.
func (p *paper) namesCaption(g *grid, i, cell int32) bool {
	f, total := &p.facts[i], &p.facts[cell]
	if f.sentence == none || f.Unit != total.Unit || f.By != total.By || !p.countable(i) {
		return false
	}
	subject := labelKey(f.Subject)
	return utf8.RuneCountInString(subject) >= headLength && strings.Contains(g.caption, subject)
}
