package checking

import "strings"

// opposites checks what is and what is not yet against the whole: 计划新开工11个,已开工8个,未开工3个.
func (p *paper) opposites(first, last int32) []Finding {
	var found []Finding
	for i := first + 1; i+1 < last; i++ {
		for j := i + 1; j < min(last, i+oppositeReach); j++ {
			stem, ok := oppositeStem(p.facts[i].Subject, p.facts[j].Subject)
			if !ok || p.facts[i].Unit != p.facts[j].Unit {
				continue
			}
			if f, ok := p.judgeOpposites(i, j, first, stem); ok {
				found = append(found, f)
			}
			break
		}
	}
	return found
}

// oppositeReach is how many figures on what is not done may be stated.
const oppositeReach = 4

// judgeOpposites judges what is done and what is not by the last figure before them that the stem names.
func (p *paper) judgeOpposites(done, undone, first int32, stem string) (Finding, bool) {
	parts := []int32{done, undone}
	for t := done - 1; t >= max(first, done-headReach); t-- {
		if strings.Contains(p.facts[t].Subject, stem) && p.addable(t, parts) {
			return p.judge(p.sumRelation(t, parts), likely)
		}
	}
	return Finding{}, false
}

// oppositeStem is what two subjects say is done and is not done: 开工 of 已开工 and 未开工.
func oppositeStem(a, b string) (stem string, ok bool) {
	for _, pair := range opposed() {
		x, first := strings.CutPrefix(a, pair[0])
		y, second := strings.CutPrefix(b, pair[1])
		if first && second && x != "" && (strings.HasPrefix(x, y) || strings.HasPrefix(y, x)) {
			return strings.TrimSuffix(y, "项目"), true
		}
	}
	return "", false
}

// opposed are the pairs of words that say that something is done and is not.
func opposed() [][2]string {
	done, undone := words("done"), words("not done")
	var pairs [][2]string
	for _, a := range done {
		for _, b := range undone {
			pairs = append(pairs, [2]string{a, b}, [2]string{b, a})
		}
	}
	return pairs
}
