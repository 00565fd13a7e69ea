package load_test

import (
	"cmp"
	"fmt"
	"io"
	"maps"
	"math/rand/v2"
	"net/http"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"luoshi/internal/load"
	"luoshi/internal/store/storetest"
)

const (
	apiBase        = "/api/v1"
	apiDescription = apiBase + "/openapi.json"
	// pause is how long people look at a page, on average; few look at one for so short.
	pause   = 400 * time.Millisecond
	browses = 40 * time.Second
	hurries = 5 * time.Second
)

// BenchmarkServer measures the program as it is installed, over a generated district and one ten times as large: how
// soon it starts, how fast every page and list of the API comes while 20 people use it at once, and how much memory
// it takes. The smaller one alone is measured with -short.
func BenchmarkServer(b *testing.B) {
	for _, database := range []struct {
		name string
		dsn  func(testing.TB) string
	}{{"sqlite", storetest.SQLite}, {"postgres", storetest.Postgres}} {
		for _, district := range []struct {
			name string
			size load.Size
			aim  time.Duration
		}{{"1x", load.Once, 50 * time.Millisecond}, {"10x", load.Tenfold, 80 * time.Millisecond}} {
			b.Run(database.name+"/"+district.name, func(b *testing.B) {
				if testing.Short() && district.name != "1x" {
					b.Skip("the larger district takes minutes to write")
				}
				settings := prepare(b, database.dsn(b), district.size)
				launch(b, settings).stop() // the first start makes tables; later ones find them
				b.ResetTimer()
				measure(b, launch(b, settings), district.aim)
			})
		}
	}
}

// measure lets people use a server and reports what they saw.
func measure(b *testing.B, s *server, aim time.Duration) {
	b.Helper()
	people, filling := gather(b, s)
	costs := workOf(b, s, people)
	most := s.memory()
	s.forget(b)
	calm := together(b, people, filling, browses, pause)
	used := s.memory()
	busy := together(b, people, nil, hurries, 0)
	report(os.Stdout, b.Name(), calm, costs, aim)
	all := slices.Concat(busy.times()...)
	slices.Sort(all)
	fmt.Fprintf(os.Stdout, "%s: without pauses %.0f pages/s, p95 %s\n", b.Name(), float64(len(all))/hurries.Seconds(), round(percentile(all, 95)))
	everything := slices.Concat(calm.times()...)
	slices.Sort(everything)
	fmt.Fprintf(os.Stdout, "%s: %d kinds of pages, with pauses p95 of all %s, over the aim %s\n", b.Name(), len(calm.of),
		round(percentile(everything, 95)), strings.Join(calm.over(aim), ", "))
	fmt.Fprintf(os.Stdout, "%s: ready after %s (aim 1s), memory %.0f MB while people work (aim 300), %.0f MB while ten look at everything for the first time at once\n",
		b.Name(), round(s.started), used, most)
	b.ReportMetric(float64(percentile(everything, 95).Microseconds())/1000, "p95-ms")
	b.ReportMetric(used, "MB")
	b.ReportMetric(most, "peak-MB")
	b.ReportMetric(s.started.Seconds(), "start-s")
}

// gather lets people sign in. The first of each role look around what there is, all at once; the others may see the same.
func gather(b *testing.B, s *server) ([]*user, []*writer) {
	b.Helper()
	people := make([]*user, users)
	var wait sync.WaitGroup
	for i := range people {
		people[i] = signIn(b, s, i)
		if i < len(roles) {
			wait.Go(func() {
				people[i].explore(b)
				people[i].lists(b)
			})
		}
	}
	wait.Wait()
	for i, u := range people {
		u.pages = people[i%len(roles)].pages
		u.shapes = slices.Sorted(maps.Keys(u.pages))
	}
	filling := make([]*writer, writers)
	for i := range filling {
		filling[i] = newWriter(b, signIn(b, s, users+i))
	}
	return people, filling
}

// times are how long each kind of page took.
type times struct {
	mu    sync.Mutex
	asked map[string]int
	of    map[string][]time.Duration
}

// turn is that of some shapes which was asked for least; it counts as asked for.
func (t *times) turn(shapes []string) string {
	t.mu.Lock()
	defer t.mu.Unlock()
	begin := rand.IntN(len(shapes))
	next := shapes[begin]
	for i := range shapes {
		if shape := shapes[(begin+i)%len(shapes)]; t.asked[shape] < t.asked[next] {
			next = shape
		}
	}
	t.asked[next]++
	return next
}

func (t *times) add(shape string, d time.Duration) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.of[shape] = append(t.of[shape], d)
}

func (t *times) times() [][]time.Duration {
	var all [][]time.Duration
	for _, of := range t.of {
		all = append(all, of)
	}
	return all
}

// over are the kinds of pages of which more than one in twenty took longer than the aim.
func (t *times) over(aim time.Duration) []string {
	kinds := []string{}
	for shape, of := range t.of {
		slices.Sort(of)
		if percentile(of, 95) > aim {
			kinds = append(kinds, shape)
		}
	}
	slices.Sort(kinds)
	return kinds
}

// together lets all people use the server for some time, while others fill forms.
func together(b *testing.B, people []*user, filling []*writer, lasts, pause time.Duration) *times {
	b.Helper()
	seen := &times{asked: map[string]int{}, of: map[string][]time.Duration{}}
	until := time.Now().Add(lasts)
	var wait sync.WaitGroup
	for _, u := range people {
		wait.Go(func() { u.use(b, until, pause, seen) })
	}
	for _, w := range filling {
		wait.Go(func() { w.write(b, until, seen) })
	}
	wait.Wait()
	return seen
}

// workOf is how long processors work for a page of each kind, whoever asks for it.
func workOf(b *testing.B, s *server, people []*user) map[string]time.Duration {
	b.Helper()
	costs := map[string]time.Duration{}
	for _, u := range people[:len(roles)] {
		for shape, addresses := range u.pages {
			if _, known := costs[shape]; known {
				continue
			}
			const times = 5
			before := s.work()
			for i := range times {
				if status, _, err := u.send(b, http.MethodGet, addresses[i%len(addresses)], nil); err != nil || status != http.StatusOK {
					b.Errorf("%s answers %d, %v", addresses[i%len(addresses)], status, err)
				}
			}
			costs[shape] = (s.work() - before) / times
		}
	}
	return costs
}

// report writes the kinds of pages, the slowest first, with the aim beside.
func report(w io.Writer, name string, seen *times, costs map[string]time.Duration, aim time.Duration) {
	type line struct {
		shape    string
		n        int
		p50, p95 time.Duration
	}
	var lines []line
	for shape, of := range seen.of {
		slices.Sort(of)
		lines = append(lines, line{shape, len(of), percentile(of, 50), percentile(of, 95)})
	}
	slices.SortFunc(lines, func(a, b line) int { return cmp.Compare(b.p95, a.p95) })
	fmt.Fprintf(w, "\n%s: %d people at once, aim p95 %s\n%-64s %5s %9s %9s %9s\n", name, users, aim, "page", "n", "p50", "p95", "work")
	for _, l := range lines {
		mark := ""
		if l.p95 > aim {
			mark = " over"
		}
		fmt.Fprintf(w, "%-64s %5d %9s %9s %9s%s\n", l.shape, l.n, round(l.p50), round(l.p95), round(costs[l.shape]), mark)
	}
}

func percentile(sorted []time.Duration, p int) time.Duration {
	if len(sorted) == 0 {
		return 0
	}
	return sorted[(len(sorted)-1)*p/100]
}

func round(d time.Duration) time.Duration { return d.Round(100 * time.Microsecond) }
