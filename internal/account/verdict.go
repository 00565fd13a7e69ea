package account

import (
	"math/big"
	"strings"

	"luoshi/ledger"
	"luoshi/ledger/reporting"
)

// verdict is how an indicator stands against its target, from the digits that the table prints.
type verdict struct {
	says     string         // exceeded, met, missed, within, over; before the year is over also ahead, even, behind, short
	against  string         // growth, fall, sign, total, level
	attained ledger.Decimal // per cent of the target, of a total
	margin   ledger.Decimal // without sign, in points
	points   string         // unit of the margin
	bound    ledger.Decimal // the figure of the target as printed
	most     bool           // the target is not to be passed
}

// good are the verdicts by which an indicator is as expected, and bad those by which it is not. One that is merely not
// there yet is neither.
var (
	good = map[string]bool{"exceeded": true, "met": true, "within": true, "ahead": true, "even": true}
	bad  = map[string]bool{"missed": true, "over": true, "behind": true}
)

// judging is one indicator with its printed digits.
type judging struct {
	Indicator
	elapsed ledger.Decimal // per cent of the year
	final   bool
}

// judge takes the first target that the printed figures can be held against. Targets that count in several units are of
// several things, and nothing is said of them.
func (j judging) judge() verdict {
	base := j.base()
	for _, t := range j.Targets {
		if t.Measure == ledger.Level && !t.IsWorded() && t.In(base).Unit != base {
			return verdict{}
		}
	}
	for _, t := range j.Targets {
		if v := j.held(t); v.says != "" {
			return v
		}
	}
	return verdict{}
}

func (j judging) held(t ledger.Target) verdict {
	switch {
	case t.IsWorded():
		return j.sign(t)
	case t.Measure != ledger.Level && t.Unit != "%":
		return verdict{} // 翻一番, 减少120吨
	case t.Measure == ledger.Growth:
		return j.change(t, j.Growth, "growth")
	case t.Measure == ledger.Decline && j.Growth.Known():
		return j.change(t, reporting.Less(ledger.Int(0), j.Growth), "fall")
	case t.Measure == ledger.Decline || !j.Done.Known():
		return verdict{}
	}
	base := j.base()
	if t = t.In(base); t.Unit != base {
		return verdict{}
	}
	bound, upper := t.Value.Shifted(-j.Scale), t.Upper.Shifted(-j.Scale)
	if j.Aggregation == ledger.AsSum {
		return j.total(t.Cmp, bound)
	}
	v := compared("level", t.Cmp, j.Done, bound, upper)
	v.points = pointsOf(j.Unit)
	if v.says == "missed" && !j.final {
		v.says = "short"
	}
	return v
}

// base is the unit without its magnitude.
func (j judging) base() string {
	return strings.TrimPrefix(j.Unit, map[int]string{4: "万", 8: "亿"}[j.Scale])
}

// sign holds growth against a target in words: 正增长.
func (j judging) sign(t ledger.Target) verdict {
	switch {
	case !strings.Contains(t.Words, "正增长") || !j.Growth.Known():
		return verdict{}
	case j.Growth.Sign() > 0:
		return verdict{says: "met", against: "sign"}
	}
	return verdict{says: "missed", against: "sign"}
}

// change holds growth, or a fall, against a target of it.
func (j judging) change(t ledger.Target, change ledger.Decimal, against string) verdict {
	if !change.Known() {
		return verdict{}
	}
	v := compared(against, t.Cmp, change, t.Value, t.Upper)
	v.points = pointsOf("%")
	if against == "fall" && v.most {
		return verdict{} // no plan bounds a fall from above
	}
	return v
}

// compared holds a figure against a bound.
func compared(against string, cmp ledger.Comparator, figure, bound, upper ledger.Decimal) verdict {
	v := verdict{against: against, bound: bound}
	if !bound.Known() {
		return v
	}
	sign := figure.Cmp(bound)
	v.margin = distance(figure, bound)
	switch cmp {
	case ledger.AtMost, ledger.LessThan:
		v.most = true
		if v.says = "within"; sign > 0 {
			v.says = "over"
		}
		return v
	case ledger.Between:
		if sign >= 0 && upper.Known() && figure.Cmp(upper) > 0 {
			v.says, v.margin = "exceeded", distance(figure, upper)
			return v
		}
		sign = min(sign, 0)
	case ledger.Approximately:
		if sign < 0 {
			return v
		}
		sign = 0
	}
	v.says = [...]string{"missed", "met", "exceeded"}[sign+1]
	return v
}

// total holds an amount that grows through the year against its target: before the year is over against the time too.
func (j judging) total(cmp ledger.Comparator, bound ledger.Decimal) verdict {
	v := compared("total", cmp, j.Done, bound, ledger.Decimal{})
	if v.points = j.Unit; v.most || bound.Sign() <= 0 {
		return v
	}
	v.attained = trimmed(reporting.Rounded(reporting.Share(j.Done, bound), 2))
	v.says = [...]string{"missed", "met", "exceeded"}[v.attained.Cmp(ledger.Int(100))+1]
	if v.says != "missed" || j.final {
		return v
	}
	v.points, v.margin = pointsOf("%"), distance(v.attained, j.elapsed)
	v.says = pace(v.attained, j.elapsed)
	return v
}

// pace is how a share that is done stands against the share of the time.
func pace(done, due ledger.Decimal) string {
	if !done.Known() || !due.Known() {
		return ""
	}
	return [...]string{"behind", "even", "ahead"}[done.Cmp(due)+1]
}

// pointsOf is the unit of a difference.
func pointsOf(unit string) string {
	if unit == "%" {
		return "个百分点"
	}
	return unit
}

// distance is how far two figures are apart.
func distance(a, b ledger.Decimal) ledger.Decimal {
	d := reporting.Less(a, b)
	if d.Sign() < 0 {
		d = reporting.Less(b, a)
	}
	return trimmed(d)
}

// trimmed is a figure without noughts behind its point.
func trimmed(d ledger.Decimal) ledger.Decimal {
	n := d.Number()
	for n.Exp < 0 && n.Coef%10 == 0 {
		n.Coef, n.Exp = n.Coef/10, n.Exp+1
	}
	if !d.Known() {
		return d
	}
	return ledger.Exactly(n)
}

// elapsed is how much of the year is over at the end of a period, in per cent: every month counts the same.
func elapsed(p reporting.Period) ledger.Decimal {
	to := p.Span().To
	days := int64(to.Day)
	in := int64(daysIn(p))
	return trimmed(reporting.Rounded(big.NewRat(((int64(to.Month)-1)*in+days)*100, 12*in), 2))
}
