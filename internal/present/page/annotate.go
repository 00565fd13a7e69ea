package page

import (
	"html/template"
	"sort"
	"strconv"
	"strings"

	"luoshi/document"
	"luoshi/reading"
)

// Annotated is one document with its marks, ready for a page.
type Annotated struct {
	entry   *entry
	body    string
	listing string
}

// Annotate marks a document. It is safe for concurrent use.
func Annotate(r *reading.Reading, opts Options) (*Annotated, error) {
	doc := r.Document
	e, clauses, quantities := newEntry(r, opts)
	w := &articleWriter{doc: doc, inscriber: inscriber{
		text:       doc.Text,
		clauses:    newLayer(clauses, len(doc.Text)),
		quantities: newLayer(quantities, len(doc.Text)),
		sections:   newLayer(markers(doc), len(doc.Text)),
	}}
	w.writeBlocks()
	return &Annotated{entry: e, body: w.out.String(), listing: listing(e)}, nil
}

// article is the text of document i of a page; only the first is shown when the page opens.
func article(i int, body string) template.HTML {
	return template.HTML(`<article class="paper" data-doc="` + strconv.Itoa(i) + `"` + hiddenUnlessFirst(i) + `>` +
		body + `</article>`)
}

func (a *Annotated) outline(i int) template.HTML {
	return template.HTML(`<div class="tree" data-doc="` + strconv.Itoa(i) + `"` + hiddenUnlessFirst(i) + `>` +
		a.listing + `</div>`)
}

func hiddenUnlessFirst(i int) string {
	if i == 0 {
		return ""
	}
	return " hidden"
}

// markers are the places to which the outline leads: the marker of each section or, where a style
// alone makes the heading, its title.
func markers(doc *document.Document) []mark {
	marks := make([]mark, 0, len(doc.Outline))
	for i, s := range doc.Outline {
		span := s.Marker
		if span.Empty() {
			span = s.Title
		}
		marks = append(marks, mark{Span: span, number: i})
	}
	return marks
}

// blockAt is the index of the block that holds the start of a span; -1 for none.
func blockAt(doc *document.Document, span document.Span) int {
	if span.Empty() {
		return -1
	}
	i := sort.Search(len(doc.Blocks), func(i int) bool { return doc.Blocks[i].End > span.Start })
	if i == len(doc.Blocks) || doc.Blocks[i].Start > span.Start {
		return -1
	}
	return i
}

// articleWriter writes the blocks of a document as the elements of an article.
type articleWriter struct {
	doc *document.Document
	inscriber
}

func (w *articleWriter) writeBlocks() {
	title := blockAt(w.doc, w.doc.Meta.Title.Span)
	for i := 0; i < len(w.doc.Blocks); {
		b := &w.doc.Blocks[i]
		if b.Kind == document.TableRow && b.Table >= 0 {
			i = w.writeTable(i)
			continue
		}
		w.writeBlock(i, b, i == title)
		i++
	}
}

// writeBlock writes one line. The blanks that set it in are dropped: the page sets paragraphs in itself.
func (w *articleWriter) writeBlock(i int, b *document.Block, title bool) {
	element, class := "p", "b"
	switch {
	case title && !b.Furniture:
		element, class = "h1", "b title"
	case b.Kind == document.Heading:
		level := 1
		if b.Section >= 0 {
			level = int(w.doc.Outline[b.Section].Level)
		}
		element = "h" + strconv.Itoa(min(max(level, 1)+1, 6))
	}
	if b.Furniture {
		class += " furniture"
	}
	w.out.WriteString("<" + element + ` class="` + class + `" data-b="` + strconv.Itoa(i) + `">`)
	w.inscribe(trimmed(w.doc.Text, b.Span))
	w.out.WriteString("</" + element + ">\n")
}

// blanks are what a line may begin and end with.
const blanks = " \t\r\u3000\u00a0"

func trimmed(text string, span document.Span) document.Span {
	span.Start = span.End - len(strings.TrimLeft(span.In(text), blanks))
	span.End = span.Start + len(strings.TrimRight(span.In(text), blanks))
	return span
}
