// Package source finds the place in a document where a record was read: the sentence to show beside it
// and the section that holds it.
package source

import (
	"sort"
	"strings"
	"unicode"
	"unicode/utf8"

	"luoshi/checking"
	"luoshi/document"
	"luoshi/reading"
)

// sentenceEnds are the marks behind which a new sentence begins.
const sentenceEnds = "。!?;\uff01\uff1f\uff1b"

// line is the line of the text that holds a span.
func line(text string, span document.Span) document.Span {
	start := strings.LastIndexByte(text[:span.Start], '\n') + 1
	if i := strings.IndexByte(text[span.End:], '\n'); i >= 0 {
		return document.Span{Start: start, End: span.End + i}
	}
	return document.Span{Start: start, End: len(text)}
}

// sentence is the sentence around a span, without the blanks at its ends. It never leaves the line.
func sentence(text string, span document.Span) document.Span {
	around := line(text, span)
	if i := strings.LastIndexAny(text[around.Start:span.Start], sentenceEnds); i >= 0 {
		_, size := utf8.DecodeRuneInString(text[around.Start+i:])
		around.Start += i + size
	}
	if i := strings.IndexAny(text[span.End:around.End], sentenceEnds); i >= 0 {
		_, size := utf8.DecodeRuneInString(text[span.End+i:])
		around.End = span.End + i + size
	}
	return trimmed(text, around)
}

func trimmed(text string, span document.Span) document.Span {
	span.Start = span.End - len(strings.TrimLeftFunc(span.In(text), unicode.IsSpace))
	span.End = span.Start + len(strings.TrimRightFunc(span.In(text), unicode.IsSpace))
	return span
}

// Passage is what a reader wants to see beside a quantity: the sentence, or the row of the table.
func Passage(r *reading.Reading, q *reading.Quantity) string {
	return passage(r.Document.Text, q.Span, q.Table >= 0).In(r.Document.Text)
}

func passage(text string, span document.Span, row bool) document.Span {
	if row {
		return trimmed(text, line(text, span))
	}
	return sentence(text, span)
}

// Around is what a reader wants to see beside the passage that a finding or a promise speaks of.
func Around(r *reading.Reading, p *checking.Place) document.Span {
	doc := r.Document
	i := block(doc, p.Span)
	return passage(doc.Text, p.Span, i >= 0 && doc.Blocks[i].Kind == document.TableRow)
}

// Holding is the index of the innermost section of the outline that holds a place; -1 for none.
func Holding(r *reading.Reading, p *checking.Place) int32 {
	if p.Quantity >= 0 {
		return Section(r, &r.Quantities[p.Quantity])
	}
	if i := block(r.Document, p.Span); i >= 0 {
		return r.Document.Blocks[i].Section
	}
	return -1
}

// block is the first block that ends behind the start of a span; -1 for none.
func block(doc *document.Document, span document.Span) int {
	i := sort.Search(len(doc.Blocks), func(i int) bool { return doc.Blocks[i].End > span.Start })
	if i == len(doc.Blocks) {
		return -1
	}
	return i
}

// Section is the index of the innermost section of the outline that holds a quantity; -1 for none. Its clause
// knows best, as an item such as 一是 begins in the middle of a paragraph.
func Section(r *reading.Reading, q *reading.Quantity) int32 {
	if q.Clause >= 0 {
		return r.Clauses[q.Clause].Section
	}
	if i := block(r.Document, q.Span); i >= 0 {
		return r.Document.Blocks[i].Section
	}
	return -1
}
