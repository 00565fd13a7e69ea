package checking

import (
	"context"
	"os"
	"path/filepath"
	"testing"
	"time"

	"luoshi/document"
	"luoshi/reading"
)

// BenchmarkRules gives every rule's time for a byte of the reports beside the project, and that of reading,
// each the best of all rounds.
func BenchmarkRules(b *testing.B) {
	paths, err := filepath.Glob("../../shared/corpus/*/*.txt")
	if err != nil || len(paths) == 0 {
		b.Skip("the corpus is not beside the project")
	}
	var docs []*document.Document
	var papers []*paper
	size := 0
	for _, path := range paths {
		data, err := os.ReadFile(path)
		if err != nil {
			b.Fatal(err)
		}
		doc, err := document.Open(context.Background(), path, data, document.Options{})
		if err != nil {
			b.Fatal(err)
		}
		size += len(data)
		docs = append(docs, doc)
		papers = append(papers, prepare(reading.Read(doc, reading.Options{}), false))
	}
	best := map[string]time.Duration{}
	measure := func(name string, do func()) {
		start := time.Now()
		do()
		if took := time.Since(start); best[name] == 0 || took < best[name] {
			best[name] = took
		}
	}
	for b.Loop() {
		measure("read", func() {
			for _, doc := range docs {
				reading.Read(doc, reading.Options{})
			}
		})
		for i := range Rules {
			measure(Rules[i].Name, func() {
				for _, p := range papers {
					Rules[i].check(p)
				}
			})
		}
	}
	b.ReportMetric(float64(best["read"])/float64(size), "read-ns/byte")
	for i := range Rules {
		b.ReportMetric(float64(best[Rules[i].Name])/float64(size), Rules[i].Name+"-ns/byte")
	}
}
