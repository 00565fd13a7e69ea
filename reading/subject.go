package reading

import (
	"strings"
	"unicode/utf8"

	"luoshi/reading/lexicon"
	"luoshi/reading/unit"
)

// subject is what the figure measures: the noun before its chain, the noun it counts behind it, or,
// where the sentence goes on about the same thing, the subject before.
func (p *phrase) subject(depth int) string {
	if p.r.baseOpen && p.r.memory[depth] != "" { // the B of 由A整合为B
		return p.r.memory[depth]
	}
	if p.raised || p.ofPrevious && (p.f.class == unit.Percent || p.f.fraction) {
		if last := p.r.memory[depth]; last != "" && (p.raised && p.nounBehindPrevious() || p.ofPrevious) {
			return last
		}
	}
	before := p.nounBefore()
	if p.nth > 0 && !p.distributed && p.juxtaposed() {
		if last := p.r.memory[depth]; last != "" && before.text != "" && len(splitConjuncts(before.text, p.count)) == 0 {
			return last
		}
	}
	if shared := p.sharedBehind(&before); shared != "" {
		return shared
	}
	if before.text != "" && p.prefersBefore(&before) {
		return p.conjunct(before.text)
	}
	if behind := p.nounBehind(); behind != "" && p.mayFollow(&before) && p.prefersBehind(&before) {
		return behind
	}
	if before.text != "" {
		return p.conjunct(before.text)
	}
	if before.verb != "" && !p.changes() {
		return before.verb
	}
	if last := p.lastSubject(depth); last != "" {
		return last
	}
	return before.verb
}

// sharedBehind is the noun that the next figure counts when this one has only a verb to itself:
// 储备50名、培养9名社会工作人才.
func (p *phrase) sharedBehind(before *noun) string {
	last := p.behindEnd(p.i)
	if p.f.class != unit.Count && p.f.class != unit.Person || last+1 >= p.g.last || !p.endsInVerb(before) {
		return ""
	}
	elsewhere := strings.HasPrefix(p.r.text[p.behindBytes():], "在") // 4项在全国、8项在全省推广的案例
	if p.tok(last+1).kind != pause && !elsewhere {
		return ""
	}
	for k := last + 1; k < p.g.last; k++ {
		t := p.tok(k)
		if t.kind == pause && k > last+1 && !elsewhere || t.kind == opening {
			return ""
		}
		if t.kind != figure {
			continue
		}
		next := phrase{r: p.r, s: p.s, g: p.g, i: k, f: p.figure(k)}
		if next.f.unit != p.f.unit || !next.rightNoun(int(t.end)) {
			return ""
		}
		next.read()
		return next.nounBehind()
	}
	return ""
}

// mayFollow tells whether what stands behind the chain can be the noun that it counts.
func (p *phrase) mayFollow(before *noun) bool {
	if p.runs {
		return false
	}
	end := int(p.tok(p.behindEnd(p.tail)).end)
	if p.rightNoun(end) {
		return true
	}
	if before.text != "" && !before.preposition && !before.list {
		return false
	}
	for k := p.tail + 1; k < p.g.last; k++ {
		if t := p.tok(k); int(t.start) >= end {
			return int(t.start) > end || t.kind == word && t.tags&(between&^lexicon.Link) == 0 && !leadsOn(p.r.text[t.start:t.end])
		}
	}
	return false
}

// leadsOn tells whether a link says what became of a figure rather than naming what it counts.
func leadsOn(link string) bool {
	return isRise(link) || link == "到" || link == "至" || link == "为"
}

// endsInVerb tells whether what stands before the number is or ends in a verb that wants an object.
func (p *phrase) endsInVerb(before *noun) bool {
	if before.text == "" {
		return before.verb != ""
	}
	if p.nounToken < p.g.first {
		return false
	}
	t := p.tok(p.nounToken)
	return int(t.end) == p.nounEnd && t.is(lexicon.Keep|lexicon.Drop) && t.tags&lexicon.Head == 0
}

// changes tells whether the figure is a growth, decline or share, whose subject may stand further back.
func (p *phrase) changes() bool { return p.grow || p.fall || p.share }

// lastSubject is what the sentence last spoke of, the n-th of them behind 分别.
func (p *phrase) lastSubject(depth int) string {
	if group := p.r.conjuncts; p.count > 1 && len(group) == p.count {
		return group[p.nth]
	}
	if p.fromBase && p.r.spoken == len(p.r.segments)-2 {
		if topic := p.r.findTopic(p.s); topic != "" {
			return topic
		}
	}
	if recent := p.r.recent; p.distributed && p.count > 1 && len(recent) >= p.count {
		return recent[len(recent)-p.count+p.nth]
	}
	for d := depth; d >= 0; d-- {
		if p.r.memory[d] != "" {
			return p.r.memory[d]
		}
	}
	return p.r.findTopic(p.s)
}

// juxtaposed tells whether the figure follows another directly: 61条60公里.
func (p *phrase) juxtaposed() bool {
	j := p.i - 1
	return j >= p.g.first && p.tok(j).kind == figure || j-1 >= p.g.first && p.tok(j).kind == pause && p.tok(j).end == p.tok(p.i).start
}

// nounBehindPrevious tells whether the number before this one, from which it rises, directly precedes.
func (p *phrase) nounBehindPrevious() bool {
	return p.nounToken >= p.g.first && p.tok(p.nounToken).kind == figure
}

// prefersBefore decides between a noun before the number and what stands behind it.
func (p *phrase) prefersBefore(before *noun) bool {
	end := p.behindBytes()
	if p.runs {
		return true
	}
	if p.f.unit == "岁" && p.threshold {
		return false
	}
	if p.threshold && before.text != "" && !before.list && !before.preposition {
		return true
	}
	if before.list || before.preposition {
		return false
	}
	if !p.rightNoun(end) {
		return true
	}
	if strings.HasPrefix(p.r.text[end:], "的") {
		return p.f.class != unit.Count && p.f.class != unit.Person
	}
	switch p.f.class {
	case unit.Count, unit.Person, unit.Duration:
		return false
	case unit.None:
		return p.f.value.Coef == 0
	default:
		return true
	}
}

// prefersBehind tells whether the noun behind may be taken: it stands alone or is what is counted.
func (p *phrase) prefersBehind(before *noun) bool {
	if before.verbTags&lexicon.Spend != 0 && p.f.class == unit.Money {
		return false
	}
	return !p.changes()
}

// behindBytes is where what follows the figure and its comparator begins.
func (p *phrase) behindBytes() int { return int(p.tok(p.behindEnd(p.i)).end) }

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
	text := strings.TrimSpace(p.r.text[min(start, end):end])
	text = p.resolveList(text)
	n.text = trimTail(tidy(text))
	if p.threshold && n.verb != "" {
		if bare := strings.TrimPrefix(n.text, n.verb); bare != "" {
			n.text = bare // 引进总投资50亿元以上的项目: the bound is of 总投资
		}
	}
	p.leadVerb = n.verb
	return n
}

// tails are words that a noun before a number may carry along without being part of it.
var tails = []string{"都要", "要", "将", "应", "须", "均", "再", "又", "已", "共", "所", "平均", "一直", "分别", "累计", "总体", "原则上", "目标为", "预期目标为", "力争", "约", "近", "仍", "也", "还", "则", "基本", "稳定", "现有", "已有", "连续", "实际"}

// trimTail takes such words off.
func trimTail(text string) string {
	for again := true; again; {
		again = false
		if last, _ := utf8.DecodeLastRuneInString(text); last > 0xFFFF || characters().info[last].class&endsTail == 0 {
			return text
		}
		for _, tail := range tails {
			if bare, found := strings.CutSuffix(text, tail); found && len(bare) >= len("国企") {
				text, again = bare, true
			}
		}
	}
	return text
}

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
		if t.tags&lexicon.Drop != 0 && t.tags&(lexicon.Keep|lexicon.Head) == 0 && (t.tags&lexicon.Work == 0 || t.tags&lexicon.Predicate != 0) && p.hasTextBefore(j) {
			*end = int(t.start)
			continue
		}
		break
	}
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
		case t.kind == pause || t.kind == closing || t.kind == opening:
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
			if k+1 <= p.nounToken && p.tok(k+1).is(lexicon.Place) && !startsWithAny(n.verb, "新", "净") && p.tok(k+1).start == t.end {
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
var comparing = map[string]bool{"比": true, "较": true, "高于": true, "低于": true, "快于": true, "慢于": true, "优于": true, "好于": true, "高出": true}

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

// namesDigital tells whether 数 begins 数字 or 数据 rather than ending a noun.
func namesDigital(text string) bool { return startsWithAny(text, "数字", "数据", "数智") }

// nominalEndings make a noun of the verb before them: 参与率, 完成量.
var nominalEndings = []string{"率", "量", "额", "度", "数", "者", "面", "能力", "费", "期", "权", "性", "型", "式", "点", "人数", "人员", "资金", "房", "情况", "规模", "机制", "工作"}

func (p *phrase) isNominalized(t *token) bool {
	rest := p.r.text[t.end:p.g.end]
	return startsWithAny(rest, nominalEndings...) && !namesDigital(rest)
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

// tidy takes blanks, marks and particles off the ends of a subject.
func tidy(text string) string {
	for {
		start, end := looseEnds(text)
		trimmed := text[start:end]
		trimmed = strings.TrimSuffix(trimmed, "的")
		trimmed = strings.TrimPrefix(trimmed, "的")
		if trimmed == text {
			return text
		}
		text = trimmed
	}
}

// conjunct is the part of a noun that the figure of a distributed list belongs to:
// 城镇和农村居民收入为A、B gives 城镇居民收入 to A.
func (p *phrase) conjunct(text string) string {
	if p.count < 2 {
		p.r.conjuncts = nil
		return text
	}
	bare := strings.TrimPrefix(text, p.leadVerb)
	parts := splitConjuncts(bare, p.count)
	if len(parts) != p.count {
		p.r.conjuncts = nil
		return text
	}
	for i, part := range parts {
		if at := strings.LastIndex(part, "的"); at > 0 && at+len("的") < len(part) {
			parts[i] = part[at+len("的"):]
		}
	}
	p.r.conjuncts = parts
	return parts[p.nth]
}

// splitConjuncts divides a noun into n parts at 、 and 和 and gives each the tail that the last states
// for all; nil when it has not just n parts.
func splitConjuncts(text string, n int) []string {
	fields := strings.FieldsFunc(text, func(r rune) bool { return r == '、' || r == '和' || r == '及' || r == '与' })
	if len(fields) != n {
		return nil
	}
	tail := parallelTail(fields[0], fields[n-1])
	if tail == "" && sharedMeasure(fields[0]) == "" {
		tail = sharedMeasure(fields[n-1])
	}
	if tail == "" {
		return fields
	}
	for i := range fields[:n-1] {
		fields[i] += tail
	}
	return fields
}

// parallels are beginnings that stand side by side without ending alike.
var parallels = map[string]string{"城镇": "农村", "农村": "城镇", "城市": "农村", "城乡": "农村", "县城": "乡村", "男性": "女性", "进口": "出口", "出口": "进口"}

// parallelTail is what the last member has beyond a beginning as long as the first member and like it:
// 国考、市考断面达标率 share 断面达标率.
func parallelTail(first, last string) string {
	size := len(first)
	if size >= len(last) || size < len("国考") {
		return ""
	}
	if first[size-3:] == last[size-3:size] || parallels[last[:size]] == first || parallels[first] == last[:size] {
		return last[size:]
	}
	return ""
}

// sharedMeasure is the longest noun of measure that a phrase ends with but does not consist of.
func sharedMeasure(phrase string) string {
	words := lexicon.Default()
	for at := range phrase {
		if at == 0 {
			continue
		}
		if tags, end := words.Match(phrase, at); end == len(phrase) && tags&lexicon.Measure != 0 {
			return phrase[at:]
		}
	}
	return ""
}

// nounBehind is the counted noun behind the number, up to a mark or a verb.
func (p *phrase) nounBehind() string {
	last := p.i
	if p.count > 1 {
		last = p.lastOfChain()
	}
	k := p.behindEnd(last) + 1
	start := int(p.tok(k - 1).end)
	if p.f.spelled && strings.HasPrefix(p.r.text[start:], "大") {
		start += len("大")
	}
	start = p.skipBlank(start, p.g.end)
	if voltage := p.voltageBehind(); voltage != "" {
		return voltage
	}
	end := p.g.end
	of := -1
scan:
	for ; k < p.g.last; k++ {
		t := p.tok(k)
		if int(t.start) < start {
			continue
		}
		switch {
		case t.kind == name && int(t.start) == start && k+1 < p.g.last && strings.Contains(p.r.text[t.start:t.end], "小时"):
			start = int(t.end) // 24小时自助服务区 counts 自助服务区
			if p.tok(k+1).kind == quote && int(p.tok(k+1).start) == start && int(p.tok(k+1).end) < p.g.end {
				start = int(p.tok(k + 1).end)
			}
		case t.kind == pause && int(t.start)-start < len("省直") && int(t.start) > start:
		case t.kind == opening && p.continuesBehind(k):
		case t.kind == closing && p.opens(k) > p.i:
		case t.kind == quote && int(t.start) > start && p.plainAt(k+1, int(t.end)):
		case t.kind == pause || t.kind == opening || t.kind == closing || t.kind == figure || (t.kind == date || t.kind == quote) && int(t.start) > start:
			end = int(t.start)
			break scan
		case t.kind == word && t.tags&lexicon.Head == 0 && int(t.start) > start:
			if p.endsNoun(k, start) {
				end = int(t.start)
				break scan
			}
		}
	}
	text := p.r.text[start:max(start, end)]
	if of = strings.LastIndex(text, "的"); of > 0 {
		head, rest := text[:of], text[of+len("的"):]
		if p.isWork(rest) {
			text = head
		} else if rest != "" {
			text = rest
		}
	}
	return tidy(p.resolveList(text))
}

// voltageBehind is the noun with its voltage that directly follows a count: 3座110千伏变电站.
func (p *phrase) voltageBehind() string {
	k := p.i + 1
	if k >= p.g.last || p.tok(k).kind != figure || p.tok(k).start != p.tok(p.i).end || p.figure(k).unit != "千伏" {
		return ""
	}
	next := phrase{r: p.r, s: p.s, g: p.g, i: k, f: p.figure(k)}
	if !next.rightNoun(int(p.tok(k).end)) {
		return ""
	}
	next.read()
	return next.f.text(p.r.text) + next.nounBehind()
}

// plainAt tells whether plain text or a noun, not a mark or a predicate, stands at the byte where token
// k would begin.
func (p *phrase) plainAt(k, at int) bool {
	if at >= p.g.end {
		return false
	}
	if k >= p.g.last || int(p.tok(k).start) > at {
		return true
	}
	return p.tok(k).is(lexicon.Head)
}

// continuesBehind tells whether the noun goes on behind the parenthesis that token k opens:
// 12所师范(教师教育)院校.
func (p *phrase) continuesBehind(k int) bool {
	for j := k + 1; j < p.g.last; j++ {
		switch p.tok(j).kind {
		case figure, opening:
			return false
		case closing:
			return p.plainAt(j+1, int(p.tok(j).end))
		}
	}
	return false
}

// lastOfChain is the last figure of the chain when nothing but figures and marks stands between.
func (p *phrase) lastOfChain() int { return p.tail }

// endsNoun tells whether the word at token k ends the counted noun that began at start: a verb does,
// unless it is the activity inside a longer noun (水生态修复项目).
func (p *phrase) endsNoun(k, start int) bool {
	t := p.tok(k)
	if t.tags&lexicon.And != 0 {
		if k+1 < p.g.last && p.tok(k+1).kind == figure && p.tok(k+1).start == t.end {
			return true
		}
		return int(t.start)-start <= maxPlainNoun && p.tok(k-1).is(lexicon.Head) && int(p.tok(k-1).start) == start && p.tok(k-1).end == t.start
	}
	if t.tags&(lexicon.Predicate|lexicon.Each|lexicon.Base|lexicon.Grow|lexicon.Fall|lexicon.Share) != 0 && (t.tags&lexicon.Work == 0 || t.tags&lexicon.Predicate != 0 && !p.workEnds(k)) {
		return !p.isNominalized(t) && !(k+1 < p.g.last && p.tok(k+1).start == t.end && p.tok(k+1).is(lexicon.Generic))
	}
	if t.tags&lexicon.Work != 0 {
		return p.isWork(p.r.text[t.end:min(p.g.end, int(t.end)+6)]) || p.workEnds(k)
	}
	if t.tags&(lexicon.Link|comparators) != 0 && t.tags&lexicon.Verb == 0 {
		return t.end-t.start > 3 || t.tags&comparators != 0
	}
	if movesOn[p.r.text[t.start:t.end]] {
		return int(t.start)-start > len("省")
	}
	if t.tags&lexicon.Verb != 0 {
		return t.end-t.start > 3 && p.workEnds(k) && int(t.end) < p.g.end
	}
	return t.tags&lexicon.Adverb != 0 && t.end-t.start > 3 && !p.isNominal(k)
}

// movesOn are short words that end a counted noun of more than one character: 毕业生在省内就业.
var movesOn = map[string]bool{"获": true, "在": true, "到": true, "向": true, "由": true, "对": true, "为": true, "把": true, "将": true, "从": true, "有": true, "被": true, "与": false}

// maxPlainNoun is the longest plain noun, in bytes, that 和 sets apart from what follows: 3条道路和变电站
// counts roads only.
const maxPlainNoun = 9

// workEnds tells whether an activity at token k ends its phrase: a mark, a verb or nothing follows.
func (p *phrase) workEnds(k int) bool {
	end := p.tok(k).end
	for k++; ; k++ {
		if int(end) >= p.g.end {
			return true
		}
		if k >= p.g.last || p.tok(k).start != end {
			return false
		}
		next := p.tok(k)
		switch {
		case next.kind != word:
			return true
		case next.tags&lexicon.Head != 0:
			return false
		case next.tags&(lexicon.Adverb|lexicon.And|lexicon.Predicate) != 0 && next.tags&lexicon.Work == 0:
			return true
		case next.tags&(lexicon.Verb|lexicon.Work) == 0 || next.tags&lexicon.Generic != 0:
			return false
		}
		end = next.end
	}
}

// isWork tells whether text is nothing but activities: 改造提升.
func (p *phrase) isWork(text string) bool {
	if text == "" {
		return false
	}
	for at := 0; at < len(text); {
		tags, end := p.r.lex.words.Match(text, at)
		if tags&lexicon.Work == 0 {
			return false
		}
		at = end
	}
	return true
}
