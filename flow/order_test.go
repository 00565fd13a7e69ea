package flow_test

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"luoshi/calendar"
	"luoshi/flow"
)

// holding are the guards of flow order, all of them.
var holding = []string{"has-basis", "cleared", "has-evidence", "subs-closed"}

// by is a step of an order in the role of whoever takes it.
func by(t *testing.T, day, action, actor string) flow.Step {
	t.Helper()
	role := map[string]string{"wu": "supervising-office", "zheng": "leader", "zhou": "unit-head", "lin": "reporter"}[actor]
	return flow.Step{Action: action, Role: role, Actor: actor, On: on(t, day), Facts: holding, Reason: "理由"}
}

func lasting(days int, s flow.Step) flow.Step {
	s.Days = days
	return s
}

// TestTermsOfOrdersByTheOfficialNotices issues orders before the holidays of three years, as the State Council's notices
// arranged them (国务院办公厅关于2024年, 2025年, 2026年部分节假日安排的通知).
func TestTermsOfOrdersByTheOfficialNotices(t *testing.T) {
	for _, tc := range []struct {
		name, issued string
		days         int
		signing, due string
	}{
		// 2024: 10 to 17 February off, Sundays 4 and 18 February worked.
		{"2024, over the Spring Festival", "2024-02-02", 10, "2024-02-04", "2024-02-21"},
		{"2024, the Friday before a worked Sunday", "2024-02-02", 1, "2024-02-04", "2024-02-04"},
		{"2024, the day before the holiday", "2024-02-09", 1, "2024-02-18", "2024-02-18"},
		// 4 to 6 April off, Sunday the 7th worked.
		{"2024, over Tomb Sweeping", "2024-04-03", 3, "2024-04-07", "2024-04-09"},
		// 1 to 5 May off, Sunday 28 April and Saturday 11 May worked.
		{"2024, over Labour Day", "2024-04-26", 10, "2024-04-28", "2024-05-13"},
		// 1 to 7 October off, Sunday 29 September and Saturday 12 October worked.
		{"2024, over the National Day", "2024-09-27", 6, "2024-09-29", "2024-10-11"},
		{"2024, to the worked Saturday after it", "2024-09-27", 7, "2024-09-29", "2024-10-12"},
		// 2025: New Year's Day alone; 28 January to 4 February off, Sunday 26 January and Saturday 8 February worked.
		{"2025, over New Year", "2024-12-31", 1, "2025-01-02", "2025-01-02"},
		{"2025, over the Spring Festival", "2025-01-24", 5, "2025-01-26", "2025-02-07"},
		{"2025, to the worked Saturday after it", "2025-01-24", 6, "2025-01-26", "2025-02-08"},
		// 1 to 8 October off with the Mid-Autumn Festival, Sunday 28 September and Saturday 11 October worked.
		{"2025, over the National Day", "2025-09-26", 5, "2025-09-28", "2025-10-10"},
		{"2025, to the worked Saturday after it", "2025-09-26", 6, "2025-09-28", "2025-10-11"},
		// 2026: 1 to 3 January off, Sunday the 4th worked.
		{"2026, over New Year", "2025-12-31", 2, "2026-01-04", "2026-01-05"},
		// 15 to 23 February off, Saturdays 14 and 28 February worked.
		{"2026, over the Spring Festival", "2026-02-13", 5, "2026-02-14", "2026-02-27"},
		{"2026, to the worked Saturday after it", "2026-02-13", 6, "2026-02-14", "2026-02-28"},
		// 1 to 5 May off, Saturday the 9th worked.
		{"2026, over Labour Day", "2026-04-30", 4, "2026-05-06", "2026-05-09"},
		// 25 to 27 September and 1 to 7 October off, Sunday 20 September and Saturday 10 October worked.
		{"2026, over both autumn holidays", "2026-09-18", 11, "2026-09-20", "2026-10-10"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			c, _ := play(t, shipped(t, "order"), tc.issued, []flow.Step{lasting(tc.days, by(t, tc.issued, "issue", "wu"))})
			if got, want := terms(c), "signing "+tc.signing+", handling "+tc.due; got != want {
				t.Errorf("got %s, want %s", got, want)
			}
			for _, term := range c.Clocks {
				if term.Estimated {
					t.Errorf("%s is called estimated though the notice is known", term.Clock)
				}
			}
		})
	}
}

// A deadline behind New Year is an estimate until the notice for the year is there.
func TestADeadlineInAYearWithoutANotice(t *testing.T) {
	c, _ := play(t, shipped(t, "order"), "2026-12-21", []flow.Step{lasting(15, by(t, "2026-12-21", "issue", "wu"))})
	signing, _ := c.Term("signing")
	handling, _ := c.Term("handling")
	if signing.Estimated || !handling.Estimated {
		t.Errorf("got %+v", c.Clocks)
	}
}

func TestLivesOfOrders(t *testing.T) {
	for _, tc := range []struct {
		name, begun string
		steps       []flow.Step
		want        []string
	}{
		{"straight to its closing", "2026-03-02", []flow.Step{
			lasting(15, by(t, "2026-03-02", "issue", "wu")),
			lasting(5, by(t, "2026-03-03", "sign", "lin")),
			lasting(5, by(t, "2026-03-10", "report", "lin")),
			by(t, "2026-03-17", "prepare", "lin"),
			by(t, "2026-03-18", "reply", "zhou"),
			by(t, "2026-03-19", "accept", "wu"),
			by(t, "2026-03-20", "close", "wu"),
		}, []string{
			"2026-03-02 issue: issued, signing until 2026-03-03, handling until 2026-03-23",
			"2026-03-03 sign: handling, handling until 2026-03-23, interim until 2026-03-10",
			"2026-03-10 report: handling, handling until 2026-03-23, interim until 2026-03-17",
			"2026-03-17 prepare: prepared, handling until 2026-03-23, interim until 2026-03-17",
			"2026-03-18 reply: replied, handling until 2026-03-23 stands still, interim until 2026-03-17 stands still, review until 2026-03-23",
			"2026-03-19 accept: accepted",
			"2026-03-20 close: closed",
		}},
		{"an instruction, before the leader first", "2026-03-02", []flow.Step{
			by(t, "2026-03-02", "submit", "wu"),
			by(t, "2026-03-03", "rework", "zheng"),
			by(t, "2026-03-03", "submit", "wu"),
			by(t, "2026-03-04", "approve", "zheng"),
			lasting(3, by(t, "2026-03-04", "issue", "wu")),
		}, []string{
			"2026-03-02 submit: approval, approval until 2026-03-04",
			"2026-03-03 rework: draft",
			"2026-03-03 submit: approval, approval until 2026-03-05",
			"2026-03-04 approve: approved",
			"2026-03-04 issue: issued, signing until 2026-03-05, handling until 2026-03-09",
		}},
		{"returned, with what was left and with a new term", "2026-03-02", []flow.Step{
			lasting(15, by(t, "2026-03-02", "issue", "wu")),
			by(t, "2026-03-03", "sign", "lin"),
			by(t, "2026-03-18", "reply", "zhou"),
			by(t, "2026-03-20", "return", "wu"),
			by(t, "2026-03-24", "reply", "zhou"),
			lasting(5, by(t, "2026-03-25", "return", "wu")),
		}, []string{
			"2026-03-02 issue: issued, signing until 2026-03-03, handling until 2026-03-23",
			"2026-03-03 sign: handling, handling until 2026-03-23",
			"2026-03-18 reply: replied, handling until 2026-03-23 stands still, review until 2026-03-23",
			// Three working days were left on the 18th.
			"2026-03-20 return: returned, handling until 2026-03-25",
			"2026-03-24 reply: replied, handling until 2026-03-25 stands still, review until 2026-03-27",
			"2026-03-25 return: returned, handling until 2026-04-01",
		}},
		{"extended, once granted and once refused", "2026-03-02", []flow.Step{
			lasting(15, by(t, "2026-03-02", "issue", "wu")),
			by(t, "2026-03-03", "sign", "lin"),
			lasting(10, by(t, "2026-03-16", "ask-extension", "zhou")),
			lasting(5, by(t, "2026-03-17", "extend", "zheng")),
			lasting(10, by(t, "2026-03-30", "ask-extension", "zhou")),
			by(t, "2026-03-31", "refuse-extension", "zheng"),
		}, []string{
			"2026-03-02 issue: issued, signing until 2026-03-03, handling until 2026-03-23",
			"2026-03-03 sign: handling, handling until 2026-03-23",
			"2026-03-16 ask-extension: extension-asked, handling until 2026-03-23, decision until 2026-03-18",
			"2026-03-17 extend: handling, handling until 2026-03-30",
			"2026-03-30 ask-extension: extension-asked, handling until 2026-03-30, decision until 2026-04-01",
			// The clock ran on meanwhile.
			"2026-03-31 refuse-extension: handling, handling until 2026-03-30",
		}},
		{"suspended over the Spring Festival of 2026", "2026-02-02", []flow.Step{
			lasting(15, by(t, "2026-02-02", "issue", "wu")),
			by(t, "2026-02-03", "sign", "lin"),
			by(t, "2026-02-09", "ask-suspension", "zhou"),
			lasting(10, by(t, "2026-02-10", "suspend", "zheng")),
			by(t, "2026-03-05", "resume", "wu"),
		}, []string{
			// 3 to 6, 9 to 13 and 14 February are ten, 24 to 28 the other five.
			"2026-02-02 issue: issued, signing until 2026-02-03, handling until 2026-02-28",
			"2026-02-03 sign: handling, handling until 2026-02-28",
			"2026-02-09 ask-suspension: suspension-asked, handling until 2026-02-28, decision until 2026-02-11",
			// Nine working days are left: 11 to 14 and 24 to 28 February. The suspension ends after 11 to 14, 24 to 28 and 2 March.
			"2026-02-10 suspend: suspended, handling until 2026-02-28 stands still, suspension until 2026-03-02",
			"2026-03-05 resume: handling, handling until 2026-03-18",
		}},
		{"suspended over the Spring Festival of 2025", "2025-01-20", []flow.Step{
			lasting(10, by(t, "2025-01-20", "issue", "wu")),
			by(t, "2025-01-21", "sign", "lin"),
			by(t, "2025-01-22", "ask-suspension", "zhou"),
			lasting(5, by(t, "2025-01-23", "suspend", "zheng")),
			by(t, "2025-02-08", "resume", "wu"),
		}, []string{
			// 21 to 24 and 26, 27 January are six, 5 to 8 February the other four.
			"2025-01-20 issue: issued, signing until 2025-01-21, handling until 2025-02-08",
			"2025-01-21 sign: handling, handling until 2025-02-08",
			"2025-01-22 ask-suspension: suspension-asked, handling until 2025-02-08, decision until 2025-01-24",
			"2025-01-23 suspend: suspended, handling until 2025-02-08 stands still, suspension until 2025-02-06",
			// Seven were left; Saturday the 8th itself does not count.
			"2025-02-08 resume: handling, handling until 2025-02-18",
		}},
		{"a suspension refused", "2026-03-02", []flow.Step{
			lasting(15, by(t, "2026-03-02", "issue", "wu")),
			by(t, "2026-03-03", "sign", "lin"),
			by(t, "2026-03-09", "ask-suspension", "zhou"),
			by(t, "2026-03-10", "refuse-suspension", "zheng"),
		}, []string{
			"2026-03-02 issue: issued, signing until 2026-03-03, handling until 2026-03-23",
			"2026-03-03 sign: handling, handling until 2026-03-23",
			"2026-03-09 ask-suspension: suspension-asked, handling until 2026-03-23, decision until 2026-03-11",
			"2026-03-10 refuse-suspension: handling, handling until 2026-03-23",
		}},
		{"closed on a false reply, and reopened", "2026-03-02", []flow.Step{
			lasting(15, by(t, "2026-03-02", "issue", "wu")),
			by(t, "2026-03-03", "sign", "lin"),
			by(t, "2026-03-18", "reply", "zhou"),
			by(t, "2026-03-19", "close", "wu"),
			lasting(7, by(t, "2026-04-30", "reopen", "wu")),
			by(t, "2026-05-08", "reply", "zhou"),
			by(t, "2026-05-11", "close", "wu"),
		}, []string{
			"2026-03-02 issue: issued, signing until 2026-03-03, handling until 2026-03-23",
			"2026-03-03 sign: handling, handling until 2026-03-23",
			"2026-03-18 reply: replied, handling until 2026-03-23 stands still, review until 2026-03-23",
			"2026-03-19 close: closed",
			// 1 to 5 May are off, Saturday the 9th is worked.
			"2026-04-30 reopen: returned, handling until 2026-05-13",
			"2026-05-08 reply: replied, handling until 2026-05-13 stands still, review until 2026-05-12",
			"2026-05-11 close: closed",
		}},
		{"declined, upheld, declined and forwarded", "2026-03-02", []flow.Step{
			lasting(15, by(t, "2026-03-02", "issue", "wu")),
			by(t, "2026-03-03", "decline", "zhou"),
			by(t, "2026-03-04", "uphold", "wu"),
			by(t, "2026-03-05", "decline", "zhou"),
			lasting(15, by(t, "2026-03-06", "forward", "wu")),
			lasting(15, by(t, "2026-03-09", "forward", "zhou")),
		}, []string{
			"2026-03-02 issue: issued, signing until 2026-03-03, handling until 2026-03-23",
			"2026-03-03 decline: declined, handling until 2026-03-23, reassignment until 2026-03-05",
			"2026-03-04 uphold: issued, signing until 2026-03-05, handling until 2026-03-23",
			"2026-03-05 decline: declined, handling until 2026-03-23, reassignment until 2026-03-09",
			"2026-03-06 forward: issued, signing until 2026-03-09, handling until 2026-03-27",
			"2026-03-09 forward: issued, signing until 2026-03-10, handling until 2026-03-30",
		}},
	} {
		t.Run(tc.name, func(t *testing.T) {
			if _, notes := play(t, shipped(t, "order"), tc.begun, tc.steps); !slices.Equal(notes, tc.want) {
				t.Errorf("got\n%s\nwant\n%s", strings.Join(notes, "\n"), strings.Join(tc.want, "\n"))
			}
		})
	}
}

func TestWhatNobodyMayDoToAnOrder(t *testing.T) {
	d := shipped(t, "order")
	issued := []flow.Step{lasting(15, by(t, "2026-03-02", "issue", "wu"))}
	replied := append(slices.Clip(issued), by(t, "2026-03-03", "sign", "lin"), by(t, "2026-03-04", "reply", "zhou"))
	asked := append(slices.Clip(issued), by(t, "2026-03-03", "sign", "lin"), by(t, "2026-03-04", "ask-extension", "zhou"))
	twice := slices.Clip(asked)
	for range 2 {
		twice = append(twice, lasting(1, by(t, "2026-03-04", "extend", "zheng")), by(t, "2026-03-04", "ask-extension", "zhou"))
	}
	unless := func(guard string, s flow.Step) flow.Step {
		s.Facts = slices.DeleteFunc(slices.Clone(s.Facts), func(g string) bool { return g == guard })
		return s
	}
	silent := by(t, "2026-03-05", "return", "wu")
	silent.Reason = ""
	self := by(t, "2026-03-05", "extend", "zheng")
	self.Actor, self.Days = "zhou", 1
	for name, tc := range map[string]struct {
		after []flow.Step
		step  flow.Step
		want  flow.Why
	}{
		"issuing without a basis":                 {nil, unless("has-basis", by(t, "2026-03-05", "issue", "wu")), flow.Guarded},
		"issuing an instruction on one's own":     {nil, unless("cleared", by(t, "2026-03-05", "issue", "wu")), flow.Guarded},
		"a final reply of a reporter":             {replied[:2], by(t, "2026-03-05", "reply", "lin"), flow.NotYours},
		"a reply without evidence":                {replied[:2], unless("has-evidence", by(t, "2026-03-05", "reply", "zhou")), flow.Guarded},
		"closing without evidence":                {replied, unless("has-evidence", by(t, "2026-03-05", "close", "wu")), flow.Guarded},
		"closing before the sub-orders":           {replied, unless("subs-closed", by(t, "2026-03-05", "close", "wu")), flow.Guarded},
		"closing what was not replied to":         {replied[:2], by(t, "2026-03-05", "close", "wu"), flow.NotNow},
		"closing one's own order":                 {replied, by(t, "2026-03-05", "close", "zhou"), flow.NotYours},
		"returning without a reason":              {replied, silent, flow.NoReason},
		"extending on one's own request":          {asked, self, flow.SameActor},
		"extending by too much":                   {asked, lasting(61, by(t, "2026-03-05", "extend", "zheng")), flow.TooLong},
		"extending a third time":                  {twice, lasting(1, by(t, "2026-03-05", "extend", "zheng")), flow.TooOften},
		"a deadline of no time":                   {nil, lasting(-1, by(t, "2026-03-05", "issue", "wu")), flow.BadTerm},
		"signing for what is signed":              {replied[:2], by(t, "2026-03-05", "sign", "lin"), flow.NotNow},
		"an office that grants its own extension": {asked, lasting(1, by(t, "2026-03-05", "extend", "wu")), flow.NotYours},
	} {
		t.Run(name, func(t *testing.T) {
			c, _, err := d.Replay(on(t, "2026-03-02"), tc.after, calendar.ChineseWorkdays())
			if err != nil {
				t.Fatal(err)
			}
			_, _, err = d.Apply(c, tc.step, calendar.ChineseWorkdays())
			var refusal *flow.Refusal
			if !errors.As(err, &refusal) || refusal.Why != tc.want {
				t.Errorf("got %v, want %s", err, tc.want)
			}
		})
	}
}
