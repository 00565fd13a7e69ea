package checking

import (
	"math/big"
	"strings"

	"luoshi/checking/interval"
	"luoshi/reading/numeral"
)

// The digits of a figure, in half and in full width, and what stands between them.
const (
	digitRunes = "0123456789\uff10\uff11\uff12\uff13\uff14\uff15\uff16\uff17\uff18\uff19"
	pointRunes = ".\uff0e"
	groupRunes = ",\uff0c"
)

// digits is the part of the surface that is written in digits; "" for a figure in words.
func (f *fact) digits() string {
	end := strings.IndexFunc(f.Surface, func(r rune) bool {
		return !strings.ContainsRune(digitRunes+pointRunes+groupRunes, r)
	})
	if end < 0 {
		end = len(f.Surface)
	}
	return f.Surface[:end]
}

// place is where the figure stands.
func (f *fact) place() Place {
	return Place{Doc: f.doc, Quantity: f.index, At: f.At, Span: f.Span, Surface: f.Surface}
}

// places is how many digits are printed behind the point.
func (f *fact) places() int {
	number := f.digits()
	if number == "" {
		return max(-int(f.Value.Exp), 0) // 百分之六点五
	}
	at := strings.IndexAny(number, pointRunes)
	if at < 0 {
		return 0
	}
	return len([]rune(number[at:])) - 1
}

// scale is the power of ten by which the printed number was multiplied: 8 for 15.94亿元, whether 亿 is
// printed beside it or in the head of the table.
func (f *fact) scale() int {
	if f.digits() == "" {
		return max(int(f.Value.Exp), 0)
	}
	return int(f.Value.Exp) + f.places()
}

// tenThousand is the smallest magnitude that hides digits.
const tenThousand = 10_000

// printed is the value with the precision that the page gives it. A figure in words ends in a magnitude
// that says nothing of smaller ones: 四十万 may stand for 39.6万.
func (f *fact) printed() numeral.Decimal {
	d := f.Value
	if d.Coef >= tenThousand && f.digits() == "" {
		for d.Coef != 0 && d.Coef%10 == 0 {
			d.Coef /= 10
			d.Exp++
		}
	}
	return d
}

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
	if f.digits() == "" {
		return d.String() + f.Unit
	}
	return number + f.Surface[len(f.digits()):]
}

// bounds writes an interval as “，允许 19.35%–19.42%”, with digits enough to tell its ends apart.
func bounds(i interval.Interval, scale, places int, unit string) string {
	low, high := scaled(i.Lo, scale, places), scaled(i.Hi, scale, places)
	for n := 1; low == high && n <= 3; n++ {
		low, high = scaled(i.Lo, scale, places+n), scaled(i.Hi, scale, places+n)
	}
	return "，允许 " + low + unit + "–" + high + unit
}
