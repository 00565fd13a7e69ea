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
	borrowed    bool        // the subject is the one before
	completes   bool        // 完成 leads to the number
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

// joined is the figure token that stands before figure i with nothing but 、 or 和 between, or -1.
func (p *phrase) joined(i int) int {
	j := i - 1
	if j < p.g.first {
		return -1
	}
	t := p.tok(j)
	at := p.tok(i).start
	if t.end == at && (t.kind == pause || t.is(lexicon.And) || sharedBy[p.r.text[t.start:t.end]]) {
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

// sharedBy joins two figures of the same thing: 2宗共46亩土地.
var sharedBy = set("shared-by")

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
	at := p.tok(p.head).start
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
		return trimSpace(gap) == "" || gap == "了"
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
	switch p.r.text[t.start:t.end] {
	case "连续":
		p.runs = true
	case "完成":
		p.completes = true
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
