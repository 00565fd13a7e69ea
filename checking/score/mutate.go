package score

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"
)

// Slip is a way in which a clerk gets a figure wrong.
type Slip uint8

const (
	Swapped   Slip = iota // two neighbouring digits that differ
	Mistyped              // one digit
	Tenfold               // the point one digit to the right, or a zero appended
	Tenth                 // the point one digit to the left, or a zero dropped
	Magnitude             // 万 for 亿 or 亿 for 万, or 万 put before 亿 or 元
	Slips                 // how many there are
)

// String names the slip.
func (s Slip) String() string {
	return [...]string{"swapped", "mistyped", "tenfold", "tenth", "magnitude"}[s]
}

// Mutant is a text with one figure of the key's relations changed.
type Mutant struct {
	Slip     Slip
	At       int    // code points, of the changed figure
	From, To string // as printed, with the magnitude where that is changed
	// Longer is by how many code points the text grew; less than zero where it shrank.
	Longer int
	// Distinct tells that the changed figure breaks at least one relation of the key. Where none breaks,
	// within the rounding of what is printed, the page does not show that anything is wrong.
	Distinct bool

	start int // byte of the text at which From stands
}

// Text is the text of the mutant, made from the one it was found in.
func (m *Mutant) Text(original string) string {
	return original[:m.start] + m.To + original[m.start+len(m.From):]
}

// UnknownPlaceError is a key that does not belong to the text.
type UnknownPlaceError struct {
	Line int
	Spot Spot
}

func (e *UnknownPlaceError) Error() string {
	return fmt.Sprintf("relation on line %d: %s does not stand at %d", e.Line, e.Spot.Text, e.Spot.At)
}

// Mutants changes each figure of the relations that hold (sections A to C), one at a time, in the order of
// the text. The figures are those of the unchanged text.
func Mutants(text string, key []Relation, figures Figures) ([]Mutant, error) {
	claims := map[int][]*Claim{}
	printed := map[int]string{}
	var order []int
	starts := byteOffsets(text)
	for i := range key {
		r := &key[i]
		if !r.Section.Arithmetic() {
			continue
		}
		for j := range r.Claims {
			for _, s := range r.Claims[j].Spots {
				if s.At >= len(starts) || !strings.HasPrefix(text[starts[s.At]:], s.Text) {
					return nil, &UnknownPlaceError{r.Line, s}
				}
				if r.Verdict == Fail {
					continue // what is broken already shows no further slip
				}
				if _, known := printed[s.At]; !known {
					order = append(order, s.At)
				}
				printed[s.At] = s.Text
				claims[s.At] = append(claims[s.At], &r.Claims[j])
			}
		}
	}
	slices.Sort(order)
	var list []Mutant
	for _, at := range order {
		for _, m := range mutants(text[starts[at]:], printed[at]) {
			m.At, m.start = at, starts[at]
			m.Longer = utf8.RuneCountInString(m.To) - utf8.RuneCountInString(m.From)
			m.Distinct = m.breaks(claims[at], figures)
			list = append(list, m.Mutant)
		}
	}
	return list, nil
}

// byteOffsets are the bytes at which the code points of a text begin.
func byteOffsets(text string) []int {
	list := make([]int, 0, len(text))
	for i := range text {
		list = append(list, i)
	}
	return list
}

// mutant is a change with what it makes of the value.
type mutant struct {
	Mutant
	digits string // the number as it is now printed
	shift  int8   // powers of ten that another magnitude makes
}

// mutants are the changes of the figure at the front of the text.
func mutants(text, number string) []mutant {
	var list []mutant
	seen := map[string]bool{number: true}
	for _, kind := range []struct {
		slip     Slip
		variants []string
	}{
		{Swapped, swaps(number)}, {Mistyped, typos(number)}, {Tenfold, tenfold(number)}, {Tenth, tenth(number)},
	} {
		for _, v := range kind.variants {
			if !seen[v] && !padded(v) {
				seen[v] = true
				list = append(list, mutant{Mutant: Mutant{Slip: kind.slip, From: number, To: v}, digits: v})
			}
		}
	}
	for _, m := range magnitudes {
		if strings.HasPrefix(text[len(number):], m.from) {
			list = append(list, mutant{
				Mutant: Mutant{Slip: Magnitude, From: number + m.from, To: number + m.to}, digits: number, shift: m.shift,
			})
		}
	}
	return list
}
