package checking

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
		if len(parts) < minList {
			continue
		}
		if f, ok := p.judgeSorted(parts); ok {
			found = append(found, f)
		}
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
