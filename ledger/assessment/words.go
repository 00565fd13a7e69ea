package assessment

import (
	_ "embed"
	"fmt"
	"strings"
	"sync"

	"luoshi/ledger"
)

//go:embed words.txt
var wordLines string

var words = sync.OnceValue(func() map[string]ledger.Wording {
	all := map[string]ledger.Wording{}
	for line := range strings.Lines(wordLines) {
		cells := strings.Split(strings.TrimSpace(line), "|")
		if len(cells) == 3 && !strings.HasPrefix(line, "#") {
			all[strings.TrimSpace(cells[0])] = ledger.Wording{ZH: strings.TrimSpace(cells[1]), EN: strings.TrimSpace(cells[2])}
		}
	}
	return all
})

// said are the words of a code.
func said(code string, facts ...any) ledger.Wording {
	w := words()[code]
	for i, fact := range facts {
		place, text := fmt.Sprintf("{%d}", i), fmt.Sprint(fact)
		w.ZH, w.EN = strings.ReplaceAll(w.ZH, place, text), strings.ReplaceAll(w.EN, place, text)
	}
	return w
}

// Problem is something wrong with a scheme, an entry or a round.
type Problem struct {
	Code  string
	Where string // the field, by its names and positions: "measures/2/weight"
	What  ledger.Wording
}

// Problems is everything that is wrong.
type Problems []Problem

// Error says them in English.
func (p Problems) Error() string {
	texts := make([]string, len(p))
	for i, problem := range p {
		texts[i] = problem.What.EN
	}
	return strings.Join(texts, " ")
}

// Err is the problems as an error, nil where there are none.
func (p Problems) Err() error {
	if len(p) == 0 {
		return nil
	}
	return p
}

// unless notes a problem where the condition does not hold that ought to.
func (p *Problems) unless(holds bool, where, code string, facts ...any) {
	if !holds {
		*p = append(*p, Problem{Code: code, Where: where, What: said(code, facts...)})
	}
}
