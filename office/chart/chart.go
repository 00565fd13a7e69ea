// Package chart draws the charts of official documents as a few lines, areas and words, so that every format that can draw
// shows the same: as SVG here, as vectors in a PDF and an OFD. Bars begin at nought. Series differ by pattern and mark as
// well as by colour, for papers are printed in black.
package chart

import (
	"fmt"
	"strconv"

	"luoshi/office/chart/axis"
	"luoshi/office/paper"
	"luoshi/office/shape"
)

// The measures of a chart, in millimetres.
const (
	letter    = 3.2 // size of all words
	leading   = 4.2 // from one line of them to the next
	gap       = 1.5 // between words and what they belong to
	plotting  = 52  // height of the part with the series
	hairline  = .15
	ruling    = .3
	outline   = .25
	lineWidth = .5
)

// Draw draws a chart on a strip of paper so many millimetres wide; the height follows. Its caption is not part of it.
func Draw(c paper.Chart, width float64) (Drawing, error) {
	p := &plot{chart: c, drawing: Drawing{Width: width}}
	if err := p.read(); err != nil {
		return Drawing{}, err
	}
	p.frame()
	p.axes()
	if c.Kind == paper.Bars {
		p.bars()
	} else {
		p.lines()
	}
	return p.drawing, nil
}

// plot is a chart while it is drawn.
type plot struct {
	chart                    paper.Chart
	values                   [][]value // of each series
	axis                     axis.Axis
	left, right, top, bottom float64 // of the part with the series
	drawing                  Drawing
}

// value is a figure's place on the axis, if there is a figure.
type value struct {
	known bool
	at    float64
}

// read makes numbers of the figures.
func (p *plot) read() error {
	var all []float64
	if p.chart.Kind == paper.Bars {
		all = append(all, 0)
	}
	for _, s := range p.chart.Series {
		if len(s.Values) > len(p.chart.Labels) {
			return fmt.Errorf("draw chart %q: series %q has %d values at %d labels", p.chart.Caption, s.Name, len(s.Values), len(p.chart.Labels))
		}
		row := make([]value, len(p.chart.Labels))
		for i, text := range s.Values {
			if text == "" {
				continue
			}
			at, err := strconv.ParseFloat(text, 64)
			if err != nil {
				return fmt.Errorf("draw chart %q: %q of series %q is no decimal", p.chart.Caption, text, s.Name)
			}
			row[i] = value{true, at}
			all = append(all, at)
		}
		p.values = append(p.values, row)
	}
	p.axis = axis.Cover(all)
	return nil
}

// frame finds the places of the parts: the measure and the names of the series above, the ticks at the left, labels below.
func (p *plot) frame() {
	for _, tick := range p.axis.Ticks() {
		p.left = max(p.left, breadth(p.axis.Label(tick))+gap)
	}
	p.right = p.drawing.Width - gap
	p.top = p.head() + leading
	p.bottom = p.top + plotting
	lines := 1
	for _, label := range p.chart.Labels {
		lines = max(lines, len(wrap(label, p.slot()-gap/2)))
	}
	p.drawing.Height = p.bottom + gap + float64(lines)*leading
}

// head writes the measure, and the names of several series, and is where the last line of them ends.
func (p *plot) head() float64 {
	x, y := 0.0, letter
	if p.chart.Measure != "" {
		text := words["measure"] + p.chart.Measure
		p.drawing.text(shape.At(x, y), Start, text)
		x = breadth(text) + 2*leading
	}
	if len(p.chart.Series) < 2 {
		return y + gap
	}
	for i, s := range p.chart.Series {
		wide := leading + gap + breadth(s.Name) + leading
		if x > 0 && x+wide > p.drawing.Width {
			x, y = 0, y+leading
		}
		p.sample(i, x, y)
		p.drawing.text(shape.At(x+leading+gap, y), Start, s.Name)
		x += wide
	}
	return y + gap
}

// sample shows what a series looks like, beside its name.
func (p *plot) sample(series int, x, y float64) {
	if p.chart.Kind == paper.Bars {
		p.fill(series, x, y-.8*letter, x+leading, y)
		return
	}
	middle := y - .35*letter
	p.drawing.line(shape.At(x, middle), shape.At(x+leading, middle), looks[series%len(looks)].ink, lineWidth)
	p.mark(series, shape.At(x+leading/2, middle))
}

// slot is the room that one label has.
func (p *plot) slot() float64 { return (p.right - p.left) / float64(max(1, len(p.chart.Labels))) }

// x is the middle of a label's room.
func (p *plot) x(label int) float64 { return p.left + (float64(label)+.5)*p.slot() }

func (p *plot) y(v float64) float64 { return p.bottom - p.axis.Share(v)*(p.bottom-p.top) }

// axes draws the lines of the ticks, nought stronger than the others, and the labels.
func (p *plot) axes() {
	for _, tick := range p.axis.Ticks() {
		y, ink, thick := p.y(tick), shape.Grey, hairline
		if tick == 0 || tick == p.axis.Low && p.axis.Low > 0 {
			ink, thick = shape.Black, ruling
		}
		p.drawing.line(shape.At(p.left, y), shape.At(p.right, y), ink, thick)
		p.drawing.text(shape.At(p.left-gap/2, y+.35*letter), End, p.axis.Label(tick))
	}
	for i, label := range p.chart.Labels {
		for n, line := range wrap(label, p.slot()-gap/2) {
			p.drawing.text(shape.At(p.x(i), p.bottom+gap/2+float64(n)*leading+letter), Middle, line)
		}
	}
}
