package ledger

import (
	"maps"
	"slices"
	"strings"

	"luoshi/indicator"
	"luoshi/reading/unit"
)

// IndicatorsFor are the indicators of the dictionary that targets name and a plan does not have yet,
// in the order of their codes, each in the unit of the first target that states a level of it. Their
// identifiers are left to the caller.
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
		counted := missing[t.Code].Unit
		if counted == "" && !t.relative() {
			counted = t.Unit
		}
		missing[t.Code] = IndicatorOf(entry, counted)
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
		if i.Code == t.Code && (t.Scope == "" || i.Scope == "" || t.Scope == i.Scope) && t.countedLike(i) {
			fitting = append(fitting, i.ID)
		}
	}
	if len(fitting) == 1 {
		t.Indicator = fitting[0]
	}
	return t
}

// Strange tells whether a target names an indicator of the dictionary that the plan has, and is counted in another sort of
// unit than it: 港资项目到位资金5000万港元 beside 市外到位资金110亿元. Figures of the one say nothing about the other.
func (t Target) Strange(have []Indicator) bool {
	return t.Code != "" && slices.ContainsFunc(have, func(i Indicator) bool { return i.Code == t.Code }) &&
		!slices.ContainsFunc(have, func(i Indicator) bool { return i.Code == t.Code && t.countedLike(i) })
}

// relative tells whether a target is printed in per cent whatever the levels are counted in.
func (t Target) relative() bool { return t.Measure == Growth || t.Measure == Decline }

// countedLike tells whether a target is counted in the sort of unit in which the levels of an indicator are.
func (t Target) countedLike(i Indicator) bool {
	own, its := wholeUnit(t.Unit), wholeUnit(i.Unit)
	if t.relative() || own == "" || its == "" || own == its {
		return true
	}
	class, _ := unit.Match(own, 0)
	other, _ := unit.Match(its, 0)
	// Things are counted in many words, 个, 家, 户; a currency or a measure is another one under another name.
	return class == other && (class == unit.Count || class == unit.Person)
}

// wholeUnit is a unit without a magnitude before it: 元 of 亿元.
func wholeUnit(name string) string {
	for prefix := range magnitudes {
		if whole, found := strings.CutPrefix(name, prefix); found && whole != "" {
			return whole
		}
	}
	return name
}
