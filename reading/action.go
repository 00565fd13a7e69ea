package reading

import (
	"strings"

	"luoshi/reading/lexicon"
)

// inspect finds a segment's action: the verb at its head, framing words aside; else a verb of change or
// a link behind its noun, which makes it a statement; else the first verb inside.
func (r *reader) inspect(s *sentence, g *readSegment) {
	g.actsAt, g.begins = -1, false
	g.statement = g.to > g.from
	at, leading := g.start, true
	for i := g.first; i < g.last; i++ {
		t := &s.tokens[i]
		if !leading && t.tags&acting == 0 {
			continue
		}
		if leading && int(t.start) > at && !isBlank(r.text[at:t.start]) {
			leading = false
		}
		at = int(t.end)
		switch {
		case t.kind == date || t.kind == opening || t.kind == closing || t.kind == name && t.tags&lexicon.Adverb != 0:
			continue
		case t.kind != word || t.tags&lexicon.Head != 0 && t.tags&lexicon.Verb == 0:
			leading = false
			continue
		case leading && t.end-t.start == 3 && r.text[t.start:t.end] == "是":
			return // 是全面推进…的重要时期 describes
		case leading && t.tags&lexicon.Adjunct != 0:
			return
		case !leading && t.tags&(lexicon.Grow|lexicon.Fall) != 0 && r.statesChange(t, g):
			g.actsAt, g.statement = i, true
			return
		case int(t.end-t.start) >= minVerb && t.tags&(lexicon.Verb|lexicon.Predicate) != 0 && !r.isNounPart(t, g.end):
			if leading && r.yields(s, i, g.last) || r.isNoAction(t) {
				continue
			}
			if !leading && (t.tags&lexicon.Adverb != 0 || t.tags&lexicon.Predicate == 0 && int(t.end) < g.end) {
				continue
			}
			g.actsAt, g.begins = i, leading
			g.statement = g.statement || !leading && int(t.end) >= g.end
			return
		}
		if t.tags&framing == 0 {
			leading = false
		}
	}
	if g.statement {
		g.actsAt = r.linkBefore(s, g)
	}
}

// acting are the words by which a segment can act behind its head.
const acting = lexicon.Verb | lexicon.Predicate | lexicon.Grow | lexicon.Fall

// statesChange tells whether a word of change is a verb here: not 增速, and not the 降 of 不降反升.
func (r *reader) statesChange(t *token, g *readSegment) bool {
	return (int(t.end-t.start) >= minVerb || g.to > g.from) && t.tags&lexicon.NoAction == 0
}

// minVerb is the length in bytes of the shortest verb that makes a clause; single characters are too
// often part of a noun.
const minVerb = len("建成")

// nounParts are what makes a noun of the verb before them: 发展的理念, 管理体制.
var nounParts = list("noun-parts")

func (r *reader) isNounPart(t *token, end int) bool {
	return t.tags&(lexicon.Drop|lexicon.Keep|lexicon.Predicate) == 0 && startsNoun(r.text[t.end:end])
}

// yields tells whether the verb at token i only colours the verb directly behind it: 加快健全, 抓紧制定.
func (r *reader) yields(s *sentence, i, last int) bool {
	t := &s.tokens[i]
	if i+1 >= last || s.tokens[i+1].start != t.end || !s.tokens[i+1].is(lexicon.Verb|lexicon.Predicate) || int(s.tokens[i+1].end-s.tokens[i+1].start) < minVerb {
		return false
	}
	return t.tags&lexicon.Adverb != 0 && t.tags&(lexicon.Drop|lexicon.Keep|lexicon.Spend) == 0 || t.tags&lexicon.Colour != 0
}

// isNoAction tells whether a word that can end a noun is no action all the same: 有序, 累计, 通过.
func (r *reader) isNoAction(t *token) bool {
	if t.tags&lexicon.Adverb != 0 && t.tags&(lexicon.Keep|lexicon.Drop|lexicon.Spend) == 0 {
		return true
	}
	return t.tags&lexicon.NoAction != 0
}

// linkBefore is the token of the link, comparator or share that leads to a segment's first figure.
func (r *reader) linkBefore(s *sentence, g *readSegment) int {
	found := -1
	for i := g.first; i < g.last && s.tokens[i].kind != figure; i++ {
		if s.tokens[i].is(lexicon.Link | comparators | lexicon.Share) {
			found = i
		}
	}
	return found
}

// isBlank tells whether text is one blank, in half or full width.
func isBlank(text string) bool { return text == " " || text == "\u3000" || text == "\u00a0" }

// nameAction takes the clause's verb and object from the segment that acts.
func (r *reader) nameAction(s *sentence, c *Clause, g *readSegment) {
	t := &s.tokens[g.actsAt]
	c.Verb = r.text[t.start:t.end]
	switch {
	case g.statement && !g.begins && g.from < g.to:
		c.Object = r.out.Quantities[g.from].Subject
	case g.statement && !g.begins:
		c.Object = r.objectBefore(s, g)
	default:
		if c.Object = r.objectBehind(s, g); c.Object == "" {
			c.Object = r.objectBefore(s, g)
		}
	}
}

// objectBefore is the noun before a segment's verb, without the adverbs between: 人民健康水平不断提高.
func (r *reader) objectBefore(s *sentence, g *readSegment) string {
	end := s.tokens[g.actsAt].start
	for i := g.actsAt - 1; i >= g.first; i-- {
		t := &s.tokens[i]
		if t.end != end || t.kind != word || t.tags&(lexicon.Adverb|lexicon.Link) == 0 || t.tags&lexicon.Head != 0 {
			break
		}
		end = t.start
	}
	start, stop := r.trim(g.start, int(end))
	return r.text[start:max(start, stop)]
}

// objectBehind is what stands behind a segment's verb, past a second verb joined to it (巩固和扩大), up to
// a figure that closes it.
func (r *reader) objectBehind(s *sentence, g *readSegment) string {
	i := g.actsAt
	for i+2 < g.last && s.tokens[i+1].start == s.tokens[i].end && (s.tokens[i+1].is(lexicon.And) || s.tokens[i+1].kind == pause) &&
		s.tokens[i+2].start == s.tokens[i+1].end && s.tokens[i+2].is(lexicon.Verb) && s.tokens[i+2].tags&lexicon.Head == 0 {
		i += 2
	}
	for i+1 < g.last && s.tokens[i+1].start == s.tokens[i].end && int(s.tokens[i+1].end) < g.end && s.tokens[i+1].is(lexicon.Verb) &&
		s.tokens[i+1].tags&(lexicon.Head|lexicon.Generic|lexicon.Adverb) == 0 && int(s.tokens[i+1].end-s.tokens[i+1].start) >= minVerb && !r.isNounPart(&s.tokens[i+1], g.end) && !strings.HasPrefix(r.text[s.tokens[i+1].start:], "新") {
		i++ // 发展壮大, 整治提升
	}
	start, end := int(s.tokens[i].end), g.end
	for k := i + 1; k < g.last; k++ {
		if s.tokens[k].kind == figure {
			if int(s.tokens[k].start) > start+len("个") && !s.tokens[k-1].is(lexicon.List) {
				end = int(s.tokens[k].start)
			}
			break
		}
	}
	if isParticle(r.text[start:end]) {
		start += len("了")
	}
	start, end = r.trim(start, end)
	object := r.text[start:end]
	if s.tags&lexicon.Owner != 0 {
		object = withoutOwner(object)
	}
	return trimTail(object)
}

// isParticle tells whether what stands behind a verb begins with a particle that belongs to the verb.
func isParticle(text string) bool {
	if text == "" {
		return false
	}
	switch r, _ := decode(text, 0); r {
	case '了', '好':
		return true
	case '成':
		return !strings.HasPrefix(text, "成都")
	default:
		return false
	}
}

// withoutOwner cuts an object before the parenthesis that names the unit responsible.
func withoutOwner(object string) string {
	for _, open := range []string{"(", "（"} {
		if at := strings.Index(object, open); at > 0 {
			for _, mark := range ownerMarks {
				if strings.HasPrefix(object[at+len(open):], mark) {
					return object[:at]
				}
			}
		}
	}
	return object
}

// nameByFigure takes verb and object of a clause whose action is part of its subject: 新增城镇就业1300人.
func nameByFigure(c *Clause, subject string) {
	c.Object = subject
	for _, verb := range []string{"新增", "净增", "新设立"} {
		if object, found := strings.CutPrefix(subject, verb); found && object != "" {
			c.Verb, c.Object = verb, object
		}
	}
}
