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

// pairReworded pairs wordings that are alike, each at most once, the most alike first. It is given and
// gives positions.
func pairReworded(before, after []string) []likeness {
	index := map[string][]int{} // bigram → positions in before
	sizes := make([]int, len(before))
	counts := make([]map[string]int, len(before))
	for i, wording := range before {
		counts[i] = bigrams(wording)
		for gram, n := range counts[i] {
			index[gram] = append(index[gram], i)
			sizes[i] += n
		}
	}
	var candidates []likeness
	for j, wording := range after {
		size, common := 0, map[int]int{}
		for gram, n := range bigrams(wording) {
			size += n
			for _, i := range index[gram] {
				common[i] += min(n, counts[i][gram])
			}
		}
		for i, n := range common {
			if score := 2000 * n / (size + sizes[i]); score >= alike {
				candidates = append(candidates, likeness{i, j, score})
			}
		}
	}
	slices.SortFunc(candidates, func(a, b likeness) int {
		return cmp.Or(cmp.Compare(b.score, a.score), cmp.Compare(a.before, b.before), cmp.Compare(a.after, b.after))
	})
	return eachOnce(candidates)
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
