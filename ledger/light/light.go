// Package light says how well a promise goes, from locked figures and the date alone: how much of it should be done by
// now, how much is, and which colour a local rule gives to the difference. Every light carries the computation that made
// it, so that it can answer why. What a unit says of itself and what the calendar says are kept apart from it.
//
// Everything is pure: the same locked figures, rule and date give the same light, whoever asks and when.
package light

import (
	"slices"

	"luoshi/ledger"
	"luoshi/ledger/reporting"
)

// Colour is what a light shows.
type Colour string

const (
	Grey   Colour = "grey"   // 无法判断: the figures do not decide
	Blue   Colour = "blue"   // 已完成
	Green  Colour = "green"  // 正常
	Yellow Colour = "yellow" // 预警
	Red    Colour = "red"    // 滞后
)

// Colours are all colours, the worst first, as lists show them.
func Colours() []Colour { return []Colour{Red, Yellow, Grey, Green, Blue} }

// Label is what pages call the colour.
func (c Colour) Label() ledger.Wording { return label("colour", c) }

// Worse tells whether the colour is worse than another. What cannot be judged is worse than what goes well, and better
// than what is known to go badly.
func (c Colour) Worse(than Colour) bool {
	return slices.Index(Colours(), c) < slices.Index(Colours(), than)
}

// Light is the answer for one matter.
type Light struct {
	Colour   Colour           `json:"colour"`
	Grade    string           `json:"grade,omitempty"`   // what the rule calls it: sheet_orange; see Rule.Call
	Target   int              `json:"target,omitempty"`  // the number of the target within its commitment
	Unit     string           `json:"unit,omitempty"`    // of Actual, Expected and Bound
	Actual   ledger.Decimal   `json:"actual,omitzero"`   // as locked
	Expected ledger.Decimal   `json:"expected,omitzero"` // by the end of AsOf
	Bound    ledger.Decimal   `json:"bound,omitzero"`    // what was promised
	Progress ledger.Decimal   `json:"progress,omitzero"` // per cent of the promise that is done
	Due      ledger.Decimal   `json:"due,omitzero"`      // per cent of the promise that should be done
	Elapsed  ledger.Decimal   `json:"elapsed,omitzero"`  // per cent of the time that is over at the end of AsOf
	Gap      ledger.Decimal   `json:"gap,omitzero"`      // Progress less Due, in points; negative is behind
	AsOf     reporting.Period `json:"as_of,omitzero"`    // the period whose figure was judged
	Stale    int              `json:"stale,omitempty"`   // how many periods are due and not locked
	Person   bool             `json:"person,omitempty"`  // the figures cannot decide: a person has to
	Final    bool             `json:"final,omitempty"`   // the figures reach up to the deadline: it will not change any more
	Why      []Step           `json:"why"`               // the computation, in order
	Rule     string           `json:"rule"`              // the name of the rule
}

// Worst is the light of a commitment with several targets: the worst of them, the first where several are as bad. It is
// done when all of them are. Of no lights it is grey.
func Worst(lights []Light) Light {
	if len(lights) == 0 {
		return Light{Colour: Grey, Why: []Step{step("nothing")}}
	}
	worst := lights[0]
	for _, l := range lights[1:] {
		if l.Colour.Worse(worst.Colour) {
			worst = l
		}
	}
	return worst
}
