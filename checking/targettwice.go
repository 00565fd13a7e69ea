package checking

import (
	"strings"

	"luoshi/checking/judge"
	"luoshi/checking/pairing"
	"luoshi/indicator"
	"luoshi/reading"
)

// twice finds rates and growth that are promised in two sentences with different figures.
func (t *targets) twice() []Finding {
	var found []Finding
	for n, i := range t.Targets {
		for _, k := range t.Targets[n+1:] {
			a, b := &t.Items[i], &t.Items[k]
			if sameTarget(a, b) && t.names(a) && t.names(b) && !agree(a.Quantity, b.Quantity) {
				found = append(found, t.conflict(a, b))
			}
		}
	}
	return found
}

// sameTarget tells whether two targets must have one value: the dictionary knows both as one indicator
// of one scope, for one date and in one measure that is no share of something, and neither is softened or
// goes further.
func sameTarget(a, b *pairing.Item) bool {
	return a.Name.Indicator != nil && a.Measure != reading.Share && a.Name.Indicator == b.Name.Indicator && a.Name.Same(b.Name) == indicator.Identical &&
		a.By == b.By && a.Figure.Measure == b.Figure.Measure && a.Firm && b.Firm && a.Figure.Percent() && a.Unit == b.Unit &&
		!a.Several() && !b.Several() && a.Subject == b.Subject && a.Sentence != b.Sentence
}

// agree tells whether one figure satisfies both bounds: 6%左右 and 6%; 5以内 and 5%以内.
func agree(a, b *reading.Quantity) bool {
	if a.Value.Cmp(b.Value) == 0 {
		return true
	}
	within := func(range_, point *reading.Quantity) bool {
		return range_.Cmp == reading.Between && point.Value.Cmp(range_.Value) >= 0 && point.Value.Cmp(range_.Upper) <= 0
	}
	return within(a, b) || within(b, a)
}

// conflict is the finding on two values of one target.
func (t *targets) conflict(a, b *pairing.Item) Finding {
	return Finding{
		Severity: Warning,
		Verdict:  judge.Open.String(),
		Message: Wording{
			ZH: a.Subject + "：目标前后不一，一处 " + promised(a.Quantity) + "，一处 " + promised(b.Quantity),
			EN: a.Subject + ": one target has two values, " + a.Surface + " and " + b.Surface,
		},
		Places:     []Place{place(t.Reading, a.Index), place(t.Reading, b.Index)},
		Suggestion: Wording{ZH: "统一两处目标，或写明各自的范围", EN: "Give one value, or state the scope of each"},
	}
}

// names tells whether the clause of an item itself names its subject; a row names that of its cells.
func (t *targets) names(it *pairing.Item) bool {
	return it.Clause < 0 || strings.Contains(t.Clauses[it.Clause].Text, it.Subject)
}
