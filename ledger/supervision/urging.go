package supervision

import (
	_ "embed"
	"fmt"
	"slices"
	"strconv"
	"sync"

	"luoshi/ledger"
)

// UrgingRule is when somebody is reminded of one clock.
type UrgingRule struct {
	Clock string      `json:"clock"` // of flow order
	Kind  Occasion    `json:"kind"`
	At    int         `json:"at"`              // working days after the last day of the term; negative before it
	Every int         `json:"every,omitempty"` // repeated every so many working days; 0 for once
	Times int         `json:"times,omitempty"` // at most so often; 0 for as long as the clock runs
	To    []Recipient `json:"to"`
}

// Urging is all rules.
type Urging []UrgingRule

//go:embed urging.txt
var urgingLines string

// DefaultUrging is the urging that comes with the program.
var DefaultUrging = sync.OnceValue(func() Urging {
	u, err := ParseUrging("urging.txt", urgingLines)
	if err != nil {
		panic(err) // the program's own file
	}
	return u
})

// ParseUrging reads rules in the form of urging.txt. Errors name file and line.
func ParseUrging(file, text string) (Urging, error) {
	var u Urging
	err := eachLine(file, text, func(fields []string) error {
		r, err := parseUrgingRule(fields)
		u = append(u, r)
		return err
	})
	if err == nil && len(u.Validate()) > 0 {
		err = fmt.Errorf("%s: %w", file, u.Validate())
	}
	return u, err
}

// parseUrgingRule takes “CLOCK OCCASION at N [every N] [times N] to RECIPIENT…”.
func parseUrgingRule(fields []string) (UrgingRule, error) {
	form := fmt.Errorf("want “CLOCK OCCASION at N [every N] [times N] to RECIPIENT…”")
	if len(fields) < 6 {
		return UrgingRule{}, form
	}
	r := UrgingRule{Clock: fields[0], Kind: Occasion(fields[1])}
	into := map[string]*int{"at": &r.At, "every": &r.Every, "times": &r.Times}
	rest := fields[2:]
	for len(rest) > 2 && rest[0] != "to" {
		n, err := strconv.Atoi(rest[1])
		if into[rest[0]] == nil || err != nil {
			return r, form
		}
		*into[rest[0]] = n
		rest = rest[2:]
	}
	if rest[0] != "to" {
		return r, form
	}
	for _, to := range rest[1:] {
		r.To = append(r.To, Recipient(to))
	}
	return r, nil
}

// Occasions are all occasions.
func Occasions() []Occasion {
	return []Occasion{ToSign, Before, OnDue, Overdue, ToReport, ToReview, ToResume, ToDecide, Escalated}
}

// Recipients are all recipients.
func Recipients() []Recipient { return []Recipient{ToUnit, ToHead, ToLeader, ToOffice} }

// Clocks are the clocks of flow order of which somebody can be reminded.
func Clocks() []string {
	return []string{"approval", "signing", "reassignment", "handling", "interim", "decision", "suspension", "review"}
}

// Bounds of urging: days that are too far away remind of nothing.
const farthestDay = 60

// Validate tells what is wrong with rules for urging.
func (u Urging) Validate() ledger.Problems {
	var f finding
	f.want(len(u) > 0, "urging.none", "urging")
	for i, r := range u {
		place := at("urging", i)
		f.want(slices.Contains(Clocks(), r.Clock), "urging.clock", place+"/clock", r.Clock)
		f.want(slices.Contains(Occasions(), r.Kind), "urging.kind", place+"/kind", string(r.Kind))
		f.want(r.At >= -farthestDay && r.At <= farthestDay, "urging.day", place+"/at", strconv.Itoa(farthestDay))
		f.want(r.Every >= 0 && r.Every <= farthestDay, "urging.day", place+"/every", strconv.Itoa(farthestDay))
		f.want(r.Times >= 0 && (r.Times == 0 || r.Every > 0), "urging.times", place+"/times")
		f.want(len(r.To) > 0, "urging.to", place+"/to", "")
		for j, to := range r.To {
			f.want(slices.Contains(Recipients(), to), "urging.to", at(place+"/to", j), string(to))
		}
		f.want(!slices.ContainsFunc(u[:i], func(s UrgingRule) bool { return s.Clock == r.Clock && s.Kind == r.Kind && s.At == r.At }),
			"urging.twice", place+"/at")
	}
	return f.found
}
