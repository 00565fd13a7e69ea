package ledger_test

import (
	"testing"

	"luoshi/ledger"
)

func TestTheTitleOfADocumentPartsNothing(t *testing.T) {
	titled := ledger.Plan{Outline: []ledger.Section{
		{Number: 1, Level: 1}, {Number: 2, Parent: 1, Level: 2}, {Number: 3, Parent: 2, Level: 3}, {Number: 4, Parent: 1, Level: 2},
	}}
	flat := ledger.Plan{Outline: []ledger.Section{{Number: 1, Level: 1}, {Number: 2, Level: 1}, {Number: 3, Parent: 2, Level: 2}}}
	for _, c := range []struct {
		name string
		plan ledger.Plan
		tops map[int]int // by the sections in which something stands
	}{
		{"beneath a title", titled, map[int]int{2: 2, 3: 2, 4: 4}},
		{"some directly below the title", titled, map[int]int{1: 1, 3: 2, 4: 4}},
		{"in one part of it", titled, map[int]int{2: 2, 3: 3}},
		{"only the title", titled, map[int]int{1: 1}},
		{"without a title", flat, map[int]int{1: 1, 3: 2}},
		{"in no section", flat, map[int]int{0: 0, 1: 1}},
		{"nothing", flat, nil},
	} {
		var sections []int
		for section := range c.tops {
			sections = append(sections, section)
		}
		got := c.plan.Tops(sections)
		for section, want := range c.tops {
			if got[section].Number != want {
				t.Errorf("%s: what stands in section %d belongs to %d, not %d", c.name, section, got[section].Number, want)
			}
		}
	}
}
