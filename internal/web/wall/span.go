package wall

import (
	"strconv"
	"time"

	"luoshi/calendar"
	"luoshi/internal/web/page"
)

// zoom is how much of the year the chart shows.
type zoom string

const (
	wholeYear zoom = "year"
	half      zoom = "half"
	quarter   zoom = "quarter"
	month     zoom = "month"
)

// zooms are all of them, the widest first.
func zooms() []zoom { return []zoom{wholeYear, half, quarter, month} }

// span is the days that a chart shows, the first and the last one.
type span struct{ From, To calendar.Date }

// zoomed is what an address asks to be shown: so much of the time around a day. The day is today where none is given, or the
// beginning of the plan's year where today is not in it.
func zoomed(how, around string, year int, on calendar.Date) (zoom, span) {
	z := oneOf(zooms(), how, wholeYear)
	day, err := calendar.ParseDate(around)
	if err != nil || day.Year < 2000 || day.Year > 2100 {
		day = on
		if int(on.Year) != year {
			day = calendar.Date{Year: int16(year), Month: 1, Day: 1}
		}
	}
	return z, z.around(day)
}

// around is the part of the year that holds a day.
func (z zoom) around(day calendar.Date) span {
	y, m := int(day.Year), int(day.Month)
	months := z.months()
	first := (m-1)/months*months + 1
	return span{calendar.Date{Year: int16(y), Month: int8(first), Day: 1}, calendar.LastDay(y, first+months-1)}
}

func (z zoom) months() int {
	return map[zoom]int{wholeYear: 12, half: 6, quarter: 3, month: 1}[z]
}

// before and after are days in the stretches of time beside it.
func (s span) before() calendar.Date { return s.From.AddDays(-1) }
func (s span) after() calendar.Date  { return s.To.AddDays(1) }

func (s span) days() int { return s.From.DaysTo(s.To) + 1 }

// begin is where a day begins, in per cent of the width.
func (s span) begin(d calendar.Date) float64 {
	return float64(s.From.DaysTo(d)) / float64(s.days()) * 100
}

// end is where a day ends.
func (s span) end(d calendar.Date) float64 { return s.begin(d.AddDays(1)) }

// noon is the middle of a day.
func (s span) noon(d calendar.Date) float64 { return (s.begin(d) + s.end(d)) / 2 }

func (s span) holds(d calendar.Date) bool {
	return !d.IsZero() && !d.Before(s.From) && !s.To.Before(d)
}

// tick is a line of the time scale with its label.
type tick struct {
	Day   calendar.Date
	Label string
}

// months are the first days of the months that are shown.
func (s span) months(v page.View) []tick {
	var all []tick
	for d := s.From; !s.To.Before(d); d = calendar.LastDay(int(d.Year), int(d.Month)).AddDays(1) {
		all = append(all, tick{d, v.T("wall.month." + strconv.Itoa(int(d.Month)))})
	}
	return all
}

// weeks are the Mondays that are shown, labelled with the day of the month where there is room.
func (s span) weeks() []tick {
	var all []tick
	d := s.From
	for d.Weekday() != time.Monday {
		d = d.AddDays(1)
	}
	for ; !s.To.Before(d); d = d.AddDays(7) {
		all = append(all, tick{Day: d, Label: strconv.Itoa(int(d.Day))})
	}
	return all
}

// title names what is shown.
func (s span) title(v page.View) string { return v.T("wall.span", s.From, s.To) }
