package reading

import (
	"strings"

	"luoshi/reading/lexicon"
	"luoshi/reading/unit"
)

// describedBy are nouns whose figure describes a thing in an attribute: 总投资5亿元的项目.
var describedBy = list("described-by")

// findThreshold finds figures that only bound a category or describe a thing (GUIDE, Decision 6).
func (p *phrase) findThreshold() {
	end := int(p.tok(p.behindEnd(p.i)).end)
	if p.f.unit == "千伏" || strings.HasPrefix(trimSpace(p.r.text[p.g.start:p.g.end]), "对标") {
		p.capacity = true
		return
	}
	if p.f.class == unit.Physical && (p.sizesCounted() || powerUnits[p.f.unit]) && p.rightNoun(end) {
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

// powerUnits measure what a plant or a line in a project's name can carry.
var powerUnits = set("power-units")

// sizesCounted tells whether the figure directly follows a count: 3座35万千瓦电站 has three of that size.
func (p *phrase) sizesCounted() bool {
	k := p.i - 1
	return k >= p.g.first && p.tok(k).kind == figure && p.tok(k).end == p.tok(p.i).start && p.figure(k).class == unit.Count
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
	if of && i+1 < p.g.last && p.tok(i+1).kind == figure || of && p.behindEnd(i)+1 < p.g.last && p.tok(p.behindEnd(i)+1).kind == figure {
		return true // 注册资本1000万元以上的9户
	}
	if !p.rightNoun(end) {
		return false
	}
	if of || f.class == unit.Money && cmp&lexicon.OrLess != 0 {
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
