package notify

import (
	_ "embed"
	"strings"

	"luoshi/internal/service"
	"luoshi/ledger"
)

//go:embed fault.txt
var faultText string

var faults = func() map[string]ledger.Wording {
	all := map[string]ledger.Wording{}
	for line := range strings.Lines(faultText) {
		line = strings.TrimSpace(line)
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		cells := strings.Split(line, "|")
		if len(cells) != 3 {
			panic("notify: fault.txt: " + line)
		}
		all[strings.TrimSpace(cells[0])] = ledger.Wording{ZH: strings.TrimSpace(cells[1]), EN: strings.TrimSpace(cells[2])}
	}
	return all
}()

// fault is what the user can mend, by its code in fault.txt.
func fault(code, fact string) *service.Fault {
	words, known := faults[code]
	if !known {
		panic("notify: fault.txt has no " + code)
	}
	fill := strings.NewReplacer("{0}", fact)
	return &service.Fault{Code: code, Words: ledger.Wording{ZH: fill.Replace(words.ZH), EN: fill.Replace(words.EN)}}
}
