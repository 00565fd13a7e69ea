package layout

import (
	"luoshi/office/chart"
	"luoshi/office/font"
	"luoshi/office/paper"
	"luoshi/office/shape"
)

// chart draws a chart with its caption beneath it.
func (s *setter) chart(c paper.Chart) error {
	d, err := chart.Draw(c, s.area.width)
	if err != nil {
		return err
	}
	if s.y > 0 {
		s.y += afterAll
	}
	s.need(d.Height + captionStyle.Size*1.7)
	x, y := s.area.left, s.area.top+s.y
	p := s.page()
	for _, path := range d.Paths {
		p.Paths = append(p.Paths, path.Moved(x, y))
	}
	for _, l := range d.Labels {
		line := s.glyphs([]paper.Run{{Text: l.Text, Figure: l.Figure}}, plain(font.Fang, l.Size))
		at := shape.At(x+l.At.X, y+l.At.Y)
		switch l.Anchor {
		case chart.Middle:
			at.X -= breadth(line) / 2
		case chart.End:
			at.X -= breadth(line)
		case chart.Start:
		}
		p.put(line, at)
	}
	s.y += d.Height
	s.paragraph(s.said(c.Caption, captionStyle), form{align: centred, height: captionStyle.Size * 1.7})
	s.y += afterAll
	return nil
}
