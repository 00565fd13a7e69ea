package watch

import (
	"context"
	"fmt"

	"github.com/prometheus/client_golang/prometheus"
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

// Source tells numbers when they are asked for. One that fails is left out of that answer.
type Source func(ctx context.Context) ([]Gauge, error)

// asked collects the numbers of sources for one answer.
type asked struct {
	//nolint:containedctx // The collector lives as long as the request whose context it is; Collect takes none.
	ctx     context.Context
	sources []Source
	failed  func(error)
}

// Describe describes nothing beforehand: what sources tell is known once they are asked.
func (a *asked) Describe(chan<- *prometheus.Desc) {}

// Collect asks the sources.
func (a *asked) Collect(out chan<- prometheus.Metric) {
	for _, source := range a.sources {
		gauges, err := source(a.ctx)
		if err != nil {
			a.failed(fmt.Errorf("metrics: %w", err))
			continue
		}
		for _, g := range gauges {
			for _, s := range g.Samples {
				metric, err := g.metric(s)
				if err != nil {
					a.failed(fmt.Errorf("metrics: %s: %w", g.Name, err))
					continue
				}
				out <- metric
			}
		}
	}
}

func (g Gauge) metric(s Sample) (prometheus.Metric, error) {
	kind := prometheus.GaugeValue
	if g.Total {
		kind = prometheus.CounterValue
	}
	var names, values []string
	for i := 0; i+1 < len(s.Labels); i += 2 {
		names, values = append(names, s.Labels[i]), append(values, s.Labels[i+1])
	}
	return prometheus.NewConstMetric(prometheus.NewDesc(g.Name, g.Help, names, nil), kind, s.Value, values...)
}
