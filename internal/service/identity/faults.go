package identity

import (
	_ "embed" // what is said to users
	"fmt"
	"strings"
	"sync"
	"time"

	"luoshi/internal/service"
	"luoshi/ledger"
)

//go:embed faults.txt
var faultsText string

// faultWords are the sentences of faults.txt by code.
var faultWords = sync.OnceValue(func() map[string]ledger.Wording {
	words := map[string]ledger.Wording{}
	for line := range strings.Lines(faultsText) {
		if line = strings.TrimSpace(line); line == "" || line[0] == '#' {
			continue
		}
		f := strings.Split(line, "|")
		if len(f) != 3 {
			panic("identity: faults.txt: " + line) // the file is part of the program
		}
		words[strings.TrimSpace(f[0])] = ledger.Wording{ZH: strings.TrimSpace(f[1]), EN: strings.TrimSpace(f[2])}
	}
	return words
})

// fault is a sentence of faults.txt with facts put in.
func fault(code string, cause error, facts ...string) *service.Fault {
	words, known := faultWords()[code]
	if !known {
		panic("identity: faults.txt has no " + code) // a mistake of the program, which tests find
	}
	for i, fact := range facts {
		place := fmt.Sprintf("{%d}", i)
		words.ZH, words.EN = strings.ReplaceAll(words.ZH, place, fact), strings.ReplaceAll(words.EN, place, fact)
	}
	return &service.Fault{Code: code, Words: words, Cause: cause}
}

// IsSignedOut tells whether an error says that there is no session any more, so that the cookie may go.
func IsSignedOut(err error) bool { return service.HasCode(err, "session.none") }

// Locked is the error of an attempt that comes too early after others have failed.
type Locked struct {
	*service.Fault
	Wait time.Duration
}

// Unwrap is what is said to users.
func (l *Locked) Unwrap() error { return l.Fault }

func locked(wait time.Duration) *Locked {
	f := fault("sign-in.wait", nil)
	zh, en := inWords(wait)
	f.Words = ledger.Wording{ZH: strings.ReplaceAll(f.Words.ZH, "{0}", zh), EN: strings.ReplaceAll(f.Words.EN, "{0}", en)}
	return &Locked{Fault: f, Wait: wait}
}

// inWords is a span in minutes, or in seconds where it is short, rounded up.
func inWords(span time.Duration) (zh, en string) {
	seconds := int((span + time.Second - 1) / time.Second)
	if seconds <= 90 {
		return fmt.Sprintf("%d秒", seconds), fmt.Sprintf("%d s", seconds)
	}
	minutes := (seconds + 59) / 60
	return fmt.Sprintf("%d分钟", minutes), fmt.Sprintf("%d min", minutes)
}
