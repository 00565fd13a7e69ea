package charts

import (
	"cmp"
	"slices"

	"luoshi/calendar"
	"luoshi/internal/service/progress"
	"luoshi/ledger/light"
)

// stretch is a time during which a light had one colour.
type stretch struct {
	Colour       light.Colour
	From, To     calendar.Date
	Start, Width float64 // per cent of the year
}

// stretches are those of a light from the beginning of a year to a day. History has the last turn first.
func stretches(history []progress.Turn, year int, on calendar.Date) []stretch {
	first, last := calendar.Date{Year: int16(year), Month: 1, Day: 1}, calendar.LastDay(year, 12)
	if last.Before(on) {
		on = last
	}
	turns := slices.Clone(history)
	slices.SortStableFunc(turns, func(a, b progress.Turn) int { return cmp.Compare(a.Number, b.Number) })
	var all []stretch
	for i, t := range turns {
		from, to := t.On, on
		if i+1 < len(turns) {
			to = turns[i+1].On
		}
		if from.Before(first) {
			from = first
		}
		if t.Colour == "" || !from.Before(to) && i+1 < len(turns) || on.Before(from) {
			continue
		}
		days := float64(first.DaysTo(last) + 1)
		s := stretch{Colour: t.Colour, From: from, To: to, Start: float64(first.DaysTo(from)) / days * 100}
		s.Width = max(.6, float64(from.DaysTo(to)+1)/days*100)
		if i+1 < len(turns) {
			s.Width = float64(from.DaysTo(to)) / days * 100
		}
		all = append(all, s)
	}
	return all
}
