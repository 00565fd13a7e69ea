package checking

import (
	"unicode/utf8"

	"luoshi/indicator"
	"luoshi/reading"
)

// headLength is how many characters at the end of a name tell what is counted: 试点任务 of 新增试点任务.
const headLength = 4

// thing is what a count counts: the end of its name with its unit.
type thing struct{ head, unit string }

// count is a figure that counts things, with its name.
type count struct {
	fact int32
	name indicator.Name
	all  bool // the words say that it counts all there are: 全区96个社区, 96个社区实现全覆盖
}

// countRepeats checks how many there are of a thing, where the text says so again and again.
func (p *paper) countRepeats() []Finding {
	groups := map[thing][]count{}
	var order []thing
	for i := range p.facts {
		t, c, ok := p.countOf(int32(i))
		if !ok {
			continue
		}
		if groups[t] == nil {
			order = append(order, t)
		}
		if len(groups[t]) < mostRepeats {
			groups[t] = append(groups[t], c)
		}
	}
	var found []Finding
	for _, t := range order {
		found = append(found, p.judgeWholes(groups[t])...)
		found = append(found, p.judgeMajority(groups[t])...)
	}
	return found
}

func (p *paper) countOf(i int32) (thing, count, bool) {
	f := &p.facts[i]
	if f.sentence == none || f.listed || !f.counted() || !f.plain() || f.Measure != reading.Level || significant(f) < 2 || holds(f.phrase, "yearly") {
		return thing{}, count{}, false
	}
	n, all := *f.what(), p.countsAll(i)
	head := []rune(title(n))
	if n.Generic && !all || len(head) < 2 {
		return thing{}, count{}, false
	}
	head = head[max(len(head)-headLength, 0):]
	return thing{string(head), f.Unit}, count{i, n, all}, true
}

// title is what a name is called: by the dictionary, or as the text has it.
func title(n indicator.Name) string {
	if n.Indicator != nil {
		return n.Indicator.ZH
	}
	return n.Topic
}

// countsAll tells whether a word before the figure, or behind it in the same clause, says that it counts
// all there are.
func (p *paper) countsAll(i int32) bool {
	f := &p.facts[i]
	behind := p.text[f.Span.End:min(p.sentences[f.sentence].End, f.Span.End+farBefore)]
	return closes(f.phrase, "all of the area") || holds(clauseHead(behind), "without exception")
}

// judgeWholes judges counts of all there are: they must agree.
func (p *paper) judgeWholes(group []count) []Finding {
	var found []Finding
	for i, a := range group {
		for _, b := range group[i+1:] {
			if !a.all || !b.all || p.together(a.fact, b.fact) || title(a.name) != title(b.name) {
				continue
			}
			if f, ok := p.judge(p.sameRelation(a.fact, b.fact), likely); ok {
				found = append(found, f)
			}
		}
	}
	return found
}

// minMajority is how often a count must be stated alike before another one is taken for a slip.
const minMajority = 2

// judgeMajority judges a count that is stated three times or more, but once otherwise. Only a name of
// headLength characters is telling enough.
func (p *paper) judgeMajority(group []count) []Finding {
	var found []Finding
	for i, a := range group {
		if utf8.RuneCountInString(title(a.name)) < headLength {
			continue
		}
		alike := p.alike(group, i)
		if len(alike) <= minMajority {
			continue
		}
		if usual, same, ok := p.usual(alike); ok && (same == len(alike)-1 || same == len(alike)) && alike[0] == a.fact {
			for _, b := range alike {
				if b == usual {
					continue
				}
				if f, ok := p.judge(p.sameRelation(usual, b), likely); ok && f.Severity != Warning {
					found = append(found, f)
				}
			}
		}
	}
	return found
}

// alike are the figures of a group that name the same thing as its member i, which stands among them.
func (p *paper) alike(group []count, i int) []int32 {
	var list []int32
	for _, b := range group {
		if b.fact == group[i].fact || group[i].name.Same(b.name) >= indicator.Pairable {
			list = append(list, b.fact)
		}
	}
	return list
}

// usual is the first figure with the value that most have, and how many have it.
func (p *paper) usual(facts []int32) (first int32, times int, ok bool) {
	for _, a := range facts {
		n := 0
		for _, b := range facts {
			if p.facts[a].Value.Cmp(p.facts[b].Value) == 0 {
				n++
			}
		}
		if n > times {
			first, times = a, n
		}
	}
	return first, times, times >= minMajority
}
