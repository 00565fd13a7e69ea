package sheet

import (
	_ "embed"
	"slices"
	"strconv"
	"strings"
	"sync"

	"luoshi/ledger"
	"luoshi/ledger/reporting"
)

// Problem is something wrong with a cell, and what to do about it.
type Problem struct {
	Code    string
	Subject reporting.Subject // none where the row is none of the form's
	Field   Field
	Node    int  // the number of a node, where the cell is one of those
	Warning bool // may be passed over with a reason
	What    ledger.Wording
	Do      ledger.Wording
	// Sheet and Cell are where it stands in the workbook, Title and Column what is found there.
	Sheet, Cell   string
	Title, Column string
}

// ProblemOf is a finding of the checks as a problem of its cell.
func ProblemOf(f reporting.Finding) Problem {
	return Problem{
		Code: f.Code, Subject: f.Subject, Field: f.Field, Warning: f.Severity == reporting.Warning, What: f.What(), Do: f.Do(),
	}
}

// Changed says that somebody changed a row meanwhile, when, and what it says now.
func (t Template) Changed(row Row, when string) Problem {
	var says []string
	texts := t.texts(row, row.Now)
	for _, c := range columns() {
		if text := texts[place{subject: row.Subject, field: c.key}]; text != "" {
			says = append(says, t.in(c.title)+" "+text)
		}
	}
	if len(says) == 0 {
		says = append(says, t.say("none"))
	}
	return worded(Problem{Code: changedCode, Subject: row.Subject}, when, strings.Join(says, "\uff0c"))
}

const changedCode = "row.changed"

//go:embed problems.txt
var problemLines string

// problemWords are what is wrong and what to do, by code.
var problemWords = sync.OnceValue(func() map[string][2]ledger.Wording {
	all := map[string][2]ledger.Wording{}
	for _, cells := range lines(problemLines, 5) {
		all[cells[0]] = [2]ledger.Wording{{ZH: cells[1], EN: cells[2]}, {ZH: cells[3], EN: cells[4]}}
	}
	return all
})

// worded puts the words of problems.txt into a problem.
func worded(p Problem, facts ...string) Problem {
	var pairs []string
	for i, fact := range facts {
		pairs = append(pairs, "{"+strconv.Itoa(i)+"}", cut(fact))
	}
	put, words := strings.NewReplacer(pairs...), problemWords()[p.Code]
	p.What = ledger.Wording{ZH: put.Replace(words[0].ZH), EN: put.Replace(words[0].EN)}
	p.Do = ledger.Wording{ZH: put.Replace(words[1].ZH), EN: put.Replace(words[1].EN)}
	return p
}

// at is the cell of a problem: that of the matter where its field has none.
func (p Problem) at() place {
	if p.Node > 0 {
		return place{subject: p.Subject, node: p.Node}
	}
	return place{subject: p.Subject, field: p.Field}
}

// Located are problems with where they stand in the workbook, from the top to the bottom.
func (t Template) Located(problems []Problem) []Problem {
	all := make([]Problem, len(problems))
	for i, p := range problems {
		all[i] = t.located(p)
	}
	var subjects []reporting.Subject
	for _, in := range t.parts() {
		for _, r := range in.rows {
			subjects = append(subjects, r.Subject)
		}
	}
	order := func(p Problem) int {
		if at := slices.Index(subjects, p.Subject); at >= 0 {
			return at
		}
		return len(subjects)
	}
	slices.SortStableFunc(all, func(a, b Problem) int { return order(a) - order(b) })
	return all
}

func (t Template) located(p Problem) Problem {
	for _, in := range t.parts() {
		for y, row := range in.rows {
			if row.Subject == p.Subject {
				return t.locatedIn(in, firstRow+y, row, p)
			}
		}
	}
	return p
}

func (t Template) locatedIn(in part, y int, row Row, p Problem) Problem {
	p.Title = row.Title
	if p.Node > 0 {
		return t.locatedNode(p, row)
	}
	shown := in.columns()
	x := slices.IndexFunc(shown, func(c column) bool { return c.key == p.Field })
	if x < 0 {
		p.Field, x = titleField, 0
	}
	p.Sheet, p.Cell, p.Column = t.say(in.name), cell(firstColumn+x, y), t.in(shown[x].title)
	return p
}

func (t Template) locatedNode(p Problem, row Row) Problem {
	y := firstRow
	for _, r := range t.Rows {
		for _, n := range r.Nodes {
			if r.Subject == row.Subject && n.Number == p.Node {
				p.Sheet, p.Cell, p.Column = t.say("sheet.nodes"), cell(nodeOnColumn, y), n.Title
			}
			y++
		}
	}
	return p
}
