package page

import (
	"bytes"
	"html/template"
	"slices"
	"sort"
	"strconv"

	"luoshi/document"
)

// mark is a stretch of the text that the page shows in a colour.
type mark struct {
	document.Span
	number int    // of the record, or of the section
	class  string // what it shows: the kind of a record, the severity of a finding
}

// layer is marks of one sort, in ascending order and without overlaps.
type layer []mark

// newLayer orders the marks and clips what overlaps, so that writing them always nests.
func newLayer(marks []mark, size int) layer {
	slices.SortStableFunc(marks, func(a, b mark) int { return a.Start - b.Start })
	clean := marks[:0]
	free := 0
	for _, m := range marks {
		m.Start, m.End = max(m.Start, free), min(m.End, size)
		if m.Empty() {
			continue
		}
		free = m.End
		clean = append(clean, m)
	}
	return clean
}

// from is the first mark that ends behind the offset.
func (l layer) from(offset int) int {
	return sort.Search(len(l), func(i int) bool { return l[i].End > offset })
}

// edges adds to cuts where marks of the layer begin and end within a span.
func (l layer) edges(within document.Span, cuts []int) []int {
	for i := l.from(within.Start); i < len(l) && l[i].Start < within.End; i++ {
		for _, edge := range [2]int{l[i].Start, l[i].End} {
			if edge > within.Start && edge < within.End {
				cuts = append(cuts, edge)
			}
		}
	}
	return cuts
}

// at is the mark over an offset, or nil.
func (l layer) at(offset int) *mark {
	if i := l.from(offset); i < len(l) && l[i].Start <= offset {
		return &l[i]
	}
	return nil
}

// inscriber writes stretches of a text as HTML with its marks.
type inscriber struct {
	text       string
	clauses    layer
	quantities layer
	sections   layer // the markers of the outline
	out        bytes.Buffer
	cuts       []int
}

// inscribe writes a span. A clause is a span around the marks within it; a mark that crosses its edge
// is written in pieces, all with the number of the record.
func (w *inscriber) inscribe(span document.Span) {
	w.cuts = append(w.cuts[:0], span.Start, span.End)
	w.cuts = w.clauses.edges(span, w.cuts)
	w.cuts = w.quantities.edges(span, w.cuts)
	w.cuts = w.sections.edges(span, w.cuts)
	slices.Sort(w.cuts)
	w.cuts = slices.Compact(w.cuts)
	var open *mark
	for i := 0; i+1 < len(w.cuts); i++ {
		piece := document.Span{Start: w.cuts[i], End: w.cuts[i+1]}
		if clause := w.clauses.at(piece.Start); clause != open {
			if open != nil {
				w.out.WriteString("</span>")
			}
			if clause != nil {
				w.openClause(clause, piece.Start)
			}
			open = clause
		}
		w.piece(piece)
	}
	if open != nil {
		w.out.WriteString("</span>")
	}
}

// openClause begins a clause; only its first piece shows where it begins.
func (w *inscriber) openClause(clause *mark, start int) {
	w.out.WriteString(`<span class="c `)
	w.out.WriteString(clause.class)
	if start == clause.Start {
		w.out.WriteString(" first")
	}
	w.out.WriteString(`" data-c="`)
	w.out.WriteString(strconv.Itoa(clause.number))
	w.out.WriteString(`">`)
}

// piece writes a stretch over which no mark begins or ends.
func (w *inscriber) piece(span document.Span) {
	text := template.HTMLEscapeString(span.In(w.text))
	marker, q := w.sections.at(span.Start), w.quantities.at(span.Start)
	if marker != nil {
		w.out.WriteString(`<b class="marker" data-s="` + strconv.Itoa(marker.number) + `">`)
	}
	if q != nil {
		w.out.WriteString(`<mark class="q ` + q.class + `" data-q="` + strconv.Itoa(q.number) + `">`)
	}
	w.out.WriteString(text)
	if q != nil {
		w.out.WriteString("</mark>")
	}
	if marker != nil {
		w.out.WriteString("</b>")
	}
}
