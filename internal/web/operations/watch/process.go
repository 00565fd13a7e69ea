package watch

import (
	"bytes"
	"os"
	"runtime"
	"runtime/debug"
	"strconv"
	"time"
)

var begun = time.Now()

// resident is the memory of the process where the system is Linux.
func resident() (float64, bool) {
	data, err := os.ReadFile("/proc/self/statm")
	fields := bytes.Fields(data)
	if err != nil || len(fields) < 2 {
		return 0, false
	}
	pages, err := strconv.ParseFloat(string(fields[1]), 64)
	return pages * float64(os.Getpagesize()), err == nil
}

// Process is a summary of the process for a page.
type Process struct {
	Begun      time.Time
	Memory     int64 // in bytes
	Goroutines int
	Go         string
	Revision   string // of the source, where the build knows it
}

// Now is the process as it is.
func Now() Process {
	p := Process{Begun: begun, Goroutines: runtime.NumGoroutine(), Go: runtime.Version()}
	if bytes, ok := resident(); ok {
		p.Memory = int64(bytes)
	}
	if info, ok := debug.ReadBuildInfo(); ok {
		for _, s := range info.Settings {
			if s.Key == "vcs.revision" {
				p.Revision = s.Value
			}
		}
	}
	return p
}
