package layout

import (
	"strings"
	"unicode/utf8"

	"luoshi/office/font"
	"luoshi/office/paper"
	"luoshi/office/shape"
)

// head sets what stands above the title: the organ in red, the number beneath it, and the red rule.
func (s *setter) head(h paper.Head) {
	if h.Empty() {
		return
	}
	if h.Letter {
		s.letter(h)
		return
	}
	if h.Urgency != "" {
		s.paragraph(s.said(h.Urgency, blackStyle), form{align: toLeft})
	}
	if h.Plain() {
		s.number(h, toRight)
		s.y += pitch
		return
	}
	const fromTop = 35
	if h.Organ != "" {
		s.y = fromTop
		mark := organStyle(h.Organ)
		s.paragraph(s.said(h.Organ, mark), form{align: centred, height: mark.Size})
	}
	if h.Issue != "" {
		s.y += pitch
		s.paragraph(s.said(h.Issue, bodyStyle), form{align: centred, height: pitch})
	} else {
		s.y += 2 * pitch
	}
	s.number(h, centred)
	s.edited(h)
	const toRule, thick = 4, .7
	y := s.area.top + s.y + toRule
	p := s.page()
	p.Paths = append(p.Paths, shape.Line(shape.At(s.area.left, y), shape.At(s.area.left+s.area.width, y), shape.Red, thick))
	s.y += toRule
	s.snap()
	s.y += 2 * pitch
}

// number sets the number at its place, or at the left where a signer stands at the right.
func (s *setter) number(h paper.Head, place align) {
	own := form{align: place, height: pitch}
	if h.Number == "" && h.Signer == "" {
		return
	}
	if h.Signer == "" {
		s.paragraph(s.said(h.Number, bodyStyle), own)
		return
	}
	own.align = toLeft
	s.line(s.said(h.Number, bodyStyle), own, cell, true)
	signer := append(s.said(strings.TrimSuffix(h.SignerLine(), h.Signer), bodyStyle), s.said(h.Signer, kaiStyle)...)
	s.line(signer, form{align: toRight, height: pitch, right: cell}, 0, true)
	s.y += pitch
}

// edited sets who edits a bulletin at the left and its day at the right, a line above the rule.
func (s *setter) edited(h paper.Head) {
	if h.Office == "" && h.On == "" {
		return
	}
	s.y += pitch
	s.line(s.said(h.Office, bodyStyle), form{align: toLeft, height: pitch}, cell, true)
	s.line(s.said(h.On, bodyStyle), form{align: toRight, right: cell, height: pitch}, 0, true)
	s.y += pitch
}

// letter sets the head of a letter: the organ 30 mm beneath the upper edge of the page and a red double rule beneath it,
// the thick line above; urgency at the left and the number at the right under it. At the foot of the page another one
// stands the other way round.
func (s *setter) letter(h paper.Head) {
	const fromEdge, toRule, toFoot, thick, thin, gap = 30, 4, 20, .7, .25, .5
	if h.Organ != "" {
		s.y = fromEdge - s.area.top
		mark := organStyle(h.Organ)
		s.paragraph(s.said(h.Organ, mark), form{align: centred, height: mark.Size})
	}
	y := s.area.top + s.y + toRule
	s.redRule(y, thick)
	s.redRule(y+gap+thick/2, thin)
	s.redRule(paperHeight-toFoot, thick)
	s.redRule(paperHeight-toFoot-gap-thick/2, thin)
	s.unnumbered = true
	s.y += toRule + gap
	if h.Urgency != "" || h.Number != "" {
		s.y += pitch / 2
		s.line(s.said(h.Urgency, blackStyle), form{align: toLeft, height: pitch}, 0, true)
		s.line(s.said(h.Number, bodyStyle), form{align: toRight, height: pitch}, 0, true)
		s.y += pitch
	}
	s.snap()
	s.y += pitch
}

// redRule draws a line of a letter's double rule, which is wider than the text.
func (s *setter) redRule(y, thick float64) {
	const wide = 170
	left := (paperWidth - wide) / 2.0
	p := s.page()
	p.Paths = append(p.Paths, shape.Line(shape.At(left, y), shape.At(left+wide, y), shape.Red, thick))
}

// organStyle is the red type of an organ, as large as one line allows.
func organStyle(organ string) Style {
	const largest, widest = 15, areaWidth - 6
	mark := plain(font.Song, min(largest, widest/float64(utf8.RuneCountInString(organ))))
	mark.Ink = shape.Red
	return mark
}

// title sets title, subtitle and speaker, and whom the document addresses.
func (s *setter) title(d paper.Document) {
	name := whole(s.said(d.Title, titleStyle))
	room := s.area.width - 2*cell // that several lines are known for a title, they do not reach the edges
	if breadth(name) <= s.area.width {
		room = s.area.width
	}
	for _, line := range balanced(name, room) {
		s.paragraph(line, form{align: centred})
	}
	for _, text := range []string{d.Subtitle, d.Speaker} {
		for _, line := range balanced(whole(s.said(text, kaiStyle)), s.area.width-2*cell) {
			s.paragraph(line, form{align: centred})
		}
	}
	s.skip(1)
	if d.Addressee != "" {
		s.paragraph(s.said(d.Addressee, bodyStyle), form{})
	}
}
