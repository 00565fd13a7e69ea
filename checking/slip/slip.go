// Package slip knows how a figure goes wrong under a clerk's hand: a digit mistyped, two digits
// swapped, the point or a zero misplaced, 万 written for 亿. Where one slip in one figure explains why
// a relation fails, the figure was very likely meant to be in the relation and is wrong.
package slip

import (
	"math"
	"strconv"
	"strings"

	"luoshi/checking/interval"
	"luoshi/reading/numeral"
)

// Kind is a way in which a figure goes wrong.
type Kind uint8

const (
	Digit Kind = iota // one digit mistyped
	Swap              // two neighbouring digits swapped
	Scale             // ten times or a tenth: a point or a zero misplaced
	Wan               // 万 and 亿 confused, or left out
)

// String names the kind.
func (k Kind) String() string { return [...]string{"digit", "swap", "scale", "wan"}[k] }

// Repair is what a figure may have been meant to be.
type Repair struct {
	Kind  Kind
	Meant numeral.Decimal // as it would have been printed
	// Digits is how many digits the figure has that the slip leaves alone, zeros at the end not
	// counted: the fewer, the likelier that chance explains as much.
	Digits int
}

// Find looks for the figure that one slip turns into d and that may have been printed for a value within
// the wanted interval.
func Find(d numeral.Decimal, counted bool, wanted interval.Interval) (Repair, bool) {
	if d.Coef < 0 {
		return Repair{}, false
	}
	lo, _ := wanted.Lo.Float64()
	hi, _ := wanted.Hi.Float64()
	digits := strconv.FormatInt(d.Coef, 10)
	for _, c := range candidates(digits, d.Exp) {
		if !near(c.Meant, lo, hi) {
			continue
		}
		if interval.Of(c.Meant, counted).Overlaps(wanted) {
			c.Digits = max(len(strings.TrimRight(digits, "0"))-1, 0)
			return c, true
		}
	}
	return Repair{}, false
}

// near tells, with room to spare, whether a figure may be one for a value from lo to hi: exact arithmetic
// is spent only on these.
func near(d numeral.Decimal, lo, hi float64) bool {
	unit := math.Pow10(int(d.Exp))
	v := float64(d.Coef) * unit
	slack := unit + 1e-9*math.Abs(v)
	return v+slack >= lo && v-slack <= hi
}

// candidates are the figures one slip away, the likelier kinds first.
func candidates(digits string, exp int8) []Repair {
	list := make([]Repair, 0, 10*len(digits)+6)
	add := func(kind Kind, digits []byte, exp int8) {
		if coef, err := strconv.ParseInt(string(digits), 10, 64); err == nil {
			list = append(list, Repair{Kind: kind, Meant: numeral.Decimal{Coef: coef, Exp: exp}})
		}
	}
	for i := 1; i < len(digits); i++ {
		if digits[i] != digits[i-1] {
			swapped := []byte(digits)
			swapped[i], swapped[i-1] = swapped[i-1], swapped[i]
			add(Swap, swapped, exp)
		}
	}
	for i := range digits {
		for c := byte('0'); c <= '9'; c++ {
			if c != digits[i] {
				mistyped := []byte(digits)
				mistyped[i] = c
				add(Digit, mistyped, exp)
			}
		}
	}
	for _, shift := range []int8{1, -1} {
		add(Scale, []byte(digits), exp+shift)
	}
	if n := len(digits); exp >= 0 && digits[n-1] == '0' && n > 1 {
		add(Scale, []byte(digits[:n-1]), exp)
	}
	for _, shift := range []int8{4, -4} {
		add(Wan, []byte(digits), exp+shift)
	}
	return list
}
