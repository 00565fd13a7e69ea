package judge

import (
	_ "embed"
	"strings"
	"sync"

	"luoshi/indicator"
	"luoshi/reading"
	"luoshi/reading/lexicon"
)

//go:embed words.txt
var wordLines string

var vocabulary = sync.OnceValue(func() lexicon.Lists { return lexicon.ListsOf(wordLines) })

// TermsOf is what the name of a quantity tells where the dictionary is silent: 失业率 should fall, a
// rate or a stock does not add up, everything else does and should grow.
func TermsOf(q *reading.Quantity) Terms {
	t := Terms{Direction: indicator.More, Aggregation: indicator.Sum}
	if vocabulary().Holds("less", q.Subject) {
		t.Direction = indicator.Less
	}
	f := Of(q)
	switch {
	case changes(f.Measure):
		t.Aggregation = indicator.Growth
	case f.Percent() || f.Measure == reading.Share || strings.Contains(q.Unit, "/") || vocabulary().Holds("stock", q.Subject):
		t.Aggregation = indicator.Latest
	}
	return t
}
