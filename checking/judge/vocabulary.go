package judge

import (
	_ "embed"
	"strings"
	"sync"

	"luoshi/indicator"
	"luoshi/reading"
)

//go:embed words.txt
var wordLines string

// wordlists are the lists of words.txt by name.
type wordlists func() map[string][]string

func (w wordlists) of(name string) []string { return w()[name] }

// holds tells whether a text holds a word of the list.
func (w wordlists) holds(name, text string) bool {
	for _, word := range w.of(name) {
		if strings.Contains(text, word) {
			return true
		}
	}
	return false
}

var vocabulary = wordlists(sync.OnceValue(func() map[string][]string {
	lists := map[string][]string{}
	for line := range strings.Lines(wordLines) {
		fields := strings.Fields(line)
		if len(fields) > 1 && !strings.HasPrefix(fields[0], "#") {
			lists[fields[0]] = append(lists[fields[0]], fields[1:]...)
		}
	}
	return lists
}))

// TermsOf is what the name of a quantity tells where the dictionary is silent: 失业率 should fall, a
// rate or a stock does not add up, everything else does and should grow.
func TermsOf(q *reading.Quantity) Terms {
	t := Terms{Direction: indicator.More, Aggregation: indicator.Sum}
	if vocabulary.holds("less", q.Subject) {
		t.Direction = indicator.Less
	}
	f := Of(q)
	switch {
	case changes(f.Measure):
		t.Aggregation = indicator.Growth
	case f.Percent() || f.Measure == reading.Share || strings.Contains(q.Unit, "/") || vocabulary.holds("stock", q.Subject):
		t.Aggregation = indicator.Latest
	}
	return t
}
