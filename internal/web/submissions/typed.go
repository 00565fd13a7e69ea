package submissions

import (
	"net/url"
	"slices"
	"strconv"
	"strings"

	"luoshi/calendar"
	uses "luoshi/internal/service/reporting"
	"luoshi/internal/web/page"
	"luoshi/ledger"
	"luoshi/ledger/reporting"
)

// typedSettings are settings as a form holds them, so that what cannot be read is shown again as it was typed.
type typedSettings struct {
	Kinds          map[reporting.SubjectKind]reporting.Frequency
	Exceptions     map[reporting.Subject]reporting.Frequency
	Add            []string // subjects that get an exception
	AddFrequency   reporting.Frequency
	Schedules      map[reporting.Frequency]typedSchedule
	StatisticsUnit ledger.UnitID
	Statistics     []string
	From           string
}

// typedSchedule is a schedule as a form holds it: a preset by its name, or terms of one's own.
type typedSchedule struct {
	Preset                          string // own where the terms are one's own
	Way                             string // afterWay or dayWay
	Opens, Due, Day, Closes, Remind string
}

// What a schedule's fields are called beside presets: terms of one's own, due so many working days after the period, or
// on a day of its last month.
const (
	own      = "own"
	afterWay = "after"
	dayWay   = "day"
	asKind   = "-" // of an exception: asked as its kind is
)

// typedOf are settings as the form shows them.
func typedOf(s uses.Settings) typedSettings {
	t := typedSettings{
		Kinds: s.Asking.Kinds, Exceptions: s.Asking.Exceptions, Schedules: map[reporting.Frequency]typedSchedule{},
		StatisticsUnit: s.Asking.StatisticsUnit, AddFrequency: reporting.Quarterly,
	}
	for _, id := range s.Asking.Statistics {
		t.Statistics = append(t.Statistics, string(id))
	}
	if !s.From.IsZero() {
		t.From = s.From.String()
	}
	for _, usual := range reporting.Usual() {
		t.Schedules[usual.Frequency] = typedScheduleOf(usual)
	}
	for _, schedule := range s.Schedules {
		t.Schedules[schedule.Frequency] = typedScheduleOf(schedule)
	}
	return t
}

func typedScheduleOf(s reporting.Schedule) typedSchedule {
	t := typedSchedule{
		Preset: own, Way: afterWay, Opens: strconv.Itoa(s.Opens), Due: strconv.Itoa(s.Due), Day: strconv.Itoa(s.Day),
		Closes: strconv.Itoa(s.Closes), Remind: numbers(s.Remind),
	}
	if s.Day > 0 {
		t.Way = dayWay
	}
	for _, p := range presets(s.Frequency) {
		if same(p.Schedule, s) {
			t.Preset = p.Name
		}
	}
	return t
}

func same(a, b reporting.Schedule) bool {
	return a.Opens == b.Opens && a.Due == b.Due && a.Day == b.Day && a.Closes == b.Closes && slices.Equal(a.Remind, b.Remind)
}

func numbers(list []int) string {
	texts := make([]string, len(list))
	for i, n := range list {
		texts[i] = strconv.Itoa(n)
	}
	return strings.Join(texts, ", ")
}

// text says a schedule in words.
func (t typedSchedule) text(v page.View, f reporting.Frequency) string {
	for _, p := range presets(f) {
		if p.Name == t.Preset {
			return v.Wording(p.Title)
		}
	}
	return v.T("submissions.own") + " " + strings.Join([]string{t.Opens, t.Due, t.Day, t.Closes, t.Remind}, " / ")
}

// readSettings reads what was typed.
func readSettings(form url.Values) typedSettings {
	t := typedSettings{
		Kinds: map[reporting.SubjectKind]reporting.Frequency{}, Exceptions: map[reporting.Subject]reporting.Frequency{},
		Schedules: map[reporting.Frequency]typedSchedule{}, StatisticsUnit: ledger.UnitID(form.Get("statistics.unit")),
		Statistics: form["statistics"], From: strings.TrimSpace(form.Get("from")), Add: form["add"],
		AddFrequency: reporting.Frequency(form.Get("add.frequency")),
	}
	for _, kind := range kinds {
		t.Kinds[kind] = reporting.Frequency(form.Get("kind." + string(kind)))
	}
	for i, text := range form["exception"] {
		subject, err := reporting.ParseSubject(text)
		if often := form["exception.frequency"]; err == nil && i < len(often) && often[i] != asKind {
			t.Exceptions[subject] = reporting.Frequency(often[i])
		}
	}
	for _, f := range reporting.Frequencies() {
		field := func(name string) string { return strings.TrimSpace(form.Get(string(f) + "." + name)) }
		t.Schedules[f] = typedSchedule{
			Preset: field("preset"), Way: field("way"), Opens: field("opens"), Due: field("due"), Day: field("day"),
			Closes: field("closes"), Remind: field("remind"),
		}
	}
	return t
}

// settings are what was typed, with what of it cannot be read. Only schedules that are in use are kept.
func (t typedSettings) settings(v page.View) (uses.Settings, page.Errors) {
	var e page.Errors
	s := uses.Settings{Asking: reporting.Asking{
		Kinds: t.Kinds, Exceptions: map[reporting.Subject]reporting.Frequency{}, StatisticsUnit: t.StatisticsUnit,
	}}
	for subject, f := range t.Exceptions {
		s.Asking.Exceptions[subject] = f
	}
	for _, text := range t.Add {
		subject, err := reporting.ParseSubject(text)
		if err != nil {
			e.Add("add", v.T("submissions.subject.gone"))
			continue
		}
		s.Asking.Exceptions[subject] = t.AddFrequency
	}
	for _, id := range t.Statistics {
		s.Asking.Statistics = append(s.Asking.Statistics, ledger.IndicatorID(id))
	}
	if t.From != "" {
		var err error
		if s.From, err = calendar.ParseDate(t.From); err != nil {
			e.Add("from", v.T("submissions.date.bad", t.From))
		}
	}
	for _, f := range s.Asking.Frequencies() {
		schedule, bad := t.Schedules[f].schedule(v, f)
		for _, text := range bad {
			e.Add(string(f), v.T("submissions.pair", f.Label(), text))
		}
		s.Schedules = append(s.Schedules, schedule)
	}
	return s, e
}

// schedule is what was typed as a schedule, with what of it is no number.
func (t typedSchedule) schedule(v page.View, f reporting.Frequency) (reporting.Schedule, []string) {
	for _, p := range presets(f) {
		if p.Name == t.Preset {
			return p.Schedule, nil
		}
	}
	var bad []string
	number := func(text string) int {
		n, err := strconv.Atoi(strings.TrimSpace(text))
		if err != nil {
			bad = append(bad, v.T("submissions.number.bad", text))
		}
		return n
	}
	s := reporting.Schedule{Frequency: f, Opens: number(t.Opens), Closes: number(t.Closes)}
	if t.Way == dayWay {
		s.Day = number(t.Day)
	} else {
		s.Due = number(t.Due)
	}
	for _, text := range strings.FieldsFunc(t.Remind, func(r rune) bool { return strings.ContainsRune(",\uff0c\u3001 ", r) }) {
		s.Remind = append(s.Remind, number(text))
	}
	return s, bad
}
