package matching

import (
	"cmp"
	"slices"

	"luoshi/checking"
	"luoshi/checking/pairing"
	"luoshi/reading"
)

// Series is what became of the promises of a government over the years.
type Series struct {
	Lines    []Line     // by the code of the indicator
	Vanished []Vanished // in the order of the years
}

// Line follows one indicator in one measure.
type Line struct {
	Indicator string          // code of the dictionary
	Name      string          // its standard name
	Measure   reading.Measure // growth and decline are one line, that of growth
	Unit      string
	Points    []Point // by year
}

// Point is one year of a line. Target or Result may be missing.
type Point struct {
	Year    int
	Target  *Mark
	Result  *Mark
	Verdict Verdict // meaningful where Target is set
	Gap     string
}

// Mark is a figure with the document that states it. Place.Doc is the index of that document among the
// readings of the series.
type Mark struct {
	checking.Place
	Value string // in plain digits of the base unit, a decrease negative
}

// Vanished is a promise of which the report of its year says nothing.
type Vanished struct {
	Year int
	Pair Pair // Plan.Doc is the index of the plan among the readings
}

// Trace follows each indicator of the dictionary through a series of documents in any order: its target
// from the document that plans a year, its result from the one that reviews that year.
func Trace(readings []*reading.Reading) Series {
	s := series{lines: map[lineKey]*Line{}}
	for i, r := range readings {
		s.sides = append(s.sides, seat{side: newSide(r), doc: i})
	}
	slices.SortStableFunc(s.sides, func(a, b seat) int { return cmp.Compare(a.year(), b.year()) })
	for i := range s.sides {
		s.follow(&s.sides[i])
	}
	for i := range s.sides {
		s.results(&s.sides[i])
	}
	return s.done()
}

// seat is a document of the series.
type seat struct {
	*side
	doc int
}

// year is the year that a document plans, or else the one after the year it reviews.
func (s *seat) year() int {
	if y := s.Document.Meta.PlanYear; y != 0 {
		return y
	}
	return s.reviewed() + 1
}

// reviewed is the year to whose end the document reports; 0 for none.
func (s *seat) reviewed() int { return int(s.Document.Meta.ReportPeriod.To.Year) }

// lineKey tells lines apart.
type lineKey struct {
	code    string
	measure reading.Measure
	unit    string
}

type series struct {
	sides    []seat
	lines    map[lineKey]*Line
	vanished []Vanished
}

// follow matches the promises of a document with the one that reviews the year it plans.
func (s *series) follow(plan *seat) {
	year := plan.Document.Meta.PlanYear
	report := s.reviewing(year, plan)
	if year == 0 || report == nil {
		return
	}
	for _, p := range between(plan.side, report.side) {
		p.Plan.Doc = plan.doc
		if p.Report != nil {
			p.Report.Doc = report.doc
		}
		var t *pairing.Item
		if p.Plan.Quantity >= 0 {
			if t = &plan.Items[p.Plan.Quantity]; int(t.By.Year) != year {
				continue
			}
		}
		if p.Verdict == NotReported {
			s.vanished = append(s.vanished, Vanished{Year: year, Pair: p})
		}
		if t != nil && headline(t) {
			s.target(year, plan, report, t, &p)
		}
	}
}

// reviewing is the document that reports on a whole year; nil where the series has none.
func (s *series) reviewing(year int, plan *seat) *seat {
	for i := range s.sides {
		r := &s.sides[i]
		if r.doc != plan.doc && year != 0 && r.reviewed() == year && r.Document.Meta.ReportPeriod.To.Month == 12 {
			return r
		}
	}
	return nil
}

// headline tells whether an item is an indicator of the dictionary as a whole, not of a part.
func headline(it *pairing.Item) bool {
	return it.Name.Indicator != nil && it.Name.Topic == "" && !it.Several()
}

func keyOf(it *pairing.Item) lineKey {
	k := lineKey{code: it.Name.Indicator.Code, measure: it.Figure.Measure, unit: it.Unit}
	switch {
	case k.measure == reading.Decline:
		k.measure = reading.Growth
	case k.measure == reading.Share:
		k.measure = reading.Level
	}
	if it.Figure.Percent() && k.unit == "％" {
		k.unit = "%"
	}
	return k
}

// point is the point of a year in the line of an item, made where it is missing.
func (s *series) point(it *pairing.Item, year int) *Point {
	k := keyOf(it)
	line := s.lines[k]
	if line == nil {
		line = &Line{Indicator: k.code, Name: it.Name.Indicator.ZH, Measure: k.measure, Unit: k.unit}
		s.lines[k] = line
	}
	for i := range line.Points {
		if line.Points[i].Year == year {
			return &line.Points[i]
		}
	}
	line.Points = append(line.Points, Point{Year: year})
	return &line.Points[len(line.Points)-1]
}

// target writes a promise into its line; the first of a year stands.
func (s *series) target(year int, plan, report *seat, t *pairing.Item, p *Pair) {
	at := s.point(t, year)
	if at.Target != nil {
		return
	}
	at.Target, at.Verdict, at.Gap = markOf(plan.doc, t), p.Verdict, p.Gap
	if p.Report != nil && p.Report.Quantity >= 0 && p.Verdict != NotComparable {
		at.Result = markOf(report.doc, &report.Items[p.Report.Quantity])
	}
}

// results fills in the results of indicators that have a line, for years without one.
func (s *series) results(report *seat) {
	year := report.reviewed()
	if report.Document.Meta.ReportPeriod.To.Month != 12 {
		return
	}
	for _, i := range report.Results {
		it := &report.Items[i]
		if !headline(it) || int(it.By.Year) != year || s.lines[keyOf(it)] == nil {
			continue
		}
		if at := s.point(it, year); at.Result == nil {
			at.Result = markOf(report.doc, it)
		}
	}
}

func markOf(doc int, it *pairing.Item) *Mark {
	m := &Mark{Place: placeOf(doc, it), Value: it.Value.String()}
	if it.Figure.Measure == reading.Decline {
		m.Value = "-" + m.Value
	}
	return m
}

// done puts the lines into their order.
func (s *series) done() Series {
	out := Series{Vanished: s.vanished}
	for _, line := range s.lines {
		slices.SortFunc(line.Points, func(a, b Point) int { return cmp.Compare(a.Year, b.Year) })
		out.Lines = append(out.Lines, *line)
	}
	slices.SortFunc(out.Lines, func(a, b Line) int {
		return cmp.Or(cmp.Compare(a.Indicator, b.Indicator), cmp.Compare(a.Measure, b.Measure), cmp.Compare(a.Unit, b.Unit))
	})
	return out
}
