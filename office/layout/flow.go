package layout

import (
	"math"

	"luoshi/office/paper"
	"luoshi/office/shape"
)

// setter is a document while it is set. Text stands on lines of the grid; what is no text moves the place on by as much as
// it needs, and text goes on at the next line of the grid.
type setter struct {
	metrics  Metrics
	pages    []Page
	headings []Heading
	area     area
	turned   bool
	y        float64 // how far the area is filled

	unnumbered bool // the first page has no number
}

// page is the one that is set at the moment.
func (s *setter) page() *Page { return &s.pages[len(s.pages)-1] }

func (s *setter) newPage(turned bool) {
	p := Page{Width: paperWidth, Height: paperHeight}
	if turned {
		p.Width, p.Height = p.Height, p.Width
	}
	s.pages, s.turned, s.area, s.y = append(s.pages, p), turned, areaOf(turned), 0
}

// turn goes on at a page of the other direction, if it must.
func (s *setter) turn(turned bool) {
	switch {
	case s.turned == turned:
	case s.y == 0 && len(s.pages) > 0:
		s.pages = s.pages[:len(s.pages)-1]
		s.newPage(turned)
	default:
		s.newPage(turned)
	}
}

// left is the room that the page still has.
func (s *setter) left() float64 { return s.area.height - s.y }

const dust = .01 // of a millimetre, that sums of lengths are wrong by at most

// need begins a page if this one has not so much room left. A page that is empty has to do.
func (s *setter) need(height float64) {
	if s.left()+dust < height && s.y > 0 {
		s.newPage(s.turned)
	}
}

// snap goes on to the next line of the grid.
func (s *setter) snap() {
	s.y = math.Ceil(s.y/pitch-dust) * pitch
}

// skip leaves lines empty, unless the page begins here.
func (s *setter) skip(lines int) {
	if s.y > 0 {
		s.y += float64(lines) * pitch
	}
}

// endLines are the lines of a text that go with what may not stand on a page alone.
const endLines = 2

// form is how a paragraph stands between the edges.
type form struct {
	indent  float64 // of its first line
	hanging float64 // of the others
	right   float64 // what is left free at the right
	align   align
	height  float64 // of a line; 0 is a line of the grid
	beneath float64 // room that its last lines need beneath them on their page
}

type align int

const (
	justified align = iota
	centred
	toLeft
	toRight
)

// paragraph sets characters as lines down the page.
func (s *setter) paragraph(all []glyph, f form) {
	if f.height == 0 {
		f.height = pitch
		s.snap()
	}
	lines := broken(all, s.area.width-f.indent-f.right, s.area.width-f.hanging-f.right)
	for i, line := range lines {
		s.need(f.height)
		if ending := float64(len(lines)-i) * f.height; i == max(0, len(lines)-endLines) && f.beneath > 0 {
			s.need(ending + f.beneath)
		}
		indent := f.hanging
		if i == 0 {
			indent = f.indent
		}
		s.line(line, f, indent, i == len(lines)-1)
		s.y += f.height
	}
}

// line sets a line at the place that has been reached.
func (s *setter) line(line []glyph, f form, indent float64, last bool) {
	room := s.area.width - indent - f.right
	x := s.area.left + indent
	switch {
	case f.align == centred:
		x += (room - breadth(line)) / 2
	case f.align == toRight:
		x += room - breadth(line)
	case f.align == justified && !last:
		line = stretched(line, room)
	}
	if len(line) > 0 {
		s.page().put(line, shape.At(x, s.area.top+s.y+footing(f.height, line[0].style.Size)))
	}
}

// body sets the blocks. A paragraph that ends it goes on to the page of what stands beneath, with its last lines.
func (s *setter) body(blocks []paper.Block, beneath float64) error {
	for i, b := range blocks {
		switch b.Kind {
		case paper.Heading:
			s.turn(false)
			s.heading(b, blocks[i+1:])
		case paper.Paragraph:
			s.turn(false)
			f := form{indent: 2 * cell}
			if i == len(blocks)-1 {
				f.beneath = beneath
			}
			s.paragraph(s.glyphs(b.Runs, bodyStyle), f)
		case paper.Tabular:
			s.turn(b.Table.Wide)
			s.table(b.Table)
		case paper.Graphic:
			s.turn(false)
			if err := s.chart(*b.Chart); err != nil {
				return err
			}
		}
	}
	return nil
}

// following is how many lines of what follows a heading must stand on its page.
var following = map[paper.Kind]int{paper.Heading: 2, paper.Paragraph: 1, paper.Tabular: 4, paper.Graphic: 9}

// heading sets a heading, on a page that has room for the beginning of what follows it.
func (s *setter) heading(b paper.Block, next []paper.Block) {
	style := headingStyles[min(max(b.Level, 1), len(headingStyles))-1]
	keep := 0
	if len(next) > 0 && (next[0].Table == nil || !next[0].Table.Wide) {
		keep = following[next[0].Kind]
	}
	s.snap()
	all := s.glyphs(b.Runs, style)
	s.need(pitch * float64(len(broken(all, s.area.width-2*cell, s.area.width))+keep))
	s.headings = append(s.headings, Heading{b.Level, b.String(), len(s.pages) - 1, s.area.top + s.y})
	s.paragraph(all, form{indent: 2 * cell, align: toLeft})
}
