package service

import (
	"strconv"
	"strings"

	"luoshi/ledger"
)

// Faults are the words of faults by their codes.
type Faults map[string]ledger.Wording

// ParseFaults reads a line per fault: code | 中文 | English. A “#” begins a line that is none.
func ParseFaults(text string) Faults {
	all := Faults{}
	for line := range strings.Lines(text) {
		parts := strings.Split(line, "|")
		if len(parts) == 3 && !strings.HasPrefix(line, "#") {
			all[strings.TrimSpace(parts[0])] = ledger.Wording{ZH: strings.TrimSpace(parts[1]), EN: strings.TrimSpace(parts[2])}
		}
	}
	return all
}

// New is a fault; facts take the places {0}, {1} of its words.
func (f Faults) New(code string, facts ...string) *Fault {
	pairs := make([]string, 0, 2*len(facts))
	for i, fact := range facts {
		pairs = append(pairs, "{"+strconv.Itoa(i)+"}", fact)
	}
	put, words := strings.NewReplacer(pairs...), f[code]
	return &Fault{Code: code, Words: ledger.Wording{ZH: put.Replace(words.ZH), EN: put.Replace(words.EN)}}
}
