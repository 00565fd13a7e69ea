package sheet

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"luoshi/internal/service/catalogue/table"
	"luoshi/ledger"
	"luoshi/ledger/reporting"
)

// parser makes an observation of the cells of a row.
type parser struct {
	Template
	row      Row
	texts    map[place]string
	out      reporting.Observation
	problems []Problem
}

// cell reads the cell of a column into the observation.
func (p *parser) cell(c column) {
	text := p.text(c.key)
	if !p.row.asks(c) {
		if text != "" && c.key != givenField {
			p.wrong(c.key, "cell.unasked", text)
		}
		return
	}
	if long := utf8.RuneCountInString(text); long > mostLength {
		p.wrong(c.key, "cell.long", strconv.Itoa(long), strconv.Itoa(mostLength))
		return
	}
	switch c.key {
	case givenField:
		p.out.Given = reporting.Basis(p.choice(c, text))
	case reporting.FieldSaid:
		p.out.Said = reporting.Said(p.choice(c, text))
	case reporting.FieldNote:
		p.out.Note = text
	case reporting.FieldReason:
		p.out.Reason = text
	case reporting.FieldOverride:
		p.out.Override = text
	case reporting.FieldObstacles:
		p.obstacles(text)
	case askField: // read with the problems that it stands beside
	default:
		p.figure(c.key, text)
	}
}

func (p *parser) text(f Field) string { return p.texts[place{subject: p.row.Subject, field: f}] }

func (p *parser) wrong(f Field, code string, facts ...string) {
	p.problems = append(p.problems, worded(Problem{Code: code, Subject: p.row.Subject, Field: f}, facts...))
}

// figure reads a number. One that has not changed keeps the precision in which it was stated.
func (p *parser) figure(f Field, text string) {
	if strings.HasPrefix(text, "#") {
		p.wrong(f, "cell.formula", text)
		return
	}
	number, findings := p.row.Read(f, text)
	for _, found := range findings {
		p.problems = append(p.problems, ProblemOf(found))
	}
	if len(findings) == 0 && !number.Same(p.out.Figure(f)) {
		p.out.SetFigure(f, number)
	}
}

// choice is what was picked, in either language.
func (p *parser) choice(c column, text string) string {
	var offered []string
	for _, o := range optionsOf(c.key) {
		if text == o.words.ZH || strings.EqualFold(text, o.words.EN) {
			return o.value
		}
		offered = append(offered, p.in(o.words))
	}
	if text != "" {
		p.wrong(c.key, "cell.choice", text, strings.Join(offered, "\u3001"))
	}
	return ""
}

// basis makes sure that figures say how they are meant, and that nothing else does.
func (p *parser) basis() {
	stated := p.out.Value.Known() || p.out.Numerator.Known() || p.out.Denominator.Known()
	switch {
	case p.row.Fixed && stated:
		p.out.Given = p.row.Basis
	case !stated && !p.has(givenField):
		p.out.Given = ""
	case stated && p.out.Given == "" && !p.has(givenField):
		p.wrong(givenField, "cell.basis")
	}
}

// has tells whether something is wrong with a cell already.
func (p *parser) has(f Field) bool {
	return slices.ContainsFunc(p.problems, func(q Problem) bool { return q.Field == f })
}

// obstacles reads problems, a line each, with the units that are asked beside them.
func (p *parser) obstacles(text string) {
	var found []reporting.Obstacle
	asked := strings.Split(p.text(askField), "\n")
	for i, line := range strings.Split(text, "\n") {
		unit := ""
		if i < len(asked) {
			unit = strings.TrimSpace(asked[i])
		}
		line = strings.TrimSpace(line)
		id, known := p.unit(unit)
		switch {
		case !known:
			p.wrong(askField, "cell.asked", unit)
		case line == "" && unit != "":
			p.wrong(reporting.FieldObstacles, "cell.problem")
		case line != "":
			found = append(found, reporting.Obstacle{Text: line, Ask: id})
		}
	}
	if strings.Count(text, "\n")+1 < len(asked) {
		p.wrong(reporting.FieldObstacles, "cell.problem")
	}
	p.out.Obstacles = found
}

// unit is a unit by its name; none is known too.
func (p *parser) unit(name string) (ledger.UnitID, bool) {
	at := slices.IndexFunc(p.Units, func(u Unit) bool { return u.Name == name })
	if at < 0 {
		return "", name == ""
	}
	return p.Units[at].ID, true
}

// nodes reads on which days nodes were reached. Those that the form does not show stay as they are.
func (p *parser) nodes() {
	kept := slices.DeleteFunc(slices.Clone(p.out.Nodes), func(n reporting.NodeReached) bool {
		return slices.ContainsFunc(p.row.Nodes, func(shown reporting.OpenNode) bool { return shown.Number == n.Number })
	})
	for _, n := range p.row.Nodes {
		text := p.texts[place{subject: p.row.Subject, node: n.Number}]
		span, ok := table.Span(text)
		switch {
		case !ok || span.From != span.To:
			p.problems = append(p.problems, worded(Problem{Code: "cell.date", Subject: p.row.Subject, Node: n.Number}, text))
		case !span.From.IsZero():
			kept = append(kept, reporting.NodeReached{Number: n.Number, On: span.From})
		}
	}
	slices.SortFunc(kept, func(a, b reporting.NodeReached) int { return cmp.Compare(a.Number, b.Number) })
	p.out.Nodes = kept
}

// asDay is the text of a cell that holds a day, however the program counts days.
func asDay(text string) string {
	if span, ok := table.Span(text); ok && span.From == span.To && !span.From.IsZero() {
		return span.From.String()
	}
	return text
}
