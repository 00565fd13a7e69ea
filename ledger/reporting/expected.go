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
// its own, with a power of ten taken out; any other unit stands behind the figure, large amounts in 万 or 亿 of it.
func Expected(target ledger.Target, t Terms, scale int) ledger.Wording {
	if target.IsWorded() {
		return ledger.Wording{ZH: target.Words, EN: target.Words}
	}
	target = inPercent(target)
	unit, power := target.Unit, 0
	switch {
	case target.Measure != ledger.Level:
	case target.Unit == t.Unit:
		unit, power = "", scale
	default:
		power = scaleOf(Terms{Unit: target.Unit}, target.Value, target.Upper)
		unit = magnitudes()[power] + target.Unit
	}
	figure := bounded(target.Value, power) + unit
	if target.Cmp == ledger.Between {
		figure = bounded(target.Value, power) + "\u2013" + bounded(target.Upper, power) + unit
	}
	bound, change := label("bound", target.Cmp), ledger.Wording{ZH: "{0}", EN: "{0}"}
	switch {
	case target.Measure == ledger.Growth && isWord("doubling", target.Unit):
		change = label("change", "doubling")
	case changes(target) || target.Measure == ledger.Share:
		change = label("change", target.Measure)
	}
	return ledger.Wording{
		ZH: strings.ReplaceAll(change.ZH, "{0}", strings.ReplaceAll(bound.ZH, "{0}", figure)),
		EN: strings.ReplaceAll(change.EN, "{0}", strings.ReplaceAll(bound.EN, "{0}", figure)),
	}
}

// bounded is the figure of a target with a power of ten taken out; noughts that come of that alone are not printed.
func bounded(d ledger.Decimal, power int) string {
	d = Shown(d, power)
	if power != 0 {
		d = withoutNoughts(d)
	}
	return d.Plain()
}

// withoutNoughts is a figure without noughts at the end of what stands behind its point.
func withoutNoughts(d ledger.Decimal) ledger.Decimal {
	n := d.Number()
	for d.Known() && n.Exp < 0 && n.Coef%10 == 0 {
		n.Coef, n.Exp = n.Coef/10, n.Exp+1
		d = ledger.Exactly(n)
	}
	return d
}

// inPercent is a share that a plan words as a fraction as the percentage that a table prints: 四分之三 is 75%.
func inPercent(target ledger.Target) ledger.Target {
	if target.Measure == ledger.Share && target.Unit == "" {
		target.Value, target.Upper, target.Unit = withoutNoughts(Scaled(target.Value, -2)), withoutNoughts(Scaled(target.Upper, -2)), "%"
	}
	return target
}
