package reading

import (
	"strings"

	"luoshi/reading/lexicon"
	"luoshi/reading/unit"
)

// noun is what stands before a figure's chain, stripped of what frames it.
type noun struct {
	text        string
	verb        string // the verb stripped last, where no noun is left
	verbTags    lexicon.Tag
	list        bool // it ends in 等: the counted noun follows the number
	preposition bool // it ends in 对, 在, 和: likewise
}

// framing are words at the head of a clause that do not belong to its subject.
const framing = lexicon.Adverb | lexicon.Place | lexicon.Of | lexicon.Pledge | lexicon.Soften | lexicon.Done |

	lexicon.Each | lexicon.Before | lexicon.Base | lexicon.Link | lexicon.Drop | lexicon.And | lexicon.From |
	lexicon.List | lexicon.Planned | comparators

// nounBefore finds the noun between the last boundary and the words before the number.
func (p *phrase) nounBefore() noun {
	end := p.nounEnd
	from, start := p.leftBoundary()
	var n noun
	p.trimEnd(&n, &end)
	start, from = p.strip(&n, start, end, from)
	end = p.cutShare(start, end, from)
	start = p.cutPredicates(&n, start, end, from)
	text := trimSpace(p.r.text[min(start, end):end])
	text = p.resolveList(text)
	n.text = trimTail(tidy(text))
	if n.text == "" && n.verb == "" && p.completes && (p.f.class == unit.Count || p.f.class == unit.Person) {
		n.verb = "完成" // 整改问题17个,完成15个
	}
	if n.verb != "" && (p.threshold || p.bounds(start, end)) {
		if bare := strings.TrimPrefix(n.text, n.verb); bare != "" {
			n.text = bare // 引进总投资50亿元以上的项目: the bound is of 总投资
		}
	}
	p.leadVerb = n.verb
	return n
}

// bounds tells whether a figure that only bounds a category stands inside the noun.
func (p *phrase) bounds(start, end int) bool {
	for k := p.nounToken; k >= p.g.first; k-- {
		t := p.tok(k)
		if int(t.start) < start {
			return false
		}
		if t.kind == figure && int(t.end) <= end {
			return true
		}
	}
	return false
}

// tails are words that a noun before a number may carry along without being part of it.
var tails = list("tails")

// cutShare ends the noun before 占: 产业投资占年度投资不低于60% is of 产业投资. On the way it notes words
// that turn the figure into a plan's.
func (p *phrase) cutShare(start, end, from int) int {
	for k := from; k <= p.nounToken; k++ {
		t := p.tok(k)
		if t.kind != word || int(t.start) < start || int(t.end) > end {
			continue
		}
		p.note(t)
		if w := p.r.text[t.start:t.end]; w == "在" && int(t.start) > start && hasAnySuffix(p.r.text[t.end:end], []string{"中", "中的", "中所"}) {
			return int(t.start) // 服务业增加值在生产总值中的比重
		}
		if t.tags&lexicon.Share != 0 && strings.HasPrefix(p.r.text[t.start:], "占") && !strings.HasPrefix(p.r.text[t.start:], "占比") && (p.f.class == unit.Percent || p.f.unit == "成" || p.f.fraction) {
			p.share = !p.grow && !p.fall
			return int(t.start)
		}
	}
	return end
}

// trimEnd takes the 等 and the prepositions off the noun's end.
func (p *phrase) trimEnd(n *noun, end *int) {
	for j := p.nounToken; j >= p.g.first; j-- {
		t := p.tok(j)
		if int(t.end) != *end || t.kind != word {
			break
		}
		if t.tags&lexicon.List != 0 {
			n.list = true
			return
		}
		if t.tags&(lexicon.Before|lexicon.And|lexicon.Predicate) != 0 && t.tags&(lexicon.Head|lexicon.Keep) == 0 {
			n.preposition = true
			return
		}
		if t.is(lexicon.Act) && t.tags&(lexicon.Keep|lexicon.Head|lexicon.Spend) == 0 && p.opensSegment(j) {
			n.preposition = true // 严守45.8万亩耕地红线
			return
		}
		if t.tags&lexicon.Drop != 0 && t.tags&(lexicon.Keep|lexicon.Head) == 0 && (t.tags&lexicon.Work == 0 || t.tags&lexicon.Predicate != 0) && p.hasTextBefore(j) {
			*end = int(t.start)
			continue
		}
		break
	}
}

// opensSegment tells whether nothing but blanks and framing words stands before token j in its segment.
func (p *phrase) opensSegment(j int) bool {
	at := p.g.start
	for k := p.g.first; k < j; k++ {
		t := p.tok(k)
		if t.kind != date && (t.kind != word || t.tags&framing == 0 || t.tags&lexicon.Head != 0) || p.skipBlank(at, int(t.start)) != int(t.start) {
			return false
		}
		at = int(t.end)
	}
	return p.skipBlank(at, int(p.tok(j).start)) == int(p.tok(j).start)
}

// hasTextBefore tells whether a noun, not another verb or a mark, ends where token j begins.
func (p *phrase) hasTextBefore(j int) bool {
	at := p.tok(j).start
	if int(at) <= p.g.start || j == p.g.first {
		return int(at) > p.g.start+len("国")
	}
	before := p.tok(j - 1)
	if before.end != at {
		return true
	}
	return before.is(lexicon.Head)
}

// leftBoundary goes left to where the noun can begin: the segment's start, a parenthesis, another
// figure, or a 、 behind one. It returns the first token inside and the byte.
func (p *phrase) leftBoundary() (first, start int) {
	for k := p.nounToken; k >= p.g.first; k-- {
		t := p.tok(k)
		switch {
		case t.kind == opening:
			return k + 1, int(t.end)
		case t.kind == closing:
			if open := p.opens(k); open >= 0 {
				k = open
			}
		case t.kind == figure:
			if !p.isThresholdAt(k) && p.figure(k).unit != "千伏" {
				last := p.behindEnd(k)
				return last + 1, int(p.tok(last).end)
			}
		case t.kind == pause || t.is(lexicon.And):
			if p.followsFigure(k) || t.kind == pause && p.closesCount(k) || p.threshold && p.followsThreshold(k) {
				return k + 1, int(t.end)
			}
		}
	}
	return p.g.first, p.g.start
}

// closesCount tells whether what stands between the pause and the figure before it is what that figure
// counts: 5条以上货运航线、货运量达到40万吨.
func (p *phrase) closesCount(k int) bool {
	for j := k - 1; j >= p.g.first; j-- {
		switch t := p.tok(j); {
		case t.kind == pause || t.kind == closing || t.kind == opening || t.is(lexicon.Predicate) && !p.isNominalized(t):
			return false
		case t.kind == figure:
			other := phrase{r: p.r, s: p.s, g: p.g, i: j, f: p.figure(j)}
			c := other.f.class
			return (c == unit.Count || c == unit.Person) && other.rightNoun(other.behindBytes())
		}
	}
	return false
}

// followsThreshold tells whether a figure that bounds a category stands somewhere before token k.
func (p *phrase) followsThreshold(k int) bool {
	for j := k - 1; j >= p.g.first; j-- {
		if p.tok(j).kind == figure {
			return p.isThresholdAt(j)
		}
	}
	return false
}

func (p *phrase) isThresholdAt(k int) bool {
	other := phrase{r: p.r, s: p.s, g: p.g, i: k, f: p.figure(k)}
	return other.isThreshold(k)
}

// followsFigure tells whether token k stands directly behind a figure and its comparator.
func (p *phrase) followsFigure(k int) bool {
	at := p.tok(k).start
	for j := k - 1; j >= p.g.first; j-- {
		t := p.tok(j)
		if t.kind == closing && t.end == at {
			if open := p.opens(j); open > p.g.first {
				j = open
				at = p.tok(open).start
				continue
			}
		}
		if t.end != at {
			return false
		}
		if t.kind == figure {
			return true
		}
		if !t.is(behindNumber) {
			return false
		}
		at = t.start
	}
	return false
}

// strip takes framing words and dates off the front. A verb that makes the quantity stays.
func (p *phrase) strip(n *noun, start, end, from int) (int, int) {
	for k := from; k <= p.nounToken; k++ {
		t := p.tok(k)
		start = p.skipBlank(start, end)
		if int(t.start) < start {
			continue
		}
		if int(t.start) > start || int(t.end) > end {
			return start, k
		}
		switch {
		case t.kind == date, t.kind == pause:
			start = int(t.end)
		case t.kind == word && t.tags&(lexicon.Keep|lexicon.Spend) != 0 && int(t.end) < end && t.tags&lexicon.Drop == 0:
			n.verb, n.verbTags = p.r.text[t.start:t.end], t.tags
			p.changeVerb |= t.tags & (lexicon.Grow | lexicon.Fall)
			if k+1 <= p.nounToken && p.tok(k+1).is(lexicon.Place) && startsWithAny(n.verb, "引", "招引") && p.tok(k+1).start == t.end {
				start = int(t.end) // 引进各类人才 is of 人才
				continue
			}
			return start, k
		case t.kind == word && t.tags&(framing|lexicon.Keep|lexicon.Spend) != 0 && t.tags&lexicon.Head == 0:
			if p.isNominalized(t) || t.tags&lexicon.Modifier != 0 && !p.beforeVerb(k, end) {
				return start, k
			}
			if p.basis(t) {
				return end, p.nounToken + 1
			}
			p.changeVerb |= t.tags & (lexicon.Grow | lexicon.Fall)
			if t.tags&(lexicon.Keep|lexicon.Drop|lexicon.Spend) != 0 || t.tags&lexicon.Done != 0 && t.end-t.start > 6 {
				n.verb, n.verbTags = p.r.text[t.start:t.end], t.tags
			}
			p.note(t)
			start = int(t.end)
		default:
			return start, k
		}
	}
	return p.skipBlank(start, end), p.nounToken + 1
}

// beforeVerb tells whether a verb directly follows token k: then 重点 frames an action, otherwise it
// belongs to the noun (重点领域).
func (p *phrase) beforeVerb(k, end int) bool {
	if k+1 >= p.g.last {
		return false
	}
	next := p.tok(k + 1)
	return next.start == p.tok(k).end && int(next.end) <= end && next.is(lexicon.Verb|lexicon.Predicate) && next.tags&lexicon.Head == 0
}

// comparing are words that open a basis of comparison, which is never what is measured:
// 比上年预计数增加, 高于全国平均水平18个百分点.
var comparing = set("comparing")

func (p *phrase) basis(t *token) bool {
	return comparing[p.r.text[t.start:t.end]] && (p.changes() || p.isDifference() || p.f.class == unit.Times)
}

// note remembers what a stripped word says of the whole figure.
func (p *phrase) note(t *token) {
	if t.tags&(lexicon.AtLeast|lexicon.AtMost) != 0 && p.before == 0 && !strings.HasPrefix(p.r.text[t.start:], "最") {
		p.before = t.tags & comparators
	}
	if t.tags&lexicon.Planned != 0 {
		p.pledged = true
	}
	if t.tags&lexicon.Done != 0 {
		p.done = true
	}
}

func (p *phrase) skipBlank(start, end int) int {
	for start < end {
		r, size := decode(p.r.text, start)
		if r != ' ' && r != '\u3000' && r != '\u00a0' && r != '的' && r != '了' && r != '\t' {
			break
		}
		start += size
	}
	return start
}

// cutPredicates drops what stands before the last verb that no noun phrase contains:
// 71个项目完成投资 leaves 投资, 公益性岗位安置就业困难人员 leaves 就业困难人员.
func (p *phrase) cutPredicates(n *noun, start, end, from int) int {
	for k := p.nounToken; k >= from; k-- {
		t := p.tok(k)
		if t.kind == closing {
			if open := p.opens(k); open >= 0 {
				k = open
			}
			continue
		}
		if !t.is(lexicon.Predicate) || t.tags&lexicon.Head != 0 || int(t.start) <= start || p.isNominalized(t) {
			continue
		}
		if int(t.end) >= end {
			if t.tags&lexicon.Keep != 0 && int(t.end) == end && strings.HasPrefix(p.r.text[t.start:], "完成") {
				n.verb, n.verbTags = p.r.text[t.start:t.end], t.tags
				return int(t.start)
			}
			continue
		}
		if p.r.text[t.start:t.end] == "实现" && end-int(t.end) <= len("总产值") && int(t.start)-start >= len("工业") {
			continue // 规上工业企业实现利润 needs both
		}
		inner := int(t.end)
		if t.tags&lexicon.Keep != 0 {
			inner = int(t.start)
		}
		n.verb, n.verbTags = p.r.text[t.start:t.end], t.tags
		cut, _ := p.strip(n, inner, end, k)
		if cut < end {
			return cut
		}
	}
	return start
}

// modifies are verbs that stand before a noun as its modifier: 消费促进活动.
var modifies = set("modifies")

// namesDigital tells whether 数 begins 数字 or 数据 rather than ending a noun.
func namesDigital(text string) bool { return startsWithAny(text, "数字", "数据", "数智") }

// nominalEndings make a noun of the verb before them: 参与率, 完成量.
var nominalEndings = list("nominal-endings")

func (p *phrase) isNominalized(t *token) bool {
	rest := p.r.text[t.end:p.g.end]
	if modifies[p.r.text[t.start:t.end]] && startsWithAny(rest, "活动", "行动", "工程", "计划", "中心", "大会", "会议", "政策", "项目", "机构") {
		return true
	}
	return startsEnding.begins(rest, nominalEndings) && !namesDigital(rest)
}

// resolveList reduces 物业纠纷、租赁纠纷等遗留问题 to what stands behind 等, unless that is a word so
// general that it needs the list.
func (p *phrase) resolveList(text string) string {
	at := strings.LastIndex(text, "等")
	if at <= 0 {
		return text
	}
	rest := text[at+len("等"):]
	if rest == "" || strings.HasPrefix(rest, "级") || strings.HasSuffix(text[:at], "高") || strings.HasSuffix(text[:at], "中") || strings.HasSuffix(text[:at], "平") {
		return text
	}
	if tags, end := p.r.lex.words.Match(rest, 0); tags&lexicon.Generic != 0 {
		if end == len(rest) {
			return text
		}
		if trimmed := rest[end:]; startsWithAny(rest, "领域", "地", "方面", "行业", "产业", "环节") {
			return trimmed
		}
	}
	return rest
}
