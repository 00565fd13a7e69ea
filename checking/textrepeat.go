package checking

import (
	"luoshi/calendar"
	"luoshi/indicator"
	"luoshi/reading"
)

// topic is what must agree for two figures to state the same thing, besides their names.
type topic struct {
	unit    string
	measure reading.Measure
	kind    reading.Kind
	by      calendar.Date
	code    string // of the indicator, or the topic of the name
}

// textRepeats checks figures that name the same thing of the same period in different sentences or
// tables.
func (p *paper) textRepeats() []Finding {
	var found []Finding
	for _, group := range p.topics() {
		found = append(found, p.judgeGroup(group)...)
	}
	return found
}

// topics are the figures that state an indicator of the dictionary, grouped by what they state. Figures
// of other things may be called alike and yet be different.
func (p *paper) topics() [][]int32 {
	number := map[topic]int{}
	var groups [][]int32
	for i := range p.facts {
		t, ok := p.topicOf(int32(i))
		if !ok {
			continue
		}
		n, known := number[t]
		if !known {
			n = len(groups)
			number[t] = n
			groups = append(groups, nil)
		}
		if len(groups[n]) < mostRepeats {
			groups[n] = append(groups[n], int32(i))
		}
	}
	return groups
}

func (p *paper) topicOf(i int32) (t topic, ok bool) {
	f := &p.facts[i]
	if f.Cmp == reading.Between || f.Kind == reading.Context || f.listed {
		return topic{}, false
	}
	if holds(f.phrase, "yearly") {
		return topic{}, false
	}
	known, ok := indicator.Lookup(f.Subject)
	if !ok || known.Rest != "" {
		return topic{}, false
	}
	by := f.By
	if holds(f.phrase, "last year's") {
		by.Year--
	}
	return topic{f.Unit, f.Measure, f.Kind, by, known.Indicator.Code}, true
}

// judgeGroup judges the figures of one topic by pairs. Those of one sentence or one table are different
// things, or the sentence would not name both.
func (p *paper) judgeGroup(group []int32) []Finding {
	var found []Finding
	for i, a := range group {
		for _, b := range group[i+1:] {
			if p.together(a, b) || !p.comparable(a, b) {
				continue
			}
			s := weak
			if p.facts[a].Table != p.facts[b].Table {
				s = likely // a table repeats the text, or another table
			}
			f, ok := p.judge(p.sameRelation(a, b), s)
			if ok && p.believes(&f, s, a, b) {
				found = append(found, f)
			}
		}
	}
	return found
}

// believes tells whether a finding on two figures of one topic is worth telling. Two targets that differ
// by more than a slip are two targets: one of the year and one of what is left of it.
func (p *paper) believes(f *Finding, s strength, a, b int32) bool {
	switch f.Severity {
	case Error:
		return s > weak || p.bothTelling(a, b)
	case Warning:
		return p.facts[a].Kind == reading.Result
	}
	return true
}

// bothTelling tells whether two figures of running text have digits enough for a difference in one of
// them to be a slip: 百分之十 and 12.3% are of two years, or of two things.
func (p *paper) bothTelling(a, b int32) bool {
	return min(significant(&p.facts[a]), significant(&p.facts[b])) > tellingDigits
}

// comparable tells whether two figures of one topic are of one scope, bound alike, and of one span of
// time as far as the words say.
func (p *paper) comparable(a, b int32) bool {
	x, y := &p.facts[a], &p.facts[b]
	return x.Cmp == y.Cmp && !x.what().ScopeConflict(*y.what()) && !p.spans(a) && !p.spans(b)
}

// sentenceReach is how many bytes before a figure its sentence may say of which years it is.
const sentenceReach = 600

// mostRepeats is how often one thing may be stated before no more of it is compared: each pair counts.
const mostRepeats = 40

// spans tells whether the sentence speaks of several years before it states the figure.
func (p *paper) spans(i int32) bool {
	f := &p.facts[i]
	return f.sentence != none && holds(tail(p.text[p.sentences[f.sentence].Start:f.Span.Start], sentenceReach), "span of years")
}

// together tells whether two figures stand in one sentence or in one table.
func (p *paper) together(a, b int32) bool {
	x, y := &p.facts[a], &p.facts[b]
	return x.doc == y.doc && x.Table == y.Table && (x.Table >= 0 || x.sentence == y.sentence)
}
