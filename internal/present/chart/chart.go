// Package chart draws an indicator's targets and results over the years, as SVG that carries no style of
// its own: a page or a printed report says how the classes look. Figures become binary fractions here
// and nowhere else, to find their places on the paper; what is written stays as it was printed.
package chart

import (
	"fmt"
	"html"
	"math"
	"strconv"
	"strings"

	"luoshi/office/chart/axis"
	"luoshi/reading/numeral"
)

// Text is a label in both languages.
type Text struct{ ZH, EN string }

// Point is one year.
type Point struct {
	Year           int
	Target, Result *numeral.Decimal // nil where nothing was said
	Missed         bool
}

// Chart is one indicator. The texts are for those who see it and, as its title and description, for
// those who have it read to them.
type Chart struct {
	ID          string // unique on its page; ties the title and the description to the chart
	Title, Desc Text
	Unit        Text
	Points      []Point // by year
}

// The paper, in units of the viewBox.
const (
	width, height            = 720.0, 268.0
	left, right, top, bottom = 64.0, 16.0, 36.0, 30.0
	mostYears                = 24 // labels on the horizontal axis
)

// SVG is the drawing. Words are in Chinese, with both languages beside them for a script to choose from.
func (c *Chart) SVG() string {
	d := &drawing{chart: c, axis: axis.Cover(c.values())}
	d.printf(`<svg class="chart" viewBox="0 0 %g %g" role="img" aria-labelledby="%s-title %s-desc">`, width, height, c.ID, c.ID)
	d.printf(`<title id="%s-title"%s</title><desc id="%s-desc"%s</desc>`, c.ID, spoken(c.Title), c.ID, spoken(c.Desc))
	d.axes()
	d.targets()
	d.results()
	d.printf(`</svg>`)
	return d.out.String()
}

func (c *Chart) values() []float64 {
	var values []float64
	for _, p := range c.Points {
		for _, d := range []*numeral.Decimal{p.Target, p.Result} {
			if d != nil {
				values = append(values, approximate(d))
			}
		}
	}
	return values
}

// approximate is the binary fraction next to a figure, for drawing.
func approximate(d *numeral.Decimal) float64 {
	f, _ := d.Rat().Float64()
	return f
}

// spoken ends a start tag with both languages as attributes and writes the Chinese.
func spoken(t Text) string {
	return fmt.Sprintf(` data-zh="%s" data-en="%s">%s`, html.EscapeString(t.ZH), html.EscapeString(t.EN), html.EscapeString(t.ZH))
}

// drawing is a chart while it is drawn.
type drawing struct {
	chart *Chart
	axis  axis.Axis
	out   strings.Builder
}

func (d *drawing) printf(format string, args ...any) { fmt.Fprintf(&d.out, format, args...) }

// x is the middle of a year.
func (d *drawing) x(year int) float64 {
	return left + (float64(year-d.first())+.5)*d.pitch()
}

// pitch is the room that one year has.
func (d *drawing) pitch() float64 {
	return (width - left - right) / float64(d.last()-d.first()+1)
}

func (d *drawing) first() int { return d.chart.Points[0].Year }

func (d *drawing) last() int { return d.chart.Points[len(d.chart.Points)-1].Year }

func (d *drawing) y(v float64) float64 {
	return height - bottom - d.axis.Share(v)*(height-top-bottom)
}

// axes draws the lines with their labels: values at the left, years below, the unit above.
func (d *drawing) axes() {
	for _, tick := range d.axis.Ticks() {
		y := d.y(tick)
		class := "line"
		if tick == 0 {
			class = "line nought"
		}
		d.printf(`<line class="%s" x1="%g" x2="%g" y1="%.1f" y2="%.1f"/>`, class, left, width-right, y, y)
		d.printf(`<text class="tick" x="%g" y="%.1f" text-anchor="end">%s</text>`, left-8, y+4, d.axis.Label(tick))
	}
	d.printf(`<text class="unit" x="%g" y="14" text-anchor="start"%s</text>`, 8.0, spoken(d.chart.Unit))
	every := (d.last()-d.first())/mostYears + 1
	for year := d.first(); year <= d.last(); year++ {
		if (d.last()-year)%every == 0 {
			class := "tick"
			if (d.last()-year)%(every*d.sparse(every)) != 0 {
				class += " spare"
			}
			d.printf(`<text class="%s" x="%.1f" y="%g" text-anchor="middle">%s</text>`, class, d.x(year), height-10, d.yearLabel(year, every))
		}
	}
}

// sparse tells which of the labelled years a small screen has room for: each of so many.
func (d *drawing) sparse(every int) int {
	const room = 64 // of a year in large letters
	return int(math.Ceil(room / (d.pitch() * float64(every))))
}

// yearLabel shortens years where they stand close, but never the first that is named.
func (d *drawing) yearLabel(year, every int) string {
	if d.pitch()*float64(every) < 34 && year-every >= d.first() {
		return fmt.Sprintf("%02d", year%100)
	}
	return strconv.Itoa(year)
}

// targets draws a step as wide as its year for each target, with a hollow circle in the middle.
func (d *drawing) targets() {
	for _, p := range d.chart.Points {
		if p.Target == nil {
			continue
		}
		x, y, half := d.x(p.Year), d.y(approximate(p.Target)), d.pitch()*.42
		d.printf(`<line class="step" x1="%.1f" x2="%.1f" y1="%.1f" y2="%.1f"/>`, x-half, x+half, y, y)
		d.printf(`<circle class="target" cx="%.1f" cy="%.1f" r="%.1f"/>`, x, y, d.size())
	}
}

// results draws a line through the years that follow each other, and on it a dot for a year that kept
// its target and a cross for one that missed it.
func (d *drawing) results() {
	path, before := "", 0
	for _, p := range d.chart.Points {
		if p.Result == nil {
			continue
		}
		step := "L"
		if path == "" || p.Year != before+1 {
			step = "M"
		}
		path += fmt.Sprintf("%s%.1f %.1f", step, d.x(p.Year), d.y(approximate(p.Result)))
		before = p.Year
	}
	if path != "" {
		d.printf(`<path class="result" d="%s"/>`, path)
	}
	for _, p := range d.chart.Points {
		if p.Result == nil {
			continue
		}
		x, y, r := d.x(p.Year), d.y(approximate(p.Result)), d.size()
		if p.Missed {
			d.printf(`<path class="missed" d="M%.1f %.1fL%.1f %.1fM%.1f %.1fL%.1f %.1f"/>`, x-r, y-r, x+r, y+r, x-r, y+r, x+r, y-r)
			continue
		}
		d.printf(`<circle class="dot" cx="%.1f" cy="%.1f" r="%.1f"/>`, x, y, r*.72)
	}
}

// size is the radius of the marks, smaller where years stand close.
func (d *drawing) size() float64 { return min(5, max(3, d.pitch()*.22)) }
