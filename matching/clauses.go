package matching

import (
	"math/bits"
	"slices"
	"strings"
	"unicode/utf8"

	"luoshi/reading"
)

// clauseIndex finds the clauses of a report by pairs of neighbouring characters.
type clauseIndex struct {
	clauses  []reading.Clause
	postings []posting // by gram, then by clause
	reported int       // how many clauses are indexed
}

// posting says that a clause holds a pair of characters.
type posting struct {
	gram   uint64
	clause int32
}

// spoken is the weight from which a clause of the report speaks of a promise.
const spoken = 650

// minObject is the least length of what is promised for a comparison of words to mean anything.
const minObject = 4

func indexClauses(r *reading.Reading) *clauseIndex {
	x := &clauseIndex{clauses: r.Clauses}
	for i := range r.Clauses {
		if !kindOfReport(&r.Clauses[i]) {
			continue
		}
		x.reported++
		for g := range grams(r.Clauses[i].Text) {
			x.postings = append(x.postings, posting{g, int32(i)})
		}
	}
	slices.SortFunc(x.postings, func(a, b posting) int {
		if a.gram != b.gram {
			if a.gram < b.gram {
				return -1
			}
			return 1
		}
		return int(a.clause - b.clause)
	})
	x.postings = slices.Compact(x.postings)
	return x
}

// find is the clause that speaks of an action, and its weight from 0 to 1000: the share of what is
// promised that it repeats, where rare words count for more. It is -1 where none does.
func (x *clauseIndex) find(verb, object string) (clause int32, weight int) {
	if utf8.RuneCountInString(object) < minObject {
		return -1, 0
	}
	total := 0
	shared := map[int32]int{}
	seen := map[uint64]bool{}
	for g := range grams(object) {
		if seen[g] {
			continue
		}
		seen[g] = true
		list := x.with(g)
		rarity := bits.Len(uint(x.reported / max(len(list), 1)))
		total += rarity
		for _, p := range list {
			shared[p.clause] += rarity
		}
	}
	if total == 0 {
		return -1, 0
	}
	return x.best(verb, shared, total)
}

func (x *clauseIndex) best(verb string, shared map[int32]int, total int) (clause int32, weight int) {
	clause = -1
	for c, s := range shared {
		w := s * 950 / total
		if w < spoken {
			continue
		}
		if verb != "" && strings.Contains(x.clauses[c].Text, verb) {
			w += 50
		}
		if w > weight || w == weight && c < clause {
			clause, weight = c, w
		}
	}
	return clause, weight
}

// with is the postings of a pair of characters.
func (x *clauseIndex) with(gram uint64) []posting {
	from, found := slices.BinarySearchFunc(x.postings, gram, func(p posting, g uint64) int {
		if p.gram < g {
			return -1
		}
		if p.gram > g {
			return 1
		}
		return 0
	})
	if !found {
		return nil
	}
	to := from
	for to < len(x.postings) && x.postings[to].gram == gram {
		to++
	}
	return x.postings[from:to]
}

// grams yields the pairs of neighbouring letters of a text; punctuation and figures break pairs.
func grams(text string) func(yield func(uint64) bool) {
	return func(yield func(uint64) bool) {
		var before rune
		for _, r := range text {
			if r < '0' || r > '9' && r < 'A' || r >= 0x2000 && r < 0x3400 || r >= 0xFF00 {
				before = 0
				continue
			}
			if before != 0 && !yield(uint64(before)<<32|uint64(r)) {
				return
			}
			before = r
		}
	}
}
