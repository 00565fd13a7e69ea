package reporting

import (
	"database/sql"
	_ "embed"
	"errors"
	"sync"

	"luoshi/internal/service"
)

//go:embed faults.txt
var faultLines string

var faults = sync.OnceValue(func() service.Faults { return service.ParseFaults(faultLines) })

// fault is what keeps a use case from being done, in words of faults.txt.
func fault(code string, facts ...string) *service.Fault { return faults().New(code, facts...) }

// because is a fault with its cause.
func because(cause error, code string, facts ...string) *service.Fault {
	f := fault(code, facts...)
	f.Cause = cause
	return f
}

func noRows(err error) bool { return errors.Is(err, sql.ErrNoRows) }
