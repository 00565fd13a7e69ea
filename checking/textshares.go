package checking

import "luoshi/reading"

// distributedShares checks shares that are given one after another behind the parts that they are of:
// 第一产业12.06亿元,第二产业118.92亿元,第三产业155.45亿元,分别占4.2%、41.5%、54.3%.
func (p *paper) distributedShares(sentence int) []Finding {
	s := &p.sentences[sentence]
	for first := s.facts[0] + 2; first+1 < s.facts[1]; first++ {
		n := p.sharesFrom(first, s.facts[1])
		if n < 2 || first-int32(n) < s.facts[0] || !holds(p.facts[first].phrase, "one each") {
			continue
		}
		return p.judgeDistributed(sentence, first, int32(n))
	}
	return nil
}

// contributions checks rates that say how much each part contributes to the whole: 贡献率分别为7.8%、44.6%和47.7%.
func (p *paper) contributions(sentence int) []Finding {
	s := &p.sentences[sentence]
	for first := s.facts[0]; first+2 < s.facts[1]; first++ {
		f := &p.facts[first]
		if !f.percent() || !f.plain() || !closes(f.Subject, "of the whole") || !holds(f.phrase, "one each") {
			continue
		}
		parts := []int32{first}
		for i := first + 1; i < s.facts[1] && p.facts[i].percent() && p.facts[i].plain() && p.facts[i].Subject == f.Subject; i++ {
			parts = append(parts, i)
		}
		if len(parts) >= minList {
			if finding, ok := p.judge(p.hundredRelation(parts), weak); ok {
				return []Finding{finding}
			}
		}
		return nil
	}
	return nil
}

// sharesFrom counts the shares that follow each other from a fact on.
func (p *paper) sharesFrom(first, last int32) int {
	n := 0
	for i := first; i < last; i++ {
		f := &p.facts[i]
		if !f.percent() || f.Measure != reading.Share || !f.plain() {
			break
		}
		n++
	}
	return n
}

// judgeDistributed judges n shares by the n figures before them. The whole is the figure of the unit,
// in this sentence or the one before, of which most are the shares.
func (p *paper) judgeDistributed(sentence int, first, n int32) []Finding {
	start := p.sentences[sentence].facts[0]
	if sentence > 0 && p.sentences[sentence-1].block == p.sentences[sentence].block {
		start = p.sentences[sentence-1].facts[0]
	}
	for whole := first - n - 1; whole >= start; whole-- {
		if !p.countable(whole) {
			continue
		}
		claims, holding := p.shareClaims(whole, first, n)
		if len(claims) < int(n) || 2*holding < int(n) {
			continue
		}
		found := p.judgeAll(claims, strong)
		if f, ok := p.judgeWholeShares(first, n); ok && int32(holding) >= n-1 {
			found = append(found, f)
		}
		return found
	}
	return nil
}

// shareClaims claims that each share is the one of its figure in the whole.
func (p *paper) shareClaims(whole, first, n int32) (claims []*relation, holding int) {
	for i := range n {
		part := first - n + i
		if !p.partOf(whole, part) {
			return nil, 0
		}
		r, ok := p.quotientRelation(first+i, part, whole, share)
		if !ok {
			return nil, 0
		}
		claims = append(claims, r)
		if r.exact || r.holds {
			holding++
		}
	}
	return claims, holding
}

// judgeWholeShares judges that shares make a hundred, where they do or would but for a slip.
func (p *paper) judgeWholeShares(first, n int32) (Finding, bool) {
	parts := make([]int32, n)
	for i := range n {
		parts[i] = first + i
	}
	return p.judge(p.hundredRelation(parts), medium)
}
