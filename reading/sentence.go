package reading

import (
	"strings"

	"luoshi/calendar"
	"luoshi/document"
	"luoshi/reading/lexicon"
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
	if s.kind == Result && r.demanded(&s) {
		s.kind = Target
	}
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

// readSegment reads the figures between two commas and keeps the segment for the sentence's clauses.
func (r *reader) readSegment(s *sentence, holds contents, first, last, start, end int) {
	r.segments = append(r.segments, readSegment{})
	g := &r.segments[len(r.segments)-1]
	g.contents, g.first, g.last, g.start, g.end = holds, first, last, start, end
	g.kind, g.by, g.from, g.actsAt = s.kind, s.by, int32(len(r.out.Quantities)), -1
	if first > 0 {
		before := s.tokens[first-1].kind
		g.afterColon, g.afterSemicolon = before == colon, before == semicolon
	}
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
