package checking

import "luoshi/reading"

// textGrowths checks figures that grow from a base: 由120个增加到150个,增长25%; 达到150个,比上年增加30个,增长25%.
func (p *paper) textGrowths() []Finding {
	var found []Finding
	for i := range p.sentences {
		first, last := p.sentences[i].facts[0], p.sentences[i].facts[1]
		for base := first; base+1 < last; base++ {
			found = append(found, p.growthFrom(base, last)...)
		}
		for level := first; level+2 < last; level++ {
			if f, ok := p.growthOf(level); ok {
				found = append(found, f)
			}
		}
	}
	return found
}

// growthFrom judges 从A到B with the growth behind it, in hundredths or in the unit itself.
func (p *paper) growthFrom(base, last int32) []Finding {
	to := base + 1
	if !p.fromTo(base, to) || to+1 >= last {
		return nil
	}
	var found []Finding
	for g := to + 1; g < last && g <= to+2; g++ {
		f := &p.facts[g]
		if f.Measure != reading.Growth || !f.plain() || !p.continues(to, g) {
			continue
		}
		var r *relation
		ok := false
		switch {
		case f.percent() && !p.facts[base].percent():
			r, ok = p.quotientRelation(g, to, base, growth)
		case f.Unit == p.facts[base].Unit || f.Unit == points && p.facts[base].percent():
			r, ok = p.increaseRelation(to, base, g), true
		}
		if !ok {
			continue
		}
		if finding, ok := p.judge(r, weak); ok {
			found = append(found, finding)
		}
	}
	return found
}

// continues tells whether a growth is said of the level before it.
func (p *paper) continues(level, growth int32) bool {
	between := p.text[p.facts[level].Span.End:p.facts[growth].Span.Start]
	return p.facts[level].Subject == p.facts[growth].Subject && !holdsAny(between, words("yearly"))
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
	if !endsWithAny(trimMarks(p.between(a, b)), words("up to")) {
		return false
	}
	head := p.text[p.sentences[x.sentence].Start:x.Span.Start]
	return holdsAny(tail(head, farBefore), words("from"))
}

// farBefore is how many bytes before a figure 从 may stand: 从2012年的54万亿元.
const farBefore = 60

// tail is the last part of a text, at most so many bytes.
func tail(s string, most int) string {
	if len(s) > most {
		return s[len(s)-most:]
	}
	return s
}

// growthOf judges a level with what was added to it and the growth: 150个,增加30个,增长25%.
func (p *paper) growthOf(level int32) (Finding, bool) {
	l, added, rate := &p.facts[level], &p.facts[level+1], &p.facts[level+2]
	if !l.additive() || !l.plain() || added.Measure != reading.Growth || added.Unit != l.Unit || !added.plain() {
		return Finding{}, false
	}
	if rate.Measure != reading.Growth || !rate.percent() || !rate.plain() {
		return Finding{}, false
	}
	if !p.continues(level, level+1) || !p.continues(level+1, level+2) {
		return Finding{}, false
	}
	return p.judge(p.addedRelation(level, level+1, level+2), weak)
}
