package document

import (
	"slices"
	"strings"
	"unicode/utf8"

	"luoshi/calendar"
)

// The body of a document decides which year it plans and which it accounts for: its headings and phrases
// first, then the day of delivery, then events whose year is known, and the title last.

// weights of what speaks for a year.
const (
	headingWeight  = 6
	phraseWeight   = 3
	maxPhrases     = 4 // phrases that count for one year
	titleWeight    = 4
	deliveryWeight = 8
	paperWeight    = 1
	shareWeight    = 4 // of the year that the whole body names
	latestWeight   = 4 // of the latest year that a text often names
	oftenShare     = 3 // a year is often named if this many times its mentions are as many as the most
	decided        = 8 // a lead that no event can overturn
)

// years fills kind, plan year and reporting period.
func (m *describer) years() {
	y := yearFinder{m: m, mentions: m.d.yearsIn(m.body())}
	y.phrases()
	y.kind()
	y.fromDate()
	y.fromTitle()
	y.fromShares()
	if y.fromBulletin() {
		return
	}
	meta := &m.d.doc.Meta
	if meta.Kind == KindPlan || meta.Kind == KindBoth {
		y.fromReport()
		year, lead := y.plan.winner()
		if lead < decided && (meta.Kind == KindPlan || lead < latestWeight) {
			y.fromAnchors()
			year, _ = y.plan.winner()
		}
		meta.PlanYear, meta.PlanYearAt = year, y.plan.place(year)
	}
	if meta.Kind == KindReport || meta.Kind == KindBoth {
		y.period()
	}
	if meta.Kind == KindBoth {
		y.fromFivePlan()
	}
}

// yearFinder weighs the evidence.
type yearFinder struct {
	m         *describer
	mentions  []mention
	plan      ballot
	report    ballot
	headPlan  bool // a heading promises
	headTells bool // a heading gives account
}

// phraseReach is how many bytes behind a year are looked at for what is said of it.
const phraseReach = 60

// phrases lets every “2021年…预期目标” and “2020年工作回顾” vote.
func (y *yearFinder) phrases() {
	m := y.m
	for i := range m.d.doc.Blocks {
		b := &m.d.doc.Blocks[i]
		if b.Kind != Heading || i < m.start || b.Furniture {
			continue
		}
		line := b.In(m.text)
		tells := reportHeadingCues.in(line)
		y.headTells = y.headTells || tells
		y.headPlan = y.headPlan || !tells && planHeadingCues.in(line)
	}
	var counted [lastYear + 2 - firstYear]int
	for _, mention := range y.mentions {
		block := y.blockAt(mention.span.Start)
		if block == nil || block.Furniture || block.Kind == TableRow {
			continue
		}
		heading := block.Kind == Heading
		rest := clauseOf(m.text[mention.span.End:min(block.End, mention.span.End+phraseReach)], heading)
		weight := phraseWeight
		if heading {
			weight = headingWeight
		} else if counted[mention.year-firstYear]++; counted[mention.year-firstYear] > maxPhrases {
			continue
		}
		switch {
		case reportCues.in(rest):
			y.report.add(mention.year, weight, mention.span)
		case isPlanPhrase(m.text[:mention.span.Start], rest), intends(m.text[block.Start:mention.span.Start], m.text[mention.span.End:block.End]):
			y.plan.add(mention.year, weight, mention.span)
		default:
			counted[mention.year-firstYear]--
		}
	}
}

// intends tells “2026年，我们将” and the like, where it opens a sentence.
func intends(before, rest string) bool {
	if r, size := utf8.DecodeLastRuneInString(before); size > 0 && !strings.ContainsRune("。；;！：: 　", r) {
		return false
	}
	for _, pause := range [...]string{"，", ","} {
		rest = strings.TrimPrefix(rest, pause)
	}
	rest = strings.TrimPrefix(rest, "我们")
	return strings.HasPrefix(rest, "要") || strings.HasPrefix(rest, "将")
}

// clauseOf is the rest of the clause; a heading is taken to its end.
func clauseOf(s string, heading bool) string {
	if heading {
		return s
	}
	for i, r := range s {
		switch r {
		case '，', ',', '。', '；', ';', '：', ':', '、':
			return s[:i]
		}
	}
	return s
}

// isPlanPhrase tells “2021年…主要预期目标” and “做好2021年工作”; the end of a five-year plan is none.
func isPlanPhrase(before, rest string) bool {
	before = before[max(0, len(before)-len("到二到二")):]
	if strings.HasSuffix(before, "到") || strings.HasSuffix(before, "至") || strings.HasPrefix(rest, "前") || strings.HasPrefix(rest, "远景") {
		return false
	}
	work := strings.TrimPrefix(strings.TrimPrefix(rest, "的"), "政府")
	return strings.HasPrefix(work, planWork) || planCues.in(rest) && !strings.Contains(rest, "五年计划")
}

// blockAt is the block that holds a place of the text.
func (y *yearFinder) blockAt(at int) *Block {
	blocks := y.m.d.doc.Blocks
	low, high := 0, len(blocks)
	for low < high {
		if middle := (low + high) / 2; blocks[middle].End > at {
			high = middle
		} else {
			low = middle + 1
		}
	}
	if low == len(blocks) || blocks[low].Start > at {
		return nil
	}
	return &blocks[low]
}

// fromDate lets the day of delivery vote: reports of the first half of a year plan that year.
func (y *yearFinder) fromDate() {
	date := y.m.date
	if date.IsZero() {
		return
	}
	weight := deliveryWeight
	if y.m.byPaper {
		weight = paperWeight
	}
	at := y.m.d.doc.Meta.Date.Span
	year := int(date.Year)
	switch {
	case date.Month <= 6:
		y.plan.add(year, weight, at)
	case date.Month <= 10:
		y.plan.add(year, weight/2, at)
	case !y.m.byPaper:
		y.plan.add(year+1, 1, Span{})
	}
}

// fromTitle lets the years of the title vote.
func (y *yearFinder) fromTitle() {
	meta := &y.m.d.doc.Meta
	for _, mention := range y.m.d.yearsIn(meta.Title.Span) {
		if containsAny(meta.Title.Value, cues.ReportTitles) || isBulletin(meta.Title.Value) {
			y.report.add(mention.year, titleWeight, mention.span)
		} else {
			y.plan.add(mention.year, titleWeight, mention.span)
		}
	}
}

// fromShares lets the years that the body names vote by how often it names them; where it names hardly
// any, those without 年 count too.
func (y *yearFinder) fromShares() {
	all := y.mentions
	if len(all) < 3 {
		body := y.m.body()
		all = append([]mention{}, all...)
		for _, bare := range bareYears(body.In(y.m.text)) {
			at := Span{bare.span.Start + body.Start, bare.span.End + body.Start}
			if block := y.blockAt(at.Start); block != nil && !block.Furniture {
				all = append(all, mention{bare.year, at})
			}
		}
	}
	var counts ballot
	total := 0
	for _, mention := range all {
		if block := y.blockAt(mention.span.Start); block == nil || block.Furniture {
			continue
		}
		before := y.m.text[:mention.span.Start]
		if !strings.HasSuffix(before, "到") && !strings.HasSuffix(before, "至") {
			counts.add(mention.year, 1, mention.span)
			total++
		}
	}
	year, _ := counts.winner()
	if year == 0 {
		return
	}
	weight := max(1, shareWeight*counts.votes[year-firstYear]/total)
	switch y.m.d.doc.Meta.Kind {
	case KindPlan:
		y.plan.add(year, weight, counts.place(year))
	case KindReport:
		y.report.add(year, weight, counts.place(year))
	case KindBoth:
		y.fromLatest(&counts)
	}
}

// fromLatest takes the latest of the years that a text often names, and rather one whose year before it
// names too than a distant goal. It is the one accounted for, so that the next is planned; where the year
// before is named as often, it is the one planned itself.
func (y *yearFinder) fromLatest(counts *ballot) {
	i := latestOften(counts, true)
	if i < 0 {
		i = latestOften(counts, false)
	}
	if i <= 0 {
		return
	}
	year := i + firstYear
	if counts.votes[i-1] < counts.votes[i] {
		year++
	}
	y.plan.add(year, latestWeight, counts.place(year))
}

func latestOften(counts *ballot, neighbour bool) int {
	most := 0
	for _, n := range counts.votes {
		most = max(most, n)
	}
	for i := len(counts.votes) - 1; i > 0; i-- {
		if n := counts.votes[i]; n > 0 && n*oftenShare >= most && (!neighbour || counts.votes[i-1] > 0) {
			return i
		}
	}
	return -1
}

// fromReport lets the year accounted for vote for the next one, or for itself where only a part of it is
// accounted for.
func (y *yearFinder) fromReport() {
	year, _ := y.report.winner()
	if year == 0 {
		return
	}
	weight := min(y.report.votes[year-firstYear], headingWeight)
	if part, _ := y.partOf(year); !part.IsZero() {
		y.plan.add(year, weight+1, y.report.place(year))
		return
	}
	y.plan.add(year+1, weight, Span{})
}

// period is the year before the one that is planned, unless headings or the title name another or a part
// of one.
func (y *yearFinder) period() {
	meta := &y.m.d.doc.Meta
	year, _ := y.report.winner()
	at := y.report.place(year)
	if meta.Kind == KindBoth && meta.PlanYear > 0 {
		if part, span := y.partOf(meta.PlanYear); !part.IsZero() {
			meta.ReportPeriod, meta.ReportAt = part, span
			return
		}
		if year != meta.PlanYear-1 {
			year, at = meta.PlanYear-1, y.firstMention(meta.PlanYear-1)
		}
	}
	if year == 0 {
		return
	}
	if part, span := y.partOf(year); !part.IsZero() {
		meta.ReportPeriod, meta.ReportAt = part, span
		return
	}
	meta.ReportPeriod, meta.ReportAt = calendar.Year(year), at
}

func (y *yearFinder) firstMention(year int) Span {
	for _, mention := range y.mentions {
		if mention.year == year {
			return mention.span
		}
	}
	return Span{}
}

// partOf reads “2021年上半年…执行情况” in the title and the headings.
func (y *yearFinder) partOf(year int) (calendar.Period, Span) {
	meta := &y.m.d.doc.Meta
	places := slices.Clone(y.m.d.yearsIn(meta.Title.Span))
	for _, mention := range y.mentions {
		if block := y.blockAt(mention.span.Start); block != nil && block.Kind == Heading && !block.Furniture {
			places = append(places, mention)
		}
	}
	for _, mention := range places {
		if mention.year != year {
			continue
		}
		rest := y.m.text[mention.span.End:min(len(y.m.text), mention.span.End+phraseReach)]
		if i := strings.IndexByte(rest, '\n'); i >= 0 {
			rest = rest[:i]
		}
		if !reportCues.in(rest) && !containsAny(rest, cues.ReportTitles) {
			continue
		}
		if part, ok := partAt(rest); ok && part.scale != aloneMonth {
			return part.in(year), Span{mention.span.Start, mention.span.End + part.size}
		}
	}
	return calendar.Period{}, Span{}
}
