package chart

import (
	"math"
	"strconv"
)

// scale is the vertical axis: where it begins and ends, and the step between its labels.
type scale struct{ low, high, step float64 }

// steps is about how many steps an axis is divided into.
const steps = 4

// newScale covers the values with round steps. An axis whose values are far from nought does not begin
// there: what matters is how far the results are from the targets.
func newScale(values []float64) scale {
	low, high := math.Inf(1), math.Inf(-1)
	for _, v := range values {
		low, high = min(low, v), max(high, v)
	}
	if low > high {
		low, high = 0, 1
	}
	if low > 0 && low < high/2 {
		low = 0
	}
	if high < 0 && high > low/2 {
		high = 0
	}
	if low == high {
		low, high = low-1, high+1
	}
	s := scale{step: roundStep((high - low) / steps)}
	// The dust of binary fractions must not make a step of its own.
	const dust = 1e-9
	s.low, s.high = math.Floor(low/s.step+dust)*s.step, math.Ceil(high/s.step-dust)*s.step
	return s
}

// roundStep is the next of 1, 2, 2.5 and 5 times a power of ten.
func roundStep(rough float64) float64 {
	power := math.Pow(10, math.Floor(math.Log10(rough)))
	for _, times := range []float64{1, 2, 2.5, 5} {
		if rough <= times*power*(1+1e-9) {
			return times * power
		}
	}
	return 10 * power
}

// ticks are the values that the axis names.
func (s scale) ticks() []float64 {
	var ticks []float64
	for i := range int(math.Round((s.high-s.low)/s.step)) + 1 {
		ticks = append(ticks, s.low+float64(i)*s.step)
	}
	return ticks
}

// label is a tick in digits, without the dust of binary fractions.
func (s scale) label(tick float64) string {
	places := max(0, int(math.Ceil(-math.Log10(s.step)-1e-9)))
	if math.Abs(s.step*math.Pow(10, float64(places))-math.Round(s.step*math.Pow(10, float64(places)))) > 1e-6 {
		places++
	}
	text := strconv.FormatFloat(tick, 'f', places, 64)
	if v, err := strconv.ParseFloat(text, 64); err == nil && v == 0 {
		return "0"
	}
	return text
}

// share is how far up the axis a value stands, from 0 to 1.
func (s scale) share(v float64) float64 { return (v - s.low) / (s.high - s.low) }
