package main

import (
	"os"
	"runtime/debug"
)

// memoryLimit is how far a server's own memory grows before it is tidied up more often, where GOMEMLIMIT says nothing
// else. The caches of the database and the program itself come on top of it.
const memoryLimit = 176 << 20

func boundMemory() {
	if os.Getenv("GOMEMLIMIT") == "" {
		debug.SetMemoryLimit(memoryLimit)
	}
}
