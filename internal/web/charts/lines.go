package charts

import (
	"cmp"
	"fmt"
	"html"
	"slices"
	"strings"

	"luoshi/internal/web/page"
	"luoshi/ledger"
	"luoshi/ledger/reporting"
	"luoshi/office/chart/axis"
)

// Line is the figures of one of several that are compared through time.
type Line struct {
	Name   string
	Own    bool // it is drawn stronger than the others
	Values map[reporting.Period]ledger.Decimal
}

// Lines are figures of several through time as lines, each with its name at its end.
type Lines struct {
	ID, Title, Desc, Unit string
	Lines                 []Line
}

// The paper of lines, in units of the viewBox.
const (
	paperWidth, paperHeight = 720.0, 300.0
	fromLeft, fromRight     = 56.0, 150.0
	fromTop, fromBottom     = 28.0, 28.0
	nameHeight              = 15.0
)

// periods are those of which anything is known, in time.
func (l Lines) periods() []reporting.Period {
	var all []reporting.Period
	for _, line := range l.Lines {
		for p := range line.Values {
			if !slices.Contains(all, p) {
				all = append(all, p)
			}
		}
	}
	slices.SortFunc(all, func(a, b reporting.Period) int {
		x, y := a.Span(), b.Span()
		return cmp.Or(y.To.DaysTo(x.To), x.From.DaysTo(y.From))
	})
	return all
}

// place is a figure on the paper.
type place struct{ x, y float64 }

// SVG is the drawing; empty where there is nothing to draw.
func (l Lines) SVG(v page.View) string {
	periods := l.periods()
	if len(periods) == 0 {
		return ""
	}
	var values []float64
	for _, line := range l.Lines {
		for _, d := range line.Values {
			values = append(values, near(d))
		}
	}
	scale := axis.Cover(values)
	y := func(value float64) float64 {
		return paperHeight - fromBottom - scale.Share(value)*(paperHeight-fromTop-fromBottom)
	}
	pitch := (paperWidth - fromLeft - fromRight) / float64(len(periods))
	x := func(i int) float64 { return fromLeft + (float64(i)+.5)*pitch }
	var out strings.Builder
	fmt.Fprintf(&out, `<svg class="course lines" viewBox="0 0 %g %g" role="img" aria-labelledby="%s-title %s-desc"><title id="%s-title">%s</title><desc id="%s-desc">%s</desc>`,
		paperWidth, paperHeight, l.ID, l.ID, l.ID, html.EscapeString(l.Title), l.ID, html.EscapeString(l.Desc))
	for _, tick := range scale.Ticks() {
		fmt.Fprintf(&out, `<line class="line" x1="%g" x2="%g" y1="%.1f" y2="%.1f"/><text x="%g" y="%.1f" text-anchor="end">%s</text>`,
			fromLeft, paperWidth-fromRight, y(tick), y(tick), fromLeft-8, y(tick)+4, scale.Label(tick))
	}
	fmt.Fprintf(&out, `<text x="8" y="14">%s</text>`, html.EscapeString(l.Unit))
	for i, p := range periods {
		fmt.Fprintf(&out, `<text x="%.1f" y="%g" text-anchor="middle">%s</text>`, x(i), paperHeight-8, html.EscapeString(v.Wording(p.Title())))
	}
	ends := make([]place, len(l.Lines))
	for n, line := range l.Lines {
		ends[n] = line.draw(&out, periods, x, y)
	}
	l.names(&out, ends)
	out.WriteString(`</svg>`)
	return out.String()
}

// draw draws a line and returns where it ends.
func (l Line) draw(out *strings.Builder, periods []reporting.Period, x func(int) float64, y func(float64) float64) place {
	class, radius := "before", 2.5
	if l.Own {
		class, radius = "actual", 4
	}
	var path strings.Builder
	var last place
	step := "M"
	for i, p := range periods {
		if d, known := l.Values[p]; known {
			last = place{x(i), y(near(d))}
			fmt.Fprintf(&path, "%s%.1f %.1f", step, last.x, last.y)
			fmt.Fprintf(out, `<circle class="dot" cx="%.1f" cy="%.1f" r="%g"/>`, last.x, last.y, radius)
			step = "L"
		}
	}
	fmt.Fprintf(out, `<path class="%s" d="%s"/>`, class, path.String())
	return last
}

// names writes the names at the ends of lines, none upon another.
func (l Lines) names(out *strings.Builder, ends []place) {
	order := make([]int, len(ends))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(ends[a].y, ends[b].y) })
	below := 0.0
	for _, i := range order {
		at := max(ends[i].y+4, below+nameHeight)
		below = at
		class := "name"
		if l.Lines[i].Own {
			class = "name own"
		}
		fmt.Fprintf(out, `<text class="%s" x="%g" y="%.1f">%s</text>`, class, paperWidth-fromRight+8, at, html.EscapeString(l.Lines[i].Name))
	}
}

// near is the binary fraction next to a figure, for drawing.
func near(d ledger.Decimal) float64 {
	f, _ := d.Rat().Float64()
	return f
}
