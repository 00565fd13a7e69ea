package matching_test

import (
	"math"
	"os"
	"path/filepath"
	"testing"
	"time"

	"luoshi/matching"
	"luoshi/reading"
)

// BenchmarkMatch compares two national reports that are already read.
func BenchmarkMatch(b *testing.B) {
	plan, report := neighbours(b)
	matching.Match(plan, report) // loads the dictionary, which is done once in a process
	b.ReportAllocs()
	for b.Loop() {
		matching.Match(plan, report)
	}
	ofReading(b, plan, report)
}

// ofReading reports what a round costs as a share of reading the same documents, each read three times in this
// run and the best taken.
func ofReading(b *testing.B, readings ...*reading.Reading) {
	b.Helper()
	var read time.Duration
	for _, r := range readings {
		best := time.Duration(math.MaxInt64)
		for range 3 {
			start := time.Now()
			reading.Read(r.Document, reading.Options{})
			best = min(best, time.Since(start))
		}
		read += best
	}
	b.ReportMetric(float64(b.Elapsed())/float64(b.N)/float64(read), "of-reading")
}

// neighbours are the plan of one year and the report of the next: national ones where they are at hand,
// else those of the examples.
func neighbours(b *testing.B) (plan, report *reading.Reading) {
	b.Helper()
	if _, err := os.Stat(national); err != nil {
		return readFile(b, "../examples/2026-plan.txt"), readFile(b, "../examples/2026-account.txt")
	}
	return readFile(b, filepath.Join(national, "2016.txt")), readFile(b, filepath.Join(national, "2017.txt"))
}

// BenchmarkTrace follows the indicators through all national reports, which are already read.
func BenchmarkTrace(b *testing.B) {
	readings := allNational(b)
	b.ReportAllocs()
	for b.Loop() {
		matching.Trace(readings)
	}
	ofReading(b, readings...)
}

// allNational are the national reports, or the examples where those are absent.
func allNational(tb testing.TB) []*reading.Reading {
	tb.Helper()
	paths, err := filepath.Glob(filepath.Join(national, "*.txt"))
	if err != nil {
		tb.Fatal(err)
	}
	if len(paths) == 0 {
		paths = []string{"../examples/2026-plan.txt", "../examples/2026-account.txt"}
	}
	var readings []*reading.Reading
	for _, path := range paths {
		readings = append(readings, readFile(tb, path))
	}
	return readings
}
