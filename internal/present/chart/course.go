package chart

import (
	"fmt"
	"html"
	"strings"

	"luoshi/office/chart/axis"
	"luoshi/reading/numeral"
)

// Course is a year of one figure: the path that leads to what was promised, what was reached on it, how the year before
// went, and what the end of the year will probably be. Every line is told from the others by its shape as well.
type Course struct {
	ID                string // unique on its page; ties the title and the description to the chart
	Title, Desc, Unit string
	Periods           []Period // in order
	Forecast          *Range
}

// Period is one period of the year. What was not said of it is nil.
type Period struct {
	Label  string // below the axis
	Path   *numeral.Decimal
	Actual *numeral.Decimal
	Before *numeral.Decimal // of the year before
	Behind bool             // Actual is worse than Path
}

// Range is an estimate of the last period.
type Range struct{ Value, Low, High *numeral.Decimal }

// SVG is the drawing.
func (c *Course) SVG() string {
	d := &courseDrawing{course: c, axis: axis.Cover(c.values())}
	d.printf(`<svg class="course" viewBox="0 0 %g %g" role="img" aria-labelledby="%s-title %s-desc">`, width, height, c.ID, c.ID)
	d.printf(`<title id="%s-title">%s</title><desc id="%s-desc">%s</desc>`,
		c.ID, html.EscapeString(c.Title), c.ID, html.EscapeString(c.Desc))
	d.axes()
	d.forecast()
	d.line("before", func(p Period) *numeral.Decimal { return p.Before })
	d.line("path", func(p Period) *numeral.Decimal { return p.Path })
	d.line("actual", func(p Period) *numeral.Decimal { return p.Actual })
	d.points()
	d.printf(`</svg>`)
	return d.out.String()
}

// Empty tells whether there is nothing to draw.
func (c *Course) Empty() bool { return len(c.values()) == 0 }

func (c *Course) values() []float64 {
	var values []float64
	add := func(all ...*numeral.Decimal) {
		for _, v := range all {
			if v != nil {
				values = append(values, approximate(v))
			}
		}
	}
	for _, p := range c.Periods {
		add(p.Path, p.Actual, p.Before)
	}
	if len(c.Periods) > 0 && c.Forecast != nil {
		add(c.Forecast.Value, c.Forecast.Low, c.Forecast.High)
	}
	return values
}

// courseDrawing is a course while it is drawn.
type courseDrawing struct {
	course *Course
	axis   axis.Axis
	out    strings.Builder
}

func (d *courseDrawing) printf(format string, args ...any) { fmt.Fprintf(&d.out, format, args...) }

// x is the end of a period: it is at its end that a figure is reached.
func (d *courseDrawing) x(i int) float64 {
	return left + float64(i+1)*d.pitch()
}

func (d *courseDrawing) pitch() float64 {
	return (width - left - right - 8) / float64(max(1, len(d.course.Periods)))
}

func (d *courseDrawing) y(v *numeral.Decimal) float64 { return d.height(approximate(v)) }

func (d *courseDrawing) height(v float64) float64 {
	return height - bottom - d.axis.Share(v)*(height-top-bottom)
}

func (d *courseDrawing) axes() {
	for _, tick := range d.axis.Ticks() {
		y := d.height(tick)
		class := "line"
		if tick == 0 {
			class = "line nought"
		}
		d.printf(`<line class="%s" x1="%g" x2="%g" y1="%.1f" y2="%.1f"/>`, class, left, width-right, y, y)
		d.printf(`<text class="tick" x="%g" y="%.1f" text-anchor="end">%s</text>`, left-8, y+4, d.axis.Label(tick))
	}
	d.printf(`<text class="unit" x="8" y="14" text-anchor="start">%s</text>`, html.EscapeString(d.course.Unit))
	every := (len(d.course.Periods)-1)/mostYears + 1
	for i, p := range d.course.Periods {
		if (i+1)%every != 0 {
			continue
		}
		class := "tick"
		if d.pitch() < 100 && ((i+1)/every)%3 != 0 { // a small screen has room for each third one
			class += " spare"
		}
		d.printf(`<text class="%s" x="%.1f" y="%g" text-anchor="middle">%s</text>`, class, d.x(i), height-10, html.EscapeString(p.Label))
	}
}

// line joins the figures of periods that follow each other.
func (d *courseDrawing) line(class string, of func(Period) *numeral.Decimal) {
	var path strings.Builder
	before := -2
	for i, p := range d.course.Periods {
		v := of(p)
		if v == nil {
			continue
		}
		step := "L"
		if before != i-1 {
			step = "M"
		}
		fmt.Fprintf(&path, "%s%.1f %.1f", step, d.x(i), d.y(v))
		before = i
	}
	if path.Len() > 0 {
		d.printf(`<path class="%s" d="%s"/>`, class, path.String())
	}
}

// points puts a dot on what was reached, and a cross where that is behind its path.
func (d *courseDrawing) points() {
	for i, p := range d.course.Periods {
		if p.Actual == nil {
			continue
		}
		x, y := d.x(i), d.y(p.Actual)
		if p.Behind {
			const r = 4.5
			d.printf(`<path class="missed" d="M%.1f %.1fL%.1f %.1fM%.1f %.1fL%.1f %.1f"/>`, x-r, y-r, x+r, y+r, x-r, y+r, x+r, y-r)
			continue
		}
		d.printf(`<circle class="dot" cx="%.1f" cy="%.1f" r="4"/>`, x, y)
	}
}

// forecast draws a band from what was reached last to the range of the end, and a diamond on the estimate itself.
func (d *courseDrawing) forecast() {
	f, end := d.course.Forecast, len(d.course.Periods)-1
	if f == nil || f.Value == nil || end < 0 {
		return
	}
	from := -1
	for i, p := range d.course.Periods {
		if p.Actual != nil {
			from = i
		}
	}
	x, y := d.x(end), d.y(f.Value)
	low, high := y, y
	if f.Low != nil && f.High != nil {
		low, high = d.y(f.Low), d.y(f.High)
	}
	if from >= 0 && from < end {
		x0, y0 := d.x(from), d.y(d.course.Periods[from].Actual)
		d.printf(`<path class="band" d="M%.1f %.1fL%.1f %.1fL%.1f %.1fZ"/>`, x0, y0, x, low, x, high)
		d.printf(`<path class="ahead" d="M%.1f %.1fL%.1f %.1f"/>`, x0, y0, x, y)
	}
	const r = 5.0
	d.printf(`<path class="estimate" d="M%.1f %.1fL%.1f %.1fL%.1f %.1fL%.1f %.1fZ"/>`, x, y-r, x+r, y, x, y+r, x-r, y)
}
