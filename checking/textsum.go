package checking

import (
	"math"
	"strings"

	"luoshi/checking/interval"
)

// minList is how many parts an enumeration must have to be taken for the parts of the figure before it
// though no word says so.
const minList = 3

// mostParts bounds an enumeration, so that a document of nothing but figures costs no more than its length.
const mostParts = 60

// textSums checks totals that the same sentence takes apart: 22021户(其中:企业7857户,个体工商户14164户),
// 针对107项事项,取消2项、备案3项、承诺23项、优化79项, and parts that are counted up at the end.
func (p *paper) textSums() []Finding {
	var found []Finding
	for i := range p.sentences {
		for _, a := range p.amongs(i) {
			found = append(found, p.judgeAmong(a)...)
		}
		first, last := p.sentences[i].facts[0], p.sentences[i].facts[1]
		for t := first; t < last; t++ {
			if f, ok := p.sumBehind(t, last); ok {
				found = append(found, f)
			}
			if f, ok := p.sumBefore(t, first); ok {
				found = append(found, f)
			}
		}
		found = append(found, p.opposites(first, last)...)
	}
	return found
}

// sumBehind judges a total that stands before its parts, without 其中.
func (p *paper) sumBehind(t, last int32) (Finding, bool) {
	if t+2 >= last || !p.countable(t) {
		return Finding{}, false
	}
	gap := p.between(t, t+1)
	if holds(gap, "among") || strings.HasPrefix(gap, "、") {
		return Finding{}, false
	}
	if opensList(gap) {
		parts := p.enumerated(t, t+1, last)
		if len(parts) < 2 {
			return Finding{}, false
		}
		return p.judgeParts(t, parts, medium, false)
	}
	parts := p.listed(t, t+1, last)
	if len(parts) < minList {
		return Finding{}, false
	}
	s := weak
	if p.gathered(t) {
		s = medium
	}
	return p.judgeParts(t, parts, s, false)
}

// sumBefore judges a total that counts up what stands before it: 甲3个、乙4个,共7个.
func (p *paper) sumBefore(t, first int32) (Finding, bool) {
	if t < first+2 || !p.countable(t) || !sumsUp(p.facts[t].phrase) {
		return Finding{}, false
	}
	var parts []int32
	for i := t - 1; i >= max(first, t-mostParts) && p.partOf(t, i) && !strings.Contains(p.between(i, i+1), "\uff1b"); i-- {
		parts = append([]int32{i}, parts...)
		if len(parts) >= 2 {
			if r := p.sumRelation(t, parts); r.exact || r.holds {
				return p.judge(r, medium)
			}
		}
	}
	if len(parts) < 2 {
		return Finding{}, false
	}
	if f, ok := p.addsTo(t, parts); ok {
		return f, true
	}
	return p.judge(p.sumRelation(t, parts), weak)
}

// addsTo judges a sentence that begins with 加 and so adds its parts to a figure before it.
func (p *paper) addsTo(t int32, parts []int32) (Finding, bool) {
	sentence := int(p.facts[t].sentence)
	s := &p.sentences[sentence]
	if !opens(p.text[s.Start:s.End], "adds to") {
		return Finding{}, false
	}
	for i := s.facts[0] - 1; i >= p.blockStart(sentence); i-- {
		if all := append([]int32{i}, parts...); p.partOf(t, i) && p.mayMake(t, all) {
			return p.judge(p.sumRelation(t, all), medium)
		}
	}
	return Finding{}, false
}

// sumsUp tells whether the words before a figure say that it counts up what came before.
func sumsUp(phrase string) bool {
	return holds(withoutAny(phrase, words("no sum")), "sums up")
}

// judgeParts judges the parts of a total. Where an enumeration goes on behind the last part, the parts
// are those at its front that make the total, or would but for a slip. open tells that parts may be left
// out, or that others than the parts may follow.
func (p *paper) judgeParts(t int32, parts []int32, s strength, open bool) (Finding, bool) {
	for n := 2; n <= len(parts); n++ {
		if !p.mayMake(t, parts[:n]) {
			continue
		}
		if r := p.sumRelation(t, parts[:n]); r.exact || r.holds {
			return p.judge(r, s)
		}
	}
	r := p.sumRelation(t, parts)
	f, ok := p.judge(r, s)
	return f, ok && (!open || f.Severity == Error || p.tooMuch(t, parts))
}

// mayMake tells, with room to spare, whether parts may make the total.
func (p *paper) mayMake(t int32, parts []int32) bool {
	sum, give := 0.0, p.facts[t].give
	for _, i := range parts {
		sum += p.facts[i].about
		give += p.facts[i].give
	}
	return math.Abs(sum-p.facts[t].about) <= give+1e-9*math.Abs(sum)
}

// tooMuch tells whether an enumeration without a break is more than the total, so that nothing left out
// can explain the difference.
func (p *paper) tooMuch(t int32, parts []int32) bool {
	if !p.joined(parts) {
		return false
	}
	sum := p.facts[parts[0]].span()
	for _, i := range parts[1:] {
		sum = sum.Add(p.facts[i].span())
	}
	return sum.Lo.Cmp(p.facts[t].span().Hi) > 0
}

// countable tells whether the figure can be a total.
func (p *paper) countable(t int32) bool {
	f := &p.facts[t]
	return f.additive() && f.plain() && !holds(f.Subject, "average") && !p.compared(t) && !holds(f.phrase, "yearly")
}

// compared tells whether the figure is only what another is compared with: 比上年的1241亿元.
func (p *paper) compared(i int32) bool { return strings.Contains(p.facts[i].phrase, "比") }

// phraseBefore is the text between the last comma or figure and the given one.
func (p *paper) phraseBefore(i int32) string {
	start := p.sentences[p.facts[i].sentence].Start
	if i > 0 {
		start = max(start, p.facts[i-1].Span.End)
	}
	phrase := p.text[start:p.facts[i].Span.Start]
	if cut := strings.LastIndexAny(phrase, ",\uff0c;\uff1b"); cut >= 0 {
		phrase = phrase[cut:]
	}
	return phrase
}

// partOf tells whether figure i can be a part of total t.
func (p *paper) partOf(t, i int32) bool {
	return p.addable(t, []int32{i}) && !p.compared(i) && !p.fromTo(i-1, i)
}

// between is the text between two figures.
func (p *paper) between(i, j int32) string {
	a, b := p.facts[i].Span.End, p.facts[j].Span.Start
	if a > b {
		return ""
	}
	return p.text[a:b]
}

// clauseHead is a text up to its first comma or stop.
func clauseHead(s string) string {
	if cut := strings.IndexAny(s, ",\uff0c;\uff1b。"); cut >= 0 {
		return s[:cut]
	}
	return s
}

// opensList tells whether the text behind a figure announces its parts.
func opensList(gap string) bool {
	gap = strings.TrimLeft(gap, " ,\uff0c(\uff08")
	return startsWithAny(gap, []string{":", "\uff1a"}) || opens(gap, "consists of")
}

// enumerated are the figures from first on that can be parts of t, up to the bracket that closes the one
// opened behind t, or else to the end of the sentence. Rates beside them are passed over.
func (p *paper) enumerated(t, first, last int32) []int32 {
	bracketed := strings.ContainsAny(p.between(t, first), "(\uff08")
	var parts []int32
	for i := first; i < min(last, first+mostParts); i++ {
		if i > first && bracketed && strings.ContainsAny(p.between(i-1, i), ")\uff09") {
			break
		}
		switch {
		case p.partOf(t, i):
			parts = append(parts, i)
		case p.facts[i].additive() && len(parts) > 0 && !p.facts[i].percent():
			return parts // another thing is counted
		}
	}
	return parts
}

// listed are the figures from first on that follow each other joined by 、 alone, each with its own
// words before it.
func (p *paper) listed(t, first, last int32) []int32 {
	parts := []int32{}
	for i := first; i < min(last, first+mostParts) && p.partOf(t, i); i++ {
		if i > first && !strings.HasPrefix(p.between(i-1, i), "、") {
			break
		}
		parts = append(parts, i)
	}
	return parts
}

// gathered tells whether a word before the total says that what follows deals with all of it.
func (p *paper) gathered(t int32) bool { return holds(p.facts[t].phrase, "gathers") }

var withinSaying = saying{
	holds: Wording{"部分不大于总体", "The part is not greater than the whole"},
	fails: Wording{"部分大于总体", "The part is greater than the whole"},
}

// judgeWithin judges a single part: it may not be greater than the whole.
func (p *paper) judgeWithin(whole, part int32) (Finding, bool) {
	a, b := &p.facts[whole], &p.facts[part]
	r := &relation{
		facts: []int32{whole, part},
		exact: b.span().Lo.Cmp(a.span().Hi) <= 0,
		say:   withinSaying,
		// Almost any figure would do, so that a slip proves nothing.
		wanted: func(int) (interval.Interval, bool) { return interval.Interval{}, false },
	}
	r.shown = func() string {
		if r.exact {
			return b.Surface + " ≤ " + a.Surface
		}
		return b.Surface + " > " + a.Surface
	}
	return p.judge(r, medium)
}
