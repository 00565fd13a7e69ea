package ledger

import (
	"cmp"
	"fmt"
	"slices"
)

// InOrder compares two commitments of a plan by where they stand: by section, then by place in the document, then
// by the time of their making. A part stands where the words of its whole do, behind it.
func InOrder(a, b Commitment) int {
	return cmp.Or(
		cmp.Compare(a.Section, b.Section),
		cmp.Compare(a.begin(), b.begin()),
		cmp.Compare(a.ID, b.ID),
	)
}

// begin is the code point at which the words of a commitment begin.
func (c Commitment) begin() int {
	if len(c.source) == 0 {
		return 0
	}
	return c.source[0].at
}

// Number gives a number to each commitment that has none, in the order in which they stand: 2026-001. Numbers that
// are given stay, and none is given twice.
func Number(year int, commitments []Commitment) []Commitment {
	taken := map[string]bool{}
	for _, c := range commitments {
		taken[c.Number] = true
	}
	ordered := make([]int, len(commitments))
	for i := range ordered {
		ordered[i] = i
	}
	slices.SortStableFunc(ordered, func(i, j int) int { return InOrder(commitments[i], commitments[j]) })
	numbered := slices.Clone(commitments)
	next := 1
	for _, i := range ordered {
		if numbered[i].Number != "" || numbered[i].State == Withdrawn {
			continue
		}
		for taken[numberOf(year, next)] {
			next++
		}
		numbered[i].Number = numberOf(year, next)
		next++
	}
	return numbered
}

func numberOf(year, n int) string { return fmt.Sprintf("%d-%03d", year, n) }

// Below are the numbers of a section and of all sections beneath it.
func (p Plan) Below(section int) []int {
	var within []int
	for _, s := range p.Outline {
		if slices.ContainsFunc(p.Path(s.Number), func(above Section) bool { return above.Number == section }) {
			within = append(within, s.Number)
		}
	}
	return within
}
