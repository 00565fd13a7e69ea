package load

import (
	_ "embed" // the words
	"math/rand/v2"
	"strings"
)

//go:embed words.txt
var wordsFile string

// words are the lists of words by their names.
var words = func() map[string][]string {
	lists := map[string][]string{}
	for line := range strings.Lines(wordsFile) {
		if fields := strings.Fields(line); len(fields) > 1 && fields[0] != "#" {
			lists[fields[0]] = fields[1:]
		}
	}
	return lists
}()

// dice choose; always the same, so that two runs measure the same district.
type dice struct{ *rand.Rand }

func newDice() dice { return dice{rand.New(rand.NewPCG(2026, 4))} }

// word is one of a list.
func (d dice) word(list string) string { return words[list][d.IntN(len(words[list]))] }

// one is an element of a list.
func one[T any](d dice, list []T) T { return list[d.IntN(len(list))] }
