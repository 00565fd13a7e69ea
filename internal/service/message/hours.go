package message

import (
	"time"

	"luoshi/calendar"
	"luoshi/internal/service"
)

// When people may be written to, by the clock of the district: what is not urgent goes out on working days from morning
// to evening, and a digest not before those who read it are at work.
const (
	dayBegins = 8 * time.Hour
	digestAt  = 8*time.Hour + 30*time.Minute
	dayEnds   = 20 * time.Hour
)

// sinceMidnight is the time of day in the district.
func sinceMidnight(now time.Time) time.Duration {
	local := now.In(service.Zone())
	return time.Duration(local.Hour())*time.Hour + time.Duration(local.Minute())*time.Minute + time.Duration(local.Second())*time.Second
}

// open tells whether what is not urgent may go out at a time, beginning at an hour of the day.
func (s *Service) open(now time.Time, from time.Duration) bool {
	of := sinceMidnight(now)
	return of >= from && of < dayEnds && s.options.Workdays().Day(dayOf(now)).Working
}

// opens is when what is not urgent may next go out, after a time at which it may not.
func (s *Service) opens(now time.Time) time.Time {
	day := dayOf(now)
	if sinceMidnight(now) >= dayBegins {
		day = day.AddDays(1)
	}
	for !s.options.Workdays().Day(day).Working {
		day = day.AddDays(1)
	}
	return time.Date(int(day.Year), time.Month(day.Month), int(day.Day), 0, 0, 0, 0, service.Zone()).Add(dayBegins)
}

// dayOf is the date of a time in the district.
func dayOf(now time.Time) calendar.Date { return calendar.On(now.In(service.Zone())) }
