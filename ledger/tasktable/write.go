package tasktable

import (
	"strconv"
	"strings"

	"luoshi/ledger"
)

// sectionMark stands between the sections of a path.
const sectionMark = " / "

// Table is what is written: the headings and a row for each commitment.
type Table struct {
	Headings []string
	Rows     [][]string
}

// Write is the task table of a plan, in the order of its commitments. What it says is read back as it was.
func Write(plan ledger.Plan, commitments []ledger.Commitment, setting Setting) Table {
	var table Table
	for _, column := range Written() {
		table.Headings = append(table.Headings, column.Label().ZH)
	}
	w := writer{Setting: setting, plan: plan, numbers: map[ledger.CommitmentID]string{}, posts: map[ledger.PostID]ledger.Post{}}
	for _, c := range commitments {
		w.numbers[c.ID] = c.Number
	}
	for _, p := range setting.Posts {
		w.posts[p.ID] = p
	}
	for i, c := range commitments {
		row := make([]string, 0, len(table.Headings))
		for _, column := range Written() {
			row = append(row, w.text(c, column, i+1))
		}
		table.Rows = append(table.Rows, row)
	}
	return table
}

type writer struct {
	Setting
	plan    ledger.Plan
	numbers map[ledger.CommitmentID]string
	posts   map[ledger.PostID]ledger.Post
}

// text is what a commitment says in a column.
func (w *writer) text(c ledger.Commitment, column Column, order int) string {
	switch column {
	case Order:
		return strconv.Itoa(order)
	case Number:
		return c.Number
	case Parent:
		return w.numbers[c.Parent]
	case Section:
		return w.path(c.Section)
	case Kind:
		return c.Kind.Label().ZH
	case Title:
		return oneLine(c.Title)
	case Task:
		return oneLine(c.Wording())
	case Target:
		return w.targets(c)
	case Lead:
		return w.names(c.Lead)
	case Cooperating:
		return w.names(c.Cooperating...)
	case Leader:
		return w.post(c.Post)
	case Deadline:
		return c.By.String()
	case Firmness:
		return firmnessOf(c.Firm)
	case Weight:
		return c.Weight.String()
	case Milestones:
		return milestones(c.Milestones)
	}
	return ""
}

func firmnessOf(firm bool) string {
	if firm {
		return vocabulary()["firm"][0]
	}
	return vocabulary()["soft"][0]
}

// path is the headings above a commitment, from the highest down.
func (w *writer) path(section int) string {
	var parts []string
	for _, s := range w.plan.Path(section) {
		parts = append(parts, oneLine(s.Marker+s.Title))
	}
	return strings.Join(parts, sectionMark)
}

func (w *writer) targets(c ledger.Commitment) string {
	own := terms{by: c.By, firm: c.Firm}
	var parts []string
	for _, target := range c.Targets {
		parts = append(parts, own.write(target))
	}
	return strings.Join(parts, separator)
}

func (w *writer) names(units ...ledger.UnitID) string {
	var names []string
	for _, unit := range units {
		if unit != "" {
			names = append(names, w.Tree.Name(unit, w.On))
		}
	}
	return strings.Join(names, "、")
}

func (w *writer) post(id ledger.PostID) string {
	post, known := w.posts[id]
	if !known {
		return ""
	}
	return w.Tree.Name(post.Unit, w.On) + " " + post.Title
}

func milestones(list []ledger.Milestone) string {
	var parts []string
	for _, m := range list {
		part := m.By.String() + " " + guarded(oneLine(m.Title))
		if m.Weight.Known() {
			part += opening + m.Weight.String() + closing
		}
		parts = append(parts, part)
	}
	return strings.Join(parts, separator)
}

// oneLine is a text in one line, as a cell of a document is read.
func oneLine(text string) string { return strings.Join(strings.Fields(text), " ") }
