package page

import (
	"slices"
	"sort"
	"strconv"
	"strings"
	"unicode/utf8"

	"luoshi/checking"
	"luoshi/document"
	"luoshi/internal/present/source"
	"luoshi/reading"
)

// claim is a passage that a record speaks of. Claims may overlap and hold one another.
type claim struct {
	document.Span
	grade int // where claims overlap, the text shows the highest
}

// stretches cuts the claimed text at every edge of a claim, so that each stretch is marked as a whole.
// It also gives the stretches of each claim, as a half-open range.
func stretches(claims []claim, classes []string, size int) (marks []mark, ranges [][2]int) {
	var cuts []int
	for i := range claims {
		c := &claims[i]
		c.Start = min(max(c.Start, 0), size)
		c.End = min(max(c.End, c.Start), size)
		cuts = append(cuts, c.Start, c.End)
	}
	slices.Sort(cuts)
	cuts = slices.Compact(cuts)
	at := func(offset int) int { return sort.SearchInts(cuts, offset) }
	highest := make([]int, len(cuts)) // of the stretch behind each cut; 0 where nothing claims it
	for _, c := range claims {
		for i := at(c.Start); i < at(c.End); i++ {
			highest[i] = max(highest[i], c.grade+1)
		}
	}
	numbers := make([]int, len(cuts)+1) // stretches before each cut
	for i, grade := range highest {
		numbers[i+1] = numbers[i]
		if grade > 0 {
			marks = append(marks, mark{
				Span: document.Span{Start: cuts[i], End: cuts[i+1]}, number: numbers[i], class: classes[grade-1],
			})
			numbers[i+1]++
		}
	}
	for _, c := range claims {
		ranges = append(ranges, [2]int{numbers[at(c.Start)], numbers[at(c.End)]})
	}
	return marks, ranges
}

// place is a passage as the script of a page knows it.
type place struct {
	Doc     int       `json:"doc"`
	Marks   [2]int    `json:"marks"` // half-open range of the stretches that show it
	Surface string    `json:"surface"`
	Said    [3]string `json:"said"` // what stands before it in its sentence, itself, and what follows
	Path    string    `json:"path,omitempty"`
}

// newPlace is a place without its marks. At most so many characters are shown on either side.
func newPlace(r *reading.Reading, p *checking.Place, doc, around int) place {
	text, sentence := r.Document.Text, source.Around(r, p)
	before := document.Span{Start: min(sentence.Start, p.Span.Start), End: p.Span.Start}.In(text)
	after := document.Span{Start: p.Span.End, End: max(sentence.End, p.Span.End)}.In(text)
	return place{
		Doc: doc, Surface: p.Surface, Path: strings.Join(r.Path(source.Holding(r, p)), " › "),
		Said: [3]string{lastOf(before, around), firstOf(p.Span.In(text), 2*around), firstOf(after, around)},
	}
}

// firstOf is the beginning of a text, with an ellipsis where it was cut.
func firstOf(s string, n int) string {
	for i := range s {
		if n == 0 {
			return s[:i] + "…"
		}
		n--
	}
	return s
}

// lastOf is the end of a text, with an ellipsis where it was cut.
func lastOf(s string, n int) string {
	skip := utf8.RuneCountInString(s) - n
	if skip <= 0 {
		return s
	}
	for i := range s {
		if skip == 0 {
			return "…" + s[i:]
		}
		skip--
	}
	return s
}

// marked is the text of a document with marks in it.
func marked(doc *document.Document, marks []mark) string {
	w := &articleWriter{doc: doc, inscriber: inscriber{text: doc.Text, quantities: newLayer(marks, len(doc.Text))}}
	w.writeBlocks()
	return w.out.String()
}

// paper is a document as the script of a page knows it.
type paper struct {
	Name  string `json:"name"`
	Title string `json:"title"`
}

func newPaper(doc *document.Document) paper {
	return paper{Name: doc.Name, Title: doc.Meta.Title.Value}
}

// label is what a person calls the document.
func (p paper) label() string {
	if p.Title != "" {
		return p.Title
	}
	return p.Name
}

// numbered tells documents with the same title apart by their order.
func numbered(labels []string) []string {
	count := map[string]int{}
	for _, label := range labels {
		count[label]++
	}
	seen := map[string]int{}
	names := make([]string, len(labels))
	for i, label := range labels {
		names[i] = label
		if count[label] > 1 {
			seen[label]++
			names[i] += " (" + strconv.Itoa(seen[label]) + ")"
		}
	}
	return names
}
