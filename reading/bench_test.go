package reading_test

import (
	"context"
	"maps"
	"runtime"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"
	"unicode/utf8"

	"luoshi/document"
	"luoshi/reading"
)

// Every speed here is the best of all rounds, and what is compared is measured in turn: on a machine with
// other work to do, the mean would tell of that work.

// file is one document of the corpus.
type file struct {
	path string
	data []byte
}

// corpus is the reports beside the project in the order of their paths, and their size in bytes; the
// benchmark skips where they are absent.
func corpus(b *testing.B) (files []file, size int) {
	b.Helper()
	found := texts(b, corpora)
	if len(found) == 0 {
		b.Skip("the corpus is not beside the project")
	}
	for _, path := range slices.Sorted(maps.Keys(found)) {
		files = append(files, file{path, found[path]})
		size += len(found[path])
	}
	return files, size
}

func readAll(tb testing.TB, name string, data []byte) *reading.Reading {
	return reading.Read(openText(tb, name, data), reading.Options{})
}

func openText(tb testing.TB, name string, data []byte) *document.Document {
	doc, err := document.Open(context.Background(), name, data, document.Options{})
	if err != nil {
		tb.Fatal(err)
	}
	return doc
}

// isDigit is what the walk looks up: the digits of both widths and those of Chinese numerals.
var isDigit = func() (table [1 << 16]bool) {
	for _, r := range "0123456789\uff10\uff11\uff12\uff13\uff14\uff15\uff16\uff17\uff18\uff19〇零一二三四五六七八九十百千万亿两半" {
		table[r] = true
	}
	return table
}()

// walk is the measure of every speed here: one look at each character, with a table of digits.
func walk(text []byte) int {
	digits := 0
	for i := 0; i < len(text); {
		r, size := utf8.DecodeRune(text[i:])
		if r < 1<<16 && isDigit[r] {
			digits++
		}
		i += size
	}
	return digits
}

// sink keeps what was computed, so that nothing is left out as useless.
var sink int

// best is the shortest time that something took.
type best time.Duration

func (t *best) measure(do func()) {
	start := time.Now()
	do()
	if took := best(time.Since(start)); *t == 0 || took < *t {
		*t = took
	}
}

// speed is in millions of bytes a second.
func (t best) speed(bytes int) float64 { return float64(bytes) / 1e6 / time.Duration(t).Seconds() }

// onProcessors limits a benchmark to n processors until it ends.
func onProcessors(b *testing.B, n int) {
	before := runtime.GOMAXPROCS(n)
	b.Cleanup(func() { runtime.GOMAXPROCS(before) })
}

// walks is how often the walk goes over the corpus. It then takes about as long as reading, so that both have
// the same chance of a round in which nothing disturbs them.
const walks = 12

// BenchmarkCorpus opens and reads the corpus on one processor, and sets the speed beside that of a walk over
// the same bytes.
func BenchmarkCorpus(b *testing.B) {
	files, size := corpus(b)
	onProcessors(b, 1)
	var walking, opening, whole best
	b.SetBytes(int64(size))
	for b.Loop() {
		walking.measure(func() {
			for range walks {
				for _, f := range files {
					sink += walk(f.data)
				}
			}
		})
		opening.measure(func() {
			for _, f := range files {
				sink += len(openText(b, f.path, f.data).Blocks)
			}
		})
		whole.measure(func() {
			for _, f := range files {
				sink += len(readAll(b, f.path, f.data).Quantities)
			}
		})
	}
	b.ReportMetric(float64(len(files)), "documents")
	b.ReportMetric(float64(size)/1e6, "MB")
	b.ReportMetric(walking.speed(walks*size), "walk-MB/s")
	b.ReportMetric(opening.speed(size), "open-MB/s")
	b.ReportMetric(whole.speed(size), "read-MB/s")
	b.ReportMetric(100*float64(walking)/walks/float64(whole), "%-of-walk")
}

// BenchmarkLength opens and reads one report at 1, 10 and 100 times its length on one processor: the cost of a
// byte must not grow.
func BenchmarkLength(b *testing.B) {
	files, _ := corpus(b)
	onProcessors(b, 1)
	longest := slices.MaxFunc(files, func(a, c file) int { return len(a.data) - len(c.data) })
	lengths := []struct {
		times int
		unit  string
		best
	}{{times: 1, unit: "x1-ns/byte"}, {times: 10, unit: "x10-ns/byte"}, {times: 100, unit: "x100-ns/byte"}}
	for b.Loop() {
		for i := range lengths {
			l := &lengths[i]
			long := []byte(strings.Repeat(string(longest.data), l.times))
			runtime.GC()
			for range 10 / min(l.times, 10) { // a short text is soon disturbed
				l.measure(func() { sink += len(readAll(b, "long.txt", long).Quantities) })
			}
		}
	}
	for _, l := range lengths {
		b.ReportMetric(float64(l.best)/float64(l.times*len(longest.data)), l.unit)
	}
	b.ReportMetric(float64(len(longest.data))/1e6, "MB")
}

// BenchmarkHeap tells how much memory a document takes as a multiple of its size, its own bytes not counted:
// what is live while the reading is kept, and all that was allocated, which the peak cannot exceed.
func BenchmarkHeap(b *testing.B) {
	files, size := corpus(b)
	onProcessors(b, 1)
	readAll(b, files[0].path, files[0].data) // what is made once, at the first document
	var live, allocated, worstLive, worstAllocated float64
	for b.Loop() {
		live, allocated, worstLive, worstAllocated = 0, 0, 0, 0
		for _, f := range files {
			kept, all := heapOf(b, f)
			live, allocated = live+kept, allocated+all
			worstLive = max(worstLive, kept/float64(len(f.data)))
			worstAllocated = max(worstAllocated, all/float64(len(f.data)))
		}
	}
	b.ReportMetric(live/float64(size), "live-x")
	b.ReportMetric(worstLive, "worst-live-x")
	b.ReportMetric(allocated/float64(size), "allocated-x")
	b.ReportMetric(worstAllocated, "worst-allocated-x")
}

// heapOf is the bytes that one document takes.
func heapOf(b *testing.B, f file) (live, allocated float64) {
	before := memory()
	r := readAll(b, f.path, f.data)
	var after runtime.MemStats
	runtime.ReadMemStats(&after)
	kept := memory()
	runtime.KeepAlive(r)
	return float64(kept.HeapAlloc) - float64(before.HeapAlloc), float64(after.TotalAlloc - before.TotalAlloc)
}

// memory is taken when nothing is left to collect.
func memory() (m runtime.MemStats) {
	runtime.GC()
	runtime.GC() // what has a finalizer goes the second time
	runtime.ReadMemStats(&m)
	return m
}

// BenchmarkWorkers reads the corpus with one worker on one processor and with two workers on two. The longest
// documents come first, so that no worker is left with one while the other is done.
func BenchmarkWorkers(b *testing.B) {
	if runtime.NumCPU() < 2 {
		b.Skip("there is one processor only")
	}
	files, size := corpus(b)
	slices.SortFunc(files, func(a, c file) int { return len(c.data) - len(a.data) })
	onProcessors(b, 2)
	var times [2]best
	for b.Loop() {
		for i := range times {
			runtime.GOMAXPROCS(i + 1)
			runtime.GC()
			times[i].measure(func() { share(b, files, i+1) })
		}
	}
	b.ReportMetric(times[0].speed(size), "one-MB/s")
	b.ReportMetric(times[1].speed(size), "two-MB/s")
	b.ReportMetric(100*float64(times[0])/(2*float64(times[1])), "%-efficiency")
}

// share has the workers take documents until all are read.
func share(b *testing.B, files []file, workers int) {
	var next, found atomic.Int64
	var group sync.WaitGroup
	for range workers {
		group.Go(func() {
			for i := next.Add(1) - 1; i < int64(len(files)); i = next.Add(1) - 1 {
				found.Add(int64(len(readAll(b, files[i].path, files[i].data).Quantities)))
			}
		})
	}
	group.Wait()
	sink += int(found.Load())
}
