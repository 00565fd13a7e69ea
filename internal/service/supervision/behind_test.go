package supervision

import (
	"slices"
	"testing"

	"luoshi/internal/service/progress"
	"luoshi/ledger/light"
	"luoshi/ledger/reporting"
)

func TestForHowManyMonthsAMatterWasBehind(t *testing.T) {
	month := func(n int) reporting.Period {
		return reporting.Period{Frequency: reporting.Monthly, Year: 2026, Number: n}
	}
	quarter := reporting.Period{Frequency: reporting.Quarterly, Year: 2026, Number: 3}
	tenDays := func(n int) reporting.Period {
		return reporting.Period{Frequency: reporting.TenDays, Year: 2026, Number: n}
	}
	turned := func(in reporting.Period, to light.Colour) progress.Turn {
		return progress.Turn{Colour: to, Light: light.Light{AsOf: in}}
	}
	begun := turned(reporting.Period{}, light.Grey)
	for name, c := range map[string]struct {
		last  reporting.Period
		turns []progress.Turn // the first one first
		want  int
	}{
		"nothing was reported":        {turns: []progress.Turn{begun}},
		"on its path":                 {last: month(4), turns: []progress.Turn{begun, turned(month(2), light.Green)}},
		"since a month":               {last: month(4), turns: []progress.Turn{begun, turned(month(2), light.Green), turned(month(4), light.Yellow)}, want: 1},
		"since three months":          {last: month(4), turns: []progress.Turn{begun, turned(month(2), light.Yellow), turned(month(3), light.Red)}, want: 3},
		"with a good month between":   {last: month(6), turns: []progress.Turn{turned(month(2), light.Red), turned(month(4), light.Green), turned(month(5), light.Red)}, want: 2},
		"turned twice in one period":  {last: month(5), turns: []progress.Turn{turned(month(4), light.Red), turned(month(4), light.Green), turned(month(5), light.Yellow)}, want: 1},
		"in quarters":                 {last: quarter, turns: []progress.Turn{begun, turned(quarter.Previous(), light.Red)}, want: 6},
		"for twenty days":             {last: tenDays(3), turns: []progress.Turn{begun, turned(tenDays(2), light.Red)}},
		"for forty days":              {last: tenDays(5), turns: []progress.Turn{begun, turned(tenDays(2), light.Red)}, want: 1},
		"since before the year began": {last: month(2), turns: []progress.Turn{turned(month(1).Previous(), light.Red)}, want: 2},
		"it has no light any more":    {last: month(3), turns: []progress.Turn{turned(month(2), light.Red), turned(month(3), "")}},
	} {
		slices.Reverse(c.turns)
		if n := behindFor(c.last, c.turns); n != c.want {
			t.Errorf("%s: %d months, want %d", name, n, c.want)
		}
	}
}
