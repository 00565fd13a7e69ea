package reading_test

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"luoshi/document"
	"luoshi/reading"
)

// corpus is the texts of ../../shared/corpus by path; the benchmark skips where they are absent.
func corpus(tb testing.TB) map[string][]byte {
	paths, err := filepath.Glob("../../shared/corpus/*/*.txt")
	if err != nil {
		tb.Fatal(err)
	}
	if len(paths) == 0 {
		tb.Skip("the corpus is not beside the project")
	}
	texts := map[string][]byte{}
	for _, path := range paths {
		data, err := os.ReadFile(path)
		if err != nil {
			tb.Fatal(err)
		}
		texts[path] = data
	}
	return texts
}

func readAll(tb testing.TB, name string, data []byte) *reading.Reading {
	doc, err := document.Open(context.Background(), name, data, document.Options{})
	if err != nil {
		tb.Fatal(err)
	}
	return reading.Read(doc, reading.Options{})
}

// walk is the peer of every speed here: one look at each character, with a table of digits.
func walk(text string) int {
	digits := 0
	for i := 0; i < len(text); {
		r, size := utf8.DecodeRuneInString(text[i:])
		if r < 128 && isDigit[r] {
			digits++
		}
		i += size
	}
	return digits
}

var isDigit = func() (t [128]bool) {
	for c := '0'; c <= '9'; c++ {
		t[c] = true
	}
	return t
}()

var sink int

// BenchmarkCorpus opens and reads the corpus on one core and prints its speed as a share of a plain
// walk over the same text, measured in the same run.
func BenchmarkCorpus(b *testing.B) {
	texts := corpus(b)
	size := 0
	for _, data := range texts {
		size += len(data)
	}
	var walking, reading time.Duration
	b.SetBytes(int64(size))
	for b.Loop() {
		start := time.Now()
		for _, data := range texts {
			sink += walk(string(data))
		}
		walking += time.Since(start)
		start = time.Now()
		for path, data := range texts {
			sink += len(readAll(b, path, data).Quantities)
		}
		reading += time.Since(start)
	}
	n := float64(b.N) * float64(size) / 1e6
	b.ReportMetric(n/walking.Seconds(), "walk-MB/s")
	b.ReportMetric(n/reading.Seconds(), "read-MB/s")
	b.ReportMetric(100*walking.Seconds()/reading.Seconds(), "%-of-walk")
}

// BenchmarkOpen is the part of opening in it.
func BenchmarkOpen(b *testing.B) {
	texts := corpus(b)
	size := 0
	for _, data := range texts {
		size += len(data)
	}
	b.SetBytes(int64(size))
	for b.Loop() {
		for path, data := range texts {
			doc, err := document.Open(context.Background(), path, data, document.Options{})
			if err != nil {
				b.Fatal(err)
			}
			sink += len(doc.Blocks)
		}
	}
}

// BenchmarkLength reads one text at 1, 10 and 100 times its length: ns per byte must not grow.
func BenchmarkLength(b *testing.B) {
	for path, data := range corpus(b) {
		if !strings.HasSuffix(path, "guangdong-2026.txt") {
			continue
		}
		for _, times := range []int{1, 10, 100} {
			long := []byte(strings.Repeat(string(data), times))
			b.Run(map[int]string{1: "x1", 10: "x10", 100: "x100"}[times], func(b *testing.B) {
				b.SetBytes(int64(len(long)))
				b.ReportAllocs()
				for b.Loop() {
					sink += len(readAll(b, "long.txt", long).Quantities)
				}
			})
		}
	}
}
