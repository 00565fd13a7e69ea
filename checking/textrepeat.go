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
	groups := map[topic][]int32{}
	var order []topic
	for i := range p.facts {
		t, ok := p.topicOf(int32(i))
		if !ok {
			continue
		}
		if groups[t] == nil {
			order = append(order, t)
		}
		groups[t] = append(groups[t], int32(i))
	}
	var found []Finding
	for _, t := range order {
		found = append(found, p.judgeGroup(groups[t])...)
	}
	return found
}

// topicOf is the topic of a figure that states an indicator of the dictionary; ok is false for others,
// which may be called alike and yet be different things.
func (p *paper) topicOf(i int32) (t topic, ok bool) {
	f := &p.facts[i]
	if f.Cmp == reading.Between || f.Kind == reading.Context || f.listed {
		return topic{}, false
	}
	if f.sentence != none && holdsAny(p.phraseBefore(i), words("yearly")) {
		return topic{}, false
	}
	n := p.name(i)
	if n.Indicator == nil || n.Rest != "" {
		return topic{}, false
	}
	return topic{f.Unit, f.Measure, f.Kind, f.By, n.Indicator.Code}, true
}

// name is what a fact measures.
func (p *paper) name(i int32) indicator.Name {
	f := &p.facts[i]
	context := ""
	if f.sentence != none {
		context = p.phraseBefore(i)
	}
	return indicator.NameOf(f.Subject, context)
}

// judgeGroup judges the figures of one topic by pairs. Those of one sentence or one table are different
// things, or the sentence would not name both.
func (p *paper) judgeGroup(group []int32) []Finding {
	var found []Finding
	for i, a := range group {
		for _, b := range group[i+1:] {
			if p.together(a, b) || p.name(a).ScopeConflict(p.name(b)) {
				continue
			}
			s := weak
			if p.facts[a].Table != p.facts[b].Table {
				s = likely // a table repeats the text, or another table
			}
			if f, ok := p.judge(p.sameRelation(a, b), s); ok {
				found = append(found, f)
			}
		}
	}
	return found
}

// together tells whether two figures stand in one sentence or in one table.
func (p *paper) together(a, b int32) bool {
	x, y := &p.facts[a], &p.facts[b]
	return x.Table == y.Table && (x.Table >= 0 || x.sentence == y.sentence)
}
