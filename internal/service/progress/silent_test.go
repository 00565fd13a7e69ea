package progress

import (
	"testing"

	"luoshi/calendar"
	"luoshi/ledger"
	"luoshi/ledger/reporting"
)

func TestAUnitSpeaksForItselfAndForThoseBeneathIt(t *testing.T) {
	tree, problems := ledger.NewTree([]ledger.Unit{
		{ID: "government", Kind: ledger.Government, Name: "区政府"},
		{ID: "bureau", Kind: ledger.Department, Parent: "government", Name: "民政局"},
		{ID: "street", Kind: ledger.StreetOffice, Parent: "government", Name: "柳桥街道"},
		{ID: "community", Kind: ledger.StreetOffice, Parent: "street", Name: "书院社区"},
	}, nil)
	if tree == nil {
		t.Fatal(problems)
	}
	g := &ground{tree: tree, on: calendar.Date{Year: 2026, Month: 8, Day: 1}}
	subject := reporting.IndicatorSubject("jobs")
	said := func(units ...ledger.UnitID) locked {
		all := locked{subject: {}}
		for _, unit := range units {
			all[subject][unit] = []sparse{sparsely(reporting.Point{Unit: unit})}
		}
		return all
	}
	for _, c := range []struct {
		name string
		lead ledger.UnitID
		said locked
		want int
	}{
		{"what a neighbour says is not its word", "street", said("bureau"), 0},
		{"what a unit beneath it says is", "street", said("bureau", "community"), 1},
		{"a government speaks for all beneath it", "government", said("bureau", "community"), 2},
		{"where nobody leads, all count", "", said("bureau", "community"), 2},
	} {
		g.figures = c.said
		if got := g.beneath(subject, c.lead); len(got) != c.want {
			t.Errorf("%s: %v", c.name, got)
		}
	}
}
