package checking

import (
	"strings"

	"luoshi/reading"
)

// duplicates finds promises that a document makes twice. Only those are compared that begin or end alike.
type duplicates struct {
	*paper
	heads, tails map[string]int32 // the first clause by how its text begins and ends
}

const (
	edge        = len("新建口袋公园")           // what must be alike, at the front or at the back
	shortestTwo = len("新建北山片区口袋公园五座")     // shorter clauses are alike by chance
	surelyOne   = len("建立规范行政审批的管理制度和办法") // without a figure, what is no set phrase
)

// add compares a clause with those before it.
func (d *duplicates) add(i int32) (Finding, bool) {
	text := d.Clauses[i].Text
	if len(text) < shortestTwo {
		return Finding{}, false
	}
	for _, side := range []struct {
		firsts map[string]int32
		key    string
	}{{d.heads, text[:edge]}, {d.tails, text[len(text)-edge:]}} {
		first, met := side.firsts[side.key]
		if !met {
			side.firsts[side.key] = i
			continue
		}
		if d.alike(first, i) {
			return d.twice(first, i), true
		}
	}
	return Finding{}, false
}

// alike tells whether two clauses make the same promise in nearly the same words. Unlike figures are another
// rule's matter, or another promise.
func (d *duplicates) alike(first, second int32) bool {
	a, b := &d.Clauses[first], &d.Clauses[second]
	if !d.sameFigures(a, b) {
		return false
	}
	if a.Text == b.Text {
		return true
	}
	const most = 4 // of five
	shared, total := sharedPairs([]rune(a.Text), []rune(b.Text))
	return 2*shared*5 >= total*most && a.By == b.By
}

func (d *duplicates) sameFigures(a, b *reading.Clause) bool {
	n := a.Quantities[1] - a.Quantities[0]
	if n != b.Quantities[1]-b.Quantities[0] {
		return false
	}
	for k := range n {
		x, y := &d.Quantities[a.Quantities[0]+k], &d.Quantities[b.Quantities[0]+k]
		if x.Value.Cmp(y.Value) != 0 || x.Unit != y.Unit || !sameThing(x.Subject, y.Subject) {
			return false
		}
	}
	return true
}

// sameThing tells whether two subjects, of clauses that read alike, name the same thing: one holds the other,
// or they begin and end alike. 收入总数 and 支出总数 do not.
func sameThing(a, b string) bool {
	if strings.Contains(a, b) || strings.Contains(b, a) {
		return true
	}
	const letter = len("路")
	return len(a) > letter && len(b) > letter && a[:letter] == b[:letter] && a[len(a)-letter:] == b[len(b)-letter:]
}

// sharedPairs is how many pairs of neighbouring characters two texts share, and how many both have.
func sharedPairs(a, b []rune) (shared, total int) {
	type pair [2]rune
	pairs := map[pair]int{}
	for i := 1; i < len(a); i++ {
		pairs[pair{a[i-1], a[i]}]++
	}
	for i := 1; i < len(b); i++ {
		if at := (pair{b[i-1], b[i]}); pairs[at] > 0 {
			pairs[at]--
			shared++
		}
	}
	return shared, len(a) + len(b) - 2
}

func (d *duplicates) twice(first, second int32) Finding {
	a, b := &d.Clauses[first], &d.Clauses[second]
	severity := Note
	if a.Quantities[0] < a.Quantities[1] || a.Text == b.Text && len(a.Text) >= surelyOne {
		severity = Warning
	}
	return Finding{
		Severity: severity,
		Message:  Wording{"同一任务写了两次，文字基本相同。", "The same promise is made twice in nearly the same words."},
		Places:   []Place{clausePlace(a), clausePlace(b)},
		Suggestion: Wording{
			"请合并为一处；如为不同任务，请写明区别（地点、对象或数量）。",
			"Keep one of them; if they differ, say in what (place, object or number).",
		},
	}
}
