package score

import (
	"strings"

	"luoshi/reading/numeral"
)

// magnitudes are the confusions of 万 and 亿 right behind a number, and a 万 that has no business there.
var magnitudes = []struct {
	from, to string
	shift    int8
}{
	{"万亿", "亿", -4},
	{"万", "亿", 4},
	{"亿", "万", -4},
	{"亿", "万亿", 4},
	{"元", "万元", 4},
}

// swaps are the numbers with two neighbouring digits swapped; a point between them stays where it is.
func swaps(number string) []string {
	var list []string
	last := -1 // the digit before, by its place
	for i := range number {
		if number[i] == '.' {
			continue
		}
		if last >= 0 && number[last] != number[i] {
			b := []byte(number)
			b[last], b[i] = b[i], b[last]
			list = append(list, string(b))
		}
		last = i
	}
	return list
}

// typos are the numbers with one digit replaced, each digit by its neighbour on the keyboard and by the one
// that is farthest from it.
func typos(number string) []string {
	var list []string
	for i := range number {
		if number[i] == '.' {
			continue
		}
		for _, step := range []byte{1, 5} {
			b := []byte(number)
			b[i] = '0' + (b[i]-'0'+step)%10
			list = append(list, string(b))
		}
	}
	return list
}

// tenfold moves the point one digit to the right, or appends a zero where there is none.
func tenfold(number string) []string {
	whole, fraction, pointed := strings.Cut(number, ".")
	switch {
	case zero(number):
		return nil
	case !pointed:
		return []string{number + "0"}
	}
	whole, fraction = whole+fraction[:1], fraction[1:]
	whole = strings.TrimLeft(whole[:len(whole)-1], "0") + whole[len(whole)-1:]
	if fraction == "" {
		return []string{whole}
	}
	return []string{whole + "." + fraction}
}

// tenth moves the point one digit to the left, or drops a zero at the end of a whole number. Other whole
// numbers have no tenth that a clerk would print.
func tenth(number string) []string {
	whole, fraction, pointed := strings.Cut(number, ".")
	switch {
	case zero(number):
		return nil
	case !pointed && len(number) > 1 && strings.HasSuffix(number, "0"):
		return []string{number[:len(number)-1]}
	case !pointed:
		return nil
	}
	fraction = whole[len(whole)-1:] + fraction
	if whole = whole[:len(whole)-1]; whole == "" {
		whole = "0"
	}
	return []string{whole + "." + fraction}
}

// padded tells whether a number begins with a zero that nobody prints.
func padded(number string) bool {
	return len(number) > 1 && number[0] == '0' && number[1] != '.'
}

// breaks tells whether the change breaks one of the claims on the figure. A claim that cannot be computed,
// or that does not hold to begin with, decides nothing; where none can, the change is held to break one.
func (m *mutant) breaks(claims []*Claim, figures Figures) bool {
	changed, ok := m.figures(figures)
	if !ok {
		return true
	}
	decided := false
	for _, c := range claims {
		if before := c.Standing(figures); before == Undecided || before == Broken {
			continue
		}
		decided = true
		if after := c.Standing(changed); after == Broken || after == Undecided {
			return true
		}
	}
	return !decided
}

// figures are those of the text with the changed one in its place.
func (m *mutant) figures(figures Figures) (Figures, bool) {
	original, known := figures[m.At]
	before, err := numeral.Parse(m.From[:numberLength(m.From)])
	if err != nil || !known {
		return nil, false
	}
	after, err := numeral.Parse(m.digits)
	if err != nil {
		return nil, false
	}
	after.Exp += original.Value.Exp - before.Exp + m.shift
	return figures.with(m.At, Figure{after, original.Counted}), true
}

func numberLength(text string) int {
	return len(text) - len(strings.TrimLeft(text, ".0123456789"))
}

// with is a copy in which one figure is another.
func (f Figures) with(at int, figure Figure) Figures {
	list := make(Figures, len(f))
	for place, other := range f {
		list[place] = other
	}
	list[at] = figure
	return list
}
