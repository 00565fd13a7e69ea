package transfer

import (
	_ "embed"

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
