// Package shape is what can be drawn on a page besides text: lines and areas, in millimetres from the page's upper left
// corner.
package shape

import (
	"strconv"
	"strings"
)

// Point is a place on the page.
type Point struct{ X, Y float64 }

// At is a place on the page.
func At(x, y float64) Point { return Point{x, y} }

// Ink is a colour as #rrggbb; empty is none.
type Ink string

// The inks that documents are printed in.
const (
	Black Ink = "#000000"
	White Ink = "#ffffff"
	Red   Ink = "#e60012"
	Grey  Ink = "#bfbfbf"
)

// RGB are the parts of the colour, from 0 to 255; an ink that is none is black.
func (i Ink) RGB() (r, g, b int) {
	if len(i) != len(Black) {
		return 0, 0, 0
	}
	return channel(i[1:3]), channel(i[3:5]), channel(i[5:7])
}

func channel(digits Ink) int {
	v := 0
	for _, d := range []byte(digits) {
		v *= 16
		switch {
		case d >= '0' && d <= '9':
			v += int(d - '0')
		case d >= 'a' && d <= 'f':
			v += int(d-'a') + 10
		}
	}
	return v
}

// Path is a line through points, or an area within them.
type Path struct {
	Points []Point
	Closed bool
	Fill   Ink
	Stroke Ink
	Thick  float64 // of the stroke
}

// Line is a straight line.
func Line(from, to Point, ink Ink, thick float64) Path {
	return Path{Points: []Point{from, to}, Stroke: ink, Thick: thick}
}

// Box is a rectangle without ink.
func Box(left, top, right, bottom float64) Path {
	return Path{Points: []Point{{left, top}, {right, top}, {right, bottom}, {left, bottom}}, Closed: true}
}

// Moved is the path elsewhere on the page.
func (p Path) Moved(x, y float64) Path {
	points := make([]Point, len(p.Points))
	for i, at := range p.Points {
		points[i] = Point{at.X + x, at.Y + y}
	}
	p.Points = points
	return p
}

// Number is a length as text, of so many places at most and without zeros that say nothing.
func Number(v float64, places int) string {
	text := strconv.FormatFloat(v, 'f', places, 64)
	if strings.Contains(text, ".") {
		text = strings.TrimRight(strings.TrimRight(text, "0"), ".")
	}
	if text == "-0" {
		return "0"
	}
	return text
}
