package checking

import (
	"cmp"
	"slices"

	"luoshi/reading"
)

// Between compares two documents: the same indicator of the same scope and period is to be stated alike
// in both. Place.Doc is 0 for a and 1 for b. Only documents that name the same place are compared.
func Between(a, b *reading.Reading, opts Options) []Finding {
	if len(opts.Only) > 0 && !slices.Contains(opts.Only, repeatRule) || !sameRegion(a, b) {
		return nil
	}
	first, second := prepare(a, opts.All), prepare(b, opts.All)
	var found []Finding
	shared := map[topic][]int32{}
	for i := range second.facts {
		if t, ok := second.topicOf(int32(i)); ok {
			if len(shared[t]) < mostRepeats {
				shared[t] = append(shared[t], int32(i))
			}
		}
	}
	for i := range first.facts {
		t, ok := first.topicOf(int32(i))
		if !ok {
			continue
		}
		for _, j := range shared[t] {
			if f, ok := judgeAcross(first, second, int32(i), j); ok {
				found = append(found, f)
			}
		}
	}
	slices.SortStableFunc(found, func(a, b Finding) int { return cmp.Compare(a.Places[0].At, b.Places[0].At) })
	return found
}

// repeatRule is the name of the rule that also compares two documents.
const repeatRule = "repeat"

// judgeAcross judges two figures of one topic in two documents.
func judgeAcross(first, second *paper, i, j int32) (Finding, bool) {
	x, y := first.facts[i], second.facts[j]
	if x.Cmp != y.Cmp || x.what().ScopeConflict(*y.what()) || first.spans(i) || second.spans(j) {
		return Finding{}, false
	}
	y.doc = 1
	both := paper{facts: []fact{x, y}, all: first.all}
	f, ok := both.judge(both.sameRelation(0, 1), likely)
	if f.Severity == Error && !both.bothTelling(0, 1) {
		f.Severity = Warning // a later document may state the final figure where the first had to estimate
	}
	f.Rule = repeatRule
	return f, ok
}

// sameRegion tells whether both documents name the place they are of, and name the same.
func sameRegion(a, b *reading.Reading) bool {
	region := a.Document.Meta.Region.Value
	return region != "" && region == b.Document.Meta.Region.Value
}
