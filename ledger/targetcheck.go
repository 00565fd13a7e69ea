package ledger

import (
	"slices"

	"luoshi/indicator"
)

// Comparators are all comparators in the order in which they are listed.
func Comparators() []Comparator {
	return []Comparator{Equal, AtLeast, MoreThan, AtMost, LessThan, Approximately, Between}
}

// Measures are all measures in the order in which they are listed.
func Measures() []Measure { return []Measure{Level, Growth, Decline, Share} }

// Validate tells what is wrong with a target.
func (t Target) Validate() Problems {
	var found Problems
	found.add(t.Number > 0, "target.number", "number")
	found.add(!blank(t.Subject), "target.subject", "subject")
	found.add(t.Code == "" || indicator.ByCode(t.Code) != nil, "target.code", "code", t.Code)
	found.add(t.Indicator == "" || wellFormed(t.Indicator), "id.malformed", "indicator", string(t.Indicator))
	found.add(slices.Contains(Comparators(), t.Cmp), "target.comparator", "cmp", string(t.Cmp))
	found.add(slices.Contains(Measures(), t.Measure), "target.measure", "measure", string(t.Measure))
	found.add(t.Value.Known() || !blank(t.Words), "target.empty", "value", t.Subject)
	found.add(!t.Value.Known() || t.Words == "", "target.both", "words", t.Subject)
	found.add(t.Upper.Known() == (t.Cmp == Between), "target.range", "upper", t.Subject)
	if t.Upper.Known() && t.Value.Known() {
		found.add(t.Value.Cmp(t.Upper) <= 0, "target.range_reversed", "upper", t.Value.Plain(), t.Upper.Plain())
	}
	if t.Measure == Decline && t.Value.Known() {
		found.add(t.Value.Sign() >= 0, "target.negative_decline", "value", t.Subject)
	}
	if !t.Quoted.IsZero() {
		found.within("quoted", t.Quoted.Validate())
	}
	return found
}

// Same tells whether two targets set the same bound for the same thing, whatever the precision in
// which their figures are written and wherever they stand.
func (t Target) Same(other Target) bool {
	value, upper := t.Value.Same(other.Value), t.Upper.Same(other.Upper)
	t.Value, t.Upper, t.Quoted, t.Number = other.Value, other.Upper, other.Quoted, other.Number
	return value && upper && t == other
}
