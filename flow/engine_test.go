package flow_test

import (
	"errors"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"

	"luoshi/calendar"
	"luoshi/flow"
)

func on(t *testing.T, text string) calendar.Date {
	t.Helper()
	d, err := calendar.ParseDate(text)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func shipped(t *testing.T, name string) *flow.Definition {
	t.Helper()
	all, err := flow.Shipped()
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range all {
		if d.Name == name {
			return d
		}
	}
	t.Fatalf("no definition %s", name)
	return nil
}

// play does steps and notes for each where the case then stands and when its terms end.
func play(t *testing.T, d *flow.Definition, begun string, steps []flow.Step) (flow.Case, []string) {
	t.Helper()
	c, _ := d.Begin(on(t, begun), calendar.ChineseWorkdays())
	var notes []string
	for _, s := range steps {
		next, _, err := d.Apply(c, s, calendar.ChineseWorkdays())
		if err != nil {
			t.Fatalf("%s: %v", s.Action, err)
		}
		c = next
		note := s.On.String() + " " + s.Action + ": " + c.State
		for _, term := range c.Clocks {
			note += ", " + term.Clock + " until " + term.Due.String()
			if term.Paused {
				note += " stands still"
			}
		}
		notes = append(notes, note)
	}
	return c, notes
}

func TestAnAmendmentFromProposalToApproval(t *testing.T) {
	d := shipped(t, "amendment")
	c, notes := play(t, d, "2026-02-09", []flow.Step{
		{Action: "propose", Role: "unit-head", Actor: "zhou", On: on(t, "2026-02-10"), Facts: []string{"has-basis"}, Reason: "市级任务调整"},
		{Action: "return", Role: "supervising-office", Actor: "wu", On: on(t, "2026-02-12"), Reason: "缺少附件"},
		{Action: "supplement", Role: "unit-head", Actor: "zhou", On: on(t, "2026-02-26")},
		{Action: "delay", Role: "supervising-office", Actor: "wu", On: on(t, "2026-02-27"), Reason: "会商", Days: 2},
		{Action: "pass", Role: "supervising-office", Actor: "wu", On: on(t, "2026-03-03")},
		{Action: "approve", Role: "leader", Actor: "zheng", On: on(t, "2026-03-06")},
	})
	want := []string{
		// 14 February is worked, 15 to 23 February are off: 5 working days after the 10th are 11, 12, 13, 14, 24.
		"2026-02-10 propose: review, review until 2026-02-24",
		"2026-02-12 return: suspended, review until 2026-02-24 stands still",
		// Three of them were left; 28 February is worked.
		"2026-02-26 supplement: review, review until 2026-03-02",
		"2026-02-27 delay: review, review until 2026-03-04",
		"2026-03-03 pass: decision, decision until 2026-03-17",
		"2026-03-06 approve: approved",
	}
	if !slices.Equal(notes, want) {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(notes, "\n"), strings.Join(want, "\n"))
	}
	if !d.State(c.State).End || len(c.Clocks) != 0 {
		t.Errorf("the case has not ended: %+v", c)
	}
}

func TestAPlanUpToItsPublication(t *testing.T) {
	all := []string{"reviewed", "complete", "objections-settled"}
	_, notes := play(t, shipped(t, "plan-publication"), "2025-12-24", []flow.Step{
		{Action: "consult", Role: "supervising-office", Actor: "wu", On: on(t, "2025-12-29"), Facts: all},
		{Action: "object", Role: "unit-head", Actor: "zhou", On: on(t, "2025-12-31"), Reason: "目标值偏高"},
		{Action: "extend", Role: "supervising-office", Actor: "wu", On: on(t, "2026-01-04"), Reason: "元旦", Days: 3},
		{Action: "submit", Role: "supervising-office", Actor: "wu", On: on(t, "2026-01-09"), Facts: all},
		{Action: "return", Role: "leader", Actor: "zheng", On: on(t, "2026-01-12"), Reason: "压减事项"},
		{Action: "submit", Role: "supervising-office", Actor: "wu", On: on(t, "2026-01-13"), Facts: all},
		{Action: "approve", Role: "leader", Actor: "zheng", On: on(t, "2026-01-14")},
		{Action: "publish", Role: "supervising-office", Actor: "wu", On: on(t, "2026-01-15"), Facts: all},
	})
	want := []string{
		"2025-12-29 consult: consultation, consultation until 2026-01-06",
		"2025-12-31 object: consultation, consultation until 2026-01-06",
		"2026-01-04 extend: consultation, consultation until 2026-01-09",
		"2026-01-09 submit: approval, approval until 2026-01-23",
		"2026-01-12 return: draft",
		"2026-01-13 submit: approval, approval until 2026-01-27",
		"2026-01-14 approve: approved, publication until 2026-01-19",
		"2026-01-15 publish: published",
	}
	if !slices.Equal(notes, want) {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(notes, "\n"), strings.Join(want, "\n"))
	}
}

func TestRefusals(t *testing.T) {
	d := shipped(t, "amendment")
	inReview := []flow.Step{{Action: "propose", Role: "supervising-office", Actor: "wu", On: on(t, "2026-03-02"), Facts: []string{"has-basis"}, Reason: "x"}}
	inDecision := append(slices.Clip(inReview), flow.Step{Action: "pass", Role: "supervising-office", Actor: "zhao", On: on(t, "2026-03-03")})
	delayed := append(slices.Clip(inReview), flow.Step{Action: "delay", Role: "supervising-office", Actor: "wu", On: on(t, "2026-03-03"), Reason: "x", Days: 5})
	late := on(t, "2026-03-04")
	cases := []struct {
		name  string
		after []flow.Step
		step  flow.Step
		want  flow.Why
		text  string
	}{
		{"unknown action", nil, flow.Step{Action: "burn", Role: "leader", On: late}, flow.UnknownAction, "流程中没有“burn”这一步。"},
		{"too soon in the flow", nil, flow.Step{Action: "approve", Role: "leader", On: late}, flow.NotNow, "当前状态为“拟稿”，不能“批准”。"},
		{"another's work", inDecision, flow.Step{Action: "approve", Role: "unit-head", Actor: "zhou", On: late}, flow.NotYours, "“批准”不由您的角色办理。"},
		{"back in time", inReview, flow.Step{Action: "pass", Role: "supervising-office", Actor: "zhao", On: on(t, "2026-03-01")}, flow.TooEarly, "“审核同意”的日期早于上一步（2026-03-02）。"},
		{"no reason", inReview, flow.Step{Action: "return", Role: "supervising-office", Actor: "wu", On: late}, flow.NoReason, "“退回补充”须写明理由。"},
		{"a guard that does not hold", nil, flow.Step{Action: "propose", Role: "unit-head", Actor: "zhou", On: late, Reason: "x"}, flow.Guarded, "暂不能“提请调整”：须附有依据文件。"},
		{"a guard that must not hold", inDecision, flow.Step{Action: "approve", Role: "leader", Actor: "zheng", On: late, Facts: []string{"period-locked"}}, flow.Blocked, "不能“批准”：相关周期正在报送。"},
		{"one's own proposal", inReview, flow.Step{Action: "pass", Role: "supervising-office", Actor: "wu", On: late}, flow.SameActor, "“提请调整”与“审核同意”不能由同一人办理。"},
		{"an earlier step of one's own", inDecision, flow.Step{Action: "approve", Role: "leader", Actor: "zhao", On: late}, flow.SameActor, "“审核同意”与“批准”不能由同一人办理。"},
		{"nobody named", inReview, flow.Step{Action: "pass", Role: "supervising-office", On: late}, flow.SameActor, "“提请调整”与“审核同意”不能由同一人办理。"},
		{"too long", inReview, flow.Step{Action: "delay", Role: "supervising-office", Actor: "wu", On: late, Reason: "x", Days: 6}, flow.TooLong, "“审核时限”的延长天数超出允许范围。"},
		{"by nothing", inReview, flow.Step{Action: "delay", Role: "supervising-office", Actor: "wu", On: late, Reason: "x"}, flow.TooLong, "“审核时限”的延长天数超出允许范围。"},
		{"too often", delayed, flow.Step{Action: "delay", Role: "supervising-office", Actor: "wu", On: late, Reason: "x", Days: 1}, flow.TooOften, "“审核时限”已不能再延长。"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			before, _, err := d.Replay(on(t, "2026-03-02"), c.after, calendar.ChineseWorkdays())
			if err != nil {
				t.Fatal(err)
			}
			after, events, err := d.Apply(before, c.step, calendar.ChineseWorkdays())
			var refusal *flow.Refusal
			if !errors.As(err, &refusal) || refusal.Why != c.want || refusal.Text().Chinese != c.text {
				t.Fatalf("got %v", err)
			}
			if len(events) != 0 || !reflect.DeepEqual(after, before) {
				t.Errorf("a refused step changed the case: %+v", after)
			}
		})
	}
	other, _ := shipped(t, "plan-publication").Begin(late, calendar.ChineseWorkdays())
	var refusal *flow.Refusal
	if _, _, err := d.Apply(other, inReview[0], calendar.ChineseWorkdays()); !errors.As(err, &refusal) || refusal.Why != flow.OtherFlow {
		t.Errorf("a case of another flow: %v", err)
	}
}

func TestEvents(t *testing.T) {
	_, events, err := shipped(t, "amendment").Replay(on(t, "2026-11-02"), []flow.Step{
		{Action: "propose", Role: "unit-head", Actor: "zhou", On: on(t, "2026-11-03"), Facts: []string{"has-basis"}, Reason: "x"},
		{Action: "return", Role: "supervising-office", Actor: "wu", On: on(t, "2026-11-04"), Reason: "x"},
		{Action: "supplement", Role: "unit-head", Actor: "zhou", On: on(t, "2026-12-28")},
		{Action: "withdraw", Role: "unit-head", Actor: "zhou", On: on(t, "2026-12-29")},
	}, calendar.ChineseWorkdays())
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, e := range events {
		line := strings.TrimSpace(string(e.Kind) + " " + e.Name + " " + e.Due.String())
		if e.Estimated {
			line += " estimated"
		}
		got = append(got, line)
	}
	want := []string{"entered draft",
		"done propose", "entered review", "started review 2026-11-10",
		"done return", "entered suspended", "paused review 2026-11-10",
		"done supplement", "entered review", "resumed review 2027-01-04 estimated",
		"done withdraw", "entered withdrawn", "stopped review"}
	if !slices.Equal(got, want) {
		t.Errorf("got\n%s", strings.Join(got, "\n"))
	}
}

func TestOverdue(t *testing.T) {
	c, _ := play(t, shipped(t, "amendment"), "2026-11-02", []flow.Step{
		{Action: "propose", Role: "unit-head", Actor: "zhou", On: on(t, "2026-11-03"), Facts: []string{"has-basis"}, Reason: "x"}})
	if over := c.Overdue(on(t, "2026-11-10")); len(over) != 0 {
		t.Errorf("overdue on the last day: %+v", over)
	}
	if over := c.Overdue(on(t, "2026-11-11")); len(over) != 1 || over[0].Clock != "review" {
		t.Errorf("not overdue after the last day: %+v", over)
	}
}

// What was overdue before a pause is overdue after it: standing still heals nothing.
func TestAPauseDoesNotHealDelay(t *testing.T) {
	c, _ := play(t, shipped(t, "amendment"), "2026-11-02", []flow.Step{
		{Action: "propose", Role: "unit-head", Actor: "zhou", On: on(t, "2026-11-03"), Facts: []string{"has-basis"}, Reason: "x"},
		{Action: "return", Role: "supervising-office", Actor: "wu", On: on(t, "2026-11-16"), Reason: "x"},
		{Action: "supplement", Role: "unit-head", Actor: "zhou", On: on(t, "2026-11-20")}})
	if over := c.Overdue(on(t, "2026-11-20")); len(over) != 1 || over[0].Due != on(t, "2026-11-10") {
		t.Errorf("got %+v", c.Clocks)
	}
}

func TestOffers(t *testing.T) {
	d := shipped(t, "amendment")
	c, _ := play(t, d, "2026-11-02", []flow.Step{
		{Action: "propose", Role: "supervising-office", Actor: "wu", On: on(t, "2026-11-03"), Facts: []string{"has-basis"}, Reason: "x"}})
	var got []string
	for _, o := range d.Offers(c, []string{"reporter", "supervising-office"}, flow.Step{Actor: "wu", On: on(t, "2026-11-04")}) {
		line := o.Action.Name
		if o.Against != nil {
			line += ": " + string(o.Against.Why)
		}
		got = append(got, line)
	}
	if want := []string{"return", "pass: same-actor", "delay", "withdraw"}; !slices.Equal(got, want) {
		t.Errorf("got %v", got)
	}
	if offers := d.Offers(c, []string{"reporter"}, flow.Step{Actor: "x", On: on(t, "2026-11-04")}); len(offers) != 0 {
		t.Errorf("a role without a part is offered %v", offers)
	}
}

// walk goes at random through a definition and sees that it never leaves it, that what is offered works,
// and that replaying the steps gives the same case and the same events.
func walk(t *testing.T, d *flow.Definition, seed uint64) int {
	t.Helper()
	days := calendar.ChineseWorkdays()
	r := rand.New(rand.NewPCG(seed, 4))
	begun := on(t, "2026-01-05").AddDays(r.IntN(300))
	c, events := d.Begin(begun, days)
	var steps []flow.Step
	for range 60 {
		s := flow.Step{Actor: string(rune('a' + r.IntN(4))), On: c.Last.AddDays(r.IntN(9)), Reason: "reason", Days: r.IntN(4)}
		s.Action, s.Role = d.Actions[r.IntN(len(d.Actions))].Name, d.Roles[r.IntN(len(d.Roles))]
		if open := d.Offers(c, d.Roles, s); len(open) > 0 && r.IntN(4) > 0 {
			next := open[r.IntN(len(open))]
			s.Action, s.Role = next.Action.Name, next.Role
		}
		if s.Days == 0 && r.IntN(2) == 0 {
			s.Until = s.On.AddDays(r.IntN(40) - 4)
		}
		for _, g := range d.Guards {
			if r.IntN(2) == 0 {
				s.Facts = append(s.Facts, g.Name)
			}
		}
		offered := slices.ContainsFunc(d.Offers(c, []string{s.Role}, s), func(o flow.Offer) bool {
			return o.Action.Name == s.Action && o.Against == nil
		})
		next, more, err := d.Apply(c, s, days)
		var refusal *flow.Refusal
		if err != nil && (!errors.As(err, &refusal) || offered && refusal.Why != flow.TooLong && refusal.Why != flow.BadTerm) {
			t.Fatalf("%s in %s, offered %t: %v", s.Action, c.State, offered, err)
		}
		if err != nil {
			continue
		}
		if !offered {
			t.Fatalf("%s in %s was done without being offered", s.Action, c.State)
		}
		c, events, steps = next, append(events, more...), append(steps, s)
		checkCase(t, d, c)
	}
	again, sameEvents, err := d.Replay(begun, steps, days)
	if err != nil || !reflect.DeepEqual(again, c) || !slices.Equal(sameEvents, events) {
		t.Fatalf("replay: %v\n%+v\n%+v", err, again, c)
	}
	return len(steps)
}

func checkCase(t *testing.T, d *flow.Definition, c flow.Case) {
	t.Helper()
	if d.State(c.State) == nil {
		t.Fatalf("unknown state %q", c.State)
	}
	for _, term := range c.Clocks {
		clock := d.Clock(term.Clock)
		in := clock.RunsIn
		if term.Paused {
			in = clock.PausesIn
		}
		if !slices.Contains(in, c.State) {
			t.Fatalf("clock %s in %s: %+v", term.Clock, c.State, term)
		}
		if !term.Paused && !calendar.ChineseWorkdays().Day(term.Due).Working {
			t.Fatalf("a term ends on %s, a day off", term.Due)
		}
	}
	for _, clock := range d.Clocks {
		if clock.Term == 0 {
			continue // it may never have been set
		}
		if _, runs := c.Term(clock.Name); slices.Contains(clock.RunsIn, c.State) != runs && !slices.Contains(clock.PausesIn, c.State) {
			t.Fatalf("clock %s in %s: %t", clock.Name, c.State, runs)
		}
	}
}

func TestRandomWalksStayInTheDefinition(t *testing.T) {
	all, err := flow.Shipped()
	if err != nil {
		t.Fatal(err)
	}
	leave, err := flow.Parse("leave.txt", small)
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range append(all, leave) {
		steps := 0
		for seed := range uint64(1500) {
			steps += walk(t, d, seed)
		}
		if steps < 2000 {
			t.Errorf("%s: %d steps in 1,500 walks prove little", d.Name, steps)
		}
	}
}
