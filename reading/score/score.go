// Package score measures a reader's records against gold records, the ones that a careful person wrote down.
//
// A record answers the gold record that stands at the same place of the text. Of finding, precision, recall
// and F1 are measured; of the records found, the share with each field right; and last the F1 of whole
// records, which are found and right in every field. A value is right within one part in 10⁹. A subject is
// right when it is equal, or when the two phrases share at least two thirds of their characters, counted as
// bags. Firmness is asked of gold targets alone.
package score

import (
	"math"
	"unicode/utf8"
)

// Field is a field of a record that can be right or wrong.
type Field uint8

// The fields in the order in which they are reported.
const (
	Value Field = iota
	Unit
	Cmp
	Measure
	Subject
	By
	Kind
	Firm
	Fields // how many there are
)

// judge says what a field is called in records, when it is right and how it is shown.
type judge struct {
	name  string
	right func(gold, read *Record) bool
	text  func(r *Record) string
}

var fields = [Fields]judge{
	Value:   {"value", sameValue, valueText},
	Unit:    word("unit", func(r *Record) *string { return r.Unit }),
	Cmp:     word("cmp", func(r *Record) *string { return r.Cmp }),
	Measure: word("measure", func(r *Record) *string { return r.Measure }),
	Subject: {
		"subject", func(gold, read *Record) bool { return alike(gold.Subject, read.Subject) },
		func(r *Record) string { return r.Subject },
	},
	By:   word("by", func(r *Record) *string { return r.By }),
	Kind: word("kind", func(r *Record) *string { return r.Kind }),
	Firm: {"firm", sameFirmness, firmText},
}

// word judges a field that is right only when it is the same word.
func word(name string, of func(*Record) *string) judge {
	return judge{
		name:  name,
		right: func(gold, read *Record) bool { return same(of(gold), of(read)) },
		text:  func(r *Record) string { return wordText(of(r)) },
	}
}

// String is the field's name in records: "value", "by".
func (f Field) String() string { return fields[f].name }

// Tally counts records. Tallies of several documents add up to one of all of them.
type Tally struct {
	Gold  int         // gold records
	Read  int         // records of the reader
	Found int         // places in both
	Whole int         // found, and every field right
	Right [Fields]int // found, and this field right
}

// Plus is the tally of both.
func (t Tally) Plus(other Tally) Tally {
	t.Gold += other.Gold
	t.Read += other.Read
	t.Found += other.Found
	t.Whole += other.Whole
	for f := range t.Right {
		t.Right[f] += other.Right[f]
	}
	return t
}

// Precision is the share of the reader's records that are gold records; 0 when there are none.
func (t Tally) Precision() float64 { return ratio(t.Found, t.Read) }

// Recall is the share of the gold records that were found; 0 when there are none.
func (t Tally) Recall() float64 { return ratio(t.Found, t.Gold) }

// F1 is the harmonic mean of precision and recall; 0 when nothing was found.
func (t Tally) F1() float64 {
	precision, recall := t.Precision(), t.Recall()
	return 2 * precision * recall / max(1e-12, precision+recall)
}

// Share is the share of the found records with the field right; 0 when nothing was found.
func (t Tally) Share(f Field) float64 { return ratio(t.Right[f], t.Found) }

// WholeF1 is the F1 of whole records; 0 when nothing was found.
func (t Tally) WholeF1() float64 { return ratio(2*t.Whole, t.Gold+t.Read) }

func ratio(part, whole int) float64 { return float64(part) / float64(max(1, whole)) }

// Difference is one thing in which the records of a document differ: a gold record that was missed (Read is
// nil), a record that is not gold (Gold is nil), or a field that was read wrong.
type Difference struct {
	Gold, Read *Record
	Field      Field // meaningful when both records are there
}

// Compare scores the records of one document, as Parse and Of give them: at most one at each place. The
// differences come in the order of the gold records, then of the reader's.
func Compare(gold, read []Record) (Tally, []Difference) {
	tally := Tally{Gold: len(gold), Read: len(read)}
	var differences []Difference
	readAt := byPlace(read)
	for i := range gold {
		g := &gold[i]
		r, found := readAt[g.At]
		if !found {
			differences = append(differences, Difference{Gold: g})
			continue
		}
		tally.Found++
		wrong := 0
		for f := range Fields {
			if fields[f].right(g, r) {
				tally.Right[f]++
				continue
			}
			wrong++
			differences = append(differences, Difference{Gold: g, Read: r, Field: f})
		}
		if wrong == 0 {
			tally.Whole++
		}
	}
	goldAt := byPlace(gold)
	for i := range read {
		if _, found := goldAt[read[i].At]; !found {
			differences = append(differences, Difference{Read: &read[i]})
		}
	}
	return tally, differences
}

func byPlace(list []Record) map[int]*Record {
	at := make(map[int]*Record, len(list))
	for i := range list {
		at[list[i].At] = &list[i]
	}
	return at
}

func same[T comparable](a, b *T) bool {
	return a == b || a != nil && b != nil && *a == *b
}

func sameValue(gold, read *Record) bool {
	return near(gold.Value, read.Value) && near(gold.Value2, read.Value2)
}

// near tells whether a number equals the gold one within one part in 10⁹.
func near(gold, read *float64) bool {
	if gold == nil || read == nil {
		return gold == read
	}
	return math.Abs(*gold-*read) <= 1e-9*max(1, math.Abs(*gold))
}

func sameFirmness(gold, read *Record) bool {
	return wordText(gold.Kind) != "target" || gold.firm() == read.firm()
}

// alike tells whether two subjects share at least two thirds of their characters.
func alike(a, b string) bool {
	if a == b {
		return true
	}
	if a == "" || b == "" {
		return false
	}
	left := map[rune]int{}
	for _, r := range a {
		left[r]++
	}
	shared := 0
	for _, r := range b {
		if left[r] > 0 {
			left[r]--
			shared++
		}
	}
	// 2 × shared / (length of both) ≥ 2/3, without the rounding.
	return 3*shared >= utf8.RuneCountInString(a)+utf8.RuneCountInString(b)
}
