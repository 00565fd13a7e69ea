package tasktable

import (
	_ "embed"
	"strings"
	"sync"

	"luoshi/ledger"
)

// Problem is something wrong with a cell of a row.
type Problem struct {
	Column Column
	Code   string // of problems.txt: lead.unknown
	Fact   string // what the cell says
	// Stops tells that the row cannot be imported; otherwise the problem is for people to know.
	Stops bool
}

//go:embed problems.txt
var problemLines string

var problemWords = sync.OnceValue(func() map[string]ledger.Wording {
	words := map[string]ledger.Wording{}
	for _, fields := range lines(problemLines, 3) {
		words[fields[0]] = ledger.Wording{ZH: fields[1], EN: fields[2]}
	}
	return words
})

// What says what is wrong.
func (p Problem) What() ledger.Wording {
	words := problemWords()[p.Code]
	return ledger.Wording{ZH: strings.ReplaceAll(words.ZH, "{0}", p.Fact), EN: strings.ReplaceAll(words.EN, "{0}", p.Fact)}
}
