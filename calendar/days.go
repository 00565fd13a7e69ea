package calendar

import (
	"fmt"
	"time"
)

// On is the civil date of a moment in the moment's own zone.
func On(t time.Time) Date {
	return Date{Year: int16(t.Year()), Month: int8(t.Month()), Day: int8(t.Day())}
}

// AddDays is the date n days later, or earlier where n is negative.
func (d Date) AddDays(n int) Date {
	return On(d.noon().AddDate(0, 0, n))
}

// DaysTo is the number of days from d to e; negative where e is earlier.
func (d Date) DaysTo(e Date) int {
	return int(e.noon().Sub(d.noon()) / (24 * time.Hour))
}

// Weekday is the day of the week.
func (d Date) Weekday() time.Weekday { return d.noon().Weekday() }

// IsWeekend tells whether the date is a Saturday or a Sunday.
func (d Date) IsWeekend() bool {
	day := d.Weekday()
	return day == time.Saturday || day == time.Sunday
}

func (d Date) noon() time.Time {
	return time.Date(int(d.Year), time.Month(d.Month), int(d.Day), 12, 0, 0, 0, time.UTC)
}

// ParseDate reads YYYY-MM-DD.
func ParseDate(text string) (Date, error) {
	t, err := time.Parse(time.DateOnly, text)
	if err != nil {
		return Date{}, fmt.Errorf("date %q: want YYYY-MM-DD", text)
	}
	return On(t), nil
}
