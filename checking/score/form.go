package score

import (
	"math/big"
	"regexp"

	"luoshi/checking/interval"
	"luoshi/reading"
	"luoshi/reading/numeral"
	"luoshi/reading/unit"
)

// Form is the arithmetic of a claim.
type Form uint8

const (
	Named      Form = iota // none that can be computed
	Sum                    // the parts make what is stated
	Whole                  // the parts make 100
	Quotient               // the first of the second, in hundredths
	Growth                 // from the second up to the first, in hundredths
	Decline                // from the second down to the first, in hundredths
	Difference             // the first without the second
	Equal                  // all the same
)

// forms are the ways in which a line of Quotients writes its arithmetic; the first that fits decides.
var forms = []struct {
	written *regexp.Regexp
	form    Form
}{
	{regexp.MustCompile(`@\d+ / .*@\d+ - 1`), Growth},
	{regexp.MustCompile(`1 - .*@\d+ / `), Decline},
	{regexp.MustCompile(`@\d+ / `), Quotient},
	{regexp.MustCompile(`@\d+ - `), Difference},
}

func formOf(section Section, inputs string) Form {
	if section == Totals {
		return Sum
	}
	for _, f := range forms {
		if f.written.MatchString(inputs) {
			return f.form
		}
	}
	return Named
}

// Figure is the value of a spot.
type Figure struct {
	Value   numeral.Decimal
	Counted bool // counted one by one, so that no digit was rounded
}

func (f Figure) span() interval.Interval { return interval.Of(f.Value, f.Counted) }

// Figures are values by place.
type Figures map[int]Figure

// FiguresOf are the values of everything read from a document.
func FiguresOf(r *reading.Reading) Figures {
	list := make(Figures, len(r.Quantities))
	for i := range r.Quantities {
		q := &r.Quantities[i]
		list[q.At] = Figure{q.Value, counted(q.Unit)}
	}
	return list
}

func counted(name string) bool {
	class, length := unit.Match(name, 0)
	if length != len(name) {
		return true // a measure word: 项, 个, 户
	}
	switch class {
	case unit.Percent, unit.Times, unit.Money, unit.Physical:
		return false
	}
	return true
}

// Standing is how a claim fares with its figures.
type Standing uint8

const (
	Undecided    Standing = iota // a figure is missing, or there is nothing to compute
	ToTheDigit                   // it reproduces to the printed precision
	WithinBounds                 // some values that round to what is printed satisfy it
	Broken                       // none do
)

// String names the standing.
func (s Standing) String() string {
	return [...]string{"undecided", "to the digit", "within rounding", "broken"}[s]
}

// Standing computes the claim.
func (c *Claim) Standing(figures Figures) Standing {
	list := make([]Figure, len(c.Spots))
	for i, s := range c.Spots {
		figure, known := figures[s.At]
		if !known {
			return Undecided
		}
		list[i] = figure
	}
	switch c.Form {
	case Equal:
		return equalStanding(list)
	case Whole:
		return outcome(list, interval.Point(big.NewRat(100, 1)), 0)
	case Named:
		return Undecided
	}
	stated := list[len(list)-1]
	inputs := list[:len(list)-1]
	switch c.Form {
	case Sum:
		return outcome(inputs, stated.span(), stated.Value.Exp)
	case Difference:
		value := new(big.Rat).Sub(inputs[0].Value.Rat(), inputs[1].Value.Rat())
		return judge(value, inputs[0].span().Sub(inputs[1].span()), stated.span(), stated.Value.Exp)
	}
	return quotientStanding(c.Form, inputs[0], inputs[1], stated)
}

// outcome is how a sum stands to what it should be.
func outcome(parts []Figure, wanted interval.Interval, exp int8) Standing {
	value, span := new(big.Rat), interval.Point(new(big.Rat))
	for _, p := range parts {
		value.Add(value, p.Value.Rat())
		span = span.Add(p.span())
	}
	return judge(value, span, wanted, exp)
}

func quotientStanding(form Form, a, b, stated Figure) Standing {
	span, ok := a.span().Positive().Quo(b.span())
	if !ok {
		return Undecided
	}
	hundred := interval.Point(big.NewRat(100, 1))
	value := new(big.Rat).Quo(a.Value.Rat(), b.Value.Rat())
	value.Mul(value, hundred.Lo)
	span = span.Mul(hundred)
	switch form {
	case Growth:
		value.Sub(value, hundred.Lo)
		span = span.Sub(hundred)
	case Decline:
		value.Sub(hundred.Lo, value)
		span = hundred.Sub(span)
	}
	return judge(value, span, stated.span(), stated.Value.Exp)
}

// judge holds a computed value and every value that it may be against what is stated, of which the last
// digit printed has the given exponent.
func judge(value *big.Rat, span, stated interval.Interval, exp int8) Standing {
	middle := new(big.Rat).Add(stated.Lo, stated.Hi)
	middle.Quo(middle, big.NewRat(2, 1))
	off := new(big.Rat).Sub(value, middle)
	half := numeral.Decimal{Coef: 5, Exp: exp - 1}.Rat()
	switch {
	case off.Sign() == 0 || stated.Lo.Cmp(stated.Hi) < 0 && off.Abs(off).Cmp(half) <= 0:
		return ToTheDigit
	case overlap(span, stated):
		return WithinBounds
	}
	return Broken
}

// overlap tells whether two intervals share more than an end: of two printed figures that round to
// neighbours, an end belongs to one.
func overlap(a, b interval.Interval) bool {
	if a.Lo.Cmp(a.Hi) == 0 && b.Lo.Cmp(b.Hi) == 0 {
		return a.Lo.Cmp(b.Lo) == 0
	}
	return a.Lo.Cmp(b.Hi) < 0 && b.Lo.Cmp(a.Hi) < 0
}

func equalStanding(list []Figure) Standing {
	standing := ToTheDigit
	for _, f := range list[1:] {
		switch {
		case f.Value.Cmp(list[0].Value) == 0:
		case overlap(f.span(), list[0].span()):
			standing = WithinBounds
		default:
			return Broken
		}
	}
	return standing
}
