package checking

import "strings"

// sortedSums checks sentences that sort a total by something and do not repeat it: 按资金来源分,区级财政资金15.2亿元、
// 上级补助资金6.85亿元、专项债券资金18.3亿元. The total is the figure before that they make, or would but for a slip;
// in the second case the text must state it at least twice.
func (p *paper) sortedSums() []Finding {
	var found []Finding
	for i := range p.sentences {
		s := &p.sentences[i]
		if !opens(p.text[s.Start:s.End], "sorted by") {
			continue
		}
		parts := p.listed(s.facts[0], s.facts[0], s.facts[1])
		if len(parts) >= minList {
			if f, ok := p.judgeSorted(parts); ok {
				found = append(found, f)
				continue
			}
		}
		found = append(found, p.sortedBranches(i)...)
	}
	return found
}

// sortedBranches checks a sentence that sorts the total of the sentence before it once or several times:
// 按经营地分,城镇112.37亿元,乡村44.47亿元;按消费类型分,商品134.26亿元,餐饮22.58亿元.
func (p *paper) sortedBranches(sentence int) []Finding {
	s := &p.sentences[sentence]
	if sentence == 0 || p.sentences[sentence-1].block != s.block {
		return nil
	}
	var found []Finding
	for first := s.facts[0]; first < s.facts[1]; {
		last := first + 1
		for last < s.facts[1] && !strings.Contains(p.between(last-1, last), "\uff1b") {
			last++
		}
		before := p.sentences[sentence-1].facts
		for t := before[0]; t < before[1]; t++ {
			if !p.countable(t) || !p.partOf(t, first) {
				continue
			}
			if parts := p.partsOf(t, first, last); len(parts) >= 2 {
				if f, ok := p.judge(p.sumRelation(t, parts), medium); ok {
					found = append(found, f)
				}
			}
			break
		}
		first = last
	}
	return found
}

func (p *paper) judgeSorted(parts []int32) (Finding, bool) {
	first := max(0, parts[0]-baseReach)
	for t := parts[0] - 1; t >= first; t-- {
		if p.countable(t) && p.partOf(t, parts[0]) && significant(&p.facts[t]) >= 3 {
			if r := p.sumRelation(t, parts); r.exact || r.holds {
				return p.judge(r, weak)
			}
		}
	}
	for t := parts[0] - 1; t >= first; t-- {
		if p.countable(t) && p.partOf(t, parts[0]) && p.restated(t) {
			if f, ok := p.judge(p.sumRelation(t, parts), weak); ok {
				return f, true
			}
		}
	}
	return Finding{}, false
}

// restated tells whether another place states the same figure with digits enough to be no chance.
func (p *paper) restated(t int32) bool {
	f := &p.facts[t]
	for i := range p.facts {
		if g := &p.facts[i]; int32(i) != t && g.Unit == f.Unit && g.Value.Cmp(f.Value) == 0 {
			return significant(f) >= 3
		}
	}
	return false
}
