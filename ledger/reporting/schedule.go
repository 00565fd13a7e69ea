package reporting

import (
	"cmp"
	_ "embed"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"sync"

	"luoshi/calendar"
	"luoshi/ledger"
)

// Schedule says when rounds of one frequency open, are due and close.
type Schedule struct {
	Frequency Frequency `json:"frequency"`
	Opens     int       `json:"opens,omitempty"`  // days before the period's last day; negative after it
	Due       int       `json:"due,omitempty"`    // the n-th working day after the period's end, unless Day says otherwise
	Day       int       `json:"day,omitempty"`    // due on this day of the period's last month, or the next working day
	Closes    int       `json:"closes,omitempty"` // working days after the due day; what was reviewed by then is locked
	Remind    []int     `json:"remind,omitempty"` // working days before the due day; 0 the day itself, negative after it
}

// RoundState is how far a round is.
type RoundState string

const (
	Planned RoundState = "planned" // 未开始
	Open    RoundState = "open"    // 报送中
	Closed  RoundState = "closed"  // 已截止
)

// Round is a 报送期次: one period in which units are asked.
type Round struct {
	ID     RoundID       `json:"id"`
	Plan   ledger.PlanID `json:"plan"`
	Period Period        `json:"period"`
	Opens  calendar.Date `json:"opens"`
	Due    calendar.Date `json:"due"`
	Closes calendar.Date `json:"closes"`
	State  RoundState    `json:"state"`
}

// Round is the round of a period, planned.
func (s Schedule) Round(p Period, days *calendar.Workdays) Round {
	end := p.Span().To
	due, _ := days.Add(end, s.Due)
	if s.Day > 0 {
		on := end
		on.Day = int8(min(s.Day, int(end.Day)))
		due, _ = days.Add(on, 0)
	}
	closes, _ := days.Add(due, s.Closes)
	return Round{Period: p, Opens: end.AddDays(-s.Opens), Due: due, Closes: closes, State: Planned}
}

// Rounds are the rounds of a year, planned, in order.
func (s Schedule) Rounds(year int, days *calendar.Workdays) []Round {
	var all []Round
	for _, p := range (Period{Yearly, year, 1}).Through(s.Frequency) {
		all = append(all, s.Round(p, days))
	}
	return all
}

// Reminders are the days on which units that have not reported are reminded, in order.
func (r Round) Reminders(s Schedule, days *calendar.Workdays) []calendar.Date {
	var all []calendar.Date
	for _, before := range s.Remind {
		if on := workday(r.Due, -before, days); !on.Before(r.Opens) && !r.Closes.Before(on) {
			all = append(all, on)
		}
	}
	slices.SortFunc(all, func(a, b calendar.Date) int { return b.DaysTo(a) })
	return slices.Compact(all)
}

// workday is the nth working day after a date, or before it where n is negative.
func workday(d calendar.Date, n int, days *calendar.Workdays) calendar.Date {
	if n >= 0 {
		on, _ := days.Add(d, n)
		return on
	}
	for ; n < 0; n++ {
		for d = d.AddDays(-1); !days.Day(d).Working; d = d.AddDays(-1) {
			continue
		}
	}
	return d
}

// StateOn is the state that the dates alone give a round; who opens or closes it by hand is ahead of them.
func (r Round) StateOn(on calendar.Date) RoundState {
	switch {
	case r.Closes.Before(on):
		return Closed
	case on.Before(r.Opens):
		return Planned
	}
	return Open
}

// Validate tells what is wrong with a schedule.
func (s Schedule) Validate() Findings {
	var found Findings
	if perYear[s.Frequency] == 0 {
		found.note("schedule.frequency", Subject{}, "", string(s.Frequency))
		return found
	}
	if s.Day < 0 || s.Day > 31 || s.Due < 0 || s.Day == 0 && s.Due == 0 || s.Due > 60 {
		found.note("schedule.due", Subject{}, "")
	}
	if s.Closes < 0 || s.Closes > 60 {
		found.note("schedule.closes", Subject{}, "")
	}
	if len(found) == 0 {
		found = append(found, s.opensTooLate()...)
	}
	return found
}

// opensTooLate finds a round of an ordinary year that is due on the day it opens or before.
func (s Schedule) opensTooLate() Findings {
	var found Findings
	for _, r := range s.Rounds(ordinaryYear, calendar.ChineseWorkdays()) {
		if !r.Opens.Before(r.Due) {
			found.note("schedule.opens", Subject{}, "", r.Period.Title().ZH, r.Opens.String(), r.Due.String())
			return found
		}
	}
	return found
}

// ordinaryYear is one whose public holidays are known, to try a schedule on.
const ordinaryYear = 2026

// Validate tells what is wrong with a round.
func (r Round) Validate() Findings {
	var found Findings
	if r.Period.IsZero() {
		found.note("round.period", Subject{}, "")
	}
	if !r.Opens.Before(r.Due) {
		found.note("round.opens", Subject{}, "", r.Opens.String(), r.Due.String())
	}
	if r.Closes.Before(r.Due) {
		found.note("round.closes", Subject{}, "", r.Due.String(), r.Closes.String())
	}
	return found
}

//go:embed schedules.txt
var scheduleLines string

// Preset is a schedule that is in use somewhere, with where that is written.
type Preset struct {
	Name     string
	Schedule Schedule
	Title    ledger.Wording
	Source   string
}

// Presets are the schedules that ship with the program, the usual one of each frequency first. They are the caller's own:
// settings that are read into them leave those of others as they are.
func Presets() []Preset {
	all := slices.Clone(presets())
	for i := range all {
		all[i].Schedule.Remind = slices.Clone(all[i].Schedule.Remind)
	}
	return all
}

var presets = sync.OnceValue(func() []Preset {
	all, err := parsePresets(scheduleLines)
	if err != nil {
		panic(err)
	}
	return all
})

// Usual is one schedule for each frequency: what holds until a district says otherwise.
func Usual() []Schedule {
	var all []Schedule
	for _, f := range Frequencies() {
		i := slices.IndexFunc(Presets(), func(p Preset) bool { return p.Schedule.Frequency == f })
		all = append(all, Presets()[i].Schedule)
	}
	return all
}

// parsePresets reads schedules.txt, whose head explains its form.
func parsePresets(text string) ([]Preset, error) {
	var all []Preset
	number := 0
	for line := range strings.Lines(text) {
		number++
		if line = strings.TrimSpace(line); line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		columns := strings.Split(line, "|")
		if len(columns) != 5 {
			return nil, fmt.Errorf("schedules.txt:%d: %d columns, want 5", number, len(columns))
		}
		for i := range columns {
			columns[i] = strings.TrimSpace(columns[i])
		}
		schedule, err := parseSchedule(columns[1])
		if err != nil {
			return nil, fmt.Errorf("schedules.txt:%d: %w", number, err)
		}
		all = append(all, Preset{columns[0], schedule, ledger.Wording{ZH: columns[2], EN: columns[3]}, columns[4]})
	}
	return all, nil
}

// parseSchedule reads the terms of a schedule: month opens=5 due=3 closes=2 remind=2,0.
func parseSchedule(text string) (Schedule, error) {
	fields := strings.Fields(text)
	s := Schedule{Frequency: Frequency(cmp.Or(append(fields, "")[0], ""))}
	if perYear[s.Frequency] == 0 {
		return Schedule{}, fmt.Errorf("%q begins with no frequency", text)
	}
	places := map[string]*int{"opens": &s.Opens, "due": &s.Due, "day": &s.Day, "closes": &s.Closes}
	for _, field := range fields[1:] {
		key, values, _ := strings.Cut(field, "=")
		for value := range strings.SplitSeq(values, ",") {
			n, err := strconv.Atoi(value)
			switch place := places[key]; {
			case err != nil:
				return Schedule{}, fmt.Errorf("read %q: %w", field, err)
			case key == "remind":
				s.Remind = append(s.Remind, n)
			case place == nil:
				return Schedule{}, fmt.Errorf("no part of a schedule is called %q", key)
			default:
				*place = n
			}
		}
	}
	return s, nil
}
