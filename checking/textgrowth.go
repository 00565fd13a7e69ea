package checking

import (
	"luoshi/reading"
	"luoshi/reading/unit"
)

// change is a figure with its base and what the text says lies between them.
type change struct {
	now, base int32
	from, to  int32 // the facts behind them that may state the change
}

// changeReach is how many figures behind a change may state it: 增加30个,增长25%.
const changeReach = 2

// textGrowths checks figures that grow or fall from a base: 由120个增加到150个,增长25%;
// 37.82亿元,比上年的35.96亿元增加1.86亿元,增长5.2%; 150个,比上年增加30个,增长25%.
func (p *paper) textGrowths() []Finding {
	var found []Finding
	for i := range p.sentences {
		first, last := p.sentences[i].facts[0], p.sentences[i].facts[1]
		for a := first; a+1 < last; a++ {
			if c, ok := p.changeAt(a, last); ok {
				found = append(found, p.judgeChange(c)...)
				continue
			}
			if f, ok := p.growthOf(a, last); ok {
				found = append(found, f)
			}
			found = append(found, p.increaseOver(a, last)...)
		}
		found = append(found, p.indexLevels(first, last)...)
	}
	return append(found, p.yearlyGrowths()...)
}

// changeAt is the change that begins with fact a: its base where it is said to grow from a to the next,
// the figure itself where the next is what it is compared with.
func (p *paper) changeAt(a, last int32) (change, bool) {
	b := a + 1
	c := change{from: b + 1, to: min(b+1+changeReach, last)}
	y := &p.facts[b]
	switch {
	case p.fromTo(a, b):
		c.base, c.now = a, b
	case y.plain() && holds(y.phrase, "last year's"):
		now, ok := p.figureCompared(b)
		if !ok {
			return c, false
		}
		c.now, c.base = now, b
	default:
		return c, false
	}
	return c, c.from < last
}

// figureCompared is the figure that is compared with that of the year before: the last one of its unit and
// subject in the sentence, or the last of its unit where the sentence names no other.
func (p *paper) figureCompared(base int32) (int32, bool) {
	b := &p.facts[base]
	first := p.sentences[b.sentence].facts[0]
	for i := base - 1; i >= max(first, base-headReach); i-- {
		f := &p.facts[i]
		if f.Unit == b.Unit && level(f.Measure) == level(b.Measure) && f.plain() && !p.compared(i) && !p.inlineBaseAt(i) {
			return i, true
		}
	}
	return none, false
}

// level is the measure with shares taken for levels: both are states that change.
func level(m reading.Measure) reading.Measure {
	if m == reading.Share {
		return reading.Level
	}
	return m
}

// judgeChange judges the statements behind a change.
func (p *paper) judgeChange(c change) []Finding {
	var found []Finding
	for g := c.from; g < c.to; g++ {
		if holds(p.facts[g].phrase, "yearly") {
			if f, ok := p.meanGrowth(c, g); ok {
				found = append(found, f)
			}
			break
		}
		if !p.ofChange(c, g) {
			break
		}
		r, s, ok := p.changeRelation(c, g)
		if !ok {
			continue
		}
		if f, ok := p.judge(r, s); ok {
			found = append(found, f)
		}
	}
	return found
}

// ofChange tells whether a figure is said of the change before it.
func (p *paper) ofChange(c change, g int32) bool {
	f := &p.facts[g]
	if !f.plain() {
		return false
	}
	if f.Measure == reading.Level && !opens(trimMarks(f.phrase), "by how much") {
		return false
	}
	subject := f.Subject
	return subject == p.facts[c.now].Subject || subject == p.facts[c.base].Subject || f.Measure == reading.Level
}

// changeRelation claims that figure g states the change, in hundredths or in the unit itself. What grows
// at constant prices is no relation of its amounts.
func (p *paper) changeRelation(c change, g int32) (r *relation, s strength, ok bool) {
	f, base := &p.facts[g], &p.facts[c.base]
	switch {
	case f.percent() && base.percent():
		return nil, weak, false
	case f.Unit == "倍" && f.Measure == reading.Growth:
		r, ok = p.timesRelation(g, c.now, c.base)
	case f.percent() && f.Measure == reading.Growth:
		r, ok = p.quotientRelation(g, c.now, c.base, growth)
	case f.percent() && f.Measure == reading.Decline:
		r, ok = p.quotientRelation(g, c.now, c.base, decline)
	case (f.Unit == base.Unit || f.Unit == points && base.percent()) && f.Measure == reading.Decline:
		return p.increaseRelation(c.base, c.now, g), likely, true
	case f.Unit == base.Unit || f.Unit == points && base.percent():
		return p.increaseRelation(c.now, c.base, g), likely, true
	}
	if holds(base.Subject, "constant prices") || holds(f.phrase, "constant prices") {
		return nil, weak, false
	}
	s = medium
	if base.class == unit.Money {
		s = weak // often at constant prices though nothing says so
	}
	return r, s, ok
}

const points = "个百分点"

// fromTo tells whether two figures are the ends of a development: 从…提高到….
func (p *paper) fromTo(a, b int32) bool {
	if a < 0 {
		return false
	}
	x, y := &p.facts[a], &p.facts[b]
	if x.sentence != y.sentence || x.sentence == none || x.Unit != y.Unit || !x.plain() || !y.plain() || x.Measure != y.Measure {
		return false
	}
	if !closes(trimMarks(p.between(a, b)), "up to") {
		return false
	}
	head := p.text[p.sentences[x.sentence].Start:x.Span.Start]
	return holds(tail(head, farBefore), "from")
}

// farBefore is how many bytes from a figure a word that governs it may stand: 从2012年的54万亿元.
const farBefore = 60

// tail is the last part of a text, at most so many bytes.
func tail(s string, most int) string {
	if len(s) > most {
		return s[len(s)-most:]
	}
	return s
}

// growthOf judges a level with what was added to it and the growth: 150个,增加30个,增长25%. Where the
// level is that of the year before, the growth is what was added ÷ the level.
func (p *paper) growthOf(level, last int32) (Finding, bool) {
	if level+2 >= last {
		return Finding{}, false
	}
	l, added, rate := &p.facts[level], &p.facts[level+1], &p.facts[level+2]
	if !l.additive() || !l.plain() || added.Measure != reading.Growth || added.Unit != l.Unit || !added.plain() {
		return Finding{}, false
	}
	if rate.Measure != reading.Growth || !rate.percent() || !rate.plain() || added.Subject != rate.Subject {
		return Finding{}, false
	}
	if holds(added.phrase+rate.phrase, "yearly") || holds(rate.Subject+rate.phrase, "constant prices") {
		return Finding{}, false
	}
	if l.Subject == added.Subject && !p.compared(level) {
		return p.judge(p.addedRelation(level, level+1, level+2), weak)
	}
	if !p.compared(level + 1) {
		return Finding{}, false
	}
	r, ok := p.quotientRelation(level+2, level+1, level, share)
	if !ok {
		return Finding{}, false
	}
	return p.judge(r, weak)
}

// increaseOver judges what was added to the figure of another year, and the growth behind it:
// 2025年完成投资42.60亿元,2026年年度计划投资比2025年增加4.25亿元,增长9.98%, where the figure itself stands further back.
func (p *paper) increaseOver(base, last int32) []Finding {
	if !p.addedToOther(base) {
		return nil
	}
	b, added := &p.facts[base], &p.facts[base+1]
	for now := base - 1; now >= max(0, base-baseReach); now-- {
		f := &p.facts[now]
		if f.Subject != added.Subject || f.Unit != b.Unit || !f.additive() || !f.plain() {
			continue
		}
		if r := p.increaseRelation(now, base, base+1); r.exact || r.holds {
			return p.judgeChange(change{now: now, base: base, from: base + 1, to: min(base+1+changeReach, last)})
		}
	}
	return nil
}

// addedToOther tells whether the figure behind a base says by how much another thing is more.
func (p *paper) addedToOther(base int32) bool {
	b, added := &p.facts[base], &p.facts[base+1]
	return added.Measure == reading.Growth && added.Unit == b.Unit && added.plain() && b.additive() && b.plain() &&
		added.Subject != b.Subject && p.compared(base+1) && !holds(added.phrase, "yearly")
}
