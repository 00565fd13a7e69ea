package chart

import (
	"math"

	"luoshi/office/shape"
)

// look is how a series is told from the others.
type look struct {
	ink     shape.Ink
	pattern pattern
	corners int // of the mark on a line; 0 is round
}

// pattern is how a bar is filled: solid, or by slanting lines of one or both directions, or level ones.
type pattern struct{ solid, rising, falling, level bool }

var looks = []look{
	{"#1f4e79", pattern{solid: true}, 0},
	{"#c55a11", pattern{rising: true}, 4},
	{"#7f7f7f", pattern{solid: true}, 3},
	{"#385723", pattern{falling: true}, 6},
	{"#7030a0", pattern{rising: true, falling: true}, 5},
	{"#806000", pattern{level: true}, 8},
}

// bars draws a group of bars at each label, from nought up or down.
func (p *plot) bars() {
	const share = .7 // of the room, that bars take
	wide := min(14, p.slot()*share/float64(max(1, len(p.values))))
	apart := wide / 16
	for series, row := range p.values {
		for i, v := range row {
			left := p.x(i) + (float64(series)-float64(len(p.values))/2)*wide
			if !v.known {
				p.missing(left+wide/2, wide)
				continue
			}
			top, bottom := min(p.y(v.at), p.y(0)), max(p.y(v.at), p.y(0))
			p.fill(series, left+apart, top, left+wide-apart, bottom)
			text := p.chart.Series[series].Values[i]
			if breadth(text) > wide+p.slot()*(1-share)/float64(len(p.values)) {
				continue
			}
			y := top - gap/2
			if v.at < 0 {
				y = bottom + gap/2 + .75*letter
			}
			p.figure(series, i, shape.At(left+wide/2, y))
		}
	}
}

// missing says that there is no figure, in a word where there is room for it: an empty place looks like nought.
func (p *plot) missing(x, wide float64) {
	text := words["none"]
	if breadth(text) > wide {
		text = words["dash"]
	}
	p.drawing.text(shape.At(x, p.y(0)-gap/2), Middle, text)
}

// fill draws a bar, or a sample of one, in the look of its series.
func (p *plot) fill(series int, left, top, right, bottom float64) {
	l := looks[series%len(looks)]
	area := shape.Box(left, top, right, bottom)
	area.Fill, area.Stroke, area.Thick = shape.White, l.ink, outline
	if l.pattern.solid {
		area.Fill = l.ink
	}
	p.drawing.Paths = append(p.drawing.Paths, area)
	const every = 1.4
	if l.pattern.level {
		for y := top + every; y < bottom; y += every {
			p.drawing.line(shape.At(left, y), shape.At(right, y), l.ink, outline)
		}
	}
	for c := every; c < (right-left)+(bottom-top); c += every {
		// The line on which the ways from the left and from the upper edge add up to c, cut off at the edges.
		ahead, down := max(0, c-(bottom-top)), max(0, c-(right-left))
		if l.pattern.rising {
			p.drawing.line(shape.At(left+ahead, top+c-ahead), shape.At(left+c-down, top+down), l.ink, outline)
		}
		if l.pattern.falling {
			p.drawing.line(shape.At(right-ahead, top+c-ahead), shape.At(right-c+down, top+down), l.ink, outline)
		}
	}
}

// lines draws each series as a line, broken where a figure is missing, with a mark on each figure.
func (p *plot) lines() {
	for series, row := range p.values {
		var run []shape.Point
		for i := range len(row) + 1 {
			if i < len(row) && row[i].known {
				run = append(run, shape.At(p.x(i), p.y(row[i].at)))
				continue
			}
			if len(run) > 1 {
				p.drawing.Paths = append(p.drawing.Paths, shape.Path{Points: run, Stroke: looks[series%len(looks)].ink, Thick: lineWidth})
			}
			run = nil
		}
		for i, v := range row {
			if v.known {
				p.point(series, i, v)
			}
		}
	}
}

// point marks a figure, and prints it where nothing else would be in its way.
func (p *plot) point(series, label int, v value) {
	at := shape.At(p.x(label), p.y(v.at))
	p.mark(series, at)
	text := p.chart.Series[series].Values[label]
	if len(p.values) == 1 && breadth(text) < p.slot() {
		p.figure(series, label, shape.At(at.X, at.Y-gap))
	}
}

// mark draws a series' mark, a polygon of its own number of corners.
func (p *plot) mark(series int, at shape.Point) {
	const radius, round = 1.1, 16
	l := looks[series%len(looks)]
	corners := l.corners
	if corners == 0 {
		corners = round
	}
	var points []shape.Point
	for i := range corners {
		sin, cos := math.Sincos(2 * math.Pi * float64(i) / float64(corners))
		points = append(points, shape.At(at.X+radius*sin, at.Y-radius*cos))
	}
	fill := shape.White
	if l.pattern.solid {
		fill = l.ink
	}
	p.drawing.Paths = append(p.drawing.Paths, shape.Path{Points: points, Closed: true, Fill: fill, Stroke: l.ink, Thick: outline})
}
