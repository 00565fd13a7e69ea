package watch

import (
	"bytes"
	"context"
	"os"
	"runtime"
	"runtime/debug"
	"runtime/metrics"
	"strconv"
	"time"
)

var begun = time.Now()

// process is what the runtime and the operating system say of this process, under the names that are usual.
func process(context.Context) ([]Gauge, error) {
	one := func(name, help string, total bool, value float64) Gauge {
		return Gauge{Name: name, Help: help, Total: total, Samples: []Sample{{Value: value}}}
	}
	gauges := []Gauge{
		{
			Name: "go_info", Help: "The version of Go.",
			Samples: []Sample{{Labels: []string{"version", runtime.Version()}, Value: 1}},
		},
		one("go_goroutines", "Goroutines that exist.", false, float64(runtime.NumGoroutine())),
		one("process_start_time_seconds", "When the process began, in seconds since 1970.", false, float64(begun.Unix())),
	}
	for _, m := range runtimeMetrics {
		if value, ok := read(m.sample); ok {
			gauges = append(gauges, one(m.name, m.help, m.total, value))
		}
	}
	if bytes, ok := resident(); ok {
		gauges = append(gauges, one("process_resident_memory_bytes", "Memory of the process.", false, bytes))
	}
	if open, err := os.ReadDir("/proc/self/fd"); err == nil {
		gauges = append(gauges, one("process_open_fds", "Open files.", false, float64(len(open))))
	}
	return gauges, nil
}

var runtimeMetrics = []struct {
	name, help, sample string
	total              bool
}{
	{"go_memstats_heap_alloc_bytes", "Memory of live and unswept objects.", "/memory/classes/heap/objects:bytes", false},
	{"go_memstats_sys_bytes", "Memory that the runtime holds.", "/memory/classes/total:bytes", false},
	{"go_gc_cycles_total", "Collections of garbage.", "/gc/cycles/total:gc-cycles", true},
	{"process_cpu_seconds_total", "Time of the processor, as the runtime reckons it.", "/cpu/classes/user:cpu-seconds", true},
}

func read(name string) (float64, bool) {
	sample := []metrics.Sample{{Name: name}}
	metrics.Read(sample)
	switch sample[0].Value.Kind() {
	case metrics.KindUint64:
		return float64(sample[0].Value.Uint64()), true
	case metrics.KindFloat64:
		return sample[0].Value.Float64(), true
	}
	return 0, false
}

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
