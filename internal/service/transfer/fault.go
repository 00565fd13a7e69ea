package transfer

import (
	_ "embed"
	"errors"

	"luoshi/internal/service"
)

//go:embed faults.txt
var faultsText string

var faults = service.ParseFaults(faultsText)

func fault(cause error, code string, facts ...string) error {
	f := faults.New(code, facts...)
	f.Cause = cause
	return f
}

// HasCode tells whether an error is, or is caused by, the fault with a code.
func HasCode(err error, code string) bool {
	var f *service.Fault
	return errors.As(err, &f) && f.Code == code
}
