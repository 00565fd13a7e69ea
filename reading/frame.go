package reading

import (
	"luoshi/calendar"
	"luoshi/document"
	"luoshi/reading/lexicon"
)

// frame is what a passage inherits from the document around it: whether it promises or reports, which
// year is “this year”, and the day that an unsaid deadline or period falls on.
type frame struct {
	year      int // the year that 今年 and bare months mean
	planEnd   calendar.Date
	reportEnd calendar.Date
	whole     document.Kind
	mode      Kind    // of the passage being read
	sections  []int8  // verdict by section: -1 review, 1 outlook, 0 none, notRead before
	horizon   []int32 // last year of a period named in the section's title, 0 for none
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
	f.horizon = make([]int32, len(doc.Outline))
	for i := range f.sections {
		f.sections[i] = notRead
	}
	return f
}

// enter sets the mode for a block by the titles of the sections that hold it; without a verdict there
// the document as a whole decides, and in one that both reviews and plans the last turn of the text.
func (r *reader) enter(section int32) {
	f := &r.frame
	for s := section; s >= 0; s = r.doc.Outline[s].Parent {
		switch r.sectionVerdict(s) {
		case -1:
			f.mode = Result
			return
		case 1:
			f.mode = Target
			return
		}
	}
	switch f.whole {
	case document.KindPlan:
		f.mode = Target
	case document.KindReport:
		f.mode = Result
	}
}

// sectionVerdict reads a section's title once: the last word in it that looks back or ahead decides,
// then a year or period named there.
func (r *reader) sectionVerdict(section int32) int8 {
	f := &r.frame
	if f.sections[section] != notRead {
		return f.sections[section]
	}
	title := r.doc.Outline[section].Title
	verdict := int8(0)
	x := r.titles
	x.run(title.Start, title.End)
	for i := range x.tokens {
		switch t := &x.tokens[i]; {
		case t.is(lexicon.Review):
			verdict = -1
		case t.is(lexicon.Outlook):
			verdict = 1
		}
	}
	for i := range x.dates {
		m := &x.dates[i]
		year := m.LastYear(f.year)
		if m.Stated() && year > f.year {
			f.horizon[section] = int32(year)
		}
		if verdict == 0 && m.Stated() {
			switch {
			case year < f.year:
				verdict = -1
			case year > f.year:
				verdict = 1
			}
		}
	}
	f.sections[section] = verdict
	return verdict
}

// turn moves the mode at a sentence that looks back or ahead, in a document that does both and whose
// sections leave it open.
func (r *reader) turn(tokens []token) {
	if r.frame.whole == document.KindPlan || r.frame.whole == document.KindReport {
		return
	}
	for i := range tokens {
		switch t := &tokens[i]; {
		case t.is(lexicon.Review):
			r.frame.mode = Result
		case t.is(lexicon.Outlook):
			r.frame.mode = Target
		}
	}
}

// defaultBy is the day that an unsaid date means.
func (f *frame) defaultBy(kind Kind) calendar.Date {
	if kind == Target {
		return f.planEnd
	}
	if f.mode == Target {
		return f.planEnd
	}
	return f.reportEnd
}
