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
	parts     []part        // of the sentence, in the lexer
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
	r.memory = [4]string{}
	firstClause := len(r.out.Clauses)
	for parts := r.lex.parts; len(parts) > 0 && parts[0].first < len(r.lex.tokens); {
		s := sentence{section: b.Section}
		parts = r.takeParts(&s, parts)
		s.title = r.isTitle(b, &s)
		before := len(r.out.Clauses)
		r.readSentence(&s)
		r.ownBlock(&s, firstClause, before)
	}
}

// takeParts makes a sentence of the first of some parts up to a stop and returns those behind it.
func (r *reader) takeParts(s *sentence, parts []part) []part {
	first, n := parts[0].first, 0
	for ; n < len(parts) && (n == 0 || parts[n].behind != stop); n++ {
		p := &parts[n]
		p.first, p.last = p.first-first, p.last-first // among the tokens of the sentence
		s.join(&p.contents)
	}
	r.parts = parts[:n]
	s.tokens = r.lex.tokens[first : first+parts[n-1].last]
	s.start, s.end = parts[0].start, parts[n-1].end
	return parts[n:]
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

// segment is a part with what holds for it: it is the reach of a leading date and of 力争.
type segment struct {
	part
	by        calendar.Date
	kind      Kind
	soft      bool
	dated     bool
	wholeYear bool            // 全年 in an account of a part of the year: what is planned
	quarters  []calendar.Date // ends of the quarters of 前三季度, for 分别
}

// readSentence finds the sentence's frame, then reads it segment by segment.
func (r *reader) readSentence(s *sentence) {
	if len(s.tokens) == 0 {
		return
	}
	if s.tags&lexicon.Turn != 0 {
		r.turn(s.tokens)
	}
	s.kind = r.frame.mode
	if s.kind == Result && r.demanded(s) {
		s.kind = Target
	}
	if s.has(date) {
		r.frameSentence(s)
	}
	r.depth, r.conjuncts, r.recent, r.spoken = 0, nil, r.recent[:0], -1
	r.segments, r.baseOpen = r.segments[:0], false
	for i := range r.parts {
		p := &r.parts[i]
		switch p.behind {
		case colon:
			if before := &r.parts[i-1]; !before.has(figure) {
				r.remember(before.start, before.end)
			}
		case semicolon:
			s.soft = false
		}
		r.readSegment(s, p)
	}
	if !s.title && !strings.HasPrefix(r.text[s.start:s.end], "让我们") {
		r.clauses(s, r.segments)
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
func (r *reader) readSegment(s *sentence, p *part) {
	r.segments = append(r.segments, readSegment{})
	g := &r.segments[len(r.segments)-1]
	g.part, g.kind, g.by, g.actsAt = *p, s.kind, s.by, -1
	g.from = int32(len(r.out.Quantities))
	hasFigure := p.has(figure)
	if s.soft || p.has(date) || p.tags&lexicon.Soften != 0 {
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
	if p.has(opening) || p.has(closing) {
		r.followParentheses(s, &g.segment)
	}
	g.to = int32(len(r.out.Quantities))
	if s.title {
		return
	}
	if hasFigure && p.has(pause) {
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
