package checking

import (
	"strings"
	"unicode/utf8"

	"luoshi/reading"
)

// textQuotients checks rates that stand behind the figures from which they come.
func (p *paper) textQuotients() []Finding {
	var found []Finding
	for i := range p.sentences {
		s := &p.sentences[i]
		for rate := s.facts[0] + 1; rate < s.facts[1]; rate++ {
			if f, ok := p.quotientAt(i, rate); ok {
				found = append(found, f)
			}
		}
		found = append(found, p.distributedShares(i)...)
		found = append(found, p.contributions(i)...)
	}
	return found
}

// ground is what a rate is computed from: the numerator, the figures that may be its denominator, the
// likeliest first, and how sure that is.
type ground struct {
	numerator    int32
	denominators []int32
	strength     strength
}

// quotientAt judges the rate at a place, if it is one whose two figures the text names.
func (p *paper) quotientAt(sentence int, rate int32) (Finding, bool) {
	f := &p.facts[rate]
	if !f.percent() || !f.plain() || f.Measure != reading.Share && f.Measure != reading.Level {
		return Finding{}, false
	}
	g, ok := p.groundOf(sentence, rate)
	if !ok {
		return Finding{}, false
	}
	for _, d := range g.denominators {
		if r, ok := p.quotientRelation(rate, g.numerator, d, share); ok && (r.exact || r.holds) {
			return p.judge(r, g.strength)
		}
	}
	for _, d := range g.denominators {
		if r, ok := p.quotientRelation(rate, g.numerator, d, share); ok {
			return p.judge(r, g.strength)
		}
	}
	return Finding{}, false
}

// groundOf finds what a rate is computed from, by the first of the ways in which texts say so.
func (p *paper) groundOf(sentence int, rate int32) (g ground, ok bool) {
	first := max(p.sentences[sentence].facts[0], rate-baseReach)
	if g, ok = p.inlineBase(rate, first); ok {
		return g, true
	}
	if g, ok = p.knownRate(rate); ok {
		return g, true
	}
	if stem, ok := rateStem(p.facts[rate].Subject); ok {
		for i := rate - 1; i >= first; i-- {
			if n := &p.facts[i]; n.additive() && n.plain() && strings.Contains(n.Subject, stem) {
				return ground{i, p.wholesOf(first, i, nil), weak}, true
			}
		}
		return p.partBefore(rate, first)
	}
	numerator, ok := p.numeratorOf(rate, first)
	if !ok {
		return p.partBefore(rate, first)
	}
	return p.baseOf(sentence, rate, numerator), true
}

// inlineBase reads 完成年度目标9000人的124.4%: the figure just before the rate is the base.
func (p *paper) inlineBase(rate, first int32) (ground, bool) {
	base := rate - 1
	b := &p.facts[base]
	if !holds(b.phrase, "plan") || holds(b.phrase, "beyond") {
		return ground{}, false
	}
	if base <= first || trimMarks(p.between(base, rate)) != "的" || b.percent() {
		return ground{}, false
	}
	for n := base - 1; n >= first; n-- {
		if f := &p.facts[n]; f.Unit == b.Unit && f.additive() && f.plain() {
			return ground{n, []int32{base}, medium}, true
		}
	}
	return ground{}, false
}

// inlineBaseAt tells whether a figure is only the base of the rate behind it: 年初预算15.80亿元的102.75%.
func (p *paper) inlineBaseAt(i int32) bool {
	next := i + 1
	return int(next) < len(p.facts) && p.facts[next].percent() && p.facts[next].sentence == p.facts[i].sentence &&
		p.facts[i].sentence != none && trimMarks(p.between(i, next)) == "的"
}

// partBefore takes the rate for the share of a part in its whole where both stand just before it:
// 常住人口58.3万人,其中城镇人口41.8万人,城镇化率71.7%.
func (p *paper) partBefore(rate, first int32) (ground, bool) {
	part, whole := rate-1, rate-2
	if whole < first || !holds(p.between(whole, part), "among") {
		return ground{}, false
	}
	a, b := &p.facts[part], &p.facts[whole]
	if a.Unit != b.Unit || !a.additive() || !a.plain() || !b.additive() || !b.plain() {
		return ground{}, false
	}
	return ground{part, []int32{whole}, weak}, true
}

// numeratorOf is the figure that a share is said of: the one that the words before 占 name, or else the
// one just before.
func (p *paper) numeratorOf(rate, first int32) (int32, bool) {
	f := &p.facts[rate]
	if !holds(f.phrase, "is a share of") {
		return none, false
	}
	name := ""
	if at := strings.LastIndex(f.phrase, "占"); at >= 0 {
		name = labelKey(withoutAny(f.phrase[:at], words("among")))
	}
	for i := rate - 1; i >= first && name != ""; i-- {
		if n := &p.facts[i]; labelKey(n.Subject) == name && n.additive() && n.plain() {
			return i, true
		}
	}
	n := &p.facts[rate-1]
	return rate - 1, name == "" && n.additive() && n.plain()
}

// rateStem is what a rate is of: 履约 for 履约率.
func rateStem(subject string) (string, bool) {
	for _, w := range words("rate") {
		if stem, ok := strings.CutSuffix(subject, w); ok && stem != "" {
			return stem, true
		}
	}
	return "", false
}

// baseOf finds the denominator of a share: the figure that the words behind 占 name, the plan's figure
// where it is a share of a plan, or else any figure of the unit that stands before.
func (p *paper) baseOf(sentence int, rate, numerator int32) ground {
	first := p.sentences[sentence].facts[0]
	phrase := p.facts[rate].phrase
	if base := namedBase(phrase); base != "" {
		if d := p.figureNamed(base, numerator); len(d) > 0 {
			return ground{numerator, d, medium}
		}
		if !holds(base, "plan") {
			return ground{numerator: numerator}
		}
	}
	if sentence > 0 && p.sentences[sentence-1].block == p.sentences[sentence].block {
		first = p.sentences[sentence-1].facts[0]
	}
	first = max(first, rate-baseReach)
	if holds(phrase, "plan") {
		return ground{numerator, p.wholesOf(first, numerator, p.planned), weak}
	}
	return ground{numerator, p.wholesOf(first, numerator, nil), weak}
}

// namedBase is what the words of a share say that it is a share of: 一般公共预算支出 in 占一般公共预算支出的比重为;
// "" where they name nothing.
func namedBase(phrase string) string {
	at := lastOf(phrase, []string{"占"})
	if at < 0 {
		return ""
	}
	base := labelKey(phrase[at+len("占"):])
	for cut := true; cut; {
		cut = false
		for _, w := range words("of a share") {
			if rest, ok := strings.CutSuffix(base, w); ok {
				base, cut = rest, true
			}
		}
	}
	if utf8.RuneCountInString(base) < 2 {
		return ""
	}
	return base
}

// baseReach is how many figures back the base of a share is looked for, and farReach how many where a name of
// headLength characters tells it.
const baseReach, farReach = 60, 400

// figureNamed are the figures before the numerator that a name fits, of its unit and date, the nearest
// first.
func (p *paper) figureNamed(name string, numerator int32) []int32 {
	n := &p.facts[numerator]
	reach := int32(baseReach)
	if utf8.RuneCountInString(name) >= headLength {
		reach = farReach
	}
	var list []int32
	for i := numerator - 1; i >= max(0, numerator-reach); i-- {
		f := &p.facts[i]
		if f.Unit != n.Unit || f.By != n.By || !f.additive() || !f.plain() || f.Value.Coef == 0 {
			continue
		}
		if key := labelKey(f.Subject); key == name || strings.HasSuffix(key, name) && utf8.RuneCountInString(name) >= headLength {
			list = append(list, i)
		}
	}
	return list
}

// planned tells whether a figure is that of a plan.
func (p *paper) planned(i int32) bool {
	return p.facts[i].Kind == reading.Target || holds(p.facts[i].Subject, "plan")
}

// wholesOf are the figures from first to the numerator that it may be a part of, the nearest first.
func (p *paper) wholesOf(first, numerator int32, fits func(int32) bool) []int32 {
	var list []int32
	for i := numerator - 1; i >= first; i-- {
		d := &p.facts[i]
		if d.Unit != p.facts[numerator].Unit || !d.additive() || !d.plain() || d.Value.Coef == 0 {
			continue
		}
		if fits == nil || fits(i) {
			list = append(list, i)
		}
	}
	return list
}

// trimMarks is the text without blanks and commas around it.
func trimMarks(s string) string { return strings.Trim(s, " ,\uff0c、\u3000") }
