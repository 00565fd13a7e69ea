package layout

import (
	"strconv"

	"luoshi/office/paper"
	"luoshi/office/shape"
)

// annexes lists what is annexed, a line below the text; what does not fit on a line goes on beneath its name.
func (s *setter) annexes(lines []string) {
	if len(lines) == 0 {
		return
	}
	s.turn(false)
	s.skip(1)
	const begin, label = 2 * cell, 3 * cell
	hanging := begin + label
	if len(lines) > 1 {
		hanging += cell
	}
	for i, line := range lines {
		f := form{indent: begin + label, hanging: hanging}
		if i == 0 {
			f.indent = begin
		}
		s.paragraph(s.said(line, bodyStyle), f)
	}
}

// gap are the empty lines above a signature.
const gap = 2

// signing is the room that a signature needs beneath a text that it follows directly.
func signing(d paper.Document) float64 {
	if len(d.Annexes) > 0 || len(d.Signature) == 0 && d.Date == "" {
		return 0
	}
	return float64(gap+len(d.Signature)+1) * pitch
}

// signature sets who signs, one above the other with the date in their middle, four characters from the right.
func (s *setter) signature(names []string, date string) {
	if len(names) == 0 && date == "" {
		return
	}
	s.turn(false)
	day := s.said(date, bodyStyle)
	right, widest := 4*cell, 0.0
	for _, name := range names {
		widest = max(widest, breadth(s.said(name, bodyStyle)))
	}
	// The longest name stands two characters from the right at least.
	right = max(right, 2*cell+(widest-breadth(day))/2)
	s.snap()
	s.need(float64(gap+len(names)+1) * pitch)
	s.skip(gap)
	for _, name := range names {
		all := s.said(name, bodyStyle)
		s.paragraph(all, form{align: toRight, right: right + (breadth(day)-breadth(all))/2})
	}
	s.paragraph(day, form{align: toRight, right: right})
}

// foot sets what stands between rules at the end of the last page, which is the back of a sheet.
func (s *setter) foot(f paper.Foot) {
	if f.Empty() {
		return
	}
	s.turn(false)
	const outer, inner = .35, .25
	style, line := footStyle, footStyle.Size*1.6
	own := form{indent: style.Size, right: style.Size, height: line}
	const label = 3 // characters
	own.hanging = own.indent + label*style.Size
	copies := s.said(f.CopiesLine(), style)
	rows := 1
	if f.Copies != "" {
		rows += len(broken(copies, s.area.width-own.indent-own.right, s.area.width-own.hanging-own.right))
	}
	s.need(float64(rows) * line)
	if len(s.pages)%2 == 1 {
		s.newPage(false)
	}
	s.y = s.area.height - float64(rows)*line
	s.rule(outer)
	if f.Copies != "" {
		s.paragraph(copies, own)
		s.rule(inner)
	}
	s.line(s.said(f.Printer, style), form{align: toLeft, height: line}, style.Size, true)
	s.line(s.said(f.PrintedLine(), style), form{align: toRight, right: style.Size, height: line}, 0, true)
	s.y += line
	s.rule(outer)
}

// rule draws a black line across the area.
func (s *setter) rule(thick float64) {
	y := s.area.top + s.y
	p := s.page()
	p.Paths = append(p.Paths, shape.Line(shape.At(s.area.left, y), shape.At(s.area.left+s.area.width, y), shape.Black, thick))
}

// mark prints a word at the head of each page, as 送审稿 on a draft.
func (s *setter) mark(word string) {
	const above = 12 // the area
	for i := range s.pages {
		a := areaOf(s.pages[i].Width > s.pages[i].Height)
		line := s.said(word, markStyle)
		s.pages[i].put(line, shape.At(a.left+a.width-breadth(line), a.top-above))
	}
}

// numbers puts its number on each page, at the right of odd ones and at the left of even ones. On a turned page it stands
// where it stands on all others when they lie on each other. The first page of a letter has none.
func (s *setter) numbers() {
	const below = 7
	for i := range s.pages {
		if i == 0 && s.unnumbered {
			continue
		}
		p := &s.pages[i]
		line := s.said("\u2014 "+strconv.Itoa(i+1)+" \u2014", numberStyle)
		at := shape.At(marginLeft+numberStyle.Size, marginTop+areaHeight+below+footing(0, numberStyle.Size))
		if i%2 == 0 {
			at.X = marginLeft + areaWidth - numberStyle.Size - breadth(line)
		}
		turned := p.Width > p.Height
		if turned {
			at = shape.At(paperHeight-at.Y, at.X)
		}
		p.put(line, at)
		p.Texts[len(p.Texts)-1].Turned = turned
	}
}
