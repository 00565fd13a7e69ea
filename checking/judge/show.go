package judge

import (
	"math/big"
	"strings"

	"luoshi/reading"
)

// magnitude is a multiplier that people count in.
type magnitude struct {
	name  string
	value *big.Rat
}

var magnitudes = []magnitude{
	{"万亿", big.NewRat(1e12, 1)}, {"亿", big.NewRat(1e8, 1)}, {"万", big.NewRat(1e4, 1)}, {"", one},
}

// magnitude is the one in which the page prints the figure: 亿 for 15.94亿元 and for a cell 15.94 under
// a header 亿元. A figure in words falls back on the size of its value.
func (f *Figure) magnitude() magnitude {
	value := f.Value.Rat()
	if printed, ok := new(big.Rat).SetString(digits(f.Surface)); ok && printed.Sign() > 0 {
		scale := new(big.Rat).Quo(value, printed)
		for _, m := range magnitudes {
			if scale.Cmp(m.value) == 0 {
				return m
			}
		}
	}
	for _, m := range magnitudes[1:] {
		if value.Cmp(m.value) >= 0 {
			return m
		}
	}
	return magnitudes[len(magnitudes)-1]
}

// Magnitude is the multiplier in which the page prints the figure: 亿, 万 or nothing.
func (f *Figure) Magnitude() string { return f.magnitude().name }

// digits are the figures at the front of a surface, without separators.
func digits(surface string) string {
	var b strings.Builder
	for _, r := range surface {
		switch {
		case r >= '0' && r <= '9' || r == '.':
			b.WriteRune(r)
		case r != ',' && r != '，':
			return b.String()
		}
	}
	return b.String()
}

// unit is how a difference is counted: points for rates, else the printed magnitude and unit.
func (f *Figure) unit() string {
	switch {
	case points(f.Unit), f.Unit == "%", f.Unit == "％":
		return " 个百分点"
	case f.Unit == "‰":
		return " 个千分点"
	case f.magnitude().name == "" && f.Unit == "":
		return ""
	}
	return " " + f.magnitude().name + f.Unit
}

// in is a value in the magnitude of the target, exactly.
func (c *comparison) in(v *big.Rat) string {
	return exact(new(big.Rat).Quo(v, c.target.magnitude().value))
}

// missing is the result less the bound that it should reach; within a range it is nothing.
func (c *comparison) missing() *big.Rat {
	switch {
	case c.upper == nil:
		return new(big.Rat).Sub(c.got, c.want)
	case c.got.Cmp(c.want) < 0:
		return new(big.Rat).Sub(c.got, c.want)
	case c.got.Cmp(c.upper) > 0:
		return new(big.Rat).Sub(c.got, c.upper)
	}
	return new(big.Rat)
}

func (c *comparison) gap() string {
	return signed(c.in(c.missing())) + c.target.unit()
}

// bound is the target's figure as the computation shows it; a promised decrease keeps its sense, so
// that the result against it may be negative.
func (c *comparison) bound() string {
	if c.upper != nil {
		return c.in(c.want) + "–" + c.in(c.upper)
	}
	return c.in(c.want)
}

// difference shows a direct comparison: 7.1 - 8 = -0.9 个百分点.
func (c *comparison) difference() string {
	var b strings.Builder
	if c.target.Measure == reading.Decline {
		b.WriteString("降幅 ")
	}
	b.WriteString(c.in(c.got))
	if c.upper != nil {
		b.WriteString(" 对 " + c.bound() + "，差 ")
		b.WriteString(c.gap())
		return b.String()
	}
	b.WriteString(" - " + parenthesised(c.bound()) + " = ")
	b.WriteString(strings.TrimPrefix(c.gap(), "+"))
	if c.about() {
		b.WriteString("，左右允许 ±" + c.in(c.margin))
	}
	return b.String()
}

// progress shows an amount against the time that has passed:
// 197.24 ÷ 1545 = 12.77%,序时 50%,差 37.23 个百分点.
func (c *comparison) progress(elapsed *big.Rat) string {
	done := new(big.Rat).Quo(c.got, c.want)
	done.Mul(done, hundred)
	time := new(big.Rat).Mul(elapsed, hundred)
	lead := new(big.Rat).Sub(done, time)
	word := "，快 "
	if lead.Sign() < 0 {
		word = "，差 "
		lead.Neg(lead)
	}
	return c.in(c.got) + " ÷ " + c.in(c.want) + " = " + done.FloatString(2) + "%，序时 " + rounded(time) + "%" +
		word + rounded(lead) + " 个百分点"
}

// exact is a rational in decimal digits; one that no decimal can hold is rounded to four places.
func exact(v *big.Rat) string {
	if places, finite := v.FloatPrec(); finite {
		return v.FloatString(places)
	}
	return rounded4(v)
}

func rounded4(v *big.Rat) string { return trim(v.FloatString(4)) }

func rounded(v *big.Rat) string { return trim(v.FloatString(2)) }

// trim drops zeros behind the point.
func trim(s string) string {
	if strings.Contains(s, ".") {
		s = strings.TrimRight(strings.TrimRight(s, "0"), ".")
	}
	return s
}

func signed(s string) string {
	if strings.HasPrefix(s, "-") || strings.Trim(s, "0.") == "" {
		return s
	}
	return "+" + s
}

func parenthesised(s string) string {
	if strings.HasPrefix(s, "-") {
		return "(" + s + ")"
	}
	return s
}
