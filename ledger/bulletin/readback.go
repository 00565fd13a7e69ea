package bulletin

import (
	"strings"

	"luoshi/document"
	"luoshi/ledger"
	"luoshi/reading"
)

// Blocks are what people wrote, by the section behind which it stands; Opening stands before all of them.
type Blocks map[Kind]string

// Opening is the place of a block before the first section.
const Opening Kind = "opening"

// Places are where a block may stand.
func (c Content) Places() []Kind {
	places := []Kind{Opening}
	for _, s := range c.Sections {
		places = append(places, s.Kind)
	}
	return places
}

// Paragraphs are the paragraphs of a block.
func (b Blocks) Paragraphs(place Kind) []string {
	var all []string
	for line := range strings.Lines(b[place]) {
		if line = strings.TrimSpace(line); line != "" {
			all = append(all, line)
		}
	}
	return all
}

// Read is a number that was found in a bulletin by reading it.
type Read struct {
	Surface string
	Place   Kind // of the section, or of the block
	// Typed tells that a person wrote it in a block, and Known that a generated figure says the same.
	Typed, Known bool
	// Sourced tells that it is a generated figure with the value that is printed, or stands in what is quoted.
	Sourced bool
}

// ReadBack reads a bulletin as any other document is read, and tells of each number where it is from.
func ReadBack(c Content, blocks Blocks) []Read {
	l := lay(c, blocks)
	read := reading.Read(l.document, reading.Options{Year: int(c.On.Year)})
	all := make([]Read, 0, len(read.Quantities))
	for i := range read.Quantities {
		all = append(all, l.judge(&read.Quantities[i], c))
	}
	return all
}

// Unsourced are the generated numbers without a source. A bulletin has none.
func Unsourced(all []Read) []Read {
	var bad []Read
	for _, r := range all {
		if !r.Typed && !r.Sourced {
			bad = append(bad, r)
		}
	}
	return bad
}

// Typed are the numbers that people wrote and that no generated figure says.
func Typed(all []Read) []Read {
	var typed []Read
	for _, r := range all {
		if r.Typed && !r.Known {
			typed = append(typed, r)
		}
	}
	return typed
}

// stretch is a part with where it stands in the text.
type stretch struct {
	document.Span
	Part

	place Kind
	typed bool
}

func (l *laid) judge(q *reading.Quantity, c Content) Read {
	r := Read{Surface: q.Surface}
	for _, s := range l.stretches {
		if q.Span.Start < s.Start || q.Span.Start >= s.End {
			continue
		}
		r.Place, r.Typed = s.place, s.typed
		switch {
		case s.typed:
			r.Known = says(c, q)
		case s.IsFigure():
			r.Sourced = s.Value.Cmp(ledger.Exactly(q.Value)) == 0
		default:
			r.Sourced = s.From != nil
		}
		break
	}
	return r
}

// says tells whether some generated figure has a value.
func says(c Content, q *reading.Quantity) bool {
	for _, f := range c.Figures() {
		if f.Value.Cmp(ledger.Exactly(q.Value)) == 0 {
			return true
		}
	}
	return false
}
