package atlas

import (
	"math"
	"strconv"
	"strings"

	"github.com/paulmach/orb"
)

// Drawing is a sheet on paper. Lengths are in its own unit, of which Width is chosen.
type Drawing struct {
	Width, Height float64
	Areas         []Outline // as those of the sheet
	place         func(orb.Point) (x, y float64)
}

// Outline is an area as it is drawn.
type Outline struct {
	Path string // of SVG
	X, Y float64
}

// tallest bounds the height of a drawing in its widths, so that a narrow district leaves room for what is said of it.
const tallest = 0.8

// Draw puts a sheet on paper of a width, with a margin around it. Longitudes are drawn as wide as they are in the middle
// of the sheet: that is true enough for a district.
func (s Sheet) Draw(width, margin float64) Drawing {
	b := s.bound()
	squeeze := math.Cos(b.Center()[1] * math.Pi / 180)
	wide, high := (b.Max[0]-b.Min[0])*squeeze, b.Max[1]-b.Min[1]
	if len(s.Areas) == 0 || wide <= 0 || high <= 0 {
		return Drawing{Width: width, Height: width / 2, place: func(orb.Point) (x, y float64) { return 0, 0 }}
	}
	inner := width - 2*margin
	scale := math.Min(inner/wide, tallest*width/high)
	left := margin + (inner-wide*scale)/2
	d := Drawing{Width: width, Height: high*scale + 2*margin}
	d.place = func(p orb.Point) (x, y float64) {
		return left + (p[0]-b.Min[0])*squeeze*scale, margin + (b.Max[1]-p[1])*scale
	}
	for _, a := range s.Areas {
		outline := Outline{Path: d.path(a.Shape)}
		outline.X, outline.Y = d.place(a.middle())
		d.Areas = append(d.Areas, outline)
	}
	return d
}

// Place is where a point is drawn; ok is false where it lies outside the paper.
func (d Drawing) Place(p Point) (x, y float64, ok bool) {
	x, y = d.place(orb.Point{p.Longitude, p.Latitude})
	return x, y, len(d.Areas) > 0 && x >= 0 && x <= d.Width && y >= 0 && y <= d.Height
}

// path is a shape as SVG writes it.
func (d Drawing) path(shape orb.MultiPolygon) string {
	var b strings.Builder
	for _, polygon := range shape {
		for _, ring := range polygon {
			for i, p := range ring[:len(ring)-1] {
				x, y := d.place(p)
				b.WriteString(map[bool]string{true: "M", false: "L"}[i == 0])
				b.WriteString(Length(x) + " " + Length(y))
			}
			b.WriteString("Z")
		}
	}
	return b.String()
}

// Length is a length as SVG writes it, to a tenth.
func Length(x float64) string { return strconv.FormatFloat(math.Round(x*10)/10, 'f', -1, 64) }
