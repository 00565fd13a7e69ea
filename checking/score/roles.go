package score

import (
	"regexp"
	"strings"
)

// cues are the words by which a line on a target says what a figure is: those before it, up to the last
// separator, or those behind it, up to the next one. The first that is there decides.
var cues = []struct {
	word string
	role Role
}{
	{"DECOY", Decoy},
	{"target", Target},
	{"year", Target},
	{"H2", Target},
	{"≤", Target},
	{"≥", Target},
	{"vs", Base},
}

// separator ends what is said of a figure. A full stop counts only where it is no decimal point.
var separator = regexp.MustCompile(`[;,(]|\. `)

// pledged reads the figures of a line on a target with their roles: “H1 7@10 / year 20@30”, “15@40 year
// target; H1 gives 9@50”, “DECOY: 8@60 …”.
func pledged(body string) []Spot {
	where := spot.FindAllStringIndex(body, -1)
	spots := spotsOf(body)
	start := 0
	for i := range spots {
		before, behind := body[start:where[i][0]], body[where[i][1]:]
		last := i+1 == len(spots)
		if !last {
			behind = body[where[i][1]:where[i+1][0]]
		}
		spots[i].Role = roleOf(near(before), after(behind, last))
		start = where[i][1]
	}
	return spots
}

// near is what is said of a figure before it.
func near(gap string) string {
	if ends := separator.FindAllStringIndex(gap, -1); len(ends) > 0 {
		return gap[ends[len(ends)-1][1]:]
	}
	return gap
}

// after is what is said behind a figure. Without a separator before the next figure it is said of that one.
func after(gap string, last bool) string {
	end := separator.FindStringIndex(gap)
	switch {
	case end != nil:
		return gap[:end[0]]
	case last:
		return gap
	}
	return ""
}

func roleOf(before, behind string) Role {
	for _, said := range []string{before, behind} {
		for _, cue := range cues {
			if strings.Contains(said, cue.word) {
				return cue.role
			}
		}
	}
	return Part
}

// decoys sets each decoy apart from every other figure of its line.
func decoys(spots []Spot) []Pair {
	var list []Pair
	for _, d := range spots {
		if d.Role != Decoy {
			continue
		}
		for _, other := range spots {
			if other.Role != Decoy {
				list = append(list, Pair{A: d.At, B: other.At})
			}
		}
	}
	return list
}
