package table

import (
	_ "embed"
	"sync"

	"luoshi/internal/service"
)

//go:embed faults.txt
var faultLines string

var faults = sync.OnceValue(func() service.Faults { return service.ParseFaults(faultLines) })

// faultOf is what keeps a file from being read, in the words of faults.txt.
func faultOf(code string, facts ...string) *service.Fault { return faults().New(code, facts...) }
