// Package charts is what pages draw of progress: the course of a figure with its table, counts of lights as bars, and the
// history of a light as a strip. Whatever a drawing shows stands beside it in words, and no colour stands alone.
package charts

import (
	_ "embed" // the words
	"fmt"
	"strings"

	"luoshi/internal/present/chart"
	"luoshi/internal/service/progress"
	"luoshi/internal/web/page"
	"luoshi/ledger"
	"luoshi/ledger/light"
	"luoshi/ledger/reporting"
	"luoshi/reading/numeral"
)

//go:embed words.txt
var wordsFile string

var _ = page.Words(wordsFile)

// Style is the style that pages with these drawings load.
const Style = "progress.css"

// Options are what a page knows of a course besides its figures.
type Options struct {
	ID string // unique on its page
	// Source is the page of what was reported for a period by a unit; nil where the caller may read none.
	Source func(unit ledger.UnitID, p reporting.Period) string
	// Evidence is the page of its evidence.
	Evidence func(unit ledger.UnitID, p reporting.Period) string
}

// line is a period of a course as its table has it.
type line struct {
	light.Mark
	Point  *reporting.Point // as it was locked; nil where nothing was
	Before ledger.Decimal
	Behind bool
}

// course is a course made ready to be shown.
type course struct {
	progress.Course
	Options
	Unit  string // of all figures, with magnitude
	Power int    // the power of ten in Unit
	Lines []line
}

// ready works out what chart and table of a course show.
func ready(v page.View, c progress.Course, o Options) course {
	r := course{Course: c, Options: o, Unit: measure(c)}
	r.Power, r.Unit = magnitude(v, r.Unit, c)
	for _, m := range c.Marks {
		l := line{Mark: m}
		for i := range c.Points {
			if c.Points[i].Period == m.Period && c.Points[i].State == reporting.Locked {
				l.Point = &c.Points[i]
			}
		}
		for _, p := range c.Before {
			if p.Period == m.Period.YearBefore() {
				l.Before = r.figure(p)
			}
		}
		l.Behind = m.Actual.Known() && m.Expected.Known() && r.worse(m.Actual, m.Expected)
		r.Lines = append(r.Lines, l)
	}
	return r
}

// measure is the unit of the figures: of growth per cent.
func measure(c progress.Course) string {
	switch {
	case c.Subject.Kind == reporting.OfTask:
		return "%"
	case c.Target.Unit != "" && c.Target.Measure != "" && c.Target.Measure != ledger.Level:
		return c.Target.Unit
	}
	return c.Measure
}

// magnitudes are the powers of ten in which large figures are shown.
func magnitude(v page.View, unit string, c progress.Course) (int, string) {
	largest := ledger.Int(0)
	for _, m := range c.Marks {
		for _, d := range []ledger.Decimal{m.Actual, m.Expected} {
			if d.Known() && largest.Cmp(d) < 0 {
				largest = d
			}
		}
	}
	const wan, yi = 4, 8
	switch {
	case unit == "%" || largest.Cmp(ledger.Int(100_000)) < 0:
		return 0, unit
	case v.Lang == page.English:
		return 6, v.T("charts.million", unit)
	case largest.Cmp(ledger.Int(100_000_000)) < 0:
		return wan, "万" + unit
	}
	return yi, "亿" + unit
}

// figure is a point as the target speaks of it, for the year before.
func (c course) figure(p reporting.Point) ledger.Decimal {
	switch {
	case c.Subject.Kind == reporting.OfTask:
		return p.Percent
	case c.Target.Measure == ledger.Growth:
		return p.Growth
	case c.Target.Measure == ledger.Decline:
		return ledger.Decimal{}
	}
	return p.Cumulative
}

// worse tells whether a figure is on the wrong side of what should be.
func (c course) worse(actual, expected ledger.Decimal) bool {
	less := c.Target.Cmp == ledger.AtMost || c.Target.Cmp == ledger.LessThan ||
		c.Terms.Direction == ledger.Less && c.Target.Cmp != ledger.AtLeast && c.Target.Cmp != ledger.MoreThan && c.Target.Measure != ledger.Decline
	if less {
		return expected.Cmp(actual) < 0
	}
	return actual.Cmp(expected) < 0
}

// shown is a figure in the unit of the course.
func (c course) shown(v page.View, d ledger.Decimal) string {
	switch {
	case !d.Known():
		return ""
	case c.Power == 0:
		return v.Decimal(d)
	}
	// Zeros that come of counting in 亿 say nothing.
	n := reporting.Scaled(d, c.Power).Number()
	for n.Exp < 0 && n.Coef%10 == 0 {
		n.Coef, n.Exp = n.Coef/10, n.Exp+1
	}
	return v.Decimal(ledger.Exactly(n))
}

// reached tells whether anything was locked, or is expected.
func (c course) reached() (something, locked bool) {
	for _, l := range c.Lines {
		something = something || l.Expected.Known() || l.Actual.Known()
		locked = locked || l.Actual.Known()
	}
	return something || locked, locked
}

// named is what tells a course from the others of its page.
func (c course) named() string {
	if c.UnitName == "" {
		return c.Title
	}
	return c.Title + " · " + c.UnitName
}

// svg is the drawing.
func (c course) svg(v page.View) string {
	d := chart.Course{ID: c.ID, Title: v.T("charts.title", c.Title), Desc: c.told(v), Unit: c.Unit}
	for _, l := range c.Lines {
		d.Periods = append(d.Periods, chart.Period{
			Label: short(v, l.Period), Path: c.place(l.Expected), Actual: c.place(l.Actual), Before: c.place(l.Before), Behind: l.Behind,
		})
	}
	if f := c.Forecast; f != nil && f.Value.Known() && f.Method != light.AsReported {
		d.Forecast = &chart.Range{Value: c.place(f.Value), Low: c.place(f.Low), High: c.place(f.High)}
	}
	if d.Empty() {
		return ""
	}
	return d.SVG()
}

// place is a figure for the drawing.
func (c course) place(d ledger.Decimal) *numeral.Decimal {
	if !d.Known() {
		return nil
	}
	n := reporting.Scaled(d, c.Power).Number()
	return &n
}

// told is what the drawing shows, for those who have it read to them.
func (c course) told(v page.View) string {
	var last *line
	behind := 0
	for i := range c.Lines {
		if c.Lines[i].Actual.Known() {
			last = &c.Lines[i]
		}
		if c.Lines[i].Behind {
			behind++
		}
	}
	if last == nil {
		return v.T("charts.told.none")
	}
	text := v.T("charts.told", v.Wording(last.Period.Title()), c.shown(v, last.Actual)+c.Unit)
	if last.Expected.Known() {
		text += v.T("charts.told.path", c.shown(v, last.Expected)+c.Unit)
	}
	if behind > 0 {
		text += v.T("charts.told.behind", behind)
	}
	return text
}

// short is a period below the axis: the year is known there.
func short(v page.View, p reporting.Period) string {
	if p.Frequency == reporting.Monthly {
		return v.T("charts.month", p.Number)
	}
	key := p.Key()
	return key[strings.IndexByte(key, '-')+1:]
}

// segment is a part of a bar.
type segment struct {
	Colour       light.Colour
	From, Length float64 // per cent of the bar
	Number       int
}

// colours are in the order in which bars show them: what is done first, what is behind last.
var colours = []light.Colour{light.Blue, light.Green, light.Grey, light.Yellow, light.Red}

func segments(t progress.Tally) []segment {
	var all []segment
	at := 0
	for _, c := range colours {
		if n := t.Colours[c]; n > 0 {
			all = append(all, segment{c, per(at, t.All), per(n, t.All), n})
			at += n
		}
	}
	return all
}

func per(n, all int) float64 { return float64(n) / float64(max(1, all)) * 100 }

func number(f float64) string { return fmt.Sprintf("%.2f", f) }

// counted is what a bar shows, in words.
func counted(v page.View, t progress.Tally) string {
	var parts []string
	for _, c := range colours {
		if n := t.Colours[c]; n > 0 {
			parts = append(parts, v.T("light."+string(c))+" "+v.Number(int64(n)))
		}
	}
	return listed(v, parts)
}

// listed are several things in a row.
func listed(v page.View, parts []string) string {
	if v.Lang == page.English {
		return strings.Join(parts, ", ")
	}
	return strings.Join(parts, "、")
}
