// Package axis divides the axis of a chart into round steps. Figures are binary fractions here: they find places on the
// paper and are never printed from it.
package axis

import (
	"math"
	"strconv"
)

// Axis is where an axis begins and ends, and the step between the values it names.
type Axis struct{ Low, High, Step float64 }

// steps is about how many steps an axis is divided into.
const steps = 4

// Cover is an axis of round steps over the values. One whose values are far from nought does not begin there: what matters
// is how far they are from each other. Whoever needs nought, as bars do, gives it among the values.
func Cover(values []float64) Axis {
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
	a := Axis{Step: roundStep((high - low) / steps)}
	// The dust of binary fractions must not make a step of its own.
	const dust = 1e-9
	a.Low, a.High = math.Floor(low/a.Step+dust)*a.Step, math.Ceil(high/a.Step-dust)*a.Step
	return a
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

// Ticks are the values that the axis names.
func (a Axis) Ticks() []float64 {
	var ticks []float64
	for i := range int(math.Round((a.High-a.Low)/a.Step)) + 1 {
		ticks = append(ticks, a.Low+float64(i)*a.Step)
	}
	return ticks
}

// Label is a tick in digits, without the dust of binary fractions.
func (a Axis) Label(tick float64) string {
	places := max(0, int(math.Ceil(-math.Log10(a.Step)-1e-9)))
	if math.Abs(a.Step*math.Pow(10, float64(places))-math.Round(a.Step*math.Pow(10, float64(places)))) > 1e-6 {
		places++
	}
	text := strconv.FormatFloat(tick, 'f', places, 64)
	if v, err := strconv.ParseFloat(text, 64); err == nil && v == 0 {
		return "0"
	}
	return text
}

// Share is how far up the axis a value stands, from 0 to 1.
func (a Axis) Share(v float64) float64 { return (v - a.Low) / (a.High - a.Low) }
