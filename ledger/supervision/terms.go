package supervision

import (
	_ "embed"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"sync"

	"luoshi/flow"
	"luoshi/ledger"
)

// TermRule is the term of some orders. What is empty fits all.
type TermRule struct {
	Kind    Kind       `json:"kind,omitempty"`
	Source  SourceKind `json:"source,omitempty"`
	Urgency Urgency    `json:"urgency,omitempty"`
	Term    Term       `json:"term"`
	Interim int        `json:"interim"`
}

// Terms are rules of which the first one that fits holds.
type Terms []TermRule

//go:embed terms.txt
var termLines string

// DefaultTerms are the terms that come with the program.
var DefaultTerms = sync.OnceValue(func() Terms {
	t, err := ParseTerms("terms.txt", termLines)
	if err != nil {
		panic(err) // the program's own file
	}
	return t
})

// ParseTerms reads rules in the form of terms.txt. Errors name file and line.
func ParseTerms(file, text string) (Terms, error) {
	var t Terms
	err := eachLine(file, text, func(fields []string) error {
		if len(fields) != 8 || fields[0] != "term" || fields[6] != "interim" {
			return fmt.Errorf("want “term KIND SOURCE URGENCY N workdays|days interim N”")
		}
		days, e1 := strconv.Atoi(fields[4])
		interim, e2 := strconv.Atoi(fields[7])
		if e1 != nil || e2 != nil {
			return fmt.Errorf("want numbers of days")
		}
		t = append(t, TermRule{
			Kind: anyOf[Kind](fields[1]), Source: anyOf[SourceKind](fields[2]), Urgency: anyOf[Urgency](fields[3]),
			Term: Term{Days: days, Unit: flow.TermUnit(fields[5])}, Interim: interim,
		})
		return nil
	})
	if err == nil && len(t.Validate()) > 0 {
		err = fmt.Errorf("%s: %w", file, t.Validate())
	}
	return t, err
}

// Validate tells what is wrong with terms. The last rule has to fit all orders.
func (t Terms) Validate() ledger.Problems {
	var f finding
	for i, r := range t {
		place := at("terms", i)
		f.want(r.Kind == "" || slices.Contains(Kinds(), r.Kind), "order.kind", place+"/kind", string(r.Kind))
		f.want(r.Source == "" || slices.Contains(SourceKinds(), r.Source), "order.source_kind", place+"/source", string(r.Source))
		f.want(r.Urgency == "" || slices.Contains(Urgencies(), r.Urgency), "order.urgency", place+"/urgency", string(r.Urgency))
		of := Order{Term: r.Term, Interim: r.Interim}
		f.want(r.Term.Days > 0, "order.term", place+"/term/days", strconv.Itoa(longestTerm))
		part := finding{}
		if r.Term.Days > 0 {
			of.validateTerm(&part)
		}
		for _, problem := range part.found {
			problem.Where = place + "/" + problem.Where
			f.found = append(f.found, problem)
		}
	}
	last := TermRule{}
	if len(t) > 0 {
		last = t[len(t)-1]
	}
	f.want(len(t) > 0 && last.Kind == "" && last.Source == "" && last.Urgency == "", "terms.last", "terms")
	return f.found
}

// For is the term of an order and how often its unit reports meanwhile.
func (t Terms) For(o *Order) (Term, int) {
	for _, r := range t {
		if r.fits(o) {
			return r.Term, r.Interim
		}
	}
	return Term{}, 0
}

func (r *TermRule) fits(o *Order) bool {
	return (r.Kind == "" || r.Kind == o.Kind) && (r.Urgency == "" || r.Urgency == o.Urgency) && (r.Source == "" || o.From(r.Source))
}

// anyOf is a field of a rule: * stands for everything.
func anyOf[V ~string](field string) V { return V(strings.TrimPrefix(field, "*")) }
