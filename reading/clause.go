package reading

import (
	"strings"

	"luoshi/document"
	"luoshi/reading/lexicon"
)

// readSegment is a segment that has been read, with what clauses need of it.
type readSegment struct {
	segment
	from, to  int32 // its quantities
	actsAt    int   // token of its action; -1 where it has none
	begins    bool  // it begins with its action, framing words aside
	statement bool  // it states a figure of a noun: 地区生产总值增长6%
}

// clauses divides a sentence into the passages that promise or report one action each. A segment with
// an action of its own, or with a figure of its own, begins a clause; others join the clause before
// them, or wait for the one behind.
func (r *reader) clauses(s *sentence, segments []readSegment) {
	open := -1 // first segment of the clause being gathered
	acting := false
	for i := range segments {
		g := &segments[i]
		starts := g.actsAt >= 0 && (g.begins || g.statement) || g.to > g.from
		if open >= 0 && acting && (starts || g.behind == semicolon) {
			r.addClause(s, segments[open:i])
			open, acting = -1, false
		}
		if open >= 0 && !acting && (g.behind == semicolon || i == 1 && isSalutation(r.text[segments[0].start:g.start])) {
			open = -1
		}
		if open < 0 {
			open = i
		}
		acting = acting || starts
		if acting && i+1 < len(segments) && segments[i+1].behind == colon && segments[i+1].actsAt >= 0 {
			open, acting = -1, false // a heading before a colon is no clause of its own
		}
	}
	if open >= 0 && (acting || open == 0 && r.closes(s, segments)) {
		r.addClause(s, segments[open:])
	}
}

// closes tells whether a sentence ends in a predicate of its own: 新院区于7月1日启用.
func (r *reader) closes(s *sentence, segments []readSegment) bool {
	last := &segments[len(segments)-1]
	if last.actsAt < 0 {
		return false
	}
	t := &s.tokens[last.actsAt]
	return t.is(lexicon.Predicate) && int(t.end) >= last.end
}

// salutations open sentences that promise nothing by themselves.
var salutations = list("salutations")

func isSalutation(text string) bool { return startsHail.begins(trimSpace(text), salutations) }

// divide cuts the last segment where a figure is closed by 、 and a verb of its own follows:
// 新增公厕30个、创建15条以上示范街.
func (r *reader) divide(s *sentence) {
	g := r.segments[len(r.segments)-1]
	r.segments = r.segments[:len(r.segments)-1]
	figures := false
	for i := g.first; i < g.last; i++ {
		t := &s.tokens[i]
		if t.kind == figure {
			figures = true
			continue
		}
		if t.kind != pause || !figures || i+1 >= g.last {
			continue
		}
		next := &s.tokens[i+1]
		if next.start != t.end || !next.is(lexicon.Keep|lexicon.Drop|lexicon.Predicate) || next.tags&(lexicon.Head|lexicon.Link) != 0 || next.end-next.start < 6 {
			continue
		}
		before := g
		before.last, before.end = i, int(t.start)
		before.to = g.from
		for before.to < g.to && r.out.Quantities[before.to].Span.Start < int(t.start) {
			before.to++
		}
		r.segments = append(r.segments, before)
		r.inspect(s, &r.segments[len(r.segments)-1])
		g.first, g.start, g.from = i+1, int(t.end), before.to
		if g.behind == colon {
			g.behind = pause
		}
		figures = false
	}
	r.segments = append(r.segments, g)
	r.inspect(s, &r.segments[len(r.segments)-1])
}

// addClause makes one clause of consecutive segments.
func (r *reader) addClause(s *sentence, segments []readSegment) {
	first, last := &segments[0], &segments[len(segments)-1]
	start, end := r.trim(first.start, last.end)
	start = r.skipMarker(start, end)
	if end-start < len("建成") || first.from == last.to && s.tags&lexicon.Formula != 0 {
		return
	}
	index := int32(len(r.out.Clauses))
	r.out.Clauses = append(r.out.Clauses, Clause{})
	c := &r.out.Clauses[index] // filled in where it stands: there are many of them
	c.Span, c.Text, c.Section = document.Span{Start: start, End: end}, r.text[start:end], s.section
	c.Kind, c.Firm, c.By = first.kind, !last.soft, first.by
	c.Quantities = [2]int32{first.from, last.to}
	for i := range segments {
		g := &segments[i]
		if !g.by.IsZero() {
			c.By = g.by
		}
		if g.actsAt >= 0 && c.Verb == "" {
			r.nameAction(s, c, g)
		}
	}
	for i := c.Quantities[0]; i < c.Quantities[1]; i++ {
		q := &r.out.Quantities[i]
		q.Clause = index
		if q.Kind != Context {
			c.Kind, c.By, c.Firm = q.Kind, q.By, q.Firm
		}
	}
	if c.Verb == "" && c.Quantities[0] < c.Quantities[1] {
		nameByFigure(c, r.out.Quantities[c.Quantities[0]].Subject)
	}
	if c.By.IsZero() {
		c.By = r.frame.defaultBy(c.Kind)
	}
	if s.tags&lexicon.Owner != 0 {
		c.Owner = r.owner(c.Text)
	}
}

// trim takes blanks and marks off both ends of a passage.
func (r *reader) trim(start, end int) (int, int) {
	left, right := loose.within(r.text[start:end])
	return start + left, start + right
}

// skipMarker passes 一是 and 其中 at a clause's head.
func (r *reader) skipMarker(start, end int) int {
	if c, _ := basic(r.text, start); r.lex.chars.class[c]&startsNumber == 0 {
		return start
	}
	if tags, next := r.lex.words.Match(r.text[:end], start); tags&lexicon.Adverb != 0 && next-start == len("一是") {
		if w := r.text[start:next]; strings.HasSuffix(w, "是") || strings.HasSuffix(w, "要") {
			return next
		}
	}
	return start
}
