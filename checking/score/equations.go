package score

import (
	"strings"

	"luoshi/checking"
)

// places are the code points at which figures stand.
type places map[int]bool

// placesOf are the places of the figures of a finding, those of a ratio too; other passages are left out.
func placesOf(f *checking.Finding) places {
	at := places{}
	for i := range f.Places {
		if p := &f.Places[i]; p.Quantity >= 0 || p.Surface != "" && p.Surface[0] >= '0' && p.Surface[0] <= '9' {
			at[f.Places[i].At] = true
		}
	}
	return at
}

// shares counts the figures that stand at one of the places.
func (p places) shares(spots []Spot) int {
	n := 0
	for _, s := range spots {
		if p[s.At] {
			n++
		}
	}
	return n
}

// match is how well the figures of a finding are those of a claim.
type match uint8

const (
	apartMatch match = iota
	nearMatch        // one figure more, or without a zero
	fullMatch
)

func (f *found) match(c *Claim) match {
	wanted := places{}
	lacking, zeros := 0, 0
	for _, s := range c.Spots {
		if wanted[s.At] {
			continue
		}
		wanted[s.At] = true
		if !f.at[s.At] {
			lacking++
			if zero(s.Text) {
				zeros++
			}
		}
	}
	more := len(f.at) - (len(wanted) - lacking)
	switch {
	case lacking == 0 && more == 0:
		return fullMatch
	case lacking == 0 && more == 1, lacking == 1 && zeros == 1 && more == 0:
		return nearMatch
	}
	return apartMatch
}

func zero(text string) bool { return strings.Trim(text, "0.") == "" }

// rightSeverity tells whether a finding says of a claim what the key says.
func rightSeverity(v Verdict, s checking.Severity) bool {
	switch v {
	case Exact:
		return s == checking.OK
	case Rounding:
		return s == checking.Rounding
	case Fail:
		return s == checking.Warning || s == checking.Error
	}
	return false
}

// equations scores a relation between printed figures.
func (s *scorer) equations(o *Outcome) {
	nearly := 0
	for i := range o.Relation.Claims {
		switch s.best(o.Relation.Verdict, &o.Relation.Claims[i]) {
		case fullMatch:
			o.Found++
			nearly++
		case nearMatch:
			nearly++
		}
	}
	o.Right = o.Found == o.Claims
	o.Nearly = nearly == o.Claims
}

// best is the best match among the findings of the right severity.
func (s *scorer) best(v Verdict, c *Claim) match {
	best := apartMatch
	for i := range s.findings {
		if f := &s.findings[i]; rightSeverity(v, f.Severity) {
			best = max(best, f.match(c))
		}
	}
	if best < fullMatch && c.Form == Equal && s.connected(v, c) {
		best = fullMatch
	}
	return best
}

// connected tells whether findings on some of the equal figures connect all of them.
func (s *scorer) connected(v Verdict, c *Claim) bool {
	group := map[int]int{} // place → the place that stands for its group
	for _, spot := range c.Spots {
		group[spot.At] = spot.At
	}
	left := len(group)
	for i := range s.findings {
		f := &s.findings[i]
		if !rightSeverity(v, f.Severity) || f.at.shares(c.Spots) < len(f.at) {
			continue
		}
		joined := -1
		for _, spot := range c.Spots {
			switch {
			case !f.at[spot.At]:
			case joined < 0:
				joined = group[spot.At]
			case group[spot.At] != joined:
				merge(group, group[spot.At], joined)
				left--
			}
		}
	}
	return left == 1
}

func merge(group map[int]int, from, to int) {
	for at, of := range group {
		if of == from {
			group[at] = to
		}
	}
}

// suspect scores two statements that should agree and do not.
func (s *scorer) suspect(o *Outcome) {
	for i := range s.findings {
		f := &s.findings[i]
		if rightSeverity(Fail, f.Severity) && s.suspects(f, o.Relation) {
			o.Right, o.Nearly, o.Found = true, true, o.Claims
			return
		}
	}
}

// suspects tells whether a finding names two of the figures of a relation without being about another one,
// which holds.
func (s *scorer) suspects(f *found, r *Relation) bool {
	if f.at.shares(r.Spots()) < 2 {
		return false
	}
	for i := range s.key {
		other := &s.key[i]
		if !other.Section.Arithmetic() || other.Verdict == Fail {
			continue
		}
		for j := range other.Claims {
			if f.match(&other.Claims[j]) != apartMatch {
				return false
			}
		}
	}
	return true
}
