package page

import (
	"luoshi/ledger"
	"luoshi/reading/numeral"
)

// Target is what a target demands of its subject, as a plan would say it: 增长6%左右, 不低于200张, growth of about 6%.
func (v View) Target(t ledger.Target) string {
	if t.IsWorded() {
		return t.Words
	}
	bound := v.T("target."+string(t.Cmp), v.Amount(t.Value, t.Unit))
	if t.Cmp == ledger.Between {
		bound = v.T("target.between", v.Amount(t.Value, ""), v.Amount(t.Upper, t.Unit))
	}
	switch {
	case t.Measure == ledger.Growth && t.Unit == doubling:
		return v.T("target.doubling", bound)
	case t.Measure == ledger.Growth:
		return v.T("target.growth", bound)
	case t.Measure == ledger.Decline:
		return v.T("target.decline", bound)
	}
	return bound
}

// doubling is the unit of growth in which 翻一番 is counted.
const doubling = "番"

// magnitudes are what large sums are counted in, the greatest first.
var magnitudes = []struct {
	exponent int8
	name     string
}{{8, "亿"}, {4, "万"}}

// Amount is a figure with its unit. In Chinese sums of money are counted in 亿 and 万, to their last digit.
func (v View) Amount(d ledger.Decimal, unit string) string {
	if v.Lang == English {
		if unit == "" || unit == "%" {
			return v.Decimal(d) + unit
		}
		return v.Decimal(d) + " " + unit
	}
	if unit == "元" {
		for _, m := range magnitudes {
			if d.Cmp(ledger.Exactly(numeral.Decimal{Coef: 1, Exp: m.exponent})) >= 0 {
				n := d.Number()
				return v.Decimal(ledger.Exactly(numeral.Decimal{Coef: n.Coef, Exp: n.Exp - m.exponent})) + m.name + unit
			}
		}
	}
	return v.Decimal(d) + unit
}
