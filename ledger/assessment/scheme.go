package assessment

import (
	"luoshi/calendar"
	"luoshi/ledger"
)

// Scheme is how units are assessed over a span of time.
type Scheme struct {
	Title    string        `json:"title"`
	From     calendar.Date `json:"from"`
	To       calendar.Date `json:"to"`
	Basis    string        `json:"basis"` // the paper that it rests on
	Groups   []Group       `json:"groups"`
	Measures []Measure     `json:"measures"`
	Rules    []Rule        `json:"rules,omitempty"`
}

// Group is units that are ranked among each other.
type Group struct {
	Name  string          `json:"name"`
	Units []ledger.UnitID `json:"units"`
}

// Measure gives a unit a share of some points.
type Measure struct {
	Code    string         `json:"code"` // the name under which entries and appeals speak of it
	Title   string         `json:"title"`
	Formula FormulaName    `json:"formula"`
	Weight  ledger.Decimal `json:"weight"` // points; those of all measures add up to 100
}

// Rule is a reason for which points are added or taken, beyond the measures.
type Rule struct {
	Code  string         `json:"code"`
	Title string         `json:"title"`
	Kind  RuleKind       `json:"kind"`
	Each  ledger.Decimal `json:"each"` // the most for one case
	Cap   ledger.Decimal `json:"cap"`  // the most for one unit
}

// RuleKind tells whether a rule adds points or takes them.
type RuleKind string

// The kinds of rules.
const (
	Bonus     RuleKind = "bonus"
	Deduction RuleKind = "deduction"
)

// Label is what pages call the kind.
func (k RuleKind) Label() ledger.Wording { return said("rule." + string(k)) }

// Whole is how many points the measures come to.
const Whole = 100

// Units are the units of all groups, in their order.
func (s Scheme) Units() []ledger.UnitID {
	var all []ledger.UnitID
	for _, g := range s.Groups {
		all = append(all, g.Units...)
	}
	return all
}

// GroupOf is the name of the group of a unit; empty where the unit is not assessed.
func (s Scheme) GroupOf(unit ledger.UnitID) string {
	for _, g := range s.Groups {
		for _, u := range g.Units {
			if u == unit {
				return g.Name
			}
		}
	}
	return ""
}

// Measure is the measure of a code.
func (s Scheme) Measure(code string) (Measure, bool) {
	for _, m := range s.Measures {
		if m.Code == code {
			return m, true
		}
	}
	return Measure{}, false
}

// Rule is the rule of a code.
func (s Scheme) Rule(code string) (Rule, bool) {
	for _, r := range s.Rules {
		if r.Code == code {
			return r, true
		}
	}
	return Rule{}, false
}

// Reweighted is the scheme with other weights, by the codes of measures: to see what would become of the ranks.
func (s Scheme) Reweighted(weights map[string]ledger.Decimal) Scheme {
	measures := make([]Measure, len(s.Measures))
	for i, m := range s.Measures {
		if weight, other := weights[m.Code]; other {
			m.Weight = weight
		}
		measures[i] = m
	}
	s.Measures = measures
	return s
}
