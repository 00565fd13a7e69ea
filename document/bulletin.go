package document

import (
	"strings"

	"luoshi/calendar"
)

// Bulletins (通报, 简报, 月报 and the like) tell month by month how far the plan of the year has come. A
// month, a quarter or a half that one names alone means the year up to its end: what a bulletin counts is
// measured against the plan of the whole year, and so counted from January; where a figure is that of the
// month only, its sentence says 当月.

// bulletinName is what a line says without the number of the issue: “督查专报（第9期）”, “工作简报 2026年第9期”.
func bulletinName(line string) string {
	const around = " 　》”·"
	bare := strings.TrimRight(trimClosed(line), around)
	number := strings.LastIndex(bare, "第")
	if number <= 0 || !strings.HasSuffix(bare, "期") {
		return bare
	}
	if _, size := smallNumber(bare[number+len("第"):]); size == 0 || number+len("第期")+size != len(bare) {
		return bare
	}
	bare = strings.TrimRight(bare[:number], around+"总")
	if rest, ok := strings.CutSuffix(bare, yearSign); ok {
		if _, size := yearBefore(rest); size > 0 {
			bare = strings.TrimRight(rest[:len(rest)-size], around)
		}
	}
	return bare
}

// isBulletin tells the title of a bulletin. A line that ends in a colon announces one.
func isBulletin(title string) bool {
	return !endsInColon(title) && endsInAny(bulletinName(title), cues.BulletinTitles)
}

func endsInAny(s string, words []string) bool {
	for _, word := range words {
		if strings.HasSuffix(s, word) && len(s) > len(word) {
			return true
		}
	}
	return false
}

// isImprint tells the line under a bulletin's name that ends with its date: “云溪区政府督查室  2026年10月8日”.
func (m *describer) isImprint(line Span) bool {
	_, date := dateIn(m.text, line)
	return !date.Empty() && date.End == line.End && isBulletin(m.d.doc.Meta.Title.Value)
}

// bulletinKind is that of a bulletin: it gives account, and promises where a heading turns to what comes
// next. That a heading speaks of 重点任务 makes no plan of it, as it tells how these come on.
func (y *yearFinder) bulletinKind() Kind {
	m := y.m
	for i := range m.d.doc.Blocks {
		b := &m.d.doc.Blocks[i]
		if b.Kind == Heading && i >= m.start && !b.Furniture && containsAny(b.In(m.text), cues.BulletinPlanHeadings) {
			return KindBoth
		}
	}
	return KindReport
}

// dated is a part of a year with the places of both.
type dated struct {
	period calendar.Period
	at     Span
	year   mention
}

// fromBulletin fills the period and the year of a bulletin, or of a report whose title names a month; false
// where the document is neither or names no part of a year.
func (y *yearFinder) fromBulletin() bool {
	found, ok := y.bulletinPeriod()
	if !ok {
		return false
	}
	meta := &y.m.d.doc.Meta
	meta.ReportPeriod, meta.ReportAt = found.period, found.at
	meta.PlanYear, meta.PlanYearAt = found.year.year, found.year.span
	return true
}

// bulletinPeriod looks at the title, the lines around it, and the words with which the body opens.
func (y *yearFinder) bulletinPeriod() (dated, bool) {
	meta := &y.m.d.doc.Meta
	title := meta.Title.Span
	if !isBulletin(meta.Title.Value) {
		found, part, ok := y.partBehindYear(title)
		return found, ok && part.scale == aloneMonth && meta.Kind != KindPlan && containsAny(meta.Title.Value, cues.ReportTitles)
	}
	head := append([]Span{title}, y.m.head...)
	for _, span := range head {
		if found, _, ok := y.partBehindYear(span); ok {
			return found, true
		}
	}
	if found, ok := y.partInOpening(); ok {
		return found, true
	}
	return y.partWithoutYear(head)
}

// partBehindYear is the first part of a year in a line that stands right behind its year.
func (y *yearFinder) partBehindYear(line Span) (dated, yearPart, bool) {
	for _, mention := range y.m.d.yearsIn(line) {
		if part, ok := partAt(y.m.text[mention.span.End:line.End]); ok {
			return part.upTo(mention, mention.span.Start, mention.span.End), part, true
		}
	}
	return dated{}, yearPart{}, false
}

// upTo is the part, or the year up to it where it is named alone, as it stands from start to the bytes
// behind end.
func (p yearPart) upTo(year mention, start, end int) dated {
	if p.scale != wholeRange {
		p.from = 1
	}
	return dated{p.in(year.year), Span{start, end + p.size}, year}
}

// partInOpening reads “现将2026年9月…通报如下” and “截至2026年9月30日”, and a part that opens a sentence; other
// dates of the first lines are those of meetings and rules.
func (y *yearFinder) partInOpening() (dated, bool) {
	opening := y.m.opening()
	for _, year := range y.m.d.yearsIn(opening) {
		before := y.m.text[opening.Start:year.span.Start]
		if !opensSentence(before) && !endsInAny("\n"+before, cues.BulletinLeads) {
			continue
		}
		rest := Span{year.span.End, opening.End}
		if part, ok := partAt(rest.In(y.m.text)); ok {
			return part.upTo(year, year.span.Start, year.span.End), true
		}
		if day, end := monthAndDay(y.m.text, year.year, rest); !day.IsZero() && endsInAny("\n"+before, cues.BulletinDays) {
			period := calendar.Period{From: calendar.Date{Year: day.Year, Month: 1, Day: 1}, To: day}
			return dated{period, Span{year.span.Start, end}, year}, true
		}
	}
	return dated{}, false
}

// opensSentence tells that nothing of a sentence stands before.
func opensSentence(before string) bool {
	before = strings.TrimRight(before, " 　")
	return before == "" || endsInAny("\n"+before, []string{"\n", "。", "；", "："})
}

// partWithoutYear reads “9月全区…进展情况通报” and “1—9月，…” at the beginning of a line, where the head names the
// year elsewhere or has a date.
func (y *yearFinder) partWithoutYear(head []Span) (dated, bool) {
	for i := y.m.start; i <= min(y.m.start+openingLines, len(y.m.d.doc.Blocks)-1); i++ {
		head = append(head, y.m.d.doc.Blocks[i].Span)
	}
	for _, line := range head {
		start, ok := y.partStart(line)
		if !ok {
			continue
		}
		part, _ := partAt(y.m.text[start:line.End])
		year, known := y.yearOfHead(part.to)
		return part.upTo(year, start, start), known
	}
	return dated{}, false
}

// partStart is where a line names a part of a year: at its beginning, or behind the region or a word that
// leads to it.
func (y *yearFinder) partStart(line Span) (int, bool) {
	starts := []int{line.Start}
	if region := regionIn(y.m.text, line); !region.Empty() {
		starts = append(starts, region.End)
	}
	for _, lead := range cues.BulletinLeads {
		if i := strings.Index(line.In(y.m.text), lead); i >= 0 {
			starts = append(starts, line.Start+i+len(lead))
		}
	}
	for _, start := range starts {
		if _, ok := partAt(y.m.text[start:line.End]); ok {
			return start, true
		}
	}
	return 0, false
}

// yearOfHead is the year that the title or a line around it names, or that of the date: one before it for
// months that are still to come then.
func (y *yearFinder) yearOfHead(month int) (mention, bool) {
	meta := &y.m.d.doc.Meta
	for _, span := range append([]Span{meta.Title.Span}, y.m.head...) {
		date, _ := dateIn(y.m.text, span)
		if named := y.m.d.yearsIn(span); len(named) > 0 && date.IsZero() {
			return named[0], true
		}
	}
	date := y.m.date
	if date.IsZero() {
		return mention{}, false
	}
	year := int(date.Year)
	if month > int(date.Month) {
		year--
	}
	return mention{year, meta.Date.Span}, true
}
