package reporting

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"luoshi/calendar"
	"luoshi/ledger"
)

func preset(t *testing.T, name string) Schedule {
	t.Helper()
	i := slices.IndexFunc(Presets(), func(p Preset) bool { return p.Name == name })
	if i < 0 {
		t.Fatalf("no schedule is called %q", name)
	}
	return Presets()[i].Schedule
}

// The dates step around weekends, holidays and the working days that make up for them.
func TestRoundsOpenAreDueAndCloseByWorkingDays(t *testing.T) {
	days := calendar.ChineseWorkdays()
	for _, c := range []struct{ schedule, period, opens, due, closes string }{
		{"month", "2026-M03", "2026-03-26", "2026-04-08", "2026-04-13"},       // 清明 from 4 to 6 April
		{"month", "2026-M09", "2026-09-25", "2026-10-13", "2026-10-16"},       // 国庆 from 1 to 7 October, 10 October is worked
		{"month-by-25", "2026-M04", "2026-04-18", "2026-04-27", "2026-04-30"}, // the 25th is a Saturday
		{"month-by-28", "2026-M02", "2026-02-18", "2026-02-28", "2026-03-04"}, // a Saturday that is worked
		{"quarter", "2026-Q2", "2026-06-25", "2026-07-07", "2026-07-14"},
		{"ten-day", "2026-T01", "2026-01-09", "2026-01-13", "2026-01-14"},
	} {
		r := preset(t, c.schedule).Round(period(c.period), days)
		equal(t, c.schedule+" "+c.period, r.Opens.String()+" "+r.Due.String()+" "+r.Closes.String(), c.opens+" "+c.due+" "+c.closes)
		if found := r.Validate(); len(found) > 0 {
			t.Errorf("%s: %v", c.period, found)
		}
		equal(t, "before", r.StateOn(r.Opens.AddDays(-1)), Planned)
		equal(t, "first day", r.StateOn(r.Opens), Open)
		equal(t, "last day", r.StateOn(r.Closes), Open)
		equal(t, "after", r.StateOn(r.Closes.AddDays(1)), Closed)
	}
}

func TestRemindersAreWorkingDaysWithinTheRound(t *testing.T) {
	days := calendar.ChineseWorkdays()
	s := preset(t, "month")
	r := s.Round(month(3), days)
	var told []string
	for _, on := range r.Reminders(s, days) {
		told = append(told, on.String())
		equal(t, on.String()+" is worked", days.Day(on).Working, true)
	}
	equal(t, "reminders", strings.Join(told, " "), "2026-04-02 2026-04-07 2026-04-08 2026-04-09")
	s.Remind = []int{60, 0, 0, -60}
	equal(t, "none outside, none twice", len(r.Reminders(s, days)), 1)
}

func TestAYearHasARoundForEachPeriod(t *testing.T) {
	for _, s := range Usual() {
		rounds := s.Rounds(2026, calendar.ChineseWorkdays())
		equal(t, string(s.Frequency), len(rounds), perYear[s.Frequency])
		for i, r := range rounds[1:] {
			if !rounds[i].Due.Before(r.Due) {
				t.Errorf("%s is not due before %s", rounds[i].Period.Key(), r.Period.Key())
			}
		}
	}
}

func TestShippedSchedulesAreSoundAndSayWhereTheyAreFrom(t *testing.T) {
	seen := map[string]bool{}
	for _, p := range Presets() {
		if found := p.Schedule.Validate(); len(found) > 0 {
			t.Errorf("%s: %v", p.Name, found)
		}
		if p.Title.ZH == "" || p.Title.EN == "" || p.Source == "" || seen[p.Name] {
			t.Errorf("%s lacks a title or a source, or stands twice", p.Name)
		}
		seen[p.Name] = true
	}
	for i, s := range Usual() {
		equal(t, "one for each frequency", s.Frequency, Frequencies()[i])
	}
}

func TestSchedulesInAWrongFormAreRefused(t *testing.T) {
	for _, line := range []string{"a | month | x | y", "a | weekly due=1 | x | y | z", "a | month due=x | x | y | z", "a | month ends=3 | x | y | z"} {
		if _, err := parsePresets(line); err == nil {
			t.Errorf("%q is taken for a schedule", line)
		}
	}
}

func TestAskingTellsWhatNeedsRounds(t *testing.T) {
	a := UsualAsking()
	special := IndicatorSubject("gdp")
	a.Exceptions = map[Subject]Frequency{special: Quarterly, TaskSubject("t"): ""}
	a.Statistics, a.StatisticsUnit = []ledger.IndicatorID{"gdp"}, finance
	equal(t, "an exception", a.Of(special), Quarterly)
	equal(t, "not asked at all", a.Of(TaskSubject("t")), "")
	equal(t, "by kind", a.Of(ProjectSubject("p")), Monthly)
	equal(t, "in use", len(a.Frequencies()), 2)
	equal(t, "statistics", a.NeedsStatistics(special), true)
	equal(t, "no statistics", a.NeedsStatistics(IndicatorSubject("other")), false)
	equal(t, "sound", codes(a.Validate()), "")
}

func TestUsualSchedulesAreTheCallersOwn(t *testing.T) {
	mine := Usual()
	for i := range mine {
		if err := json.Unmarshal([]byte(`{"remind":[9]}`), &mine[i]); err != nil {
			t.Fatal(err)
		}
	}
	for _, s := range Usual() {
		if slices.Contains(s.Remind, 9) {
			t.Errorf("what one plan says of reminders changes what is usual: %v", s)
		}
	}
}
