package ledger

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
)

// alike is the likeness, of a thousand, from which two wordings are taken for one promise that was
// reworded. Below it a promise counts as dropped and another as added.
const alike = 600

// likeness is two promises that may be one, by their positions.
type likeness struct{ before, after, score int }

// bigrams counts the pairs of adjoining letters of a wording without its figures, punctuation and blanks: a promise whose
// figure alone was changed is the same promise.
func bigrams(wording string) map[string]int {
	letters := []rune(strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) {
			return r
		}
		return -1
	}, wording))
	grams := map[string]int{}
	for i := range len(letters) - 1 {
		grams[string(letters[i:i+2])]++
	}
	if len(letters) == 1 {
		grams[string(letters)] = 1
	}
	return grams
}

// nearest is how many wordings are kept as candidates for one: in a plan of thousands of promises that
// all build something, nearly everything is a little alike.
const nearest = 8

// pairReworded pairs wordings that are alike, each at most once, the most alike first. It is given and
// gives positions.
func pairReworded(before, after []string) []likeness {
	index := indexWordings(before)
	var candidates []likeness
	for j, wording := range after {
		candidates = append(candidates, index.nearest(wording, j)...)
	}
	slices.SortStableFunc(candidates, func(a, b likeness) int {
		return cmp.Or(cmp.Compare(b.score, a.score), cmp.Compare(a.before, b.before), cmp.Compare(a.after, b.after))
	})
	return eachOnce(candidates)
}

// wordingIndex finds the wordings that share bigrams with another.
type wordingIndex struct {
	holders map[string][]holding // by bigram, in order
	sizes   []int                // bigrams of each wording
	common  []int                // of each wording with the one that is asked for
}

// holding is how often a wording holds a bigram.
type holding struct{ wording, times int }

func indexWordings(wordings []string) wordingIndex {
	index := wordingIndex{
		holders: map[string][]holding{}, sizes: make([]int, len(wordings)), common: make([]int, len(wordings)),
	}
	for i, wording := range wordings {
		for gram, times := range bigrams(wording) {
			index.holders[gram] = append(index.holders[gram], holding{i, times})
			index.sizes[i] += times
		}
	}
	return index
}

// nearest are the wordings most alike to another one, whose position is after; the first of equals.
func (x wordingIndex) nearest(wording string, after int) []likeness {
	size := 0
	clear(x.common)
	for gram, times := range bigrams(wording) {
		size += times
		for _, h := range x.holders[gram] {
			x.common[h.wording] += min(times, h.times)
		}
	}
	best := make([]likeness, 0, nearest+1)
	for i, common := range x.common {
		if common == 0 {
			continue
		}
		score := 2000 * common / (size + x.sizes[i])
		if score < alike || len(best) == nearest && score <= best[nearest-1].score {
			continue
		}
		place, _ := slices.BinarySearchFunc(best, score, func(l likeness, score int) int {
			if l.score >= score {
				return -1
			}
			return 1
		})
		best = slices.Insert(best, place, likeness{i, after, score})
		best = best[:min(len(best), nearest)]
	}
	return best
}

// eachOnce keeps the first candidate of each position on both sides.
func eachOnce(candidates []likeness) []likeness {
	before, after := map[int]bool{}, map[int]bool{}
	var kept []likeness
	for _, c := range candidates {
		if !before[c.before] && !after[c.after] {
			before[c.before], after[c.after] = true, true
			kept = append(kept, c)
		}
	}
	return kept
}
