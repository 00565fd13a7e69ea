package reading

import (
	"strings"

	"luoshi/calendar"
	"luoshi/reading/lexicon"
	"luoshi/reading/unit"
)

// phrase is what surrounds one figure: the words between its noun and it, the chain of figures that it
// belongs to, and where its noun may stand before or behind it.
type phrase struct {
	r *reader
	s *sentence
	g *segment
	i int // the figure's token
	f *figureToken

	head, tail  int // first and last token of the chain of figures joined by 、 or 和
	nth, count  int // this figure's place in the chain
	nounEnd     int // byte where the noun before the chain ends
	nounToken   int // last token that may belong to that noun
	after       lexicon.Tag
	before      lexicon.Tag // comparator words that stand before
	grow, fall  bool
	share       bool
	ofPrevious  bool        // 的 stands before the number: a share of what was named before
	distributed bool        // 分别
	leadVerb    string      // stripped from or kept at the head of the noun
	changeVerb  lexicon.Tag // of a verb of change at the head of the noun: 压减一般性支出5%
	runs        bool        // 连续: counts times or years in a row
	fromBase    bool        // the A of 从A提高到B
	raised      bool        // the B of it
	baseBy      calendar.Date
	threshold   bool // bounds a category: 总投资50亿元以上的项目
	capacity    bool // describes a project: 日处理能力450吨的中心
	pledged     bool
	done        bool
}

const comparators = lexicon.AtLeast | lexicon.MoreThan | lexicon.AtMost | lexicon.LessThan | lexicon.About

const behindNumber = lexicon.OrMore | lexicon.OrLess | lexicon.OrSo

const between = lexicon.Link | comparators | lexicon.Grow | lexicon.Fall | lexicon.Base | lexicon.Share | lexicon.Each | lexicon.From

func (p *phrase) tok(i int) *token { return &p.s.tokens[i] }

func (p *phrase) figure(i int) *figureToken { return &p.r.lex.figures[p.s.tokens[i].ref] }

// read finds the chain and walks left over the words between noun and number.
func (p *phrase) read() {
	p.chain()
	p.after = p.behind(p.i)
	if p.after == 0 && p.figure(p.tail).unit == p.f.unit {
		p.after = p.behind(p.tail)
	}
	p.walk()
	p.findThreshold()
}

// behind is the comparator that stands directly behind figure token i.
func (p *phrase) behind(i int) lexicon.Tag {
	if i+1 >= p.g.last {
		return 0
	}
	t := p.tok(i + 1)
	if !t.is(behindNumber) || int(t.start)-int(p.tok(i).end) > 1 {
		return 0
	}
	if p.r.text[t.start:t.end] == "内" && p.figure(i).class != unit.Duration {
		return 0
	}
	return t.tags & behindNumber
}

// behindEnd is the token index behind figure i and its comparator.
func (p *phrase) behindEnd(i int) int {
	if p.behind(i) != 0 {
		return i + 1
	}
	return i
}

// joined is the figure token that stands before figure i with nothing but 、 or 和 between, or -1.
func (p *phrase) joined(i int) int {
	j := i - 1
	if j < p.g.first {
		return -1
	}
	t := p.tok(j)
	at := p.tok(i).start
	if t.end == at && (t.kind == pause || t.is(lexicon.And)) {
		at = t.start
		j--
	}
	for ; j >= p.g.first; j-- {
		t := p.tok(j)
		if t.end != at {
			return -1
		}
		if t.kind == figure {
			return j
		}
		if !t.is(behindNumber) {
			return -1
		}
		at = t.start
	}
	return -1
}

// maxChain bounds the figures of one list; a longer run of them is no list of a sentence.
const maxChain = 48

// chain finds the list that the figure belongs to.
func (p *phrase) chain() {
	p.head, p.tail = p.i, p.i
	for j := p.joined(p.head); j >= 0 && p.nth < maxChain; j = p.joined(p.head) {
		p.head = j
		p.nth++
	}
	for i := p.tail + 1; i < min(p.g.last, p.i+maxChain); i++ {
		if p.tok(i).kind != figure {
			continue
		}
		if p.joined(i) != p.tail {
			break
		}
		p.tail = i
	}
	p.count = 0
	for i := p.head; i <= p.tail; i++ {
		if p.tok(i).kind == figure {
			p.count++
		}
	}
}

// ordinal is the figure's place in its chain and the chain's length.
func (p *phrase) ordinal() (n, of int) { return p.nth, p.count }

// walk goes left from the chain's first figure over comparators, links and verbs of change to where
// the noun ends.
func (p *phrase) walk() {
	at := int32(p.tok(p.head).start)
	j := p.head - 1
	for ; j >= p.g.first; j-- {
		t := p.tok(j)
		if !p.touches(t, at) {
			break
		}
		switch {
		case t.kind == word && t.tags&between != 0:
			if t.tags&lexicon.Share != 0 && (p.grow || p.fall) && p.r.text[t.start:t.end] != "占" {
				p.nounEnd, p.nounToken = int(at), j // what rises is the share itself: 占比提高1个百分点
				return
			}
			p.take(t)
			at = t.start
		case t.kind == closing:
			open := p.opens(j)
			if open < 0 {
				p.nounEnd, p.nounToken = int(at), j
				return
			}
			j = open
			at = p.tok(j).start
		case t.kind == date && p.skipsDate(j):
			p.baseBy = p.r.frame.dayOf(&p.r.lex.dates[t.ref], Context)
			at = t.start
		default:
			p.nounEnd, p.nounToken = int(at), j
			p.readGap(int(at))
			return
		}
	}
	p.nounEnd, p.nounToken = int(at), j
	p.readGap(int(at))
}

// touches tells whether token t ends where at begins, blanks and a 的 after a date aside.
func (p *phrase) touches(t *token, at int32) bool {
	switch gap := p.r.text[t.end:at]; {
	case gap == "":
		return true
	case gap == "的" && t.kind == date:
		return true
	default:
		return strings.TrimSpace(gap) == "" || gap == "了"
	}
}

// skipsDate tells whether a date between noun and number is only compared with or leads to the
// number: 比2020年增长…, 到2030年达到….
func (p *phrase) skipsDate(j int) bool {
	return p.r.isBase(p.s.tokens, j) || p.tok(j).start > int32(p.g.start) && p.head > j+1 || p.fromBase
}

// readGap looks at what stands directly before the words between: a 的 makes the number a share of
// what came before.
func (p *phrase) readGap(at int) {
	if strings.HasSuffix(p.r.text[:at], "的") && at > p.g.start {
		p.ofPrevious = true
	}
}

// take notes what a word between noun and number says. The word nearest to the number comes first.
func (p *phrase) take(t *token) {
	tags := t.tags
	changed := p.grow || p.fall || p.share || p.raised
	switch {
	case tags&lexicon.Share != 0 && !changed:
		p.share = true
	case changed || p.runs || tags&(lexicon.Grow|lexicon.Fall) == 0 || p.takesObject(t):
	case tags&lexicon.Grow != 0:
		p.grow = true
	default:
		p.fall = true
	}
	if p.r.text[t.start:t.end] == "连续" {
		p.runs = true
	}
	if tags&comparators != 0 && p.before == 0 && !(p.isDifference() && strings.HasSuffix(p.r.text[:t.end], "于")) {
		p.before = tags & comparators
	}
	if tags&lexicon.Each != 0 {
		p.distributed = true
	}
	if tags&lexicon.From != 0 && p.leadsTo() {
		p.fromBase = true
	}
	if w := p.r.text[t.start:t.end]; (w == "较" || w == "比") && p.changesNext() {
		p.fromBase = true
	}
	if tags&lexicon.Link != 0 && tags&(lexicon.Grow|lexicon.Fall) == 0 && isRise(p.r.text[t.start:t.end]) {
		p.raised = true
	}
	if tags&lexicon.Planned != 0 {
		p.pledged = true
	}
	if tags&lexicon.Done != 0 {
		p.done = true
	}
}

// takesObject tells whether a verb of change acts on what is counted rather than stating a change:
// 整体提升100所学校.
func (p *phrase) takesObject(t *token) bool {
	counts := p.f.class == unit.Count || p.f.class == unit.Person || p.f.class == unit.None && !p.f.fraction
	return t.tags&lexicon.Verb != 0 && counts && p.rightNoun(p.behindBytes())
}

// isDifference tells whether the figure is a distance in points: 高于全国1.7个百分点 states it exactly.
func (p *phrase) isDifference() bool { return strings.Contains(p.f.unit, "百分点") }

// isRise tells whether a link leads to the end point of a change: 提高到, 降至.
func isRise(w string) bool {
	return strings.HasSuffix(w, "到") && w != "达到" && w != "到" && w != "得到" || strings.HasSuffix(w, "至") && w != "至"
}

// leadsTo tells whether a later figure of the sentence is what this one is raised or lowered to.
func (p *phrase) leadsTo() bool {
	for i := p.i + 1; i < len(p.s.tokens); i++ {
		t := p.tok(i)
		if t.kind == semicolon {
			return false
		}
		if t.kind == word && (isRise(p.r.text[t.start:t.end]) || leadsOn(p.r.text[t.start:t.end])) {
			return true
		}
		if t.kind == figure && i > p.i+2 {
			return false
		}
	}
	return false
}

// changesNext tells whether the next figure says by how much this one, the base, has changed:
// 较2020年的9323亿元增加4374亿元.
func (p *phrase) changesNext() bool {
	return p.i+1 < p.g.last && p.tok(p.i+1).is(lexicon.Grow|lexicon.Fall) && p.tok(p.i+1).start == p.tok(p.i).end
}

// opens is the token that opens the parenthesis that token j closes, or -1.
func (p *phrase) opens(j int) int {
	depth := 0
	for ; j >= p.g.first; j-- {
		switch p.tok(j).kind {
		case closing:
			depth++
		case opening:
			if depth--; depth == 0 {
				return j
			}
		}
	}
	return -1
}

// comparator is how the number bounds its noun. A range says so itself; words behind the number come
// before words in front of it (GUIDE, Decision 3).
func (p *phrase) comparator() Comparator {
	switch {
	case p.f.ranged:
		return Between
	case p.after&lexicon.OrMore != 0:
		return AtLeast
	case p.after&lexicon.OrLess != 0:
		return AtMost
	case p.after&lexicon.OrSo != 0:
		return Approximately
	}
	before := p.before
	if before == 0 {
		before = p.inherited()
	}
	switch {
	case before&lexicon.AtLeast != 0:
		return AtLeast
	case before&lexicon.AtMost != 0:
		return AtMost
	case before&lexicon.LessThan != 0:
		return LessThan
	case before&lexicon.MoreThan != 0:
		return MoreThan
	case before&lexicon.About != 0:
		return Approximately
	case p.f.more:
		return MoreThan
	default:
		return Equal
	}
}

// inherited is the comparator before an earlier figure of an elliptic list: 至少4项在全国、8项在全省.
func (p *phrase) inherited() lexicon.Tag {
	j := p.head - 1
	if j < p.g.first || p.tok(j).kind != pause || p.tok(j).end != p.tok(p.head).start {
		return 0
	}
	for ; j >= p.g.first; j-- {
		if p.tok(j).kind == figure {
			first := phrase{r: p.r, s: p.s, g: p.g, i: j, f: p.figure(j)}
			first.chain()
			first.walk()
			if first.before == 0 {
				return first.boundAtHead()
			}
			return first.before
		}
	}
	return 0
}

// boundAtHead is a bound that stands before the verb of the segment: 至少包抓2个项目、3家企业.
func (p *phrase) boundAtHead() lexicon.Tag {
	for k := p.nounToken; k >= p.g.first; k-- {
		t := p.tok(k)
		if t.kind == figure || t.kind == pause {
			return 0
		}
		if t.is(lexicon.AtLeast|lexicon.AtMost) && !strings.HasPrefix(p.r.text[t.start:], "最") {
			return t.tags & comparators
		}
	}
	return 0
}

// measure is what the words around the number make of it; see settleMeasure for what the subject adds.
func (p *phrase) measure() Measure {
	switch {
	case p.f.unit == "番":
		return Growth
	case p.share:
		return Share
	case p.grow:
		return Growth
	case p.fall:
		return Decline
	case p.f.class == unit.Percent && p.byMeans("的增速", "的增长", "的速度", "的预期目标"):
		return Growth
	case p.f.class == unit.Percent && p.byMeans("的幅度压", "的幅度下", "的幅度削", "的比例压", "的幅度降"):
		return Decline
	case p.f.fraction:
		return Share
	case p.f.class == unit.Percent && p.ofPrevious && p.f.unit != "个百分点":
		return Share
	case p.f.class == unit.Percent && p.rightIs("的", "以上的") && !p.hasNounBefore():
		return Share
	case p.f.value.Coef == 0 && p.f.spelled && p.f.unit == "" && p.rightIs("增加", "增长", "新增"):
		return Growth
	case p.improves():
		return Decline
	case p.f.class == unit.Percent && p.changeVerb&lexicon.Fall != 0:
		return Decline
	case p.f.class == unit.Percent && p.changeVerb&lexicon.Grow != 0:
		return Growth
	default:
		return Level
	}
}

// byMeans tells whether one of the words stands behind the figure and its comparator.
func (p *phrase) byMeans(words ...string) bool {
	return startsWithAny(p.r.text[p.behindBytes():], words...)
}

// improves tells whether a concentration gets better by the number (GUIDE, Decision 5).
func (p *phrase) improves() bool {
	return p.f.class == unit.Percent && strings.HasSuffix(p.r.text[p.g.start:p.nounEnd], "改善")
}

func (p *phrase) rightIs(words ...string) bool {
	return startsWithAny(p.r.text[p.tok(p.i).end:], words...)
}

func (p *phrase) hasNounBefore() bool { return p.nounEnd > p.g.start+2 && p.nounToken >= p.g.first }

// levelEndings are nouns whose percentage is a level: rates, indices, degrees (GUIDE, Decision 4).
var levelEndings = []string{"率", "度", "指数", "水平", "收入", "覆盖面", "收益", "利息", "毕业生"}

// shareEndings are nouns that name a part of a whole.
var shareEndings = []string{"占比", "比重", "比例"}

// shareOrLevel decides for a percentage that nothing else explains.
func shareOrLevel(subject string) Measure {
	for _, ending := range shareEndings {
		if strings.HasSuffix(subject, ending) {
			return Share
		}
	}
	for _, ending := range levelEndings {
		if strings.HasSuffix(subject, ending) {
			return Level
		}
	}
	return Share
}

// describedBy are nouns whose figure describes a thing in an attribute: 总投资5亿元的项目.
var describedBy = []string{"能力", "总投资", "投资", "投资额", "占地", "面积", "库容", "规模", "容量", "装机", "产能", "年产", "年产值", "计划投资", "吞吐量", "高", "长", "储量"}

// findThreshold finds figures that only bound a category or describe a thing (GUIDE, Decision 6).
func (p *phrase) findThreshold() {
	end := int(p.tok(p.behindEnd(p.i)).end)
	if p.f.unit == "千伏" || strings.HasPrefix(strings.TrimSpace(p.r.text[p.g.start:p.g.end]), "对标") {
		p.capacity = true
		return
	}
	if p.f.unit == "岁" || p.f.unit == "周岁" {
		p.threshold = p.rightNoun(end)
		return
	}
	p.threshold = p.isThreshold(p.i)
	if p.threshold || p.f.class != unit.Physical && p.f.class != unit.Money {
		return
	}
	if !strings.HasPrefix(p.r.text[end:], "的") {
		return
	}
	noun := p.r.text[p.g.start:p.nounEnd]
	for _, ending := range describedBy {
		if strings.HasSuffix(noun, ending) {
			p.capacity = p.rightNoun(end + len("的"))
			return
		}
	}
}

// isThreshold tells whether figure i bounds the category of a later figure of its segment.
func (p *phrase) isThreshold(i int) bool {
	f := p.figure(i)
	if f.class != unit.Money && f.class != unit.Physical && !(f.class == unit.None && f.unit == "" && !f.fraction) {
		return false
	}
	cmp := p.behind(i)
	end := int(p.tok(p.behindEnd(i)).end)
	of := strings.HasPrefix(p.r.text[end:], "的")
	bounded := cmp&(lexicon.OrMore|lexicon.OrLess) != 0 || f.ranged ||
		of && f.class == unit.Money && i > p.g.first && p.tok(i-1).is(lexicon.MoreThan|lexicon.AtLeast)
	if !bounded {
		return false
	}
	if of {
		end += len("的")
	}
	if !p.rightNoun(end) {
		return false
	}
	if of {
		return true
	}
	for k := i + 1; k < p.g.last; k++ {
		if p.tok(k).kind == figure {
			return true
		}
		if p.tok(k).is(lexicon.Predicate) {
			return false
		}
	}
	return false
}

// rightNoun tells whether a noun, not a mark or a verb, begins at the byte.
func (p *phrase) rightNoun(at int) bool {
	if at >= p.g.end {
		return false
	}
	for k := p.i + 1; k < p.g.last; k++ {
		t := p.tok(k)
		if int(t.start) < at {
			continue
		}
		if int(t.start) > at {
			return true
		}
		switch t.kind {
		case word:
			return p.isNominal(k)
		case quote, name, date, opening:
			return t.kind != opening
		default:
			return false
		}
	}
	return true
}

// describes tells whether a noun behind a figure begins what is said of the things counted rather than
// naming them: 1处面积达600平方米.
func (p *phrase) describes(t *token) bool {
	noun := p.r.text[t.start:t.end]
	for _, d := range describedBy {
		if noun == d {
			rest := p.r.text[t.end:p.g.end]
			return startsWithAny(rest, "达", "为", "约", "超", "近") || rest != "" && isASCIIDigit(rest[0])
		}
	}
	return false
}

// isNominal tells whether the word at token k begins a noun rather than a predicate: a noun, a modifier
// before one (重点项目), or an activity that names one (接种任务).
func (p *phrase) isNominal(k int) bool {
	t := p.tok(k)
	if t.tags&lexicon.Head != 0 {
		return !p.describes(t)
	}
	if t.tags&(lexicon.Link|lexicon.Grow|lexicon.Fall|lexicon.Share|lexicon.Base|lexicon.Each|comparators) != 0 && t.tags&lexicon.Work == 0 {
		return false
	}
	if t.tags&(lexicon.Verb|lexicon.Predicate|lexicon.And|lexicon.Adverb) == 0 {
		return true
	}
	if t.tags&lexicon.And != 0 || k+1 >= p.g.last {
		return t.tags&(lexicon.And|lexicon.Verb|lexicon.Predicate) == 0
	}
	next := p.tok(k + 1)
	if next.start != t.end {
		return t.tags&(lexicon.Verb|lexicon.Predicate) == 0
	}
	if next.kind != word {
		return next.kind == name
	}
	if t.tags&(lexicon.Verb|lexicon.Predicate) == 0 {
		return next.tags&lexicon.Head != 0 || next.tags&(lexicon.Verb|lexicon.Predicate) == 0
	}
	return next.tags&(lexicon.Generic|lexicon.Work|lexicon.Head) != 0 && t.tags&lexicon.Predicate == 0
}
