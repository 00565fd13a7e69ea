package planning

import (
	"database/sql"
	_ "embed"
	"errors"
	"strconv"
	"strings"
	"sync"

	"luoshi/internal/service"
	"luoshi/ledger"
)

//go:embed faults.txt
var faultLines string

// faults reads faults.txt: a code, then what to say in Chinese and in English, with {0}, {1} for the facts.
var faults = sync.OnceValue(func() map[string]ledger.Wording {
	all := map[string]ledger.Wording{}
	for line := range strings.Lines(faultLines) {
		fields := strings.Split(strings.TrimSpace(line), " | ")
		if len(fields) == 3 && !strings.HasPrefix(line, "#") {
			all[strings.TrimSpace(fields[0])] = ledger.Wording{ZH: strings.TrimSpace(fields[1]), EN: strings.TrimSpace(fields[2])}
		}
	}
	return all
})

// fault is what keeps a use case from being done, in words of faults.txt.
func fault(code string, facts ...ledger.Wording) error {
	words := faults()[code]
	for i, fact := range facts {
		place := "{" + strconv.Itoa(i) + "}"
		words.ZH = strings.ReplaceAll(words.ZH, place, fact.ZH)
		words.EN = strings.ReplaceAll(words.EN, place, fact.EN)
	}
	return &service.Fault{Code: code, Words: words}
}

// said is a fact that is the same in both languages.
func said(text string) ledger.Wording { return ledger.Wording{ZH: text, EN: text} }

// count is a number as a fact.
func count(n int) ledger.Wording { return said(strconv.Itoa(n)) }

func noRows(err error) bool { return errors.Is(err, sql.ErrNoRows) }
