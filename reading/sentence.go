package reading

import (
	"strings"

	"luoshi/calendar"
	"luoshi/document"
	"luoshi/reading/lexicon"
	"luoshi/reading/period"
	"luoshi/reading/unit"
)

// reader reads one document; its slices are used again from block to block.
type reader struct {
	doc       *document.Document
	text      string
	lex       *lexer // of the block being read
	titles    *lexer // of section titles
	out       *Reading
	frame     frame
	memory    [4]string     // last subject by depth of parentheses
	baseOpen  bool          // the last figure was the A of 从A到B
	conjuncts []string      // subjects of the last distributed list
	recent    []string      // subjects of the sentence's levels, for a later 分别
	segments  []readSegment // of the sentence
	spoken    int           // the last of them without figures, -1 for none; findTopic says what it is of
	depth     int           // of parentheses
}

// readBlock reads one line of prose.
func (r *reader) readBlock(b *document.Block) {
	r.enter(b.Section)
	begin := r.afterMarker(b)
	r.lex.run(begin, b.End)
	r.turnAtHeading(b)
	tokens := r.lex.tokens
	r.memory = [4]string{}
	firstClause := len(r.out.Clauses)
	for len(tokens) > 0 {
		n := 0
		var holds contents
		for n < len(tokens) && tokens[n].kind != stop {
			holds.add(&tokens[n])
			n++
		}
		end := b.End
		if n < len(tokens) {
			end = int(tokens[n].start)
		}
		start := begin
		if len(tokens) != len(r.lex.tokens) {
			start = int(r.lex.tokens[len(r.lex.tokens)-len(tokens)-1].end)
		}
		s := sentence{tokens: tokens[:n], start: start, end: end, section: b.Section, contents: holds}
		s.title = r.isTitle(b, &s)
		before := len(r.out.Clauses)
		r.readSentence(s)
		r.ownBlock(&s, firstClause, before)
		if n < len(tokens) {
			n++
		}
		tokens = tokens[n:]
	}
}

// afterMarker is where a block's text begins, behind the number of the section that it opens.
func (r *reader) afterMarker(b *document.Block) int {
	if b.Section >= 0 {
		if m := r.doc.Outline[b.Section].Marker; m.Start >= b.Start && m.End <= b.End && m.Start-b.Start < 2 {
			return m.End
		}
	}
	return b.Start
}

// isTitle tells whether a sentence only names the section that it stands in.
func (r *reader) isTitle(b *document.Block, s *sentence) bool {
	if s.has(figure) {
		return false
	}
	if b.Kind == document.Heading {
		return true
	}
	if b.Section < 0 {
		return false
	}
	title := r.doc.Outline[b.Section].Title
	return s.start >= b.Start && s.start <= title.Start && s.end <= title.End+1 && s.end < b.End-len("。")
}

// contents sums up what kinds of tokens and which tags a stretch holds, so that a rule that needs one
// of them need not look for it.
type contents struct {
	tags  lexicon.Tag
	kinds uint16
}

func (c *contents) add(t *token) {
	c.tags |= t.tags
	c.kinds |= 1 << t.kind
}

func (c *contents) has(kind tokenKind) bool { return c.kinds&(1<<kind) != 0 }

// sentence is the tokens between two full stops and what holds for all of them.
type sentence struct {
	contents
	tokens     []token
	start, end int
	section    int32
	kind       Kind
	by         calendar.Date // set where a period at its head covers it
	soft       bool
	title      bool // names a section: it makes no clause
}

// segment is a part of a sentence between commas: the reach of a leading date and of 力争.
type segment struct {
	contents
	first, last int // tokens
	start, end  int // bytes
	by          calendar.Date
	kind        Kind
	soft        bool
	dated       bool
	wholeYear   bool            // 全年 in an account of a part of the year: what is planned
	quarters    []calendar.Date // ends of the quarters of 前三季度, for 分别
}

// readSentence finds the sentence's frame, then reads it segment by segment.
func (r *reader) readSentence(s sentence) {
	if len(s.tokens) == 0 {
		return
	}
	if s.tags&lexicon.Turn != 0 {
		r.turn(s.tokens)
	}
	s.kind = r.frame.mode
	if s.has(date) {
		r.frameSentence(&s)
	}
	r.depth, r.conjuncts, r.recent, r.spoken = 0, nil, r.recent[:0], -1
	r.segments, r.baseOpen = r.segments[:0], false
	first, start := 0, s.start
	var holds contents
	for i := range s.tokens {
		t := &s.tokens[i]
		switch t.kind {
		case comma, semicolon, colon:
			r.readSegment(&s, holds, first, i, start, int(t.start))
			if t.kind == colon && !holds.has(figure) {
				r.remember(start, int(t.start))
			}
			first, start, holds = i+1, int(t.end), contents{}
			if t.kind == semicolon {
				s.soft = false
			}
		default:
			holds.add(t)
		}
	}
	r.readSegment(&s, holds, first, len(s.tokens), start, s.end)
	if !s.title && !strings.HasPrefix(r.text[s.start:s.end], "让我们") {
		r.clauses(&s, r.segments)
	}
}

// maxTopic is the longest phrase before a colon, in bytes, that can be what the figures behind it are of.
const maxTopic = 75

// remember keeps what stands before a colon as the subject of figures behind it that have none of
// their own: 城市道路建设项目:计划实施50项.
func (r *reader) remember(start, end int) {
	if topic := tidy(r.text[start:end]); topic != "" && len(topic) <= maxTopic && r.memory[0] == "" {
		r.memory[0] = topic
	}
}

// frameSentence takes a year or a longer period at the sentence's head, which covers all of it:
// 2025年,… 到2030年,… “十四五”期间,… 过去五年,…
func (r *reader) frameSentence(s *sentence) {
	for i := range s.tokens {
		t := &s.tokens[i]
		if t.kind == comma || t.kind == semicolon || t.kind == figure {
			return
		}
		if t.kind != date {
			continue
		}
		m := &r.lex.dates[t.ref]
		if r.isBase(s.tokens, i) || !m.Stated() && !m.Since {
			continue
		}
		if !r.leads(s, i) {
			continue
		}
		year := m.LastYear(r.frame.year)
		switch {
		case m.Since:
			if m.Year != 0 && m.Year < r.frame.year || m.Shift < 0 || m.Year == 0 {
				s.kind = Result
			}
			return
		case year < r.frame.year && (m.Deadline || r.follows(i, s.tokens, "到")):
		case year < r.frame.year || year == r.frame.year && s.kind == Result && r.frame.whole == document.KindReport:
			s.kind = Result
		case year > r.frame.year:
			s.kind = Target
		case year == r.frame.year && int(r.frame.reportEnd.Year) < year:
			s.kind = Target
		}
		s.by = r.frame.dayOf(m, s.kind)
		r.follow(s, m)
		return
	}
}

// follow keeps the years that a sentence at the head of a passage names for what follows it in the
// paragraph, until a sentence names the document's own year.
func (r *reader) follow(s *sentence, m *period.Mention) {
	f := &r.frame
	switch span := m.Resolve(f.year); {
	case m.Scale == period.Years && (s.tags&lexicon.Outlook != 0 || int(span.To.Year) <= f.year):
		f.span = span
	case m.Scale <= period.Year && int(span.To.Year) == f.year:
		f.span = calendar.Period{}
	}
}

// leads tells whether nothing but framing words stands before token i in its segment.
func (r *reader) leads(s *sentence, i int) bool {
	at := s.start
	for j := range i {
		t := &s.tokens[j]
		if t.kind == comma || t.kind == colon || t.kind == name {
			at = int(t.end)
			continue
		}
		if t.kind != word && t.kind != date {
			return false
		}
		at = int(t.end)
	}
	return int(s.tokens[i].start)-at <= len("到了截止")
}

// follows tells whether token i stands directly behind a word.
func (r *reader) follows(i int, tokens []token, w string) bool {
	return strings.HasSuffix(r.text[:tokens[i].start], w)
}

// isUnfinished tells whether 全年 or 年内 reaches beyond the part of the year accounted for.
func (r *reader) isUnfinished(m *period.Mention, t *token) bool {
	if m.Stated() || m.Scale != period.Year || !r.frame.reportEnd.Before(r.frame.planEnd) || int(r.frame.reportEnd.Year) != r.frame.year {
		return false
	}
	return startsWithAny(r.text[t.start:t.end], "全年", "年内", "年度", "年底")
}

// baseWords stand before a date that a change is measured against rather than one that bounds it.
var baseWords = []string{"比", "较", "与", "同", "从", "自", "由", "以", "按", "超", "是", "于", "过"}

// comparesBefore tells whether a text ends in the first half of 高于, 相当于 and the like; 于 by itself
// leads to a date that counts: 于7月1日启用.
func comparesBefore(text string) bool {
	return hasAnySuffix(text, []string{"高", "低", "快", "慢", "优", "等", "当", "大", "小", "多", "少", "好", "早", "晚"})
}

// isBase tells whether the date at token i is only compared with: 比2020年, 较去年.
func (r *reader) isBase(tokens []token, i int) bool {
	before := r.text[max(0, int(tokens[i].start)-len("自")):tokens[i].start]
	for _, w := range baseWords {
		if before == w {
			return w != "于" || comparesBefore(r.text[:int(tokens[i].start)-len(w)])
		}
	}
	after := r.text[tokens[i].end:]
	return startsWithAny(after, "同期", "相比", "基数", "价格")
}

// readSegment reads the figures between two commas and keeps the segment for the sentence's clauses.
func (r *reader) readSegment(s *sentence, holds contents, first, last, start, end int) {
	r.segments = append(r.segments, readSegment{
		segment: segment{contents: holds, first: first, last: last, start: start, end: end, kind: s.kind, by: s.by},
		from:    int32(len(r.out.Quantities)), actsAt: -1,
		afterColon:     first > 0 && s.tokens[first-1].kind == colon,
		afterSemicolon: first > 0 && s.tokens[first-1].kind == semicolon,
	})
	g := &r.segments[len(r.segments)-1]
	hasFigure := holds.has(figure)
	if s.soft || holds.has(date) || holds.tags&lexicon.Soften != 0 {
		r.frameSegment(s, &g.segment, hasFigure)
	}
	switch {
	case hasFigure:
		r.readFigures(s, &g.segment)
	default:
		r.spoken = len(r.segments) - 1
	}
	g.soft = s.soft
	if !hasFigure && s.soft && !r.softensOn(s, &g.segment) {
		s.soft = false
	}
	if holds.has(opening) || holds.has(closing) {
		r.followParentheses(s, &g.segment)
	}
	g.to = int32(len(r.out.Quantities))
	if s.title {
		return
	}
	if hasFigure && holds.has(pause) {
		r.divide(s)
		return
	}
	r.inspect(s, g)
}

// followParentheses keeps count of how deep in parentheses the next segment begins.
func (r *reader) followParentheses(s *sentence, g *segment) {
	for i := g.first; i < g.last; i++ {
		switch s.tokens[i].kind {
		case opening:
			r.depth = min(r.depth+1, len(r.memory)-1)
		case closing:
			r.depth = max(r.depth-1, 0)
		}
	}
}

// frameSegment finds the segment's own date and softener.
func (r *reader) frameSegment(s *sentence, g *segment, hasFigure bool) {
	for i := g.first; i < g.last; i++ {
		t := &s.tokens[i]
		switch {
		case t.kind == figure:
			return
		case t.kind == date && !r.isBase(s.tokens, i):
			m := &r.lex.dates[t.ref]
			if m.Since {
				continue
			}
			if m.Stated() && m.LastYear(r.frame.year) < r.frame.year && g.kind == Target && !m.Deadline && !r.follows(i, s.tokens, "到") {
				g.kind = Result
			}
			by := r.frame.dayOf(m, g.kind)
			g.by, g.dated = by, true
			g.wholeYear = r.isUnfinished(m, t)
			if g.wholeYear {
				g.by = r.frame.planEnd
			}
			g.quarters = nil
			if !hasFigure && i == g.first && g.last-g.first == 1 && int(t.end) >= g.end-2 {
				s.by = by // a date set off by a comma covers the sentence
			}
			if quarters := int(m.To.Month-m.From.Month+1) / 3; quarters > 1 && m.From.Month == 1 {
				for q := 1; q <= quarters; q++ {
					g.quarters = append(g.quarters, calendar.Quarter(r.frame.year, q).To)
				}
			}
		case t.is(lexicon.Soften):
			if !r.appliesFor(s.tokens, i, g.last) && !startsWithAny(r.text[t.end:], "更好", "更大", "更优", "在更") {
				s.soft = true
			}
		case t.is(lexicon.Pledge|lexicon.Drop|lexicon.Keep|lexicon.Predicate) && i == g.first && t.tags&lexicon.Head == 0:
			s.soft = false
		}
	}
}

// applied are what 争取 asks for rather than strives after: 争取上级资金 softens nothing (GUIDE,
// Decision 9).
var applied = []string{"上级", "中央", "省级", "国家", "资金", "专项", "债券", "政策", "支持", "贷款", "补助", "省、市", "省市", "中省"}

func (r *reader) appliesFor(tokens []token, i, last int) bool {
	if r.text[tokens[i].start:tokens[i].end] != "争取" {
		return false
	}
	end := int(tokens[i].end)
	limit := end
	for j := i + 1; j < last && tokens[j].kind != figure; j++ {
		limit = int(tokens[j].end)
	}
	rest := r.text[end:max(end, min(len(r.text), limit+len("资金")))]
	for _, w := range applied {
		if startsWithAny(rest, w) {
			return true
		}
	}
	return false
}

// readFigures reads the figures of a segment in order.
func (r *reader) readFigures(s *sentence, g *segment) {
	depth := r.depth
	for i := g.first; i < g.last; i++ {
		switch t := &s.tokens[i]; t.kind {
		case opening:
			depth = min(depth+1, len(r.memory)-1)
		case closing:
			depth = max(depth-1, 0)
		case figure:
			r.readFigure(s, g, i, depth)
		}
	}
}

// readFigure makes the record of one figure.
func (r *reader) readFigure(s *sentence, g *segment, i, depth int) {
	f := &r.lex.figures[s.tokens[i].ref]
	p := phrase{r: r, s: s, g: g, i: i, f: f}
	p.read()
	subject := p.subject(depth)
	r.baseOpen = p.fromBase
	q := Quantity{
		Span: document.Span{Start: f.start, End: f.end}, Surface: r.text[f.start:f.end],
		Value: f.value, Upper: f.upper, Unit: f.unit, Cmp: p.comparator(), Measure: p.measure(),
		Kind: g.kind, Firm: !s.soft, By: g.by, Clause: -1, Cell: -1, Table: -1, Subject: subject,
	}
	r.judgeKind(&p, &q)
	if q.By.IsZero() {
		q.By = r.frame.defaultBy(q.Kind)
	}
	if len(g.quarters) > 1 && p.distributed {
		if n, of := p.ordinal(); of == len(g.quarters) {
			q.By = g.quarters[n]
		}
	}
	q.Measure, q.Subject = settleMeasure(q.Measure, f, q.Subject)
	r.memory[depth] = q.Subject
	if !p.changes() && (len(r.recent) == 0 || r.recent[len(r.recent)-1] != q.Subject) {
		r.recent = append(r.recent, q.Subject)
	}
	r.out.Quantities = append(r.out.Quantities, q)
}

// judgeKind turns a figure away from its segment's kind where its own words say so.
func (r *reader) judgeKind(p *phrase, q *Quantity) {
	switch {
	case p.threshold || p.capacity || p.fromBase:
		q.Kind = Context
		if p.fromBase {
			q.By = r.frame.baseDay(p.baseBy, p.g.kind)
		}
	case q.Kind == Result && r.inProgress(p, q):
	case q.Kind == Result && (p.pledged || p.g.wholeYear):
		q.Kind = Target
		if !p.g.dated {
			q.By = r.frame.planEnd
		}
	case q.Kind == Target && p.done:
		q.Kind = Result
	}
}

// inProgress judges the counts of a progress report: 新开工项目10项,已开工7项,未开工3项 states a plan and
// what came of it; 续建40项 in such a list is a past state.
func (r *reader) inProgress(p *phrase, q *Quantity) bool {
	rest := r.text[q.Span.End:p.s.end]
	switch {
	case strings.HasPrefix(q.Subject, "新开工") && (strings.Contains(rest, "已开工") || strings.Contains(rest, "未开工")):
		q.Kind, q.By = Target, r.frame.planEnd
		return true
	case strings.HasPrefix(q.Subject, "续建") && (strings.Contains(rest, "已完工") || strings.Contains(rest, "按计划推进")):
		q.Kind = Context
		return true
	default:
		return false
	}
}

// settleMeasure decides between level and share for what only the subject can tell (GUIDE, Decision 4).
func settleMeasure(m Measure, f *figureToken, subject string) (Measure, string) {
	for _, change := range changeEndings {
		if bare, found := strings.CutSuffix(subject, change.ending); found && bare != "" {
			return change.measure, bare
		}
	}
	if m != Level {
		return m, subject
	}
	if f.fraction {
		return Share, subject
	}
	if f.class != unit.Percent || f.unit != "%" && f.unit != "％" {
		return m, subject
	}
	return shareOrLevel(subject), subject
}

// changeEndings are nouns that say of what stands before them how it changed.
var changeEndings = []struct {
	ending  string
	measure Measure
}{{"增长预期目标", Growth}, {"增长目标", Growth}, {"涨幅", Growth}, {"增幅", Growth}, {"增速", Growth}, {"增长速度", Growth}, {"增长幅度", Growth}, {"降幅", Decline}, {"跌幅", Decline}}

// softensOn tells whether a softener in a segment without figures reaches over its comma: 力争到2030年,…
func (r *reader) softensOn(s *sentence, g *segment) bool {
	for i := g.last - 1; i >= g.first; i-- {
		switch t := &s.tokens[i]; {
		case t.is(lexicon.Soften):
			return true
		case t.kind != date && t.end-t.start > 3:
			return false
		}
	}
	return false
}

// findTopic is what a segment without figures speaks of: what stands before its first predicate, or,
// where it begins with one, what stands behind.
func (r *reader) findTopic(s *sentence) string {
	if r.spoken < 0 || r.spoken >= len(r.segments) {
		return ""
	}
	g := &r.segments[r.spoken]
	start, end := g.start, g.end
	for i := g.first; i < g.last; i++ {
		t := &s.tokens[i]
		if t.kind != word && t.kind != date || t.tags&lexicon.Head != 0 {
			continue
		}
		if int(t.start) == start || r.text[start:t.start] == " " {
			start = int(t.end)
			continue
		}
		if t.is(lexicon.Predicate|lexicon.Link|lexicon.Grow|lexicon.Fall) || t.is(lexicon.Verb) && t.end-t.start >= 6 {
			end = int(t.start)
			break
		}
	}
	if topic := tidy(r.text[min(start, end):end]); len(topic) <= maxTopic {
		return topic
	}
	return ""
}
