package light

import (
	"math/big"
	"strings"

	"luoshi/checking/judge"
	"luoshi/ledger"
)

// worded makes a bound in words comparable. 正增长 says its figure itself; 高于全省平均水平 and 完成市下达任务 speak of
// one that somebody else knows and a person has to enter; 持续改善 is a person's call.
func (j *judging) worded() (demand, bool) {
	t := &j.m.Target
	bound := judge.Bound(t.Words)
	d := demand{view: growthView, unit: "%", bound: ledger.Int(0)}
	d.why = step("target.words", t.Subject, t.Words)
	switch bound {
	case "rise":
		d.floor, d.strict = new(big.Rat), true
	case "fall":
		d.ceiling, d.strict = new(big.Rat), true
	case "nogrowth":
		d.ceiling = new(big.Rat)
	case "economy", "peers", "assigned":
		return j.referred(d, bound)
	default:
		return d, j.person("person.words", t.Words)
	}
	return d, true
}

// half a point less is still 基本同步.
var nearly = big.NewRat(1, 2)

// referred compares with a figure from elsewhere.
func (j *judging) referred(d demand, bound string) (demand, bool) {
	t := &j.m.Target
	if !j.m.Reference.Known() {
		return d, j.person("person."+bound, t.Words)
	}
	d.bound = j.m.Reference
	if bound != "economy" {
		d.view, d.unit = viewOf(t, j.m.Terms), j.m.Terms.Unit
		if d.view != levelView && d.view != changeView && d.view != dropView {
			d.unit = "%"
		}
	}
	d.strict = strings.Contains(t.Words, "快于") || strings.Contains(t.Words, "高于") && !strings.Contains(t.Words, "不高于")
	value := j.m.Reference.Rat()
	below := strings.Contains(t.Words, "低于") && !strings.Contains(t.Words, "不低于")
	limit := strings.Contains(t.Words, "控制在") || strings.Contains(t.Words, "不高于")
	switch {
	case bound == "economy" && strings.Contains(t.Words, "基本"):
		d.floor = value.Sub(value, nearly)
	case below || limit || bound == "assigned" && j.m.Terms.Direction == ledger.Less:
		d.ceiling, d.strict = value, below
	default:
		d.floor = value
	}
	d.why = step("target.reference", t.Subject, t.Words, amount(d.bound, d.unit))
	return d, true
}
