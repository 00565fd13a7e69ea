// Package source finds the place in a document where a record was read: the sentence to show beside it
// and the section that holds it.
package source

import (
	"sort"
	"strings"
	"unicode/utf8"

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
func sentence(text string, span document.Span) string {
	around := line(text, span)
	if i := strings.LastIndexAny(text[around.Start:span.Start], sentenceEnds); i >= 0 {
		_, size := utf8.DecodeRuneInString(text[around.Start+i:])
		around.Start += i + size
	}
	if i := strings.IndexAny(text[span.End:around.End], sentenceEnds); i >= 0 {
		_, size := utf8.DecodeRuneInString(text[span.End+i:])
		around.End = span.End + i + size
	}
	return strings.TrimSpace(around.In(text))
}

// Passage is what a reader wants to see beside a quantity: the sentence, or the row of the table.
func Passage(r *reading.Reading, q *reading.Quantity) string {
	if q.Table >= 0 {
		return strings.TrimSpace(line(r.Document.Text, q.Span).In(r.Document.Text))
	}
	return sentence(r.Document.Text, q.Span)
}

// Section is the index of the innermost section of the outline that holds a quantity; -1 for none. Its clause
// knows best, as an item such as 一是 begins in the middle of a paragraph.
func Section(r *reading.Reading, q *reading.Quantity) int32 {
	if q.Clause >= 0 {
		return r.Clauses[q.Clause].Section
	}
	blocks := r.Document.Blocks
	i := sort.Search(len(blocks), func(i int) bool { return blocks[i].End > q.Span.Start })
	if i == len(blocks) {
		return -1
	}
	return blocks[i].Section
}
