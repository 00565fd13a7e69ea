package reading

import (
	"strings"

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
		p.borrowed = true
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
	if p.f.unit == "岁" && p.threshold || powerUnits[p.f.unit] && p.capacity && p.rightNoun(end) {
		return false
	}
	if p.threshold && before.text != "" && !before.list && !before.preposition {
		return true
	}
	if before.list || before.preposition || p.isBareName(before.text) && p.rightNoun(end) {
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

// isBareName tells whether a noun is nothing but a name with a numeral: 二期.
func (p *phrase) isBareName(noun string) bool {
	if p.nounToken < p.g.first {
		return false
	}
	t := p.tok(p.nounToken)
	return t.kind == name && int(t.end) == p.nounEnd && noun == p.r.text[t.start:t.end]
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
