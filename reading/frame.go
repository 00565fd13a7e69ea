package reading

import (
	"luoshi/calendar"
	"luoshi/document"
	"luoshi/reading/lexicon"
	"luoshi/reading/period"
)

// frame is what a passage inherits from the document around it: whether it promises or reports, which
// year is “this year”, and the day that an unsaid deadline or period falls on.
type frame struct {
	year      int // the year that 今年 and bare months mean
	planEnd   calendar.Date
	reportEnd calendar.Date
	whole     document.Kind
	settled   bool              // the title of a section gave the mode
	mode      Kind              // of the passage being read
	span      calendar.Period   // of several years that the section or the paragraph speaks of
	spans     []calendar.Period // by section, once its title has been read
	sections  []int8            // verdict by section: -1 review, 1 outlook, 0 none, notRead before
}

const notRead = 127

func newFrame(doc *document.Document, opts Options) frame {
	meta := &doc.Meta
	f := frame{whole: meta.Kind, year: meta.PlanYear}
	if opts.Year != 0 {
		f.year = opts.Year
	}
	report := meta.ReportPeriod.To
	if f.year == 0 {
		f.year = int(report.Year)
	}
	if report.IsZero() && f.year != 0 {
		report = calendar.LastDay(f.year, 12)
		if f.whole != document.KindReport {
			report = calendar.LastDay(f.year-1, 12)
		}
	}
	f.reportEnd = report
	if f.year != 0 {
		f.planEnd = calendar.LastDay(f.year, 12)
	}
	f.mode = Result
	if f.whole == document.KindPlan {
		f.mode = Target
	}
	f.sections = make([]int8, len(doc.Outline))
	f.spans = make([]calendar.Period, len(doc.Outline))
	for i := range f.sections {
		f.sections[i] = notRead
	}
	return f
}

// enter sets the mode for a block by the titles of the sections that hold it; without a verdict there
// the document as a whole decides, and in one that both reviews and plans the last turn of the text.
func (r *reader) enter(section int32) {
	f := &r.frame
	f.span, f.settled = calendar.Period{}, true
	for s := section; s >= 0; s = r.doc.Outline[s].Parent {
		verdict := r.sectionVerdict(s)
		if f.span.IsZero() {
			f.span = f.spans[s]
		}
		switch verdict {
		case -1:
			f.mode = Result
			return
		case 1:
			f.mode = Target
			return
		}
	}
	f.settled = false
	switch f.whole {
	case document.KindPlan:
		f.mode = Target
	case document.KindReport:
		f.mode = Result
	}
}

// demands are words with which a sentence asks for what is to come where no heading has told.
var demands = set("demands")

// demanded tells whether a sentence demands something and tells of nothing done, in a part of a document
// that both reviews and plans.
func (r *reader) demanded(s *sentence) bool {
	if r.frame.settled || r.frame.whole != document.KindBoth || s.tags&lexicon.Pledge == 0 || s.tags&lexicon.Done != 0 {
		return false
	}
	for i := range s.tokens {
		if t := &s.tokens[i]; t.is(lexicon.Pledge) && demands[r.text[t.start:t.end]] {
			return true
		}
	}
	return false
}

// sectionVerdict reads a section's title once.
func (r *reader) sectionVerdict(section int32) int8 {
	f := &r.frame
	if f.sections[section] == notRead {
		title := r.doc.Outline[section].Title
		r.titles.run(title.Start, title.End)
		f.sections[section] = r.verdict(r.titles)
		f.spans[section] = r.spanOf(r.titles.dates)
	}
	return f.sections[section]
}

// spanOf is the several years that a heading names: “十五五”时期发展目标. One that is to come is left out
// where the heading speaks of the document's year as well.
func (r *reader) spanOf(dates []period.Mention) calendar.Period {
	var span calendar.Period
	thisYear := false
	for i := range dates {
		m := &dates[i]
		if m.Scale == period.Years {
			span = m.Resolve(r.frame.year)
		} else if m.Stated() && m.LastYear(r.frame.year) == r.frame.year {
			thisYear = true
		}
	}
	if thisYear && int(span.To.Year) > r.frame.year {
		return calendar.Period{}
	}
	return span
}

// verdict tells whether the heading in a lexer looks back (-1) or ahead (1): the last strong word
// decides, then the year named there, then the last weak word.
func (r *reader) verdict(x *lexer) int8 {
	strong, weak := int8(0), int8(0)
	for i := range x.tokens {
		t := &x.tokens[i]
		verdict := int8(0)
		switch {
		case t.is(lexicon.Review):
			verdict = -1
		case t.is(lexicon.Outlook):
			verdict = 1
		default:
			continue
		}
		if t.tags&lexicon.Weak != 0 {
			weak = verdict
		} else {
			strong = verdict
		}
	}
	if strong != 0 {
		return strong
	}
	if byYear := r.verdictOfDates(x.dates); byYear != 0 {
		return byYear
	}
	return weak
}

func (r *reader) verdictOfDates(dates []period.Mention) int8 {
	f := &r.frame
	for i := range dates {
		m := &dates[i]
		if !m.Stated() {
			if m.Scale == period.Half && m.From.Month == 7 && int(f.reportEnd.Year) == f.year {
				return 1
			}
			continue
		}
		switch year := m.LastYear(f.year); {
		case year < f.year:
			return -1
		case year > f.year || int(f.reportEnd.Year) < f.year:
			return 1
		}
	}
	return 0
}

// turn moves the mode at a heading without number or a sentence that looks back or ahead, in a
// document that does both and whose sections leave it open.
func (r *reader) turn(tokens []token) {
	if r.frame.whole == document.KindPlan || r.frame.whole == document.KindReport {
		return
	}
	for i := range tokens {
		t := &tokens[i]
		if t.kind != word || t.tags&lexicon.Turn == 0 {
			continue
		}
		if t.tags&lexicon.Review != 0 {
			r.frame.mode = Result
		} else {
			r.frame.mode = Target
		}
	}
}

// maxHeadingLine is the longest line, in bytes, that can be a heading without number.
const maxHeadingLine = 90

// turnAtHeading moves the mode at the line just taken apart where it is a heading by its look alone.
func (r *reader) turnAtHeading(b *document.Block) {
	if b.End-b.Start > maxHeadingLine || r.frame.whole != document.KindBoth && r.frame.whole != document.KindOther {
		return
	}
	for i := range r.lex.tokens {
		if kind := r.lex.tokens[i].kind; kind == stop || kind == semicolon {
			return
		}
	}
	switch r.verdict(r.lex) {
	case -1:
		r.frame.mode = Result
	case 1:
		r.frame.mode = Target
	}
}

// defaultBy is the day that an unsaid date means.
func (f *frame) defaultBy(kind Kind) calendar.Date {
	if kind == Target {
		if int(f.span.To.Year) > f.year {
			return f.span.To
		}
		return f.planEnd
	}
	if f.mode == Target {
		return f.planEnd
	}
	return f.reportEnd
}

// now is the year that a bare month or half means in a passage of the kind.
func (f *frame) now(kind Kind) int {
	if kind == Result && !f.reportEnd.IsZero() {
		return int(f.reportEnd.Year)
	}
	return f.year
}

// dayOf is the last day of a period named in a passage of the kind. What is reported for a year that
// the document accounts for only in part ends with the account; 去年 said in it is the year accounted.
func (f *frame) dayOf(m *period.Mention, kind Kind) calendar.Date {
	if kind != Result || f.reportEnd.IsZero() {
		return known(m.Resolve(f.year).To)
	}
	if m.Since || m.Year == 0 && m.Shift == -1 && m.Scale >= period.Year {
		return f.reportEnd
	}
	year := f.now(kind)
	if m.Shift != 0 {
		year = f.year
	}
	day := m.Resolve(year).To
	if m.Scale >= period.Year && f.reportEnd.Before(day) && !m.Deadline && int(day.Year) == int(f.reportEnd.Year) {
		return f.reportEnd
	}
	return day
}

// known is the date where its year is: a document that says of no year which one it means leaves 上半年
// without a date.
func known(d calendar.Date) calendar.Date {
	if d.Year <= 0 {
		return calendar.Date{}
	}
	return d
}

// baseDay is the day of the figure that a change starts from: the one stated, else the end of the year
// before the years that the passage looks back on, else of the year before.
func (f *frame) baseDay(stated calendar.Date, kind Kind) calendar.Date {
	if !stated.IsZero() || f.year == 0 {
		return stated
	}
	if kind == Result && !f.span.IsZero() && int(f.span.To.Year) <= f.year {
		return calendar.LastDay(int(f.span.From.Year)-1, 12)
	}
	return calendar.LastDay(f.now(kind)-1, 12)
}
