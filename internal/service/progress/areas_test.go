package progress

import (
	"slices"
	"testing"

	"luoshi/ledger"
)

func TestTheTitleOfAPlanIsNoArea(t *testing.T) {
	titled := ledger.Plan{Outline: []ledger.Section{
		{Number: 1, Level: 1, Title: "工作安排"}, {Number: 2, Parent: 1, Level: 2}, {Number: 3, Parent: 2, Level: 3}, {Number: 4, Parent: 1, Level: 2},
	}}
	flat := ledger.Plan{Outline: []ledger.Section{{Number: 1, Level: 1}, {Number: 2, Level: 1}, {Number: 3, Parent: 2, Level: 2}}}
	for _, c := range []struct {
		name     string
		plan     ledger.Plan
		sections []int
		want     []int
		alone    int // which of them holds others
	}{
		{"beneath a title", titled, []int{2, 3, 4}, []int{2, 4}, 0},
		{"some directly below the title", titled, []int{1, 3, 4}, []int{1, 2, 4}, 1},
		{"in one part of it", titled, []int{2, 3}, []int{3, 2}, 2},
		{"only the title", titled, []int{1}, []int{1}, 0},
		{"without a title", flat, []int{1, 3}, []int{1, 2}, 0},
		{"in no section", flat, []int{0, 1}, []int{1, 0}, 0},
		{"nothing", flat, nil, nil, 0},
	} {
		var rows []tallyRow
		for _, section := range c.sections {
			rows = append(rows, tallyRow{Section: section, Number: 1})
		}
		var got []int
		for _, area := range areas(c.plan, rows) {
			if area.Alone != (area.Section.Number == c.alone && c.alone != 0) {
				t.Errorf("%s: section %d alone %t", c.name, area.Section.Number, area.Alone)
			}
			got = append(got, area.Section.Number)
		}
		slices.Sort(got)
		want := slices.Sorted(slices.Values(c.want))
		if !slices.Equal(got, want) {
			t.Errorf("%s: areas %v, want %v", c.name, got, want)
		}
	}
}
