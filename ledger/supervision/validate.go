package supervision

import (
	"slices"
	"strconv"

	"luoshi/flow"
	"luoshi/ledger"
)

// Bounds of what an order holds.
const (
	longestTitle = 200
	longestText  = 20000
	longestTerm  = 500
	mostInterim  = 250
)

// Validate tells everything that is wrong with an order, of a draft as well. A term may be left out: then that of the
// settings holds.
func (o *Order) Validate() ledger.Problems {
	var f finding
	f.want(slices.Contains(Kinds(), o.Kind), "order.kind", "kind", string(o.Kind))
	f.want(slices.Contains(Urgencies(), o.Urgency), "order.urgency", "urgency", string(o.Urgency))
	f.want((o.Kind == Graded) == slices.Contains(Sheets(), o.Sheet), "order.sheet", "sheet")
	f.want(!blank(o.Title) && len([]rune(o.Title)) <= longestTitle, "order.title", "title", strconv.Itoa(longestTitle))
	f.want(!blank(o.Requirement), "order.requirement", "requirement")
	f.want(len([]rune(o.Requirement)) <= longestText, "order.long", "requirement", strconv.Itoa(longestText))
	f.want(len([]rune(o.Basis)) <= longestText, "order.long", "basis", strconv.Itoa(longestText))
	f.want(o.ID == "" || o.Parent != o.ID, "order.own_parent", "parent")
	o.validateUnits(&f)
	o.validateTerm(&f)
	o.validateSources(&f)
	return f.found
}

func (o *Order) validateUnits(f *finding) {
	f.want(o.Lead != "", "order.unit", "lead")
	for i, unit := range o.Cooperating {
		f.want(unit != "", "order.unit", at("cooperating", i))
		f.want(unit == "" || unit != o.Lead && !slices.Contains(o.Cooperating[:i], unit), "order.unit_twice", at("cooperating", i))
	}
}

func (o *Order) validateTerm(f *finding) {
	given := o.Term != Term{}
	f.want(!given || o.Due.IsZero(), "order.term_and_date", "term")
	if given {
		f.want(o.Term.Days > 0 && o.Term.Days <= longestTerm, "order.term", "term/days", strconv.Itoa(longestTerm))
		f.want(o.Term.Unit == flow.Workdays || o.Term.Unit == flow.Days, "order.term_unit", "term/unit", string(o.Term.Unit))
	}
	f.want(o.Interim >= 0 && o.Interim <= mostInterim, "order.interim", "interim", strconv.Itoa(mostInterim))
}

func (o *Order) validateSources(f *finding) {
	f.want(len(o.Sources) > 0, "order.source", "sources")
	for i, s := range o.Sources {
		f.want(slices.Contains(SourceKinds(), s.Kind), "order.source_kind", at("sources", i)+"/kind", string(s.Kind))
		f.want(!blank(s.Title), "order.source_title", at("sources", i)+"/title")
	}
}

// Validate tells everything that is wrong with a reply.
func (r *Reply) Validate() ledger.Problems {
	var f finding
	f.want(!blank(r.Text), "reply.text", "text")
	f.want(len([]rune(r.Text)) <= longestText, "order.long", "text", strconv.Itoa(longestText))
	f.want(r.Progress >= 0 && r.Progress <= 100, "reply.progress", "progress")
	f.want(!r.Done || r.Progress == 100, "reply.done", "progress")
	f.want(!r.Final || r.Done, "reply.final", "done")
	return f.found
}

// Split is the orders of which an order consists when it is divided, one for each part, still to be numbered. A part
// has the sources and the deadline of the whole unless it says its own.
func (o Order) Split(parts []Part) ([]Order, ledger.Problems) {
	var f finding
	f.want(o.Parent == "", "order.split_twice", "parent")
	f.want(len(parts) > 0, "order.parts", "parts")
	subs := make([]Order, len(parts))
	for i, part := range parts {
		sub := o
		sub.ID, sub.Number, sub.Parent = "", "", o.ID
		sub.Lead, sub.Cooperating, sub.Requirement = part.Unit, nil, part.Requirement
		if part.Title != "" {
			sub.Title = part.Title
		}
		if part.Term != (Term{}) || !part.Due.IsZero() {
			sub.Term, sub.Due = part.Term, part.Due
		}
		for _, problem := range sub.Validate() {
			problem.Where = at("parts", i) + "/" + problem.Where
			f.found = append(f.found, problem)
		}
		f.want(!slices.ContainsFunc(parts[:i], func(p Part) bool { return p.Unit == part.Unit }), "order.unit_twice", at("parts", i)+"/unit")
		subs[i] = sub
	}
	return subs, f.found
}
