package evidence

import (
	_ "embed"
	"sync"

	"luoshi/internal/service"
)

//go:embed faults.txt
var faultLines string

var faults = sync.OnceValue(func() service.Faults { return service.ParseFaults(faultLines) })

// fault is what keeps a file from being taken, in words of faults.txt.
func fault(code string, facts ...string) *service.Fault { return faults().New(code, facts...) }

// because is a fault with its cause.
func because(cause error, code string) *service.Fault {
	f := fault(code)
	f.Cause = cause
	return f
}
