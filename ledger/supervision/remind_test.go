package supervision_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"luoshi/calendar"
	"luoshi/flow"
	"luoshi/ledger/supervision"
)

func reminded(all []supervision.Reminder) []string {
	var said []string
	for _, r := range all {
		said = append(said, fmt.Sprintf("%s %s %s %+d to %s", r.Day, r.Clock, r.Kind, r.Late, r.To))
	}
	return said
}

// TestRemindersBeforeAtAndAfterTheDeadline looks at an order that is due on 30 September 2026, before the holiday.
func TestRemindersBeforeAtAndAfterTheDeadline(t *testing.T) {
	clocks := []flow.Term{
		{Clock: "handling", Due: day(t, "2026-09-30")},
		{Clock: "review", Due: day(t, "2026-09-30"), Paused: true},
	}
	span := calendar.Period{From: day(t, "2026-09-01"), To: day(t, "2026-10-20")}
	got := reminded(supervision.DefaultUrging().Remind(clocks, span, calendar.ChineseWorkdays()))
	want := []string{
		// 25 to 27 September are off.
		"2026-09-22 handling before -5 to unit",
		"2026-09-28 handling before -2 to unit",
		"2026-09-28 handling before -2 to head",
		"2026-09-30 handling due +0 to unit",
		"2026-09-30 handling due +0 to head",
		// The first working day after the holiday; nobody is reminded in it.
		"2026-10-08 handling overdue +1 to unit",
		"2026-10-08 handling overdue +1 to head",
		"2026-10-12 handling overdue +4 to unit",
		"2026-10-12 handling overdue +4 to head",
		"2026-10-13 handling escalate +5 to leader",
		"2026-10-13 handling escalate +5 to office",
		"2026-10-15 handling overdue +7 to unit",
		"2026-10-15 handling overdue +7 to head",
		"2026-10-20 handling overdue +10 to unit",
		"2026-10-20 handling overdue +10 to head",
	}
	if !slices.Equal(got, want) {
		t.Errorf("got\n%q\nwant\n%q", got, want)
	}
}

func TestWhatIsNotSignedFor(t *testing.T) {
	clocks := []flow.Term{{Clock: "signing", Due: day(t, "2026-03-03")}}
	span := calendar.Period{From: day(t, "2026-03-02"), To: day(t, "2026-03-31")}
	got := reminded(supervision.DefaultUrging().Remind(clocks, span, calendar.ChineseWorkdays()))
	byKind := map[string]int{}
	for _, r := range supervision.DefaultUrging().Remind(clocks, span, calendar.ChineseWorkdays()) {
		byKind[string(r.Kind)+" "+string(r.To)]++
	}
	want := map[string]int{"sign unit": 1, "overdue unit": 5, "overdue head": 5, "escalate office": 4}
	for kind, n := range want {
		if byKind[kind] != n {
			t.Errorf("%s: %d times, want %d\n%q", kind, byKind[kind], n, got)
		}
	}
}

// randomUrging is rules of any kind, sound ones.
func randomUrging(r *rand.Rand) supervision.Urging {
	for {
		var u supervision.Urging
		for range 1 + r.IntN(6) {
			rule := supervision.UrgingRule{
				Clock: supervision.Clocks()[r.IntN(3)], Kind: supervision.Occasions()[r.IntN(4)], At: r.IntN(21) - 10,
				To: []supervision.Recipient{supervision.Recipients()[r.IntN(4)]},
			}
			if r.IntN(2) == 0 {
				rule.Every, rule.Times = 1+r.IntN(9), r.IntN(4)
			}
			u = append(u, rule)
		}
		if len(u.Validate()) == 0 {
			return u
		}
	}
}

// expected counts the days from the last one of a term one by one, as a person would.
func expected(u supervision.Urging, clock flow.Term, span calendar.Period, days *calendar.Workdays) map[string]bool {
	keys := map[string]bool{}
	for _, rule := range u {
		if rule.Clock != clock.Clock || clock.Paused {
			continue
		}
		day, step := clock.Due, 1
		if rule.At < 0 {
			step = -1
		}
		for n := 0; n != rule.At; {
			if day = day.AddDays(step); days.Day(day).Working {
				n += step
			}
		}
		for sent := 0; !span.To.Before(day) && (rule.Times == 0 || sent < rule.Times); sent++ {
			if !day.Before(span.From) {
				for _, to := range rule.To {
					keys[fmt.Sprint(day, rule.Clock, rule.Kind, to)] = true
				}
			}
			if rule.Every == 0 {
				break
			}
			day, _ = days.Add(day, rule.Every)
		}
	}
	return keys
}

// Over a year it is the same to ask every day, every few days or once; nothing comes twice, nothing on a day off.
func TestAskingDayByDayIsAskingOnce(t *testing.T) {
	days := calendar.ChineseWorkdays()
	year := calendar.Year(2026)
	total := 0
	for seed := range uint64(60) {
		r := rand.New(rand.NewPCG(seed, 6))
		u := randomUrging(r)
		var clocks []flow.Term
		for _, name := range supervision.Clocks()[:3] {
			due, _ := days.Add(year.From.AddDays(r.IntN(365)), 0)
			clocks = append(clocks, flow.Term{Clock: name, Due: due, Paused: r.IntN(5) == 0})
		}
		once := u.Remind(clocks, year, days)
		var daily []supervision.Reminder
		for from := year.From; !year.To.Before(from); {
			to := from.AddDays(r.IntN(4))
			if year.To.Before(to) {
				to = year.To
			}
			daily = append(daily, u.Remind(clocks, calendar.Period{From: from, To: to}, days)...)
			from = to.AddDays(1)
		}
		if !slices.Equal(once, daily) {
			t.Fatalf("seed %d: %d at once, %d in parts", seed, len(once), len(daily))
		}
		keys, want := map[string]bool{}, map[string]bool{}
		for _, clock := range clocks {
			for key := range expected(u, clock, year, days) {
				want[key] = true
			}
		}
		for _, reminder := range once {
			if keys[reminder.Key] || !days.Day(reminder.Day).Working {
				t.Fatalf("seed %d: %s twice, or on a day off", seed, reminder.Key)
			}
			keys[reminder.Key] = true
			if !want[fmt.Sprint(reminder.Day, reminder.Clock, reminder.Kind, reminder.To)] {
				t.Fatalf("seed %d: nobody asked for %s", seed, reminder.Key)
			}
		}
		if len(keys) != len(want) {
			t.Fatalf("seed %d: %d reminders, want %d", seed, len(keys), len(want))
		}
		total += len(keys)
	}
	if total < 1000 {
		t.Errorf("%d reminders prove little", total)
	}
}

func TestADeadlineThatMovedRemindsAnew(t *testing.T) {
	days := calendar.ChineseWorkdays()
	span := calendar.Period{From: day(t, "2026-03-01"), To: day(t, "2026-04-30")}
	keys := func(due string) []string {
		var all []string
		for _, r := range supervision.DefaultUrging().Remind([]flow.Term{{Clock: "handling", Due: day(t, due)}}, span, days) {
			all = append(all, r.Key)
		}
		return all
	}
	for _, key := range keys("2026-03-31") {
		if slices.Contains(keys("2026-04-10"), key) {
			t.Errorf("%s is sent for one deadline and not for the other", key)
		}
	}
}

func TestUrgingSpeaksOfTheClocksOfTheFlow(t *testing.T) {
	d := orderFlow(t)
	if len(d.Clocks) != len(supervision.Clocks()) {
		t.Errorf("the flow has %d clocks", len(d.Clocks))
	}
	for _, name := range supervision.Clocks() {
		if d.Clock(name) == nil {
			t.Errorf("the flow has no clock %s", name)
		}
		if !slices.ContainsFunc(supervision.DefaultUrging(), func(r supervision.UrgingRule) bool { return r.Clock == name }) {
			t.Errorf("nobody is reminded of %s", name)
		}
	}
}
