package page

import (
	"cmp"
	"html/template"
	"io"
	"slices"
	"strconv"
	"strings"

	"luoshi/checking"
	"luoshi/internal/present/chart"
	"luoshi/internal/present/wording"
	"luoshi/reading"
	"luoshi/reading/numeral"
)

var seriesPage = newKind("series",
	[]string{"base", "controls", "overlay", "results", "series", "results-media", "series-media"},
	[]string{"series-state", "elements", "speak", "series-reader", "theme", "keyboard", "start"},
	words, wording.Results, resultWords)

// Series is the page of targets and results over the years. Places name documents by their index.
type Series struct {
	Lang     wording.Lang
	Readings []*reading.Reading
	Tracks   []Track
	Vanished []Vanished
	// Unnumbered is the number of vanished promises that are not listed, because they hold no number.
	Unnumbered int
}

// Track is one indicator through the years.
type Track struct {
	Name  checking.Wording
	Unit  string      // of the chart's axis
	Years []TrackYear // ascending
}

// TrackYear is what one year promised and what became of it.
type TrackYear struct {
	Year           int
	Target, Result *TrackFigure // nil where nothing was said
	Verdict        string       // "" where it is undecided
	Missed         bool
	Gap            string
}

// TrackFigure is a figure with its place.
type TrackFigure struct {
	Value *numeral.Decimal // nil where it has no place on the axis
	Place checking.Place
}

// Vanished is a promise of which no later document speaks.
type Vanished struct {
	Year    int
	Subject string
	Place   checking.Place
}

// seriesData is what the script of the page works on.
type seriesData struct {
	Lang  wording.Lang      `json:"lang"`
	Words wording.Catalogue `json:"words"`
}

// seriesShell is what series.html is filled with.
type seriesShell struct {
	shell
	Subline  chart.Text
	Tracks   []trackShell
	Vanished []vanishedYear
	Gone     int         // vanished promises that are listed
	More     *chart.Text // of those that are not
	Empty    bool
}

type trackShell struct {
	ID    string
	Name  chart.Text
	Count chart.Text // in the index: how many targets were met
	Said  chart.Text // the same as a sentence
	Chart template.HTML
	Years []yearShell
}

type yearShell struct {
	TrackYear
	TargetSaid, ResultSaid *saidShell
}

// saidShell is a sentence with its figure and the document that says it.
type saidShell struct {
	Doc, Before, Figure, After string
}

// vanishedYear is what one year promised and nobody spoke of again.
type vanishedYear struct {
	Year     int
	Open     bool // the latest year is open
	Promises []vanishedShell
}

type vanishedShell struct {
	Subject string
	Said    *saidShell
}

// WriteTo writes the page. The same series gives the same bytes.
func (s *Series) WriteTo(w io.Writer) (int64, error) {
	common, err := seriesPage.newShell(s.Lang, resultWords.Say(s.Lang, "series.title")+" · "+words.Say(s.Lang, "brand"),
		seriesData{Lang: s.Lang, Words: seriesPage.words})
	if err != nil {
		return 0, err
	}
	common.Names = []string{resultWords.Say(s.Lang, "series.title")}
	content := seriesShell{
		shell: common, Empty: len(s.Tracks) == 0,
		Subline: both("series.subline", len(s.Readings), len(s.Tracks), len(s.Vanished)),
	}
	for i := range s.Tracks {
		content.Tracks = append(content.Tracks, s.track(i))
	}
	content.Vanished, content.Gone = s.vanished(), len(s.Vanished)
	if s.Unnumbered > 0 {
		more := both("series.vanished.more", s.Unnumbered)
		content.More = &more
	}
	return seriesPage.write(w, s.Lang, content)
}

// vanished are the vanished promises by year, the latest first.
func (s *Series) vanished() []vanishedYear {
	var years []vanishedYear
	sorted := slices.Clone(s.Vanished)
	slices.SortStableFunc(sorted, func(a, b Vanished) int { return cmp.Compare(b.Year, a.Year) })
	for i := range sorted {
		v := &sorted[i]
		if len(years) == 0 || years[len(years)-1].Year != v.Year {
			years = append(years, vanishedYear{Year: v.Year, Open: len(years) == 0})
		}
		last := &years[len(years)-1]
		last.Promises = append(last.Promises, vanishedShell{v.Subject, s.said(&v.Place)})
	}
	return years
}

// both is a message in both languages.
func both(key string, args ...any) chart.Text {
	return chart.Text{ZH: resultWords.Say(wording.Chinese, key, args...), EN: resultWords.Say(wording.English, key, args...)}
}

func (s *Series) track(i int) trackShell {
	t := &s.Tracks[i]
	out := trackShell{ID: "t" + strconv.Itoa(i), Name: chart.Text(inBoth(t.Name))}
	drawing := chart.Chart{ID: out.ID, Title: out.Name, Unit: chart.Text{ZH: t.Unit, EN: t.Unit}}
	judged, missed := 0, 0
	for _, year := range t.Years {
		if year.Target != nil && year.Result != nil && year.Verdict != "" {
			judged++
		}
		if year.Missed {
			missed++
		}
		drawing.Points = append(drawing.Points, chart.Point{
			Year: year.Year, Target: year.Target.value(), Result: year.Result.value(), Missed: year.Missed,
		})
		out.Years = append(out.Years, yearShell{year, s.figureSaid(year.Target), s.figureSaid(year.Result)})
	}
	out.Count = chart.Text{ZH: fractionOf(judged-missed, judged), EN: fractionOf(judged-missed, judged)}
	out.Said = both("series.tally", judged, judged-missed, missed)
	drawing.Desc = out.Said
	if len(drawing.Points) > 0 {
		out.Chart = template.HTML(drawing.SVG())
	}
	slices.Reverse(out.Years) // the latest first
	return out
}

func fractionOf(part, whole int) string {
	if whole == 0 {
		return ""
	}
	return strconv.Itoa(part) + "/" + strconv.Itoa(whole)
}

func (f *TrackFigure) value() *numeral.Decimal {
	if f == nil {
		return nil
	}
	return f.Value
}

func (s *Series) figureSaid(f *TrackFigure) *saidShell {
	if f == nil {
		return nil
	}
	return s.said(&f.Place)
}

func (s *Series) said(p *checking.Place) *saidShell {
	r := s.Readings[p.Doc]
	at := newPlace(r, p, p.Doc, within)
	return &saidShell{s.source(p.Doc), at.Said[0], at.Said[1], at.Said[2]}
}

// source is what a person calls a document of the series: its title, and its file where others have
// the same title.
func (s *Series) source(doc int) string {
	own := s.Readings[doc].Document
	file := own.Name[strings.LastIndexAny(own.Name, `/\`)+1:]
	if own.Meta.Title.Value == "" {
		return file
	}
	for i, r := range s.Readings {
		if i != doc && r.Document.Meta.Title.Value == own.Meta.Title.Value {
			return own.Meta.Title.Value + " · " + file
		}
	}
	return own.Meta.Title.Value
}
