package supervision_test

import (
	"slices"
	"testing"

	"luoshi/calendar"
	"luoshi/flow"
	"luoshi/ledger"
	"luoshi/ledger/supervision"
)

func TestOneMatterIsOneOrder(t *testing.T) {
	for name, tc := range map[string]struct {
		other func(*supervision.Order)
		same  bool
	}{
		"the same commitment": {func(o *supervision.Order) { o.Sources = nil }, true},
		"the same paper":      {func(o *supervision.Order) { o.Commitments = nil }, true},
		"the same project": {func(o *supervision.Order) {
			o.Commitments, o.Sources, o.Projects = nil, nil, []ledger.ProjectID{"j1"}
		}, true},
		"the paper's number as that of a light": {func(o *supervision.Order) {
			o.Commitments, o.Sources[0].Kind = nil, supervision.FromLight
		}, false},
		"another": {func(o *supervision.Order) {
			o.Commitments, o.Sources[0].Ref = []ledger.CommitmentID{"c2"}, "d2"
		}, false},
		"papers without a record": {func(o *supervision.Order) { o.Commitments, o.Sources[0].Ref = nil, "" }, false},
	} {
		t.Run(name, func(t *testing.T) {
			one, other := with(func(o *supervision.Order) { o.Projects = []ledger.ProjectID{"j1"} }), with(tc.other)
			if one.SameMatter(&other) != tc.same || other.SameMatter(&one) != tc.same {
				t.Errorf("same matter: want %t", tc.same)
			}
		})
	}
}

func TestASecondSourceJoinsTheOrder(t *testing.T) {
	first := sample()
	second := with(func(o *supervision.Order) {
		o.Title, o.Commitments = "大桥", []ledger.CommitmentID{"c1", "c2"}
		o.Sources = []supervision.Source{o.Sources[0], {Kind: supervision.FromInstruction, Title: "林澜副区长批示", Wording: "抓紧办理"}}
	})
	joined := first.Join(second)
	if len(joined.Sources) != 2 || len(joined.Commitments) != 2 || joined.Title != first.Title {
		t.Errorf("got %+v", joined)
	}
	if len(first.Sources) != 1 || len(first.Commitments) != 1 {
		t.Error("the first order was changed")
	}
	if again := joined.Join(second); len(again.Sources) != 2 {
		t.Error("joining twice adds nothing")
	}
	if !joined.NeedsApproval() || first.NeedsApproval() {
		t.Error("an order with an instruction goes before the leader, one from a meeting does not")
	}
}

func TestSplittingAnOrder(t *testing.T) {
	subs, found := sample().Split([]supervision.Part{
		{Unit: "u2", Requirement: "完成征地", Term: supervision.Term{Days: 10, Unit: flow.Workdays}},
		{Unit: "u3", Title: "管线迁改", Requirement: "完成迁改", Due: day(t, "2026-05-29")},
		{Unit: "u4", Requirement: "维护交通"},
	})
	if len(found) > 0 {
		t.Fatal(found)
	}
	for i, want := range []struct {
		unit  ledger.UnitID
		title string
		term  int
		due   string
	}{{"u2", "望溪大桥建成通车", 10, ""}, {"u3", "管线迁改", 0, "2026-05-29"}, {"u4", "望溪大桥建成通车", 20, ""}} {
		s := subs[i]
		if s.Parent != "o1" || s.ID != "" || s.Lead != want.unit || s.Title != want.title || s.Term.Days != want.term || s.Due.String() != want.due || len(s.Cooperating) > 0 {
			t.Errorf("part %d: %+v", i, s)
		}
	}
}

func TestGuards(t *testing.T) {
	instructed := with(func(o *supervision.Order) { o.Sources[0].Kind = supervision.FromInstruction })
	red := with(func(o *supervision.Order) { o.Kind, o.Sheet, o.Basis = supervision.Graded, supervision.Red, " " })
	plain := sample()
	for name, tc := range map[string]struct {
		order          supervision.Order
		state          string
		evidence, open int
		want           []string
	}{
		"a draft":                     {plain, "draft", 0, 0, []string{"has-basis", "cleared", "subs-closed"}},
		"a reply with evidence":       {plain, "replied", 2, 1, []string{"has-basis", "cleared", "has-evidence"}},
		"an instruction, drafted":     {instructed, "draft", 0, 0, []string{"has-basis", "subs-closed"}},
		"an instruction, approved":    {instructed, "approved", 0, 0, []string{"has-basis", "cleared", "subs-closed"}},
		"a red sheet without a basis": {red, "draft", 0, 0, []string{"subs-closed"}},
	} {
		if got := tc.order.Guards(tc.state, tc.evidence, tc.open); !slices.Equal(got, tc.want) {
			t.Errorf("%s: got %v, want %v", name, got, tc.want)
		}
	}
	d := orderFlow(t)
	for _, name := range plain.Guards("approved", 1, 0) {
		if d.Guard(name) == nil {
			t.Errorf("flow order knows no guard %s", name)
		}
	}
	if len(d.Guards) != len(plain.Guards("approved", 1, 0)) {
		t.Error("flow order asks for more than an order can tell")
	}
}

// TestTheTermOfAnOrderBecomesItsClock issues and signs orders by flow order.
func TestTheTermOfAnOrderBecomesItsClock(t *testing.T) {
	d, days := orderFlow(t), calendar.ChineseWorkdays()
	for name, tc := range map[string]struct {
		change           func(*supervision.Order)
		handling, report string
	}{
		// 1 to 7 October 2026 are off, Saturday the 10th is worked.
		"20 working days":           {func(*supervision.Order) {}, "2026-10-27", ""},
		"10 days, into the holiday": {func(o *supervision.Order) { o.Term = supervision.Term{Days: 10, Unit: flow.Days} }, "2026-10-08", ""},
		"a date":                    {func(o *supervision.Order) { o.Term, o.Due = supervision.Term{}, day(t, "2026-12-31") }, "2026-12-31", ""},
		"with interim reports":      {func(o *supervision.Order) { o.Interim = 5 }, "2026-10-27", "2026-10-12"},
	} {
		t.Run(name, func(t *testing.T) {
			o := with(tc.change)
			var steps []flow.Step
			for _, s := range []flow.Step{
				{Action: "issue", Role: "supervising-office", Actor: "wu", On: day(t, "2026-09-22")},
				{Action: "sign", Role: "reporter", Actor: "zhou", On: day(t, "2026-09-23")},
				{Action: "report", Role: "reporter", Actor: "zhou", On: day(t, "2026-09-29")},
			} {
				s.Facts = o.Guards("draft", 0, 0)
				steps = append(steps, o.Give(s))
			}
			c, _, err := d.Replay(day(t, "2026-09-21"), steps, days)
			if err != nil {
				t.Fatal(err)
			}
			handling, _ := c.Term("handling")
			interim, reports := c.Term("interim")
			if handling.Due.String() != tc.handling || reports != (tc.report != "") || interim.Due.String() != tc.report {
				t.Errorf("handling until %s, reports until %s, want %s and %s", handling.Due, interim.Due, tc.handling, tc.report)
			}
		})
	}
}
