package tasktable

import (
	"slices"
	"strings"

	"luoshi/ledger"
)

// readOwners reads who leads, who cooperates, and which post answers.
func (r *reader) readOwners() {
	row := r.row
	names := unitNames(r.text(Lead))
	if len(names) == 0 {
		r.problem(Lead, "lead.missing", "", false)
	}
	for i, name := range names {
		unit, ok := r.Tree.Find(name, r.On)
		switch {
		case ok && row.Lead == "":
			row.Lead = unit
		case ok:
			r.cooperates(unit)
		case i == 0:
			r.problem(Lead, "lead.unknown", name, true)
		default:
			r.problem(Lead, "cooperating.unknown", name, false)
		}
	}
	for _, name := range unitNames(r.text(Cooperating)) {
		unit, ok := r.Tree.Find(name, r.On)
		if !ok {
			r.problem(Cooperating, "cooperating.unknown", name, false)
			continue
		}
		r.cooperates(unit)
	}
	if name := r.text(Leader); name != "" {
		if row.Post = r.post(name); row.Post == "" {
			r.problem(Leader, "leader.unknown", name, false)
		}
	}
}

func (r *reader) cooperates(unit ledger.UnitID) {
	if unit != r.row.Lead && !slices.Contains(r.row.Cooperating, unit) {
		r.row.Cooperating = append(r.row.Cooperating, unit)
	}
}

// post is the only post with a title, or with a unit and a title; empty where there is none.
func (r *reader) post(name string) ledger.PostID {
	var found []ledger.PostID
	for _, p := range r.Posts {
		if p.Title == name {
			found = append(found, p.ID)
		}
		if r.Tree.Name(p.Unit, r.On)+" "+p.Title == name {
			return p.ID
		}
	}
	if len(found) == 1 {
		return found[0]
	}
	return ""
}

// unitNames are the names in a cell of units.
func unitNames(text string) []string {
	var names []string
	for _, name := range strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune("、,;/ \u3000"+separator+"\uff0c", r) }) {
		if name = strings.TrimSpace(name); name != "" && !isWord("rest", name) {
			names = append(names, name)
		}
	}
	return names
}
