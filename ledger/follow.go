package ledger

import (
	"maps"
	"slices"

	"luoshi/indicator"
)

// IndicatorsFor are the indicators of the dictionary that targets name and a plan does not have yet,
// in the order of their codes. Their identifiers are left to the caller.
func IndicatorsFor(targets []Target, have []Indicator) []Indicator {
	known := map[string]bool{}
	for _, i := range have {
		known[i.Code] = true
	}
	missing := map[string]Indicator{}
	for _, t := range targets {
		entry := indicator.ByCode(t.Code)
		if entry == nil || known[t.Code] {
			continue
		}
		unit := t.Unit
		if t.Measure == Growth || t.Measure == Decline {
			unit = missing[t.Code].Unit // growth is printed in per cent, whatever the levels are counted in
		}
		missing[t.Code] = IndicatorOf(entry, unit)
	}
	found := make([]Indicator, 0, len(missing))
	for _, code := range slices.Sorted(maps.Keys(missing)) {
		found = append(found, missing[code])
	}
	return found
}

// Follow is a target that follows the indicator of the plan with its code and scope, where there is
// exactly one. A target without a scope follows the only indicator of its code.
func (t Target) Follow(have []Indicator) Target {
	if t.Code == "" || t.Indicator != "" {
		return t
	}
	var fitting []IndicatorID
	for _, i := range have {
		if i.Code == t.Code && (t.Scope == "" || i.Scope == "" || t.Scope == i.Scope) {
			fitting = append(fitting, i.ID)
		}
	}
	if len(fitting) == 1 {
		t.Indicator = fitting[0]
	}
	return t
}
