// Package matching follows promises from a plan to what a later report says of them. It is pure: no
// I/O, no clock; the same readings always give the same verdicts.
package matching

import (
	"cmp"
	"slices"

	"luoshi/checking"
	"luoshi/checking/pairing"
	"luoshi/indicator"
	"luoshi/reading"
)

// Verdict is what became of a promise.
type Verdict uint8

const (
	NotReported           Verdict = iota // the report does not speak of it: dropped
	ReportedWithoutFigure                // spoken of, but without the figure that would decide
	NotComparable                        // figures of unlike scope, unit or measure, or not yet due
	Behind                               // under way, less done than time has passed
	Ahead                                // under way, at least as much done as time has passed
	Missed
	Kept
	Exceeded
)

// String is the name in records: not_reported, reported_without_figure, not_comparable, behind, ahead,
// missed, kept, exceeded.
func (v Verdict) String() string {
	return [...]string{"not_reported", "reported_without_figure", "not_comparable", "behind", "ahead",
		"missed", "kept", "exceeded"}[v]
}

// MarshalText is String, for JSON.
func (v Verdict) MarshalText() ([]byte, error) { return []byte(v.String()), nil }

// Pair is a promise of the plan with what the report says of it.
type Pair struct {
	Plan       checking.Place // a quantity of the plan, or a clause that promises without a number
	Clause     int32          // the clause of the plan that promises; -1 for a table's cell
	Subject    string         // what is promised
	Indicator  string         // code of the dictionary; "" where it does not know the subject
	Verdict    Verdict
	Report     *checking.Place  // the passage of the report that decides; nil where there is none
	Gap        string           // what lacks or exceeds, in the unit of the promise: "-0.9 个百分点"; "" where undecided
	Reason     string           // why it was missed, in the report's own words; "" where it gives none
	Confidence float64          // 0 to 1: how sure it is that both passages speak of the same thing
	Why        checking.Wording // how the verdict came about, for people
}

// Match pairs each promise of the plan, in the order of its text, with the report.
func Match(plan, report *reading.Reading) []Pair {
	return between(newSide(plan), newSide(report))
}

// Within pairs the promises of a document with the results that the same document reports for the same
// time: the half-year report that repeats the year's targets.
func Within(r *reading.Reading) []Pair { return Match(r, r) }

// side is a document prepared once, however many others it is compared with. What a report tells and
// mentions is looked for when it is first asked for.
type side struct {
	*pairing.Paper
	told      *pairing.Tellings
	mentioned map[*indicator.Indicator]*pairing.Passage
}

func newSide(r *reading.Reading) *side { return &side{Paper: pairing.Prepare(r)} }

// tellings are the sentences that tell of targets missed.
func (s *side) tellings() *pairing.Tellings {
	if s.told == nil {
		s.told = s.Tellings()
	}
	return s.told
}

// mention is the passage that names an indicator; nil for none.
func (s *side) mention(known *indicator.Indicator) *pairing.Passage {
	if s.mentioned == nil {
		s.mentioned = s.Mentions()
	}
	return s.mentioned[known]
}

// between follows every promise.
func between(plan, report *side) []Pair {
	var pairs []Pair
	for _, i := range plan.Targets {
		pairs = append(pairs, follow(plan, report, &plan.Items[i]))
	}
	for i := range plan.Clauses {
		if c := &plan.Clauses[i]; c.Kind == reading.Target && c.Quantities[0] == c.Quantities[1] {
			pairs = append(pairs, followWords(plan, report, int32(i)))
		}
	}
	slices.SortStableFunc(pairs, func(a, b Pair) int { return cmp.Compare(a.Plan.At, b.Plan.At) })
	return pairs
}

// placeOf is the passage of a quantity; doc is 0 for the plan, 1 for the report.
func placeOf(doc int, it *pairing.Item) checking.Place {
	return checking.Place{Doc: doc, Quantity: it.Index, At: it.At, Span: it.Span, Surface: it.Surface}
}

// placeOfClause is the passage of a clause.
func placeOfClause(doc int, c *reading.Clause) checking.Place {
	return checking.Place{Doc: doc, Quantity: -1, At: c.At, Span: c.Span, Surface: c.Text}
}

// placeOfPassage is a passage of the report.
func placeOfPassage(p *pairing.Passage) checking.Place {
	return checking.Place{Doc: 1, Quantity: -1, At: p.At, Span: p.Span, Surface: p.Text}
}
