package flow_test

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"luoshi/calendar"
	"luoshi/flow"
)

// task has a term of its own for each case, and one that only some cases have at all.
const task = `flow task 1 | 任务 | task
roles clerk chief
state planned | 拟办 | planned
state open | 办理中 | open
state waiting | 待批 | waiting
end done | 办结 | done
clock whole | 办理时限 | time for the whole
  term 15 workdays
  runs open
  pauses waiting
clock report | 反馈时限 | time for the next report
  term given workdays
  runs open
action assign | 交办 | assign
  move planned -> open
  by chief
  sets whole up to 60
action start | 开始 | start
  move open -> open
  by clerk
  sets report up to 20
action reply | 反馈 | reply
  move open -> waiting
  by clerk
action return | 退回 | return
  move waiting -> open
  by chief
  sets whole up to 60
action close | 办结 | close
  move waiting -> done
  by chief
`

func TestAStepGivesATerm(t *testing.T) {
	d, err := flow.Parse("task.txt", task)
	if err != nil {
		t.Fatal(err)
	}
	assigned := func(days int, until string) flow.Step {
		s := flow.Step{Action: "assign", Role: "chief", On: on(t, "2026-09-07"), Days: days}
		if until != "" {
			s.Until = on(t, until)
		}
		return s
	}
	start := func(days int) flow.Step {
		return flow.Step{Action: "start", Role: "clerk", On: on(t, "2026-09-08"), Days: days}
	}
	reply := flow.Step{Action: "reply", Role: "clerk", On: on(t, "2026-09-21")}
	back := flow.Step{Action: "return", Role: "chief", On: on(t, "2026-09-23")}
	longer := back
	longer.Days = 10
	cases := []struct {
		name  string
		steps []flow.Step
		want  string
	}{
		{"none: that of the flow", []flow.Step{assigned(0, "")}, "whole 2026-09-28"},
		// Sunday 20 September and Saturday 10 October are worked.
		{"in days", []flow.Step{assigned(20, "")}, "whole 2026-10-10"},
		{"by a date", []flow.Step{assigned(0, "2026-12-31")}, "whole 2026-12-31"},
		{"by a date in the holiday", []flow.Step{assigned(0, "2026-10-01")}, "whole 2026-10-08"},
		{"of a clock that only some have", []flow.Step{assigned(0, ""), start(5)}, "whole 2026-09-28, report 2026-09-15"},
		{"of a clock that this one has not", []flow.Step{assigned(0, ""), start(0)}, "whole 2026-09-28"},
		// Four working days were left on the 21st.
		{"none on the way back: what was left", []flow.Step{assigned(0, ""), reply, back}, "whole 2026-09-30"},
		{"anew on the way back", []flow.Step{assigned(0, ""), reply, longer}, "whole 2026-10-14"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			last, _, err := d.Replay(on(t, "2026-09-04"), c.steps, calendar.ChineseWorkdays())
			if err != nil {
				t.Fatal(err)
			}
			if got := terms(last); got != c.want {
				t.Errorf("got %s, want %s", got, c.want)
			}
		})
	}
}

func TestTermsThatCannotBeGiven(t *testing.T) {
	d, err := flow.Parse("task.txt", task)
	if err != nil {
		t.Fatal(err)
	}
	c, _ := d.Begin(on(t, "2026-09-07"), calendar.ChineseWorkdays())
	for name, step := range map[string]flow.Step{
		"too long":       {Days: 61},
		"negative":       {Days: -1},
		"days and a day": {Days: 5, Until: on(t, "2026-12-31")},
		"over already":   {Until: on(t, "2026-09-06")},
		"for ever":       {Until: on(t, "2099-01-01")},
	} {
		t.Run(name, func(t *testing.T) {
			step.Action, step.Role, step.On = "assign", "chief", on(t, "2026-09-07")
			_, _, err := d.Apply(c, step, calendar.ChineseWorkdays())
			var refusal *flow.Refusal
			if !errors.As(err, &refusal) || refusal.Why != flow.BadTerm || refusal.Text().Chinese != "给“办理时限”定的期限超出允许范围。" {
				t.Errorf("got %v", err)
			}
		})
	}
}

// A date that was set stays although the calendar is corrected, and moves only off a day that has become a holiday.
func TestADateThatWasSetStays(t *testing.T) {
	d, err := flow.Parse("task.txt", task)
	if err != nil {
		t.Fatal(err)
	}
	steps := []flow.Step{{Action: "assign", Role: "chief", On: on(t, "2027-01-04"), Until: on(t, "2027-02-26")}}
	notice, err := calendar.ParseWorkdays("2027.txt", "year 2027 official\noff 春节 2027-02-05 2027-02-11\nwork 春节 2027-01-31\n")
	if err != nil {
		t.Fatal(err)
	}
	for _, days := range []*calendar.Workdays{calendar.ChineseWorkdays(), calendar.ChineseWorkdays().With(notice)} {
		c, _, err := d.Replay(on(t, "2027-01-04"), steps, days)
		if err != nil || terms(c) != "whole 2027-02-26" {
			t.Errorf("got %s, %v", terms(c), err)
		}
	}
}

func TestTheLatestDayOfAClockThatStandsStill(t *testing.T) {
	d, err := flow.Parse("task.txt", task)
	if err != nil {
		t.Fatal(err)
	}
	days := calendar.ChineseWorkdays()
	c, _, err := d.Replay(on(t, "2026-09-04"), []flow.Step{
		{Action: "assign", Role: "chief", On: on(t, "2026-09-07"), Days: 10},
		{Action: "reply", Role: "clerk", On: on(t, "2026-09-14")},
	}, days)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, day := range []string{"2026-09-14", "2026-09-15", "2026-09-24"} {
		due, _ := d.Clock("whole").Latest(c.Clocks[0], on(t, day), days)
		got = append(got, due.String())
	}
	if want := []string{"2026-09-20", "2026-09-21", "2026-10-09"}; !slices.Equal(got, want) {
		t.Errorf("got %s, want %s", strings.Join(got, " "), strings.Join(want, " "))
	}
}
