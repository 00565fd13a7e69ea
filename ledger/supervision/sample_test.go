package supervision_test

import (
	"testing"

	"luoshi/calendar"
	"luoshi/flow"
	"luoshi/ledger"
	"luoshi/ledger/supervision"
)

func day(t testing.TB, text string) calendar.Date {
	t.Helper()
	d, err := calendar.ParseDate(text)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// sample is a sound order; the cases change one thing of it.
func sample() supervision.Order {
	return supervision.Order{
		ID: "o1", Kind: supervision.Assign, Urgency: supervision.Normal, Plan: "p1",
		Commitments: []ledger.CommitmentID{"c1"}, Title: "望溪大桥建成通车", Basis: "区政府第12次常务会议纪要",
		Requirement: "7月1日前建成通车", Lead: "u1", Cooperating: []ledger.UnitID{"u2"},
		Sources: []supervision.Source{{Kind: supervision.FromMeeting, Ref: "d1", Title: "区政府第12次常务会议纪要"}},
		Term:    supervision.Term{Days: 20, Unit: flow.Workdays},
	}
}

func with(change func(*supervision.Order)) supervision.Order {
	o := sample()
	change(&o)
	return o
}

func orderFlow(t testing.TB) *flow.Definition {
	t.Helper()
	all, err := flow.Shipped()
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range all {
		if d.Name == "order" {
			return d
		}
	}
	t.Fatal("there is no flow of orders")
	return nil
}
