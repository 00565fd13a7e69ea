package intake

import (
	_ "embed"
	"errors"
	"strings"
	"sync"

	"luoshi/document/fault"
	"luoshi/internal/service"
	"luoshi/ledger"
)

//go:embed faults.txt
var faultLines string

// faultWords are the words of faults.txt by their codes.
var faultWords = sync.OnceValue(func() map[string]ledger.Wording {
	words := map[string]ledger.Wording{}
	for line := range strings.Lines(faultLines) {
		line = strings.TrimSpace(line)
		fields := strings.SplitN(line, "|", 3)
		if len(fields) == 3 && !strings.HasPrefix(line, "#") {
			words[strings.TrimSpace(fields[0])] = ledger.Wording{ZH: strings.TrimSpace(fields[1]), EN: strings.TrimSpace(fields[2])}
		}
	}
	return words
})

// newFault is a fault in the words of faults.txt; {0}, {1} … are replaced by the facts.
func newFault(code string, cause error, facts ...string) *service.Fault {
	words := faultWords()[code]
	for i, fact := range facts {
		mark := "{" + string(rune('0'+i)) + "}"
		words.ZH = strings.ReplaceAll(words.ZH, mark, fact)
		words.EN = strings.ReplaceAll(words.EN, mark, fact)
	}
	return &service.Fault{Code: code, Words: words, Cause: cause}
}

// documentFault is the fault of a file that cannot be opened, in the words of package fault.
func documentFault(err error) error {
	var f *fault.Fault
	if !errors.As(err, &f) {
		return err
	}
	return &service.Fault{
		Code: "document." + string(f.Code), Words: ledger.Wording{ZH: f.Message("zh"), EN: f.Message("en")}, Cause: f.Err,
	}
}
