package present

import (
	"bytes"
	"cmp"
	"io"
	"math/big"
	"slices"
	"strconv"

	"luoshi/indicator"
	"luoshi/internal/present/page"
	"luoshi/internal/present/wording"
	"luoshi/matching"
	"luoshi/reading"
	"luoshi/reading/numeral"
)

// Followed is a series of documents with the targets and results that they give over the years.
type Followed struct {
	Readings []*reading.Reading
	Series   matching.Series // its places name the readings by their index
}

// WriteSeries writes targets and results by year, and the promises that vanish.
func WriteSeries(w io.Writer, f *Followed, look Look) error { return write(w, f, look) }

// Counts are the numbers of indicators, of years whose target was met and missed, and of promises with a
// number that vanish.
func (f *Followed) Counts() (lines, met, missed, vanished int) {
	for _, line := range f.Series.Lines {
		for i := range line.Points {
			switch p := &line.Points[i]; {
			case !judged(p):
			case fellShort(p):
				missed++
			default:
				met++
			}
		}
	}
	return len(f.Series.Lines), met, missed, len(f.counted())
}

// judged tells whether a year has a target and a result that decides.
func judged(p *matching.Point) bool {
	return p.Target != nil && p.Result != nil && p.Verdict != matching.NotComparable && p.Verdict != matching.ReportedWithoutFigure
}

// fellShort tells whether the result of a year is worse than its target.
func fellShort(p *matching.Point) bool {
	return judged(p) && (p.Verdict == matching.Missed || p.Verdict == matching.Behind)
}

// verdictOf is the verdict of a year as a code; "" where there is no target.
func verdictOf(p *matching.Point) string {
	if p.Target == nil {
		return ""
	}
	return p.Verdict.String()
}

// lineName names a line in words: the indicator, and what of it where that is not its level.
func lineName(line *matching.Line, lang wording.Lang) string {
	name := line.Name
	if known := indicator.ByCode(line.Indicator); lang == wording.English && known != nil {
		name = known.EN
	}
	if line.Measure == reading.Growth {
		return say(lang, "series.growth", name)
	}
	return name
}

// leading are the lines worth a chart, those with the most years that can be judged first. A line of a
// single figure shows nothing over time.
func (f *Followed) leading() []*matching.Line {
	var lines []*matching.Line
	for i := range f.Series.Lines {
		if line := &f.Series.Lines[i]; len(line.Points) > 1 || judged(&line.Points[0]) {
			lines = append(lines, line)
		}
	}
	weight := func(line *matching.Line) int {
		n := len(line.Points)
		for i := range line.Points {
			if judged(&line.Points[i]) {
				n += 100
			}
		}
		return n
	}
	slices.SortStableFunc(lines, func(a, b *matching.Line) int { return cmp.Compare(weight(b), weight(a)) })
	return lines
}

// counted are the vanished promises with a number. Of the others there are many that nobody could have
// reported on; they are in the records and in the workbook.
func (f *Followed) counted() []matching.Vanished {
	return slices.DeleteFunc(slices.Clone(f.Series.Vanished), func(v matching.Vanished) bool { return v.Pair.Plan.Quantity < 0 })
}

// markRecord is a figure in the record of a year.
type markRecord struct {
	Doc     string `json:"doc"`
	At      int    `json:"at"` // code points
	Surface string `json:"surface"`
	Value   string `json:"value"` // in the base unit, a decrease negative
}

// yearRecord is one year of one indicator.
type yearRecord struct {
	Kind      string          `json:"kind"` // "year"
	Indicator string          `json:"indicator"`
	Name      string          `json:"name"`
	Measure   reading.Measure `json:"measure"`
	Unit      string          `json:"unit"`
	Year      int             `json:"year"`
	Target    *markRecord     `json:"target"`
	Result    *markRecord     `json:"result"`
	Verdict   string          `json:"verdict,omitempty"`
	Gap       string          `json:"gap"`
}

// vanishedRecord is a promise of which the report of its year says nothing.
type vanishedRecord struct {
	Kind        string `json:"kind"` // "vanished"
	Year        int    `json:"year"`
	Plan        string `json:"plan"`
	PlanAt      int    `json:"plan_at"` // code points
	PlanSurface string `json:"plan_surface"`
	Subject     string `json:"subject"`
}

func (f *Followed) records(lang wording.Lang) []any {
	var records []any
	for i := range f.Series.Lines {
		line := &f.Series.Lines[i]
		for n := range line.Points {
			p := &line.Points[n]
			records = append(records, yearRecord{
				Kind: "year", Indicator: line.Indicator, Name: lineName(line, lang), Measure: line.Measure, Unit: line.Unit,
				Year: p.Year, Target: f.markRecord(p.Target), Result: f.markRecord(p.Result), Verdict: verdictOf(p), Gap: p.Gap,
			})
		}
	}
	for _, v := range f.Series.Vanished {
		p := &v.Pair.Plan
		records = append(records, vanishedRecord{"vanished", v.Year, f.name(p.Doc), p.At, p.Surface, v.Pair.Subject})
	}
	return records
}

func (f *Followed) name(doc int) string { return f.Readings[doc].Document.Name }

func (f *Followed) markRecord(m *matching.Mark) *markRecord {
	if m == nil {
		return nil
	}
	return &markRecord{f.name(m.Doc), m.At, m.Surface, m.Value}
}

func markSurface(m *matching.Mark) string {
	if m == nil {
		return ""
	}
	return m.Surface
}

// writeTable writes the years of each indicator, then the promises that vanish.
func (f *Followed) writeTable(w io.Writer, look Look) error {
	var text bytes.Buffer
	p := newPalette(look.Colour)
	lines := f.leading()
	if len(lines) == 0 {
		text.WriteString(say(look.Lang, "series.none") + "\n")
	}
	for i, line := range lines {
		if i > 0 {
			text.WriteByte('\n')
		}
		text.WriteString(p.name.paint(lineName(line, look.Lang)) + "\n")
		listYears(&text, line, p, look)
	}
	if gone := f.counted(); len(gone) > 0 {
		text.WriteString("\n" + p.name.paint(say(look.Lang, "sheet.vanished")) + "\n")
		listVanished(&text, gone, p, look)
	}
	_, err := w.Write(text.Bytes())
	return err
}

func listYears(text *bytes.Buffer, line *matching.Line, p palette, look Look) {
	l := listing{columns: []listingColumn{
		{heading: say(look.Lang, "field.year")},
		{heading: say(look.Lang, "field.target"), right: true},
		{heading: say(look.Lang, "field.result"), right: true},
		{heading: say(look.Lang, "field.verdict"), painted: true},
		{heading: say(look.Lang, "field.gap"), right: true},
	}}
	for i := range line.Points {
		point := &line.Points[i]
		row := listingRow{words: []string{
			strconv.Itoa(point.Year), markSurface(point.Target), markSurface(point.Result),
			codeOrNothing("verdict", verdictOf(point)).words(look.Lang), point.Gap,
		}}
		if point.Target != nil {
			row.paint = p.verdicts[point.Verdict]
		}
		l.rows = append(l.rows, row)
	}
	l.write(text, p, look.Width)
}

func listVanished(text *bytes.Buffer, gone []matching.Vanished, p palette, look Look) {
	l := listing{columns: []listingColumn{
		{heading: say(look.Lang, "field.year")},
		{heading: say(look.Lang, "field.plan_surface"), right: true},
		{heading: say(look.Lang, "field.subject"), least: 20, wraps: true},
	}}
	for _, v := range gone {
		l.rows = append(l.rows, listingRow{words: []string{strconv.Itoa(v.Year), v.Pair.Plan.Surface, v.Pair.Subject}})
	}
	l.write(text, p, look.Width)
}

// page is the page with a chart for each leading line.
func (f *Followed) page(lang wording.Lang) io.WriterTo {
	s := &page.Series{Lang: lang, Readings: f.Readings, Unnumbered: len(f.Series.Vanished)}
	for _, line := range f.leading() {
		s.Tracks = append(s.Tracks, track(line))
	}
	for _, v := range f.counted() {
		s.Vanished = append(s.Vanished, page.Vanished{Year: v.Year, Subject: v.Pair.Subject, Place: v.Pair.Plan})
	}
	s.Unnumbered -= len(s.Vanished)
	return s
}

func track(line *matching.Line) page.Track {
	step, unit := magnitude(line)
	t := page.Track{Unit: unit}
	t.Name.ZH, t.Name.EN = lineName(line, wording.Chinese), lineName(line, wording.English)
	for i := range line.Points {
		p := &line.Points[i]
		year := page.TrackYear{Year: p.Year, Target: figure(p.Target, step), Result: figure(p.Result, step), Missed: fellShort(p), Gap: p.Gap}
		if p.Target != nil {
			year.Verdict = p.Verdict.String()
		}
		t.Years = append(t.Years, year)
	}
	return t
}

func figure(m *matching.Mark, step int8) *page.TrackFigure {
	if m == nil {
		return nil
	}
	f := &page.TrackFigure{Place: m.Place}
	if d, err := numeral.Parse(m.Value); err == nil {
		d.Exp -= step
		f.Value = &d
	}
	return f
}

// magnitudes are what large figures are counted in, the largest first.
var magnitudes = []struct {
	exponent int8
	name     string
}{{8, "亿"}, {4, "万"}, {0, ""}}

// magnitude is the power of ten in which the axis of a line counts, and its unit.
func magnitude(line *matching.Line) (int8, string) {
	for _, m := range magnitudes {
		limit := numeral.Decimal{Coef: 1, Exp: m.exponent}
		for i := range line.Points {
			for _, mark := range []*matching.Mark{line.Points[i].Target, line.Points[i].Result} {
				if mark == nil {
					continue
				}
				if d, err := numeral.Parse(mark.Value); err == nil && new(big.Rat).Abs(d.Rat()).Cmp(limit.Rat()) >= 0 {
					return m.exponent, m.name + line.Unit
				}
			}
		}
	}
	return 0, line.Unit
}
