package chart

import (
	"fmt"
	"html"
	"strings"

	"luoshi/office/paper"
	"luoshi/office/shape"
)

// SVG is a chart as an element of a page, as wide as the page's text at most. The id is unique on its page: title and
// description carry it. Colours are attributes, so that a page whose policy forbids styles shows them.
func SVG(c paper.Chart, id string) (string, error) {
	const width = 156
	d, err := Draw(c, width)
	if err != nil {
		return "", err
	}
	var s strings.Builder
	id = html.EscapeString(id)
	fmt.Fprintf(&s, `<svg xmlns="http://www.w3.org/2000/svg" class="paper-chart" viewBox="0 0 %s %s" role="img" aria-labelledby="%s-title %s-desc">`,
		number(d.Width), number(d.Height), id, id)
	fmt.Fprintf(&s, `<title id="%s-title">%s</title><desc id="%s-desc">%s</desc>`, id, html.EscapeString(c.Caption), id, html.EscapeString(Told(c)))
	for _, p := range d.Paths {
		draw(&s, p)
	}
	for _, l := range d.Labels {
		fmt.Fprintf(&s, `<text x="%s" y="%s" font-size="%s" text-anchor="%s">%s</text>`,
			number(l.At.X), number(l.At.Y), number(l.Size), l.Anchor, html.EscapeString(l.Text))
	}
	s.WriteString(`</svg>`)
	return s.String(), nil
}

func draw(s *strings.Builder, path shape.Path) {
	s.WriteString(`<path d="`)
	for i, p := range path.Points {
		step := "L"
		if i == 0 {
			step = "M"
		}
		s.WriteString(step + number(p.X) + " " + number(p.Y))
	}
	if path.Closed {
		s.WriteString("Z")
	}
	fill := path.Fill
	if fill == "" {
		fill = "none"
	}
	fmt.Fprintf(s, `" fill="%s" stroke="%s" stroke-width="%s"/>`, fill, path.Stroke, number(path.Thick))
}

// number is a length in hundredths of a millimetre.
func number(v float64) string { return shape.Number(v, 2) }
