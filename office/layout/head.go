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
	if h.Urgency != "" {
		s.paragraph(s.said(h.Urgency, blackStyle), form{align: toLeft})
	}
	if h.Plain() {
		s.number(h, toRight)
		s.y += pitch
		return
	}
	const fromTop, largest, widest = 35, 15, areaWidth - 6
	if h.Organ != "" {
		s.y = fromTop
		mark := plain(font.Song, min(largest, widest/float64(utf8.RuneCountInString(h.Organ))))
		mark.Ink = shape.Red
		s.paragraph(s.said(h.Organ, mark), form{align: centred, height: mark.Size})
	}
	if h.Issue != "" {
		s.y += pitch
		s.paragraph(s.said(h.Issue, bodyStyle), form{align: centred, height: pitch})
	} else {
		s.y += 2 * pitch
	}
	s.number(h, centred)
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

// title sets title, subtitle and speaker, and whom the document addresses.
func (s *setter) title(d paper.Document) {
	for _, line := range balanced(whole(s.said(d.Title, titleStyle)), s.area.width-2*cell) {
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
