package checking

import (
	"slices"
	"strings"
)

// headReach is how many figures back something of the same sentence is looked for, mostHeads how many figures
// before 其中 may be a total of what follows it.
const headReach, mostHeads = 6, 14

// among is a passage that 其中 opens, with the figures before it that it may take apart.
type among struct {
	heads, parts [2]int32
}

// amongs finds the passages of a sentence that 其中 opens: up to the bracket that closes the one before
// it, the next 其中 or the end of the sentence. Where it opens the sentence, the totals stand in the one
// before.
func (p *paper) amongs(sentence int) []among {
	s := &p.sentences[sentence]
	var list []among
	if t := p.takenApart(sentence); t != none {
		list = append(list, among{heads: [2]int32{t, t + 1}, parts: s.facts})
	}
	for g := s.facts[0]; g < s.facts[1]; g++ {
		before := s.Start
		first := s.facts[0]
		if g > s.facts[0] {
			before = p.facts[g-1].Span.End
		} else if sentence > 0 && s.block-p.sentences[sentence-1].block <= 1 {
			first = p.blockStart(sentence - 1)
		}
		gap := p.text[before:p.facts[g].Span.Start]
		if at := lastOf(gap, words("among")); at >= 0 && first < g {
			list = append(list, among{
				heads: [2]int32{max(first, g-mostHeads), g},
				parts: [2]int32{g, p.endOfParts(gap[:at], g, s.facts[1])},
			})
		}
	}
	return list
}

// blockStart is the first fact of the block that a sentence stands in.
func (p *paper) blockStart(sentence int) int32 {
	block := p.sentences[sentence].block
	for sentence > 0 && p.sentences[sentence-1].block == block {
		sentence--
	}
	return p.sentences[sentence].facts[0]
}

// takenApart is the figure of the sentence before that a sentence says it takes apart: 民生支出中,教育支出….
func (p *paper) takenApart(sentence int) int32 {
	s := &p.sentences[sentence]
	head, ok := strings.CutSuffix(strings.TrimSpace(clauseHead(p.text[s.Start:s.End])), "中")
	if !ok || labelKey(head) == "" {
		return none
	}
	for t := s.facts[0] - 1; t >= max(0, s.facts[0]-baseReach); t-- {
		if p.facts[t].sentence != none && p.countable(t) && labelKey(p.facts[t].Subject) == labelKey(head) {
			return t
		}
	}
	return none
}

// lastOf is where the last of the words stands in a text, -1 for none.
func lastOf(text string, list []string) int {
	at := -1
	for _, w := range list {
		at = max(at, strings.LastIndex(text, w))
	}
	return at
}

// endOfParts is the fact behind the last one that 其中 governs. The text before it tells whether it stands
// in brackets.
func (p *paper) endOfParts(before string, first, last int32) int32 {
	bracketed := strings.HasSuffix(strings.TrimSpace(before), "(") || strings.HasSuffix(strings.TrimSpace(before), "\uff08")
	last = min(last, first+mostParts)
	for i := first + 1; i < last; i++ {
		gap := p.between(i-1, i)
		if holds(gap, "among") || bracketed && strings.ContainsAny(gap, ")\uff09") {
			return i
		}
	}
	return last
}

// judgeAmong judges what 其中 takes apart: for each unit the last total before it against the parts
// behind it. Parts may be left out, and the sentence may go on to other things, so that they are wrong
// only where a slip would make the total.
func (p *paper) judgeAmong(a among) []Finding {
	var found []Finding
	judged := map[string]bool{}
	for i := a.parts[0]; i < a.parts[1]; i++ {
		unit := p.facts[i].Unit
		if judged[unit] {
			continue
		}
		judged[unit] = true
		t, parts := p.totalBefore(a, i)
		if t == none {
			continue
		}
		f, ok := Finding{}, false
		switch len(parts) {
		case 0:
		case 1:
			f, ok = p.judgeWithin(t, parts[0])
		default:
			s := medium
			if p.complement(parts) {
				s = likely
			}
			f, ok = p.judgeParts(t, parts, s, true)
		}
		if ok {
			found = append(found, f)
		}
	}
	return found
}

// totalBefore is the figure before 其中 that the parts from one on make; if they make none, the last one that
// is called as the part is, or else the last that can be their total.
func (p *paper) totalBefore(a among, part int32) (total int32, parts []int32) {
	total = none
	called := false
	for t := a.heads[1] - 1; t >= a.heads[0]; t-- {
		if !p.countable(t) || !p.partOf(t, part) || p.inlineBaseAt(t) {
			continue
		}
		list := p.partsOf(t, part, a.parts[1])
		if len(list) > 1 && p.mayMake(t, list) {
			return t, list
		}
		if same := p.facts[t].Subject == p.facts[part].Subject; total == none || same && !called {
			total, parts, called = t, list, same
		}
	}
	return total, parts
}

// partsOf are the figures of a range that can be parts of the total.
func (p *paper) partsOf(t, first, last int32) []int32 {
	var parts []int32
	for i := first; i < last; i++ {
		if !p.partOf(t, i) {
			continue
		}
		if len(parts) >= 2 && i > 0 && strings.Contains(p.between(i-1, i), "\uff1b") && p.joined(parts) {
			break // an enumeration has come to its end
		}
		parts = append(parts, i)
	}
	return parts
}

// joined tells whether figures follow each other, joined by 、.
func (p *paper) joined(parts []int32) bool {
	for j, i := range parts[1:] {
		if parts[j]+1 != i || !strings.HasPrefix(p.between(parts[j], i), "、") {
			return false
		}
	}
	return true
}

// complement tells whether the parts are called by all the names of a group that leaves nothing out: 续建
// and 新建.
func (p *paper) complement(parts []int32) bool {
	for _, group := range complements() {
		if len(group) == len(parts) && p.calledBy(parts, group) {
			return true
		}
	}
	return false
}

func (p *paper) calledBy(parts []int32, group []string) bool {
	for _, name := range group {
		called := slices.ContainsFunc(parts, func(i int32) bool {
			return strings.Contains(p.facts[i].phrase, name)
		})
		if !called {
			return false
		}
	}
	return true
}
