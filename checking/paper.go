package checking

import (
	"math"
	"strings"

	"luoshi/checking/interval"
	"luoshi/document"
	"luoshi/indicator"
	"luoshi/reading"
	"luoshi/reading/numeral"
	"luoshi/reading/unit"
)

// paper is a reading prepared for the rules.
type paper struct {
	*reading.Reading
	text      string
	facts     []fact // one for each quantity, or for each quantity of two documents
	sentences []sentence
	grids     []grid
	all       bool // relations that hold are asked for too
}

// fact is a quantity with what the rules ask of it again and again.
type fact struct {
	*reading.Quantity
	doc      int             // which of two documents states it
	index    int32           // into its document's quantities
	name     *indicator.Name // once it was asked for; see what
	phrase   string          // the text between the last comma or figure and this one; "" in tables
	class    unit.Class
	sentence int32 // index into paper.sentences; -1 in tables
	listed   bool  // stands in an item of a list that makes a grid
	// The value and half the width of what it stands for, only to pass over hopeless candidates before
	// exact arithmetic.
	about, give float64
}

// sentence is a stretch of prose between full stops, within one block.
type sentence struct {
	document.Span
	block int32 // index into Document.Blocks
	facts [2]int32
}

// none stands for no fact.
const none int32 = -1

func prepare(r *reading.Reading, all bool) *paper {
	p := &paper{Reading: r, all: all, text: r.Document.Text, facts: make([]fact, len(r.Quantities))}
	for i := range r.Quantities {
		q := &r.Quantities[i]
		p.facts[i] = fact{Quantity: q, index: int32(i), class: classOf(q.Unit), sentence: none}
		p.facts[i].approximate()
	}
	p.findSentences()
	for i := range p.facts {
		f := &p.facts[i]
		if f.sentence != none {
			f.phrase = p.phraseBefore(int32(i))
		}
	}
	p.findGrids()
	return p
}

// approximate sets what exact arithmetic is spared by.
func (f *fact) approximate() {
	d := f.printed()
	unit := math.Pow10(int(d.Exp))
	f.about = float64(d.Coef) * unit
	if !f.counted() || d.Exp != 0 {
		f.give = unit / 2
	}
}

// what is what the figure measures. Most figures are compared with none, so that it is found when first
// asked for.
func (f *fact) what() *indicator.Name {
	if f.name == nil {
		name := indicator.NameOf(f.Subject, contextOf(f.phrase))
		f.name = &name
	}
	return f.name
}

// contextOf is what the words before a figure say of its scope; nothing where they name several things at
// once (城镇、农村居民收入分别达到).
func contextOf(phrase string) string {
	if strings.Contains(phrase, "、") {
		return ""
	}
	return phrase
}

func classOf(name string) unit.Class {
	class, length := unit.Match(name, 0)
	if length != len(name) {
		return unit.None
	}
	return class
}

// counted tells whether the figure counts things one by one, so that no digit of it was rounded.
func (f *fact) counted() bool {
	switch f.class {
	case unit.Percent, unit.Times, unit.Money, unit.Physical:
		return false
	}
	return true
}

// percent tells whether the figure is a rate or a share in hundredths.
func (f *fact) percent() bool { return f.Unit == "%" || f.Unit == "％" }

// span is every value that the figure stands for.
func (f *fact) span() interval.Interval { return interval.Of(f.printed(), f.counted()) }

// plain tells whether the figure is stated as it is: no bound, no 余, no range.
func (f *fact) plain() bool { return f.Cmp == reading.Equal }

// additive tells whether figures of this sort make a total when added.
func (f *fact) additive() bool {
	return f.Measure == reading.Level && f.class != unit.Percent && f.class != unit.Times
}

// isHundred tells whether the figure is the whole of its parts' shares.
func (f *fact) isHundred() bool {
	return f.percent() && f.Measure == reading.Share && f.Value.Cmp(numeral.Int(100)) == 0
}

// findSentences cuts the prose at full stops, one block at a time, and says which facts stand in which
// sentence.
func (p *paper) findSentences() {
	next := 0
	for i := range p.Document.Blocks {
		b := &p.Document.Blocks[i]
		if b.Furniture || b.Kind == document.TableRow {
			continue
		}
		for next < len(p.facts) && p.facts[next].Span.Start < b.Start {
			next++
		}
		if next == len(p.facts) {
			return
		}
		if p.facts[next].Span.Start < b.End {
			next = p.cutBlock(int32(i), next)
		}
	}
}

const fullStop = "。"

// cutBlock adds the sentences of a block that hold facts, the first of which is given, and returns the
// first fact behind the block.
func (p *paper) cutBlock(block int32, next int) int {
	b := &p.Document.Blocks[block]
	start := b.Start
	for start < b.End && next < len(p.facts) {
		end := start + sentenceLength(p.text[start:b.End])
		first := next
		for next < len(p.facts) && p.facts[next].Span.Start < end {
			p.facts[next].sentence = int32(len(p.sentences))
			next++
		}
		if next > first {
			p.sentences = append(p.sentences, sentence{
				Span: document.Span{Start: start, End: end}, block: block, facts: [2]int32{int32(first), int32(next)},
			})
		}
		start = end
	}
	return next
}
