package checking

import (
	"fmt"
	"math/big"
	"strconv"
	"strings"

	"luoshi/checking/interval"
	"luoshi/checking/slip"
	"luoshi/reading/numeral"
)

// strength is how sure it is, before any arithmetic, that figures stand in a relation.
type strength uint8

const (
	// weak: the figures stand as they would if they were related. They are believed to be only where
	// the arithmetic holds, or would but for one slip in a figure with digits enough to make chance
	// unlikely.
	weak strength = iota
	// medium: the wording says so, but allows for exceptions: 其中 may leave parts out.
	medium
	// strong: the relation is stated, or shown to hold for the other rows or columns.
	strong
)

// relation is a claim that figures fit together.
type relation struct {
	facts  []int32 // the stated result first, then what it is computed from
	exact  bool    // holds to the printed digit
	holds  bool    // holds for some values within the printed intervals
	shown  string  // the computation
	wanted func(k int) (interval.Interval, bool)
	say    saying
}

// saying words a relation: what fits or does not fit what.
type saying struct{ holds, fails Wording }

// judge grades a relation. ok is false where there is nothing to say.
func (p *paper) judge(r *relation, s strength) (f Finding, ok bool) {
	f = Finding{Computation: r.shown}
	for _, i := range r.facts {
		f.Places = append(f.Places, place(p.Reading, i))
	}
	switch {
	case r.exact:
		f.Severity, f.Message = OK, r.say.holds
		return f, true
	case r.holds:
		f.Severity, f.Message = Rounding, r.say.holds
		f.Computation += roundingNote
		return f, true
	}
	f.Message = r.say.fails
	repairs, telling := p.repairs(r)
	f.Suggestion = suggestion(repairs)
	switch {
	case s == strong, telling && s == weak, len(repairs) > 0 && s == medium && p.digits(r) >= 3:
		f.Severity = Error
	case s == medium:
		f.Severity = Warning
	default:
		return Finding{}, false
	}
	return f, true
}

const roundingNote = "：舍入之内"

// tellingDigits is how many digits a slip must leave as they are for chance to be unlikely.
const tellingDigits = 2

// repair is a figure that one slip would explain.
type repair struct {
	surface string
	meant   string
}

// repairs lists the figures in which one slip would explain why the relation fails; telling is true
// where one of them has digits enough to make chance unlikely.
func (p *paper) repairs(r *relation) (list []repair, telling bool) {
	for k, i := range r.facts {
		wanted, ok := r.wanted(k)
		if !ok {
			continue
		}
		f := &p.facts[i]
		fix, ok := slip.Find(f.Value, f.counted(), wanted)
		if !ok {
			continue
		}
		telling = telling || fix.Digits >= tellingDigits || fix.Kind == slip.Wan
		list = append(list, repair{f.Surface, printedLike(f, fix.Meant)})
	}
	return list, telling
}

// suggestion says which figures would mend the relation.
func suggestion(repairs []repair) Wording {
	if len(repairs) == 0 {
		return Wording{
			ZH: "请核对原始数据和口径，改正其中有误的数据。",
			EN: "Check the source data and their scope, and correct the figure that is wrong.",
		}
	}
	zh, en := make([]string, len(repairs)), make([]string, len(repairs))
	for i, r := range repairs {
		zh[i] = fmt.Sprintf("“%s”是否应为“%s”", r.surface, r.meant)
		en[i] = fmt.Sprintf("should “%s” be “%s”", r.surface, r.meant)
	}
	return Wording{
		ZH: "请核对：" + strings.Join(zh, "，或") + "?",
		EN: "Check: " + strings.Join(en, ", or ") + "?",
	}
}

// digits is the most significant digits of any figure of the relation.
func (p *paper) digits(r *relation) int {
	most := 0
	for _, i := range r.facts {
		most = max(most, len(strconv.FormatInt(p.facts[i].Value.Coef, 10)))
	}
	return most
}

// scale is the power of ten by which the printed number was multiplied: 8 for 15.94亿元, whether 亿 is
// printed beside it or in the head of the table.
func (f *fact) scale() int {
	places := 0
	if _, fraction, ok := strings.Cut(f.Surface, "."); ok {
		for places < len(fraction) && fraction[places] >= '0' && fraction[places] <= '9' {
			places++
		}
	}
	return int(f.Value.Exp) + places
}

// places is the digits behind the printed point.
func (f *fact) places() int { return max(f.scale()-int(f.Value.Exp), 0) }

// number is the figure as printed, in the given scale, without its unit.
func (f *fact) number(scale int) string {
	return scaled(f.Value.Rat(), scale, max(scale-int(f.Value.Exp), 0))
}

// scaled writes a value divided by ten to the scale with so many digits behind the point.
func scaled(v *big.Rat, scale, places int) string {
	unit := numeral.Decimal{Coef: 1, Exp: int8(scale)}.Rat()
	return new(big.Rat).Quo(v, unit).FloatString(places)
}

// printedLike writes another value as the figure would have printed it, with its unit.
func printedLike(f *fact, d numeral.Decimal) string {
	scale := f.scale()
	number := scaled(d.Rat(), scale, max(scale-int(d.Exp), 0))
	if i := strings.IndexFunc(f.Surface, func(r rune) bool { return r != '.' && r != ',' && (r < '0' || r > '9') }); i > 0 {
		return number + f.Surface[i:]
	}
	return number
}

// bounds writes an interval as “允许 19.35%–19.42%”.
func bounds(i interval.Interval, scale, places int, unit string) string {
	return "，允许 " + scaled(i.Lo, scale, places) + unit + "–" + scaled(i.Hi, scale, places) + unit
}
