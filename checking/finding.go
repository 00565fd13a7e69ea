// Package checking finds the relations between the figures of a document (勾稽关系) and says which of
// them hold. It is pure: no I/O, no clock; the same reading always gives the same findings.
//
// A printed figure stands for every value that rounds to it. A relation is wrong only if no values
// within those intervals satisfy it, and only between figures of the same scope.
package checking

import (
	"luoshi/document"
	"luoshi/reading"
)

// Severity grades a finding.
type Severity uint8

const (
	OK       Severity = iota // the relation holds to the printed digit
	Note                     // worth knowing; nothing is wrong
	Rounding                 // the relation holds only within the rounding of the printed figures
	Warning                  // likely wrong, or right only under a reading that the text does not state
	Error                    // no values within the printed intervals satisfy the relation
)

// String is the name in records: ok, note, rounding, warning, error.
func (s Severity) String() string {
	return [...]string{"ok", "note", "rounding", "warning", "error"}[s]
}

// MarshalText is String, for JSON and flags.
func (s Severity) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// Wording is one sentence in both languages.
type Wording struct{ ZH, EN string }

// about is the sentence said of something.
func (w Wording) about(subject string) Wording {
	if subject == "" {
		return w
	}
	return Wording{ZH: subject + "：" + w.ZH, EN: subject + ": " + w.EN}
}

// Place is a passage that a finding speaks of.
type Place struct {
	Doc      int           // index into the readings that were checked together; 0 for a single one
	Quantity int32         // index into Reading.Quantities; -1 where the passage is no quantity
	At       int           // code points
	Span     document.Span // bytes of Document.Text
	Surface  string
}

// Finding is what one rule says of one relation.
type Finding struct {
	Rule     string // the rule's name
	Severity Severity
	// Verdict grades a target against a result: missed, met, exceeded, ahead, behind, open. It is
	// empty for every other rule.
	Verdict     string
	Message     Wording
	Places      []Place // what is compared; where a total is involved it comes first
	Computation string  // the arithmetic with its rounding; "" where there is none
	Suggestion  Wording
}

// Options steers checking. The zero value runs every rule and keeps what holds out of the result.
type Options struct {
	All  bool     // findings of severity OK too
	Only []string // names of the rules to run; empty for all
}

// Rule is one separate check.
type Rule struct {
	Name  string  // in records and for --only
	Title Wording // for people
	Doc   Wording // what it compares and when it is silent
	check func(*paper) []Finding
}

// place is the passage of a quantity.
func place(r *reading.Reading, quantity int32) Place {
	q := &r.Quantities[quantity]
	return Place{Quantity: quantity, At: q.At, Span: q.Span, Surface: q.Surface}
}
