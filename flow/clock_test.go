package flow_test

import (
	"slices"
	"strings"
	"testing"

	"luoshi/calendar"
	"luoshi/flow"
)

// errand has a term in days for the whole, which stands still while the case is suspended, and one in
// working days that begins anew with every interim reply.
const errand = `flow errand 1 | 交办事项 | errand
roles clerk chief
state open | 办理中 | open
state suspended | 中止 | suspended
end closed | 办结 | closed
clock whole | 办理时限 | time for the whole
  term 20 days
  runs open
  pauses suspended
clock reply | 反馈时限 | time for the next reply
  term 10 workdays
  runs open
action answer | 反馈 | reply
  move open -> open
  by clerk
  restarts reply
action suspend | 中止 | suspend
  move open -> suspended
  by chief
action note | 备注 | note
  move suspended -> suspended
  by clerk
action prolong | 延期 | prolong
  move open -> open
  move suspended -> suspended
  by chief
  extends whole up to 10 times 2
action resume | 恢复 | resume
  move suspended -> open
  by chief
action close | 办结 | close
  move open -> closed
  by chief
`

func TestClocks(t *testing.T) {
	d, err := flow.Parse("errand.txt", errand)
	if err != nil {
		t.Fatal(err)
	}
	begun := on(t, "2026-09-11")
	c, _ := d.Begin(begun, calendar.ChineseWorkdays())
	// 20 days end on 1 October, in the holiday. Sunday the 20th is worked; 25 to 27 September are off.
	if got := terms(c); got != "whole 2026-10-08, reply 2026-09-24" {
		t.Errorf("at the beginning: %s", got)
	}
	_, notes := play(t, d, "2026-09-11", []flow.Step{
		{Action: "answer", Role: "clerk", On: on(t, "2026-09-16")},
		{Action: "suspend", Role: "chief", On: on(t, "2026-09-18")},
		{Action: "note", Role: "clerk", On: on(t, "2026-09-21")},
		{Action: "prolong", Role: "chief", On: on(t, "2026-09-22"), Days: 5},
		{Action: "resume", Role: "chief", On: on(t, "2026-10-12")},
		{Action: "prolong", Role: "chief", On: on(t, "2026-10-13"), Days: 1},
	})
	want := []string{
		"2026-09-16 answer: open, whole until 2026-10-08, reply until 2026-09-30",
		"2026-09-18 suspend: suspended, whole until 2026-10-08 stands still",
		"2026-09-21 note: suspended, whole until 2026-10-08 stands still",
		"2026-09-22 prolong: suspended, whole until 2026-10-08 stands still",
		// 20 days were left on the 18th, and 5 were added.
		"2026-10-12 resume: open, whole until 2026-11-06, reply until 2026-10-26",
		// One day later is a Saturday.
		"2026-10-13 prolong: open, whole until 2026-11-09, reply until 2026-10-26",
	}
	if !slices.Equal(notes, want) {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(notes, "\n"), strings.Join(want, "\n"))
	}
}

func terms(c flow.Case) string {
	var all []string
	for _, term := range c.Clocks {
		all = append(all, term.Clock+" "+term.Due.String())
	}
	return strings.Join(all, ", ")
}

func TestEventsOfClocks(t *testing.T) {
	d, err := flow.Parse("errand.txt", errand)
	if err != nil {
		t.Fatal(err)
	}
	_, events, err := d.Replay(on(t, "2026-09-11"), []flow.Step{
		{Action: "answer", Role: "clerk", On: on(t, "2026-09-16")},
		{Action: "prolong", Role: "chief", On: on(t, "2026-09-17"), Days: 5},
	}, calendar.ChineseWorkdays())
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, e := range events {
		got = append(got, strings.TrimSpace(string(e.Kind)+" "+e.Name+" "+e.Due.String()))
	}
	want := []string{"entered open", "started whole 2026-10-08", "started reply 2026-09-24",
		"done answer", "started reply 2026-09-30", "done prolong", "extended whole 2026-10-13"}
	if !slices.Equal(got, want) {
		t.Errorf("got %q", got)
	}
}

// Older cases stay with the version of the definition under which they began.
func TestACaseOfAnotherVersion(t *testing.T) {
	first, err := flow.Parse("errand.txt", errand)
	if err != nil {
		t.Fatal(err)
	}
	second, err := flow.Parse("errand.txt", strings.Replace(errand, "errand 1", "errand 2", 1))
	if err != nil {
		t.Fatal(err)
	}
	c, _ := first.Begin(on(t, "2026-09-11"), calendar.ChineseWorkdays())
	if _, _, err := second.Apply(c, flow.Step{Action: "suspend", Role: "chief", On: on(t, "2026-09-12")}, calendar.ChineseWorkdays()); err == nil {
		t.Error("a case of version 1 went on under version 2")
	}
}
