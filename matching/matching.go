// Package matching follows promises from a plan to what a later report says of them. It is pure: no
// I/O, no clock; the same readings always give the same verdicts.
package matching

import (
	"luoshi/checking"
	"luoshi/reading"
)

// Verdict is what became of a promise.
type Verdict uint8

const (
	NotReported           Verdict = iota // the report does not speak of it: dropped
	ReportedWithoutFigure                // spoken of, but without the figure that would decide
	NotComparable                        // figures of unlike scope, unit or measure
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
func Match(plan, report *reading.Reading) []Pair { return nil }
