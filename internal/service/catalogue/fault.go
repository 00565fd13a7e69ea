package catalogue

import (
	_ "embed"
	"sync"

	"luoshi/internal/service"
)

//go:embed faults.txt
var faultLines string

var faults = sync.OnceValue(func() service.Faults { return service.ParseFaults(faultLines) })

// fault is something that the user can mend, in the words of faults.txt.
func fault(code string, facts ...string) *service.Fault { return faults().New(code, facts...) }
