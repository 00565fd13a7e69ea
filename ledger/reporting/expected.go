package reporting

import (
	"strings"

	"luoshi/ledger"
)

// expectedOf is what is expected of an indicator as plans word it: 增长8%, 5以内, 正增长. Where targets speak of level and
// growth, or in several units, each is told; of those that speak of the same the first, which is that of the whole.
func expectedOf(targets []ledger.Target, t Terms, scale int) ledger.Wording {
	var parts []ledger.Wording
	type spoken struct {
		measure ledger.Measure
		unit    string
	}
	told := map[spoken]bool{}
	for _, target := range targets {
		of := spoken{measure: target.Measure}
		if target.Measure == ledger.Level {
			of.unit = target.Unit
		}
		if !told[of] {
			parts = append(parts, Expected(target, t, scale))
		}
		told[of] = true
	}
	return joined(parts)
}

// Expected is a target as the column 预期目标 words it. Its level is in the unit of the measure, which has a column of
// its own, with a power of ten taken out; any other unit stands behind the figure.
func Expected(target ledger.Target, t Terms, scale int) ledger.Wording {
	if target.IsWorded() {
		return ledger.Wording{ZH: target.Words, EN: target.Words}
	}
	target = inPercent(target)
	unit, power := target.Unit, 0
	if target.Measure == ledger.Level && target.Unit == t.Unit {
		unit, power = "", scale
	}
	figure := Shown(target.Value, power).Plain() + unit
	if target.Cmp == ledger.Between {
		figure = Shown(target.Value, power).Plain() + "\u2013" + Shown(target.Upper, power).Plain() + unit
	}
	bound, change := label("bound", target.Cmp), ledger.Wording{ZH: "{0}", EN: "{0}"}
	if changes(target) || target.Measure == ledger.Share {
		change = label("change", target.Measure)
	}
	return ledger.Wording{
		ZH: strings.ReplaceAll(change.ZH, "{0}", strings.ReplaceAll(bound.ZH, "{0}", figure)),
		EN: strings.ReplaceAll(change.EN, "{0}", strings.ReplaceAll(bound.EN, "{0}", figure)),
	}
}

// inPercent is a share that a plan words as a fraction as the percentage that a table prints: 四分之三 is 75%.
func inPercent(target ledger.Target) ledger.Target {
	if target.Measure == ledger.Share && target.Unit == "" {
		target.Value, target.Upper, target.Unit = Scaled(target.Value, -2), Scaled(target.Upper, -2), "%"
	}
	return target
}
