package checking

import (
	"strings"
	"sync"
)

// formula is a figure computed from two others that have names of their own.
type formula struct{ stated, first, second string }

// formulas reads lines like 城镇化率=城镇人口/常住人口.
func formulas(list, sign string) []formula {
	var all []formula
	for _, w := range words(list) {
		stated, computed, _ := strings.Cut(w, "=")
		first, second, _ := strings.Cut(computed, sign)
		all = append(all, formula{stated, first, second})
	}
	return all
}

var (
	rateFormulas       = sync.OnceValue(func() []formula { return formulas("known rates", "/") })
	balanceFormulas    = sync.OnceValue(func() []formula { return formulas("balanced", "=") })
	differenceFormulas = sync.OnceValue(func() []formula { return formulas("known differences", "-") })
)

// knownRate finds the two figures of a rate by the names that they always have.
func (p *paper) knownRate(rate int32) (ground, bool) {
	for _, f := range rateFormulas() {
		if !strings.HasSuffix(p.facts[rate].Subject, f.stated) {
			continue
		}
		numerator := p.lastNamed(rate, f.first, rate)
		if numerator == none {
			continue
		}
		if denominator := p.lastNamed(rate, f.second, numerator); denominator != none {
			return ground{numerator, []int32{denominator}, weak}, true
		}
	}
	return ground{}, false
}

// lastNamed is the last figure before one whose subject ends with a name, of the unit of the figure like
// (any unit where like is the figure itself), none where there is none.
func (p *paper) lastNamed(before int32, name string, like int32) int32 {
	by := p.facts[before].By
	for i := before - 1; i >= max(0, before-baseReach); i-- {
		f := &p.facts[i]
		if f.sentence == none || !strings.HasSuffix(f.Subject, name) || !f.plain() || f.By != by || p.compared(i) || i == like {
			continue
		}
		if !f.additive() || like != before && f.Unit != p.facts[like].Unit {
			continue
		}
		return i
	}
	return none
}

// knownDifferences checks figures that are the difference of two others by their names: 出口19.83亿元,
// 进口3.63亿元,贸易顺差16.20亿元.
func (p *paper) knownDifferences() []Finding {
	var found []Finding
	for i := range p.facts {
		for _, f := range differenceFormulas() {
			d := &p.facts[i]
			if d.sentence == none || !d.plain() || !strings.HasSuffix(d.Subject, f.stated) {
				continue
			}
			greater, less := p.lastOfUnit(int32(i), f.first), p.lastOfUnit(int32(i), f.second)
			if greater == none || less == none {
				continue
			}
			r := p.sumRelation(greater, []int32{less, int32(i)})
			r.say = differenceSaying
			if finding, ok := p.judge(r, weak); ok {
				found = append(found, finding)
			}
		}
	}
	return found
}

// balances checks that what came in and what went out come to the same.
func (p *paper) balances() []Finding {
	var found []Finding
	for i := range p.facts {
		for _, f := range balanceFormulas() {
			out := &p.facts[i]
			if out.sentence == none || !out.plain() || !strings.HasSuffix(out.Subject, f.stated) {
				continue
			}
			if in := p.lastOfUnit(int32(i), f.first); in != none {
				if finding, ok := p.judge(p.sameRelation(in, int32(i)), likely); ok {
					found = append(found, finding)
				}
			}
		}
	}
	return found
}

var differenceSaying = saying{
	holds: Wording{"差额与两数相符", "The difference is that of the two figures"},
	fails: Wording{"差额与两数不符", "The difference is not that of the two figures"},
}

// lastOfUnit is the last figure before one, in its block, whose subject ends with a name and whose unit is the
// same.
func (p *paper) lastOfUnit(before int32, name string) int32 {
	block := p.sentences[p.facts[before].sentence].block
	for i := before - 1; i >= 0; i-- {
		f := &p.facts[i]
		if f.sentence == none || p.sentences[f.sentence].block != block {
			return none
		}
		if strings.HasSuffix(f.Subject, name) && f.Unit == p.facts[before].Unit && f.plain() {
			return i
		}
	}
	return none
}
