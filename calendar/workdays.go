package calendar

import (
	_ "embed" // the arrangements of holidays
	"fmt"
	"maps"
	"strings"
	"sync"
)

//go:embed holidays.txt
var holidays string

// Workdays is a calendar of working days: weekends, public holidays and the working days on weekends
// that make up for them (调休). It never changes once made, so it may be shared.
type Workdays struct {
	years map[int]arrangement
	days  map[Date]Day
}

// Day is what the calendar says of one date.
type Day struct {
	Working bool
	// Holiday is the festival for which the date is off or made up: 春节. Empty on ordinary days.
	Holiday string
	// Estimated tells that the State Council's notice for the year is not known: the date may yet change.
	Estimated bool
}

// arrangement is what one year's notice says. Its days may lie in the December before.
type arrangement struct {
	estimated bool
	days      map[Date]Day
}

// ChineseWorkdays is the calendar that comes with the program.
var ChineseWorkdays = sync.OnceValue(func() *Workdays {
	w, err := ParseWorkdays("holidays.txt", holidays)
	if err != nil {
		panic(err) // the file is part of the program, and tests read it
	}
	return w
})

// ParseWorkdays reads arrangements in the form that holidays.txt explains. Errors name file and line.
func ParseWorkdays(file, text string) (*Workdays, error) {
	w := &Workdays{years: map[int]arrangement{}}
	year, number := 0, 0
	for line := range strings.Lines(text) {
		number++
		fields := strings.Fields(line)
		if len(fields) == 0 || strings.HasPrefix(fields[0], "#") {
			continue
		}
		var err error
		if fields[0] == "year" {
			year, err = w.startYear(fields[1:])
		} else {
			err = w.addSpan(year, fields)
		}
		if err != nil {
			return nil, fmt.Errorf("%s:%d: %w", file, number, err)
		}
	}
	w.index()
	return w, nil
}

// With is the calendar with the years of another in place of its own: how a notice is imported.
func (w *Workdays) With(other *Workdays) *Workdays {
	merged := &Workdays{years: maps.Clone(w.years)}
	maps.Copy(merged.years, other.years)
	merged.index()
	return merged
}

func (w *Workdays) startYear(fields []string) (int, error) {
	if len(fields) != 2 || fields[1] != "official" && fields[1] != "estimated" {
		return 0, fmt.Errorf("want “year YYYY official” or “year YYYY estimated”")
	}
	first, err := ParseDate(fields[0] + "-01-01")
	if err != nil {
		return 0, fmt.Errorf("year %q: want four digits", fields[0])
	}
	year := int(first.Year)
	if _, twice := w.years[year]; twice {
		return 0, fmt.Errorf("year %d stands twice", year)
	}
	w.years[year] = arrangement{estimated: fields[1] == "estimated", days: map[Date]Day{}}
	return year, nil
}

// longestHoliday bounds what one line may take off, so that a slip in a date does not close a season.
const longestHoliday = 15

// addSpan takes “off 春节 2026-02-15 2026-02-23” or “work 春节 2026-02-14 2026-02-28”.
func (w *Workdays) addSpan(year int, fields []string) error {
	if year == 0 {
		return fmt.Errorf("%q stands before any year", fields[0])
	}
	if len(fields) < 3 || fields[0] != "off" && fields[0] != "work" {
		return fmt.Errorf("want “off FESTIVAL FROM [TO]” or “work FESTIVAL DATE…”")
	}
	dates, err := parseDates(fields[2:])
	if err != nil {
		return err
	}
	working := fields[0] == "work"
	if !working {
		if dates, err = daysOff(dates); err != nil {
			return err
		}
	}
	into := w.years[year]
	for _, date := range dates {
		if int(date.Year) != year && date != (Date{Year: int16(year - 1), Month: 12, Day: date.Day}) {
			return fmt.Errorf("%s is not of the year %d", date, year)
		}
		if _, twice := into.days[date]; twice {
			return fmt.Errorf("%s stands twice", date)
		}
		if working && !date.IsWeekend() {
			return fmt.Errorf("%s is no weekend: nothing to make up", date)
		}
		into.days[date] = Day{Working: working, Holiday: fields[1], Estimated: into.estimated}
	}
	return nil
}

func parseDates(fields []string) ([]Date, error) {
	dates := make([]Date, len(fields))
	for i, field := range fields {
		date, err := ParseDate(field)
		if err != nil {
			return nil, err
		}
		dates[i] = date
	}
	return dates, nil
}

// daysOff is every date from the first to the last of a holiday.
func daysOff(ends []Date) ([]Date, error) {
	from, to := ends[0], ends[len(ends)-1]
	if length := from.DaysTo(to) + 1; len(ends) > 2 || length < 1 || length > longestHoliday {
		return nil, fmt.Errorf("a holiday from %s to %s: want 1 to %d days", from, to, longestHoliday)
	}
	var dates []Date
	for date := from; !to.Before(date); date = date.AddDays(1) {
		dates = append(dates, date)
	}
	return dates, nil
}

func (w *Workdays) index() {
	w.days = map[Date]Day{}
	for _, year := range w.years {
		maps.Copy(w.days, year.days)
	}
}

// Estimated tells whether the year's notice is not known.
func (w *Workdays) Estimated(year int) bool {
	known, ok := w.years[year]
	return !ok || known.estimated
}

// fixed are the public holidays that need no moon: they hold in every year without an arrangement.
var fixed = map[[2]int8]string{{1, 1}: "元旦", {5, 1}: "劳动节", {5, 2}: "劳动节",
	{10, 1}: "国庆节", {10, 2}: "国庆节", {10, 3}: "国庆节"}

// Day tells whether a date is worked.
func (w *Workdays) Day(d Date) Day {
	if day, ok := w.days[d]; ok {
		return day
	}
	day := Day{Working: !d.IsWeekend(), Estimated: w.Estimated(int(d.Year))}
	if _, arranged := w.years[int(d.Year)]; !arranged {
		if name := fixed[[2]int8{d.Month, d.Day}]; name != "" {
			day.Working, day.Holiday = false, name
		}
	}
	return day
}

// Add is the nth working day after a date, which itself does not count, as terms are reckoned; with
// n = 0 the date itself, or the next working day where it is off. It tells whether the way led over an
// estimated day. A negative n counts as 0.
func (w *Workdays) Add(d Date, n int) (due Date, estimated bool) {
	if n <= 0 {
		return w.onOrAfter(d)
	}
	for due = d; n > 0; {
		due = due.AddDays(1)
		day := w.Day(due)
		estimated = estimated || day.Estimated
		if day.Working {
			n--
		}
	}
	return due, estimated
}

// AddDays is the date n calendar days later, moved to the next working day where it is off: the last
// day of a term is never a holiday.
func (w *Workdays) AddDays(d Date, n int) (due Date, estimated bool) {
	return w.onOrAfter(d.AddDays(max(n, 0)))
}

func (w *Workdays) onOrAfter(d Date) (due Date, estimated bool) {
	for {
		day := w.Day(d)
		estimated = estimated || day.Estimated
		if day.Working {
			return d, estimated
		}
		d = d.AddDays(1)
	}
}

// Between is the number of working days after one date up to and with another: the opposite of Add.
// It is negative where the second date is earlier.
func (w *Workdays) Between(from, to Date) int {
	if to.Before(from) {
		return -w.Between(to, from)
	}
	n := 0
	for d := from; d.Before(to); {
		d = d.AddDays(1)
		if w.Day(d).Working {
			n++
		}
	}
	return n
}
