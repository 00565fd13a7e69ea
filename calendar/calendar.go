// Package calendar holds civil dates and the periods that plans and reports speak of.
package calendar

import (
	"fmt"
	"time"
)

// Date is a civil date without time or zone. The zero Date means that none is known.
type Date struct {
	Year  int16
	Month int8
	Day   int8
}

// IsZero tells whether the date is unknown.
func (d Date) IsZero() bool { return d == Date{} }

// Before tells whether d is earlier than e.
func (d Date) Before(e Date) bool { return d.ordinal() < e.ordinal() }

func (d Date) ordinal() int { return int(d.Year)<<9 | int(d.Month)<<5 | int(d.Day) }

// AppendTo appends the date as YYYY-MM-DD; a zero date appends nothing.
func (d Date) AppendTo(b []byte) []byte {
	if d.IsZero() {
		return b
	}
	y, m, day := int(d.Year), int(d.Month), int(d.Day)
	return append(b, byte('0'+y/1000%10), byte('0'+y/100%10), byte('0'+y/10%10), byte('0'+y%10), '-',
		byte('0'+m/10), byte('0'+m%10), '-', byte('0'+day/10), byte('0'+day%10))
}

// String is the date as YYYY-MM-DD, or "" when unknown.
func (d Date) String() string { return string(d.AppendTo(nil)) }

// MarshalText is String, for JSON and flags.
func (d Date) MarshalText() ([]byte, error) { return d.AppendTo(nil), nil }

// UnmarshalText reads YYYY-MM-DD or nothing.
func (d *Date) UnmarshalText(text []byte) error {
	if len(text) == 0 {
		*d = Date{}
		return nil
	}
	t, err := time.Parse(time.DateOnly, string(text))
	if err != nil {
		return fmt.Errorf("read date %q: %w", text, err)
	}
	*d = Date{Year: int16(t.Year()), Month: int8(t.Month()), Day: int8(t.Day())}
	return nil
}

// LastDay is the last day of a month.
func LastDay(year, month int) Date {
	return Date{Year: int16(year), Month: int8(month), Day: int8(DaysIn(year, month))}
}

// DaysIn is the number of days of a month.
func DaysIn(year, month int) int {
	switch month {
	case 4, 6, 9, 11:
		return 30
	case 2:
		if year%4 == 0 && (year%100 != 0 || year%400 == 0) {
			return 29
		}
		return 28
	default:
		return 31
	}
}

// Period is a span of civil dates, both ends included. The zero Period means that none is known.
type Period struct{ From, To Date }

// IsZero tells whether the period is unknown.
func (p Period) IsZero() bool { return p == Period{} }

// Year is the whole year.
func Year(year int) Period { return Months(year, 1, 12) }

// Half is the first or second half of a year.
func Half(year, half int) Period { return Months(year, half*6-5, half*6) }

// Quarter is one of the four quarters of a year.
func Quarter(year, quarter int) Period { return Months(year, quarter*3-2, quarter*3) }

// Months is the period from the first day of one month to the last day of another of the same year.
func Months(year, from, to int) Period {
	return Period{From: Date{Year: int16(year), Month: int8(from), Day: 1}, To: LastDay(year, to)}
}
