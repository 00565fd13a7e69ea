package main

import (
	"os"
	"runtime"
	"runtime/debug"
	"runtime/metrics"
)

// memoryLimit is how far a server's own memory grows before it is tidied up more often, where GOMEMLIMIT says nothing
// else. The caches of the database and the program itself come on top of it.
const memoryLimit = 176 << 20

func boundMemory() {
	if os.Getenv("GOMEMLIMIT") != "" {
		return
	}
	debug.SetMemoryLimit(memoryLimit)
	runtime.SetFinalizer(&tidied{}, moveLimit)
}

// tidied is out of use at once, so that its finalizer runs when memory was tidied up.
type tidied struct{ _ *int }

func moveLimit(t *tidied) {
	debug.SetMemoryLimit(limitFor(inUse()))
	runtime.SetFinalizer(t, moveLimit)
}

// limitFor is the limit of a server of which so many bytes are in use. Where the usual limit leaves too little room over
// them, it moves: a server that is short of room spends half of its processors on tidying up, and answers nobody. The more
// is in use, the dearer each round of it is, and the fewer there should be.
func limitFor(used int64) int64 { return max(memoryLimit, used*7/4, used*5/2-100<<20) }

// inUse is how many bytes were in use when memory was last tidied up.
func inUse() int64 {
	sample := []metrics.Sample{{Name: "/gc/heap/live:bytes"}}
	metrics.Read(sample)
	if sample[0].Value.Kind() != metrics.KindUint64 {
		return 0
	}
	return int64(min(sample[0].Value.Uint64(), 1<<62))
}
