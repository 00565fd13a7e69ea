package reading

import (
	"strings"
	"unicode/utf8"

	"luoshi/document"
	"luoshi/reading/lexicon"
)

// readSegment is a segment that has been read, with what clauses need of it.
type readSegment struct {
	segment
	from, to   int32 // its quantities
	actsAt     int   // token of its action; -1 where it has none
	begins     bool  // it begins with its action, framing words aside
	statement  bool  // it states a figure of a noun: 地区生产总值增长6%
	afterColon bool

	afterSemicolon bool
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
		if open >= 0 && acting && (starts || g.afterSemicolon) {
			r.addClause(s, segments[open:i])
			open, acting = -1, false
		}
		if open >= 0 && !acting && (g.afterSemicolon || i == 1 && isSalutation(r.text[segments[0].start:g.start])) {
			open = -1
		}
		if open < 0 {
			open = i
		}
		acting = acting || starts
		if acting && i+1 < len(segments) && segments[i+1].afterColon && segments[i+1].actsAt >= 0 {
			open, acting = -1, false // a heading before a colon is no clause of its own
		}
	}
	if open >= 0 && (acting || open == 0 && acts(segments)) {
		r.addClause(s, segments[open:])
	}
}

// acts tells whether any of the segments has a verb, be it behind its noun: 新院区于7月1日启用.
func acts(segments []readSegment) bool {
	for i := range segments {
		if segments[i].actsAt >= 0 {
			return true
		}
	}
	return false
}

// salutations open sentences that promise nothing by themselves.
var salutations = []string{"各位", "同志们", "主任", "尊敬的"}

func isSalutation(text string) bool { return startsWithAny(strings.TrimSpace(text), salutations...) }

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
		part := g
		part.last, part.end = i, int(t.start)
		part.to = g.from
		for part.to < g.to && r.out.Quantities[part.to].Span.Start < int(t.start) {
			part.to++
		}
		r.segments = append(r.segments, part)
		r.inspect(s, &r.segments[len(r.segments)-1])
		g.first, g.start, g.from, g.afterColon = i+1, int(t.end), part.to, false
		figures = false
	}
	r.segments = append(r.segments, g)
	r.inspect(s, &r.segments[len(r.segments)-1])
}

// inspect finds a segment's action: the verb at its head, framing words aside; else a verb of change or
// a link behind its noun, which makes it a statement; else the first verb inside.
func (r *reader) inspect(s *sentence, g *readSegment) {
	g.actsAt, g.begins = -1, false
	g.statement = g.to > g.from
	at, leading := g.start, true
	for i := g.first; i < g.last; i++ {
		t := &s.tokens[i]
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
		case !leading && t.tags&(lexicon.Grow|lexicon.Fall) != 0:
			g.actsAt, g.statement = i, true
			return
		case int(t.end-t.start) >= minVerb && t.tags&(lexicon.Verb|lexicon.Predicate) != 0 && !r.isNounPart(t, g.end):
			if leading && r.yields(s, i, g.last) {
				continue
			}
			if !leading && t.tags&lexicon.Adverb != 0 {
				continue
			}
			g.actsAt, g.begins = i, leading
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

// minVerb is the length in bytes of the shortest verb that makes a clause; single characters are too
// often part of a noun.
const minVerb = len("建成")

// nounParts are what makes a noun of the verb before them: 发展的理念, 管理体制.
var nounParts = []string{"的", "型", "机构", "体制", "战略", "格局", "任务", "理论", "模式", "能力", "水平", "领域", "行业", "率", "者", "性", "工作", "体系", "机制", "质量", "效率", "环境"}

func (r *reader) isNounPart(t *token, end int) bool {
	return t.tags&(lexicon.Drop|lexicon.Keep|lexicon.Predicate) == 0 && startsWithAny(r.text[t.end:end], nounParts...)
}

// yields tells whether the verb at token i only colours the verb directly behind it: 加快健全, 抓紧制定.
func (r *reader) yields(s *sentence, i, last int) bool {
	t := &s.tokens[i]
	if i+1 >= last || s.tokens[i+1].start != t.end || !s.tokens[i+1].is(lexicon.Verb|lexicon.Predicate) || int(s.tokens[i+1].end-s.tokens[i+1].start) < minVerb {
		return false
	}
	return t.tags&lexicon.Adverb != 0 || colouring[r.text[t.start:t.end]]
}

// colouring are verbs that say how another is done.
var colouring = map[string]bool{"加快": true, "抓紧": true, "坚持": true, "继续": true, "持续": true, "主动": true, "参与": true, "探索": true, "谋划": true}

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

// addClause makes one clause of consecutive segments.
func (r *reader) addClause(s *sentence, segments []readSegment) {
	first, last := &segments[0], &segments[len(segments)-1]
	start, end := r.trim(first.start, last.end)
	start = r.skipMarker(start, end)
	if end-start < len("建成") {
		return
	}
	c := Clause{
		Span: document.Span{Start: start, End: end}, Text: r.text[start:end], Section: s.section,
		Kind: first.kind, Firm: !last.soft, By: first.by,
		Quantities: [2]int32{first.from, last.to},
	}
	for i := range segments {
		g := &segments[i]
		if !g.by.IsZero() {
			c.By = g.by
		}
		if g.actsAt >= 0 && c.Verb == "" {
			r.nameAction(s, &c, g)
		}
	}
	index := int32(len(r.out.Clauses))
	for i := c.Quantities[0]; i < c.Quantities[1]; i++ {
		q := &r.out.Quantities[i]
		q.Clause = index
		if q.Kind != Context {
			c.Kind, c.By, c.Firm = q.Kind, q.By, q.Firm
		}
	}
	if c.Verb == "" && c.Quantities[0] < c.Quantities[1] {
		nameByFigure(&c, r.out.Quantities[c.Quantities[0]].Subject)
	}
	if c.By.IsZero() {
		c.By = r.frame.defaultBy(c.Kind)
	}
	if s.tags&lexicon.Owner != 0 {
		c.Owner = r.owner(c.Text)
	}
	r.out.Clauses = append(r.out.Clauses, c)
}

// trim takes blanks and marks off both ends of a passage.
func (r *reader) trim(start, end int) (int, int) {
	left, right := looseEnds(r.text[start:end])
	return start + left, start + right
}

// looseEnds is where what remains of a text begins and ends without the loose characters around it.
func looseEnds(text string) (start, end int) {
	end = len(text)
	for start < end {
		c, size := decode(text, start)
		if !isLoose(c) {
			break
		}
		start += size
	}
	for end > start {
		c := rune(text[end-1])
		size := 1
		if c >= utf8.RuneSelf {
			c, size = utf8.DecodeLastRuneInString(text[start:end])
		}
		if !isLoose(c) {
			break
		}
		end -= size
	}
	return start, end
}

// isLoose tells whether a character at the end of a passage belongs to none: blanks, marks, dashes.
func isLoose(c rune) bool {
	switch c {
	case ' ', '\u3000', '\u00a0', '\t', '、', ',', '，', ';', '；', '—', '-', ':', '：', '*', '＊':
		return true
	default:
		return false
	}
}

// skipMarker passes 一是 and 其中 at a clause's head.
func (r *reader) skipMarker(start, end int) int {
	if c, _ := decode(r.text, start); c > 0xFFFF || r.lex.chars.info[c].class&startsNumber == 0 {
		return start
	}
	if tags, next := r.lex.words.Match(r.text[:end], start); tags&lexicon.Adverb != 0 && next-start == len("一是") {
		if w := r.text[start:next]; strings.HasSuffix(w, "是") || strings.HasSuffix(w, "要") {
			return next
		}
	}
	return start
}

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
	start, end := int(s.tokens[i].end), g.end
	for k := i + 1; k < g.last; k++ {
		if s.tokens[k].kind == figure {
			if int(s.tokens[k].start) > start+len("个") && !s.tokens[k-1].is(lexicon.List) {
				end = int(s.tokens[k].start)
			}
			break
		}
	}
	for _, particle := range []string{"了", "好", "成"} {
		if strings.HasPrefix(r.text[start:end], particle) && !strings.HasPrefix(r.text[start:end], "成都") {
			start += len(particle)
			break
		}
	}
	start, end = r.trim(start, end)
	object := r.text[start:end]
	if s.tags&lexicon.Owner != 0 {
		object = withoutOwner(object)
	}
	return trimTail(object)
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

// ownBlock gives the clauses of a block the owner that a sentence behind them names for all:
// …养老机构。(牵头单位:市民政局)
func (r *reader) ownBlock(s *sentence, first, before int) {
	if len(r.out.Clauses) > before || first == before || s.tags&lexicon.Owner == 0 {
		return
	}
	owner := r.owner(r.text[s.start:s.end])
	if owner == "" {
		return
	}
	for i := first; i < before; i++ {
		if c := &r.out.Clauses[i]; c.Owner == "" {
			c.Owner = owner
		}
	}
}

// ownerMarks introduce the unit responsible; a colon stands behind them.
var ownerMarks = []string{"牵头单位", "责任单位", "责任部门", "牵头部门", "主办单位", "主责单位", "责任领导"}

// ownerEnds close the name of a unit.
const ownerEnds = "，,。；;）)】\n"

// owner is the unit that a text names as responsible: 牵头单位：区发展改革局, 由区教育局负责.
func (r *reader) owner(text string) string {
	for _, mark := range ownerMarks {
		at := strings.Index(text, mark)
		if at < 0 {
			continue
		}
		rest := text[at+len(mark):]
		name, found := strings.CutPrefix(rest, ":")
		if !found {
			name, found = strings.CutPrefix(rest, "：")
		}
		if !found {
			continue
		}
		if end := strings.IndexAny(name, ownerEnds); end >= 0 {
			name = name[:end]
		}
		return strings.TrimSpace(name)
	}
	return ownerByVerb(text)
}

// ownerByVerb reads 由区教育局负责 and (区住建局牵头).
func ownerByVerb(text string) string {
	for _, verb := range []string{"牵头", "负责", "主责"} {
		at := strings.Index(text, verb)
		if at <= 0 {
			continue
		}
		before := text[:at]
		start := strings.LastIndex(before, "由")
		if start >= 0 {
			start += len("由")
		} else if start = strings.LastIndexAny(before, "(（"); start >= 0 {
			_, size := decode(before, start)
			start += size
		} else {
			continue
		}
		if name := before[start:]; isUnitName(name) {
			return name
		}
	}
	return ""
}

// unitEndings are how the names of offices end.
var unitEndings = []string{"局", "委", "办", "部", "厅", "中心", "公司", "街道", "镇", "乡", "院", "会", "集团", "政府", "大队", "支队", "办事处", "管委会", "处", "科", "所", "等"}

func isUnitName(name string) bool {
	return name != "" && len(name) <= 60 && hasAnySuffix(name, unitEndings)
}
