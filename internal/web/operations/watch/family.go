package watch

import (
	"fmt"
	"io"
	"maps"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"
)

// Sample is a number at the moment when it is asked for.
type Sample struct {
	Labels []string // pairs of a name and a value
	Value  float64
}

// Gauge is a number that goes up and down, or a total that is counted elsewhere.
type Gauge struct {
	Name, Help string
	Total      bool // only goes up
	Samples    []Sample
}

func (g Gauge) write(w io.Writer) {
	kind := "gauge"
	if g.Total {
		kind = "counter"
	}
	head(w, g.Name, g.Help, kind)
	for _, s := range g.Samples {
		fmt.Fprintf(w, "%s%s %s\n", g.Name, labels(s.Labels), number(s.Value))
	}
}

func head(w io.Writer, name, help, kind string) {
	fmt.Fprintf(w, "# HELP %s %s\n# TYPE %s %s\n", name, help, name, kind)
}

func number(value float64) string { return strconv.FormatFloat(value, 'g', -1, 64) }

var escaped = strings.NewReplacer(`\`, `\\`, `"`, `\"`, "\n", `\n`)

func labels(pairs []string) string {
	if len(pairs) == 0 {
		return ""
	}
	parts := make([]string, 0, len(pairs)/2)
	for i := 0; i+1 < len(pairs); i += 2 {
		parts = append(parts, pairs[i]+`="`+escaped.Replace(pairs[i+1])+`"`)
	}
	return "{" + strings.Join(parts, ",") + "}"
}

// bounds are the spans of time, in seconds, by which durations are told apart: fine below the 50 ms that a page may
// take, coarse above.
var bounds = []float64{0.005, 0.01, 0.025, 0.05, 0.08, 0.15, 0.5, 1, 2.5, 10}

// durations counts how long things took, by labels.
type durations struct {
	name, help string
	names      []string // of the labels

	mu     sync.Mutex
	series map[string]*series
}

type series struct {
	values  []string // of the labels
	buckets []uint64 // of each bound, and of all beyond
	sum     float64
}

func newDurations(name, help string, names ...string) *durations {
	return &durations{name: name, help: help, names: names, series: map[string]*series{}}
}

func (d *durations) observe(took time.Duration, values ...string) {
	d.mu.Lock()
	defer d.mu.Unlock()
	key := strings.Join(values, "\x00")
	s := d.series[key]
	if s == nil {
		s = &series{values: values, buckets: make([]uint64, len(bounds)+1)}
		d.series[key] = s
	}
	bucket, _ := slices.BinarySearch(bounds, took.Seconds())
	s.buckets[bucket]++
	s.sum += took.Seconds()
}

func (d *durations) write(w io.Writer) {
	d.mu.Lock()
	defer d.mu.Unlock()
	head(w, d.name, d.help, "histogram")
	for _, key := range slices.Sorted(maps.Keys(d.series)) {
		s := d.series[key]
		var pairs []string
		for i, name := range d.names {
			pairs = append(pairs, name, s.values[i])
		}
		total := uint64(0)
		for i, count := range s.buckets {
			total += count
			bound := "+Inf"
			if i < len(bounds) {
				bound = number(bounds[i])
			}
			fmt.Fprintf(w, "%s_bucket%s %d\n", d.name, labels(append(slices.Clone(pairs), "le", bound)), total)
		}
		fmt.Fprintf(w, "%s_sum%s %s\n%s_count%s %d\n", d.name, labels(pairs), number(s.sum), d.name, labels(pairs), total)
	}
}
