package checking_test

import (
	"context"
	"os"
	"path/filepath"
	"testing"
	"time"

	"luoshi/checking"
	"luoshi/document"
	"luoshi/reading"
)

// corpora are the documents beside the project.
var corpora = []string{"../../shared/corpus/*/*.txt", "../../shared/documents/*.txt"}

// corpus opens and reads the documents beside the project, and skips where there are none.
func corpus(tb testing.TB, patterns ...string) (texts map[string][]byte) {
	tb.Helper()
	texts = map[string][]byte{}
	for _, pattern := range patterns {
		paths, err := filepath.Glob(pattern)
		if err != nil {
			tb.Fatal(err)
		}
		for _, path := range paths {
			data, err := os.ReadFile(path)
			if err != nil {
				tb.Fatal(err)
			}
			texts[path] = data
		}
	}
	if len(texts) == 0 {
		tb.Skip("the corpus is not beside the project")
	}
	return texts
}

func read(tb testing.TB, name string, data []byte) *reading.Reading {
	tb.Helper()
	d, err := document.Open(context.Background(), name, data, document.Options{})
	if err != nil {
		tb.Fatal(err)
	}
	return reading.Read(d, reading.Options{})
}

// BenchmarkCheck measures opening, reading and checking of the corpus on one processor, and reading
// alone in the same run.
func BenchmarkCheck(b *testing.B) {
	texts := corpus(b, corpora...)
	size := 0
	for _, data := range texts {
		size += len(data)
	}
	best, bestRead := time.Duration(1<<62), time.Duration(1<<62)
	for b.Loop() {
		var reading, whole time.Duration
		for name, data := range texts {
			start := time.Now()
			r := read(b, name, data)
			reading += time.Since(start)
			checking.Check(r, checking.Options{})
			whole += time.Since(start)
		}
		best, bestRead = min(best, whole), min(bestRead, reading)
	}
	megabytes := float64(size) / 1e6
	b.ReportMetric(megabytes/best.Seconds(), "check-MB/s")
	b.ReportMetric(megabytes/bestRead.Seconds(), "read-MB/s")
	b.ReportMetric(best.Seconds()/bestRead.Seconds(), "x-reading")
}
