package tasktable

import (
	"regexp"
	"strconv"
	"strings"

	"luoshi/calendar"
	"luoshi/reading/period"
)

// Dates as workbooks show them: 2026/6/30, 2026.6.30, and 06-30-26, the month first, of cells whose format is left
// to the country.
var (
	yearFirst  = regexp.MustCompile(`^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})$`)
	yearMonth  = regexp.MustCompile(`^(\d{4})[-/.](\d{1,2})$`)
	monthFirst = regexp.MustCompile(`^(\d{1,2})[-/](\d{1,2})[-/](\d{2})$`)
)

// longestDeadline is how long a deadline may be, in bytes: what is longer tells a story.
const longestDeadline = 300

// deadline reads by when something is to be done, for a plan of a year: the end of the last period that the text
// names.
func deadline(text string, year int) (calendar.Date, bool) {
	text = strings.TrimSpace(text)
	if len(text) > longestDeadline {
		return calendar.Date{}, false
	}
	if m := yearFirst.FindStringSubmatch(text); m != nil {
		return dateOf(m[1], m[2], m[3])
	}
	if m := yearMonth.FindStringSubmatch(text); m != nil {
		return dateOf(m[1], m[2], "")
	}
	if m := monthFirst.FindStringSubmatch(text); m != nil {
		return dateOf("20"+m[3], m[1], m[2])
	}
	var last calendar.Date
	for at := 0; at < len(text); {
		mention, ok := period.Match(text, at)
		if !ok || mention.End <= at {
			_, width := decode(text[at:])
			at += width
			continue
		}
		if to := mention.Resolve(year).To; !to.IsZero() {
			last = to
		}
		at = mention.End
	}
	return last, !last.IsZero()
}

// decode is the width of the first character of a text.
func decode(text string) (rune, int) {
	for i, r := range text {
		if i > 0 {
			return r, i
		}
	}
	return 0, len(text)
}

// dateOf is a date of its parts, the last day of the month where the day is empty; ok is false where there is none.
func dateOf(year, month, day string) (calendar.Date, bool) {
	y, _ := strconv.Atoi(year) // digits
	m, _ := strconv.Atoi(month)
	if m < 1 || m > 12 {
		return calendar.Date{}, false
	}
	if day == "" {
		return calendar.LastDay(y, m), true
	}
	d, _ := strconv.Atoi(day)
	if d < 1 || d > calendar.DaysIn(y, m) {
		return calendar.Date{}, false
	}
	return calendar.Date{Year: int16(y), Month: int8(m), Day: int8(d)}, true
}
