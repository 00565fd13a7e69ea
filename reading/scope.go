package reading

import (
	"strings"

	"luoshi/calendar"
	"luoshi/document"
	"luoshi/reading/lexicon"
	"luoshi/reading/period"
)

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
	if startsWithAny(r.text[t.end:], "任务", "计划", "目标", "预算") {
		return false // 占全年任务的54%
	}
	return startsWithAny(r.text[t.start:t.end], "全年", "年内", "年度", "年底")
}

// baseWords stand before a date that a change is measured against rather than one that bounds it.
var baseWords = list("base-words")

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
				g.quarters = make([]calendar.Date, 0, quarters)
				for q := 1; q <= quarters; q++ {
					g.quarters = append(g.quarters, known(calendar.Quarter(r.frame.year, q).To))
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
var applied = list("applied")

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

// softensOn tells whether a softener in a segment without figures reaches over its comma: 力争到2030年,…
func (r *reader) softensOn(s *sentence, g *segment) bool {
	if strings.HasSuffix(r.text[g.start:g.end], "时间") {
		return true // 力争用三年时间,…
	}
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
