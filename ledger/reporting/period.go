package reporting

import (
	"fmt"
	"strconv"
	"strings"

	"luoshi/calendar"
	"luoshi/ledger"
)

// Frequency is how long the periods are for which units report.
type Frequency string

const (
	TenDays    Frequency = "ten_day" // 旬: from the 1st, 11th and 21st of each month
	Monthly    Frequency = "month"
	Quarterly  Frequency = "quarter"
	HalfYearly Frequency = "half"
	Yearly     Frequency = "year"
)

// Frequencies are all frequencies, the shortest first.
func Frequencies() []Frequency {
	return []Frequency{TenDays, Monthly, Quarterly, HalfYearly, Yearly}
}

// letters begin the number of a period in its key.
var letters = map[Frequency]string{TenDays: "T", Monthly: "M", Quarterly: "Q", HalfYearly: "H", Yearly: "Y"}

// perYear is how many periods a year has; 0 for what is no frequency.
var perYear = map[Frequency]int{TenDays: 36, Monthly: 12, Quarterly: 4, HalfYearly: 2, Yearly: 1}

// Period is a span of a year for which units report: the third month of 2026. The zero Period is none.
type Period struct {
	Frequency Frequency
	Year      int
	Number    int // within the year, from 1
}

// PeriodOf is the period of a frequency in which a day lies.
func PeriodOf(f Frequency, on calendar.Date) Period {
	month, day := int(on.Month), int(on.Day)
	number := map[Frequency]int{
		TenDays: (month-1)*3 + min((day-1)/10, 2) + 1, Monthly: month, Quarterly: (month-1)/3 + 1, HalfYearly: (month-1)/6 + 1, Yearly: 1,
	}
	return Period{f, int(on.Year), number[f]}
}

// ParsePeriod reads a key: 2026-M03, 2026-T07, 2026-Q1, 2026-H1, 2026-Y1.
func ParsePeriod(key string) (Period, error) {
	year, rest, cut := strings.Cut(key, "-")
	y, err := strconv.Atoi(year)
	if !cut || err != nil || len(year) != 4 || len(rest) < 2 {
		return Period{}, fmt.Errorf("reporting: %q is no key of a period", key)
	}
	for f, letter := range letters {
		n, err := strconv.Atoi(rest[1:])
		if p := (Period{f, y, n}); rest[:1] == letter && err == nil && n >= 1 && n <= perYear[f] && p.Key() == key {
			return p, nil
		}
	}
	return Period{}, fmt.Errorf("reporting: %q is no key of a period", key)
}

// Key names the period in addresses and tables; keys of one frequency sort in time.
func (p Period) Key() string {
	year, number := strconv.Itoa(p.Year), strconv.Itoa(p.Number)
	if (p.Frequency == Monthly || p.Frequency == TenDays) && p.Number < 10 {
		number = "0" + number
	}
	return strings.Repeat("0", max(0, 4-len(year))) + year + "-" + letters[p.Frequency] + number
}

// MarshalText is the key; nothing where there is no period.
func (p Period) MarshalText() ([]byte, error) {
	if p.IsZero() {
		return nil, nil
	}
	return []byte(p.Key()), nil
}

// UnmarshalText reads a key, or nothing.
func (p *Period) UnmarshalText(text []byte) (err error) {
	if *p = (Period{}); len(text) > 0 {
		*p, err = ParsePeriod(string(text))
	}
	return err
}

// IsZero tells whether it is no period.
func (p Period) IsZero() bool { return p == Period{} }

// Span is the days of the period.
func (p Period) Span() calendar.Period {
	switch p.Frequency {
	case TenDays:
		month := (p.Number-1)/3 + 1
		first := (p.Number-1)%3*10 + 1
		last := first + 9
		if first == 21 {
			last = calendar.DaysIn(p.Year, month)
		}
		on := func(day int) calendar.Date {
			return calendar.Date{Year: int16(p.Year), Month: int8(month), Day: int8(day)}
		}
		return calendar.Period{From: on(first), To: on(last)}
	case Monthly:
		return calendar.Months(p.Year, p.Number, p.Number)
	case Quarterly:
		return calendar.Quarter(p.Year, p.Number)
	case HalfYearly:
		return calendar.Half(p.Year, p.Number)
	case Yearly:
		return calendar.Year(p.Year)
	}
	return calendar.Period{}
}

// Next is the period after it, of the next year after the last.
func (p Period) Next() Period { return p.move(1) }

// Previous is the period before it.
func (p Period) Previous() Period { return p.move(-1) }

// YearBefore is the same period of the year before, which growth is measured from.
func (p Period) YearBefore() Period { return Period{p.Frequency, p.Year - 1, p.Number} }

func (p Period) move(n int) Period {
	per := perYear[p.Frequency]
	if per == 0 {
		return Period{}
	}
	at := p.Year*per + p.Number - 1 + n
	return Period{p.Frequency, at / per, at%per + 1}
}

// Before tells whether it ends before another ends.
func (p Period) Before(q Period) bool { return p.Span().To.Before(q.Span().To) }

// Within tells whether it lies wholly in another.
func (p Period) Within(q Period) bool {
	mine, other := p.Span(), q.Span()
	return !mine.From.Before(other.From) && !other.To.Before(mine.To)
}

// Through are the periods of a frequency that lie within the period, in order: the months of a quarter.
func (p Period) Through(f Frequency) []Period {
	var all []Period
	for q := PeriodOf(f, p.Span().From); perYear[f] > 0 && !p.Before(q); q = q.Next() {
		if q.Within(p) {
			all = append(all, q)
		}
	}
	return all
}

var (
	thirds = [...]string{"上旬", "中旬", "下旬"}
	nth    = [...]string{"first", "second", "last"}
	halves = [...]string{"上半年", "下半年"}
)

// Title is the period as people say it: 2026年3月, 2026年上半年.
func (p Period) Title() ledger.Wording {
	year := strconv.Itoa(p.Year) + "年"
	switch p.Frequency {
	case TenDays:
		month, third := (p.Number-1)/3+1, (p.Number-1)%3
		return ledger.Wording{ZH: fmt.Sprintf("%s%d月%s", year, month, thirds[third]), EN: fmt.Sprintf("%s ten days of %d-%02d", nth[third], p.Year, month)}
	case Monthly:
		return ledger.Wording{ZH: fmt.Sprintf("%s%d月", year, p.Number), EN: fmt.Sprintf("%d-%02d", p.Year, p.Number)}
	case Quarterly:
		return ledger.Wording{ZH: fmt.Sprintf("%s第%c季度", year, []rune("一二三四")[p.Number-1]), EN: fmt.Sprintf("%d Q%d", p.Year, p.Number)}
	case HalfYearly:
		return ledger.Wording{ZH: year + halves[p.Number-1], EN: fmt.Sprintf("%d H%d", p.Year, p.Number)}
	}
	return ledger.Wording{ZH: year, EN: strconv.Itoa(p.Year)}
}
