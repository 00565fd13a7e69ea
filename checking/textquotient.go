package checking

import (
	"strings"

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
	}
	return found
}

// quotientAt judges the rate at a place, if it is one whose two figures the text names.
func (p *paper) quotientAt(sentence int, rate int32) (Finding, bool) {
	f := &p.facts[rate]
	if !f.percent() || !f.plain() || f.Measure != reading.Share && f.Measure != reading.Level {
		return Finding{}, false
	}
	first := p.sentences[sentence].facts[0]
	numerator, ok := p.numeratorOf(rate, first)
	if !ok {
		return Finding{}, false
	}
	denominators := p.denominatorsOf(sentence, rate, numerator)
	for _, d := range denominators {
		if r, ok := p.quotientRelation(rate, numerator, d, share); ok && (r.exact || r.holds) {
			return p.judge(r, weak)
		}
	}
	for _, d := range denominators {
		if r, ok := p.quotientRelation(rate, numerator, d, share); ok {
			return p.judge(r, weak)
		}
	}
	return Finding{}, false
}

// numeratorOf is the figure that a rate is said of: for “履约率” the one whose subject holds 履约, for
// “占10%” and “完成年度计划的19.36%” the one just before.
func (p *paper) numeratorOf(rate, first int32) (int32, bool) {
	f := &p.facts[rate]
	if stem, ok := rateStem(f.Subject); ok {
		for i := rate - 1; i >= first; i-- {
			if n := &p.facts[i]; n.additive() && n.plain() && strings.Contains(n.Subject, stem) {
				return i, true
			}
		}
		return none, false
	}
	if !endsWithAny(trimMarks(p.between(rate-1, rate)), words("is a share of")) {
		return none, false
	}
	n := &p.facts[rate-1]
	return rate - 1, n.additive() && n.plain()
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

// denominatorsOf are the figures that the numerator may be a part of: those of its unit that stand
// before it in the sentence, the nearest first, and where the rate is one of a plan, the plan's figure in
// the sentence before.
func (p *paper) denominatorsOf(sentence int, rate, numerator int32) []int32 {
	first := p.sentences[sentence].facts[0]
	planned := holdsAny(p.between(rate-1, rate), words("plan"))
	if planned && sentence > 0 && p.sentences[sentence-1].block == p.sentences[sentence].block {
		first = p.sentences[sentence-1].facts[0]
	}
	var list []int32
	for i := numerator - 1; i >= first; i-- {
		d := &p.facts[i]
		if d.Unit != p.facts[numerator].Unit || !d.additive() || !d.plain() || d.Value.Coef == 0 {
			continue
		}
		if planned && d.Kind != reading.Target && !holdsAny(d.Subject, words("plan")) {
			continue
		}
		list = append(list, i)
	}
	return list
}

// trimMarks is the text without blanks and commas around it.
func trimMarks(s string) string { return strings.Trim(s, " ,\uff0c、\u3000") }
