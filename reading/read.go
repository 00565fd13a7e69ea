package reading

import (
	"sync"

	"luoshi/document"
)

// Options steers reading where the document leaves a choice. The zero value reads as the document says.
type Options struct {
	// Year overrules the plan year, and with it the default deadline of targets; 0 leaves it.
	Year int
}

// Hardly a work report has fewer bytes of text than this to a quantity or to a clause; the slices begin at
// that size so that they seldom grow.
const (
	bytesPerQuantity = 250
	bytesPerClause   = 60
)

// Read finds every quantity and clause of a document. It is safe for concurrent use.
func Read(doc *document.Document, opts Options) *Reading {
	r := newReader(doc, opts)
	table := int32(-1)
	for i := range doc.Blocks {
		b := &doc.Blocks[i]
		switch {
		case b.Furniture:
		case b.Table >= 0:
			if b.Table > table {
				table = b.Table
				r.enter(b.Section)
				r.readTable(table)
			}
		default:
			r.readBlock(b)
		}
	}
	out := r.out
	r.release()
	out.countCodePoints()
	return out
}

// readers are those that have read a document, kept for their slices.
var readers sync.Pool

// newReader is a reader of the document.
func newReader(doc *document.Document, opts Options) *reader {
	r, kept := readers.Get().(*reader)
	if !kept {
		r = &reader{lex: newLexer(), titles: newLexer()}
	}
	r.doc, r.text, r.lex.text, r.titles.text = doc, doc.Text, doc.Text, doc.Text
	r.frame = newFrame(doc, opts)
	r.out = &Reading{
		Document:   doc,
		Quantities: make([]Quantity, 0, len(doc.Text)/bytesPerQuantity),
		Clauses:    make([]Clause, 0, len(doc.Text)/bytesPerClause),
	}
	return r
}

// release gives a reader back, with nothing left in it that holds on to the document.
func (r *reader) release() {
	r.lex.forget()
	r.titles.forget()
	clear(r.segments[:cap(r.segments)])
	clear(r.recent[:cap(r.recent)])
	*r = reader{lex: r.lex, titles: r.titles, segments: r.segments[:0], recent: r.recent[:0]}
	readers.Put(r)
}

// countCodePoints turns the byte offsets of the records, which are in the order of the text, into code
// points in one walk over it.
func (r *Reading) countCodePoints() {
	offsets := document.NewOffsets(r.Document.Text)
	q := 0
	for i := range r.Clauses {
		c := &r.Clauses[i]
		q = r.countQuantities(offsets, q, c.Span.Start)
		c.At = offsets.CodePoints(c.Span.Start)
		q = r.countQuantities(offsets, q, c.Span.End)
		c.End = offsets.CodePoints(c.Span.End)
	}
	r.countQuantities(offsets, q, len(r.Document.Text)+1)
}

// countQuantities counts for the quantities from the q-th that begin before a byte and returns the next.
func (r *Reading) countQuantities(offsets *document.Offsets, q, before int) int {
	for q < len(r.Quantities) && r.Quantities[q].Span.Start < before {
		r.Quantities[q].At = offsets.CodePoints(r.Quantities[q].Span.Start)
		q++
	}
	return q
}
