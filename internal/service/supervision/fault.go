package supervision

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

var faults = sync.OnceValue(func() service.Faults { return service.ParseFaults(faultLines) })

// fault is what keeps a use case from being done, in words of faults.txt.
func fault(code string, facts ...ledger.Wording) *service.Fault {
	words := faults()[code]
	for i, fact := range facts {
		place := "{" + strconv.Itoa(i) + "}"
		words.ZH, words.EN = strings.ReplaceAll(words.ZH, place, fact.ZH), strings.ReplaceAll(words.EN, place, fact.EN)
	}
	return &service.Fault{Code: code, Words: words}
}

// said is a fact that is the same in both languages.
func said(text string) ledger.Wording { return ledger.Wording{ZH: text, EN: text} }

// number is a number as a fact.
func number(n int) ledger.Wording { return said(strconv.Itoa(n)) }

// because is a fault with its cause.
func because(cause error, code string, facts ...ledger.Wording) *service.Fault {
	f := fault(code, facts...)
	f.Cause = cause
	return f
}

func noRows(err error) bool { return errors.Is(err, sql.ErrNoRows) }
