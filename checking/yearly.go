package checking

import "luoshi/reading"

// stated is what makes figures of two years comparable: the same thing in the same unit.
type stated struct {
	thing string
	unit  string
}

// yearlyGrowths checks the growth that stands behind a figure by the document's own figure of the year
// before, wherever that stands: 2026年一般公共预算收入预期16.96亿元,增长4.47%, where the review states 16.23亿元.
func (p *paper) yearlyGrowths() []Finding {
	years := map[stated]map[int16]int32{}
	for i := range p.facts {
		f := &p.facts[i]
		if !f.additive() || !f.plain() || f.By.Month != 12 || f.Kind == reading.Context || p.spans(int32(i)) {
			continue
		}
		key := stated{title(*f.what()), f.Unit}
		if years[key] == nil {
			years[key] = map[int16]int32{}
		}
		year := f.By.Year
		if holds(f.phrase, "last year's") {
			year--
		}
		if _, known := years[key][year]; !known {
			years[key][year] = int32(i)
		}
	}
	var found []Finding
	for i := 1; i < len(p.facts); i++ {
		if f, ok := p.yearlyGrowth(years, int32(i)); ok {
			found = append(found, f)
		}
	}
	return found
}

// yearlyGrowth judges a growth by the level just before it and the level of the year before.
func (p *paper) yearlyGrowth(years map[stated]map[int16]int32, rate int32) (Finding, bool) {
	g, l := &p.facts[rate], &p.facts[rate-1]
	if g.Measure != reading.Growth || !g.percent() || !g.plain() || g.sentence == none || l.sentence != g.sentence {
		return Finding{}, false
	}
	if !l.additive() || !l.plain() || l.Subject != g.Subject || l.By.Month != 12 || holds(g.phrase, "yearly") {
		return Finding{}, false
	}
	if holds(g.Subject, "constant prices") || holds(g.phrase, "constant prices") {
		return Finding{}, false
	}
	name := l.what()
	base, known := years[stated{title(*name), l.Unit}][l.By.Year-1]
	if !known || base == rate-1 || name.ScopeConflict(*p.facts[base].what()) {
		return Finding{}, false
	}
	r, ok := p.quotientRelation(rate, rate-1, base, growth)
	if !ok {
		return Finding{}, false
	}
	f, ok := p.judge(r, weak)
	return f, ok && f.Severity != Error // the year before may be stated in another scope
}
