package message

import (
	"database/sql"
	_ "embed"
	"errors"
	"sync"

	"luoshi/internal/service"
	"luoshi/ledger"
)

//go:embed faults.txt
var faultLines string

var faults = sync.OnceValue(func() service.Faults { return service.ParseFaults(faultLines) })

// fault is what keeps a use case from being done, in words of faults.txt.
func fault(code string) *service.Fault { return faults().New(code) }

//go:embed composed.txt
var composedLines string

var composed = sync.OnceValue(func() service.Faults { return service.ParseFaults(composedLines) })

// say is a text of composed.txt; facts take the places {0}, {1}.
func say(code string, facts ...string) ledger.Wording { return composed().New(code, facts...).Words }

func noRows(err error) bool { return errors.Is(err, sql.ErrNoRows) }
