package workbook

import (
	"strconv"
	"strings"
	"time"

	"github.com/xuri/excelize/v2"

	"luoshi/calendar"
	"luoshi/ledger"
)

// Cell is one value: made by Text, Figure, Whole, Day or Moment. The zero Cell is empty.
type Cell struct {
	form   form
	text   string // also of a figure: its digits
	places int
	at     time.Time
}

type form uint8

const (
	empty form = iota
	words
	number
	date
	moment
)

// Text is words. They are never taken for a formula, whatever they begin with.
func Text(text string) Cell {
	if text == "" {
		return Cell{}
	}
	return Cell{form: words, text: text}
}

// Figure is a figure with as many decimals as it was printed with; empty where there is none. One with more digits
// than Excel keeps is written as text, so that none of them is lost.
func Figure(d ledger.Decimal) Cell {
	if !d.Known() {
		return Cell{}
	}
	digits := d.Plain()
	if !lossless(digits) {
		return Cell{form: words, text: digits}
	}
	return Cell{form: number, text: digits, places: max(0, -int(d.Number().Exp))}
}

// Whole is a whole number, such as a count.
func Whole(n int64) Cell { return Figure(ledger.Int(n)) }

// Year is a year, which is not grouped in thousands; empty where it is 0.
func Year(year int) Cell {
	if year == 0 {
		return Cell{}
	}
	return Text(strconv.Itoa(year))
}

// Day is a date; empty where it is unknown.
func Day(d calendar.Date) Cell {
	switch {
	case d.IsZero():
		return Cell{}
	case d.Year < 1901: // the calendar of a workbook begins in 1900, with a day that never was
		return Text(d.String())
	}
	return Cell{form: date, at: time.Date(int(d.Year), time.Month(d.Month), int(d.Day), 0, 0, 0, 0, time.UTC)}
}

// Moment is a time as its own zone tells it; empty where it is zero.
func Moment(t time.Time) Cell {
	if t.IsZero() {
		return Cell{}
	}
	return Cell{form: moment, at: t}
}

// mostDigits is how many digits of a number Excel keeps.
const mostDigits = 15

// lossless tells whether Excel keeps all digits of a number.
func lossless(digits string) bool {
	significant := strings.Trim(strings.ReplaceAll(strings.TrimPrefix(digits, "-"), ".", ""), "0")
	return len(significant) <= mostDigits
}

// longestText is how many units of UTF-16 a cell can hold.
const longestText = 32767

// fitting is a text as a cell can hold it: cut with an ellipsis where it is too long, and without the control
// characters that XML knows no way to write.
func fitting(text string) string {
	text = strings.Map(func(r rune) rune {
		if r < ' ' && r != '\n' && r != '\t' || r == 0xFFFE || r == 0xFFFF {
			return -1
		}
		return r
	}, strings.ToValidUTF8(text, "\uFFFD"))
	if short := cut(text, longestText); short != text {
		return cut(text, longestText-1) + "…"
	}
	return text
}

// cell is a cell as Excel takes it. Words are given as a string, which is written as an inline string and never as
// a formula.
func (s styles) cell(c Cell, wrap bool) excelize.Cell {
	switch c.form {
	case number:
		value, err := strconv.ParseFloat(c.text, 64)
		if err != nil {
			return excelize.Cell{StyleID: s.text, Value: c.text}
		}
		return excelize.Cell{StyleID: s.places[min(c.places, mostPlaces)], Value: value}
	case date:
		return excelize.Cell{StyleID: s.date, Value: c.at}
	case moment:
		// Excel knows no zones: what the clock showed is what is written.
		wall := time.Date(c.at.Year(), c.at.Month(), c.at.Day(), c.at.Hour(), c.at.Minute(), c.at.Second(), 0, time.UTC)
		return excelize.Cell{StyleID: s.moment, Value: wall}
	case words:
		style := s.text
		if wrap || strings.Contains(c.text, "\n") {
			style = s.wrapped
		}
		return excelize.Cell{StyleID: style, Value: fitting(c.text)}
	}
	return excelize.Cell{StyleID: s.text}
}
