package livelihood

import (
	_ "embed" // the usual rule
	"fmt"
	"math/big"
	"strconv"
	"strings"
)

// Rule is by what items are chosen and closed.
type Rule struct {
	Seats     int   `json:"seats"`    // how many items are chosen
	Marks     int   `json:"marks"`    // how many a deputy may mark at most
	Spare     int   `json:"spare"`    // how many more candidates than seats there are at least
	Deputies  int   `json:"deputies"` // in all
	Quorum    Share `json:"quorum"`   // of the deputies, at least
	Majority  Share `json:"majority"` // more than this
	Base      Base  `json:"base"`     // of what
	Ties      Ties  `json:"ties"`
	Satisfied int   `json:"satisfied"` // per cent
	Answers   int   `json:"answers"`
}

// Base is of what a candidate needs the majority.
type Base string

// The bases.
const (
	OfDeputies Base = "deputies" // of all deputies, whether they vote or not
	OfValid    Base = "valid"    // of the valid ballots
)

// Bases are all bases.
func Bases() []Base { return []Base{OfDeputies, OfValid} }

// Ties is what is done about candidates with equal votes of which only some would have a seat.
type Ties string

// The ways.
const (
	Again Ties = "again" // there is another vote on them
	All   Ties = "all"   // all of them are chosen
	None  Ties = "none"  // none of them is
)

// AllTies are all ways.
func AllTies() []Ties { return []Ties{Again, All, None} }

// Share is a part of a whole, as rules say it: 2/3.
type Share struct{ Part, Whole int }

// ParseShare reads a share.
func ParseShare(text string) (Share, error) {
	part, whole, ok := strings.Cut(strings.TrimSpace(text), "/")
	p, err := strconv.Atoi(strings.TrimSpace(part))
	if err != nil || !ok {
		return Share{}, fmt.Errorf("%q is no share: write it as 2/3", text)
	}
	w, err := strconv.Atoi(strings.TrimSpace(whole))
	if err != nil || p < 0 || w < 1 || w > 100 || p > w {
		return Share{}, fmt.Errorf("%q is no share: write it as 2/3", text)
	}
	return Share{p, w}, nil
}

func (s Share) String() string { return fmt.Sprintf("%d/%d", s.Part, s.Whole) }

// MarshalText is String.
func (s Share) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// UnmarshalText is ParseShare.
func (s *Share) UnmarshalText(text []byte) error {
	parsed, err := ParseShare(string(text))
	*s = parsed
	return err
}

// of is the share of a number, exactly.
func (s Share) of(n int) *big.Rat {
	return new(big.Rat).Mul(big.NewRat(int64(s.Part), int64(max(s.Whole, 1))), big.NewRat(int64(n), 1))
}

// Least is the smallest number that is at least the share of n.
func (s Share) Least(n int) int { return (s.Part*n + s.Whole - 1) / max(s.Whole, 1) }

// reached tells whether a number is at least the share of n.
func (s Share) reached(number, n int) bool { return big.NewRat(int64(number), 1).Cmp(s.of(n)) >= 0 }

// passed tells whether a number is more than the share of n.
func (s Share) passed(number, n int) bool { return big.NewRat(int64(number), 1).Cmp(s.of(n)) > 0 }

//go:embed usual.txt
var usualLines string

// Usual is the rule that a round begins with.
func Usual() Rule {
	r, err := ParseRule(usualLines)
	if err != nil {
		panic(err) // the program's own file
	}
	return r
}

// ParseRule reads a rule as usual.txt writes it.
func ParseRule(text string) (Rule, error) {
	var r Rule
	numbers := map[string]*int{
		"seats": &r.Seats, "marks": &r.Marks, "spare": &r.Spare, "deputies": &r.Deputies, "satisfied": &r.Satisfied, "answers": &r.Answers,
	}
	for line := range strings.Lines(text) {
		words := strings.Fields(line)
		if len(words) == 0 || strings.HasPrefix(words[0], "#") {
			continue
		}
		if len(words) < 2 {
			return r, fmt.Errorf("%q: want a name and a value", strings.TrimSpace(line))
		}
		var err error
		switch to := numbers[words[0]]; {
		case to != nil:
			*to, err = strconv.Atoi(words[1])
		case words[0] == "ties":
			r.Ties = Ties(words[1])
		case words[0] == "quorum":
			r.Quorum, err = ParseShare(words[1])
		case words[0] == "majority" && len(words) == 3:
			r.Base = Base(words[2])
			r.Majority, err = ParseShare(words[1])
		default:
			err = fmt.Errorf("unknown rule %q", words[0])
		}
		if err != nil {
			return r, fmt.Errorf("the rule of livelihood items: %w", err)
		}
	}
	return r, nil
}
