package layout

import (
	"math"
	"slices"
	"strings"
	"unicode/utf8"

	"luoshi/document/part"
	"luoshi/document/tally"
)

// paragraph is a part with what tells headings from text.
type paragraph struct {
	part    part.Part
	size    float64
	centred bool
	page    int
	columns []float64 // of a ruled table
}

// composer joins lines into paragraphs.
type composer struct {
	tally      *tally.Tally
	body       float64 // size of running text
	pitch      float64 // from line to line, in sizes
	page       int
	paragraphs []paragraph
	lines      []string // of the paragraph at hand
	last       line     // the line added last
	indent     float64  // of the first line of the paragraph at hand
	turned     bool     // a page has been turned since the last line
	centred    bool     // the paragraph at hand
	waiting    []paragraph
	sheet      *sheet // of the line added last
}

// addSheet adds the lines and tables of a page.
func (c *composer) addSheet(s *sheet) error {
	c.turned = true
	for i := range s.items {
		it := &s.items[i]
		var err error
		switch {
		case it.furniture:
			c.addFurniture(it.text)
		case it.table != nil:
			err = c.addTable(it)
		default:
			err = c.addLine(it.line, s)
		}
		if err != nil {
			return err
		}
	}
	c.page++
	return nil
}

// addFurniture puts a line of furniture where it stands, unless a paragraph may run past it.
func (c *composer) addFurniture(text string) {
	p := paragraph{part: part.Part{Text: text, Furniture: true}, page: c.page}
	if len(c.lines) == 0 {
		c.paragraphs = append(c.paragraphs, p)
	} else {
		c.waiting = append(c.waiting, p)
	}
}

// addLine continues the paragraph at hand or begins another.
func (c *composer) addLine(l line, s *sheet) error {
	centred := s.isCentred(l)
	if len(c.lines) > 0 && !c.continues(l, s, centred) {
		if err := c.finish(); err != nil {
			return err
		}
	}
	if len(c.lines) == 0 {
		c.indent, c.centred = l.left-s.left, centred
	}
	c.lines = append(c.lines, l.text)
	c.last, c.sheet, c.turned = l, s, false
	return nil
}

// continues tells whether a line goes on with the paragraph: set alike, not indented, not far below,
// and the line before it had no room left for its beginning.
func (c *composer) continues(l line, s *sheet, centred bool) bool {
	const alike, far, indented = 0.12, 1.2, 1.2
	size := c.last.size
	if math.Abs(l.size-size) > alike*max(size, l.size) {
		return false
	}
	if !c.turned && l.bottom-c.last.bottom > far*c.pitch*size {
		return false
	}
	if endsSentence(c.lines[len(c.lines)-1]) && beginsItem(l.text) {
		return false
	}
	if c.centred && centred && !c.turned && l.size > c.body*(1+alike) { // a title over several lines
		return true
	}
	if c.centred != centred && (c.last.right-c.last.left < 0.9*(c.sheet.right-c.sheet.left)) {
		return false
	}
	if l.left-s.left > indented*size && l.left-s.left >= (c.last.left-c.sheet.left)-indented*size/2 && !c.hangs(l, s) {
		return false
	}
	const slack = 0.3
	return c.last.right+l.firstUnit > c.sheet.right-slack*size
}

// hangs tells whether all lines of the paragraph but the first are indented alike, as in a quotation.
func (c *composer) hangs(l line, s *sheet) bool {
	const near = 0.3
	return len(c.lines) > 1 && math.Abs((l.left-s.left)-(c.last.left-c.sheet.left)) < near*l.size && math.Abs((l.left-s.left)-c.indent) > l.size
}

// isCentred tells whether a line stands in the middle of the text's width, away from both edges.
func (s *sheet) isCentred(l line) bool {
	const off = 1.0
	before, after := l.left-s.left, s.right-l.right
	return before > 2.2*l.size && after > 2.2*l.size && math.Abs(before-after) < off*l.size
}

// finish ends the paragraph at hand; the furniture met meanwhile follows it.
func (c *composer) finish() error {
	if len(c.lines) > 0 {
		text := joinWrapped(c.lines)
		if err := c.tally.Part(); err != nil {
			return err
		}
		c.paragraphs = append(c.paragraphs, paragraph{part: part.Part{Text: text}, size: c.last.size, centred: c.centred, page: c.page})
		c.lines = nil
	}
	c.paragraphs = append(c.paragraphs, c.waiting...)
	c.waiting = nil
	return nil
}

// addTable adds a table; one that goes on from the page before is joined to it.
func (c *composer) addTable(it *item) error {
	if before := c.tableBefore(); len(c.lines) == 0 && c.turned && before != nil && sameColumns(before.columns, it.columns) {
		c.turned = false
		joinTables(before.part.Table, it.table)
		return nil
	}
	if err := c.finish(); err != nil {
		return err
	}
	c.turned = false
	c.paragraphs = append(c.paragraphs, paragraph{part: part.Part{Kind: part.TableKind, Table: it.table}, columns: it.columns, page: c.page})
	return nil
}

// tableBefore is the table that the text so far ends with, furniture aside; nil where it does not.
func (c *composer) tableBefore() *paragraph {
	for i := len(c.paragraphs) - 1; i >= 0; i-- {
		switch p := &c.paragraphs[i]; {
		case p.part.Kind == part.TableKind:
			return p
		case !p.part.Furniture:
			return nil
		}
	}
	return nil
}

// sameColumns tells whether two ruled tables have their columns in the same places.
func sameColumns(a, b []float64) bool {
	if len(a) == 0 || len(a) != len(b) {
		return false
	}
	near := (last(a) - a[0]) / 100
	for i := range a {
		if math.Abs(a[i]-b[i]) > near {
			return false
		}
	}
	return true
}

// joinTables appends the rows of the second table to the first, without the headings repeated there.
func joinTables(first, second *part.Table) {
	rows := second.Rows
	repeated := max(first.HeaderRows, 1)
	if len(rows) >= repeated && len(first.Rows) >= repeated && slices.EqualFunc(first.Rows[:repeated], rows[:repeated], slices.Equal) {
		rows = rows[repeated:]
		first.HeaderRows = repeated
	}
	first.Rows = append(first.Rows, rows...)
}

// joinWrapped joins the lines of a paragraph: wide characters meet directly, words with a blank, and a
// number that was broken at the end of a line is whole again.
func joinWrapped(lines []string) string {
	var b strings.Builder
	for _, l := range lines {
		if b.Len() > 0 && !meetWithoutSpace(b.String(), l) && !numberGoesOn(b.String(), l) {
			b.WriteByte(' ')
		}
		b.WriteString(l)
	}
	return b.String()
}

func numberGoesOn(before, after string) bool {
	last, _ := utf8.DecodeLastRuneInString(before)
	first, _ := utf8.DecodeRuneInString(after)
	isPart := func(r rune) bool { return r >= '0' && r <= '9' || r == '.' || r == ',' || r == '%' || r == '-' }
	return isPart(last) && isPart(first)
}

// markHeadings marks short paragraphs in letters larger than those of the text, the largest first, and
// the title: the largest on the first page.
func markHeadings(paragraphs []paragraph, body float64) {
	const larger, longest, deepest = 1.12, 60, 6
	isHeading := func(p paragraph) bool {
		return p.part.Kind == part.Paragraph && !p.part.Furniture && p.size > larger*body && utf8.RuneCountInString(p.part.Text) <= longest
	}
	var sizes []float64
	for _, p := range paragraphs {
		if isHeading(p) && !slices.ContainsFunc(sizes, func(s float64) bool { return math.Abs(s-p.size) < 0.05*body }) {
			sizes = append(sizes, p.size)
		}
	}
	slices.SortFunc(sizes, func(a, b float64) int { return compare(b, a) })
	titled := false
	for i := range paragraphs {
		p := &paragraphs[i]
		if !isHeading(*p) {
			continue
		}
		rank := slices.IndexFunc(sizes, func(s float64) bool { return p.size > s-0.05*body })
		p.part.Heading = min(rank+1, deepest)
		if rank == 0 && p.page == 0 && !titled {
			p.part.Title, titled = true, true
		}
	}
}
