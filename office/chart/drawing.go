package chart

import "luoshi/office/shape"

// Drawing is a chart drawn: paths and, over them, words, in millimetres from its upper left corner.
type Drawing struct {
	Width, Height float64
	Paths         []shape.Path
	Labels        []Label
}

// Label is a piece of text.
type Label struct {
	Text   string
	At     shape.Point // where its foot is
	Size   float64
	Anchor Anchor
	Figure string // key of the figure that it prints; empty for words
}

// Anchor is which part of a label stands at its point.
type Anchor string

// The anchors, in the words of SVG.
const (
	Start  Anchor = "start"
	Middle Anchor = "middle"
	End    Anchor = "end"
)

func (d *Drawing) line(from, to shape.Point, ink shape.Ink, thick float64) {
	d.Paths = append(d.Paths, shape.Line(from, to, ink, thick))
}

func (d *Drawing) text(at shape.Point, anchor Anchor, text string) {
	d.Labels = append(d.Labels, Label{Text: text, At: at, Size: letter, Anchor: anchor})
}

// figure prints a figure of a series in the middle of a place.
func (p *plot) figure(series, label int, at shape.Point) {
	s := p.chart.Series[series]
	p.drawing.text(at, Middle, s.Values[label])
	if label < len(s.Keys) {
		p.drawing.Labels[len(p.drawing.Labels)-1].Figure = s.Keys[label]
	}
}
