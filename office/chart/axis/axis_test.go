package axis

import (
	"strings"
	"testing"
)

func TestAxisIsRound(t *testing.T) {
	for _, c := range []struct {
		values []float64
		want   string
	}{
		{[]float64{6, 6.5, 5.8}, "5.8 6.0 6.2 6.4 6.6"},
		{[]float64{6, 6.5, 5.8, 0}, "0 2 4 6 8"},
		{[]float64{100, 900}, "0 250 500 750 1000"},
		{[]float64{0.1, 0.4}, "0 0.1 0.2 0.3 0.4"},
		{[]float64{4}, "3.0 3.5 4.0 4.5 5.0"},
		{[]float64{-2, 3}, "-2 0 2 4"},
		{[]float64{-30, -5}, "-30 -20 -10 0"},
		{nil, "0 0.25 0.50 0.75 1.00"},
	} {
		a := Cover(c.values)
		var labels []string
		for _, tick := range a.Ticks() {
			labels = append(labels, a.Label(tick))
		}
		if got := strings.Join(labels, " "); got != c.want {
			t.Errorf("%v has the axis %s, want %s", c.values, got, c.want)
		}
	}
}

func TestValuesHaveTheirPlace(t *testing.T) {
	a := Cover([]float64{0, 8})
	for v, want := range map[float64]float64{0: 0, 2: .25, 8: 1} {
		if got := a.Share(v); got != want {
			t.Errorf("%g stands at %g of %+v, want %g", v, got, a, want)
		}
	}
}
