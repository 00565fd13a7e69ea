package document

import (
	"strings"
	"unicode/utf8"

	"luoshi/calendar"
)

// dateIn finds the first full date of a line: 2026年2月5日, 二〇二六年一月二十七日, 2026-02-11. A web copy
// may have lost the 日.
func dateIn(text string, line Span) (calendar.Date, Span) {
	for _, m := range mentions(text, line) {
		if date, end := monthAndDay(text, m.year, Span{m.span.End, line.End}); !date.IsZero() {
			return date, Span{m.span.Start, end}
		}
	}
	return numericDate(text, line)
}

// monthAndDay reads “2月5日” behind a year.
func monthAndDay(text string, year int, rest Span) (calendar.Date, int) {
	s := rest.In(text)
	month, size := smallNumber(s)
	if size == 0 || !strings.HasPrefix(s[size:], "月") {
		return calendar.Date{}, 0
	}
	at := size + len("月")
	day, size := smallNumber(s[at:])
	if size == 0 {
		return calendar.Date{}, 0
	}
	at += size
	if strings.HasPrefix(s[at:], "日") {
		at += len("日")
	}
	return validDate(year, month, day), rest.Start + at
}

// smallNumber reads digits or a Han numeral.
func smallNumber(s string) (value, size int) {
	if value, size = arabicNumber(s); size > 0 {
		return value, size
	}
	return hanNumber(s)
}

func validDate(year, month, day int) calendar.Date {
	if month < 1 || month > 12 || day < 1 || day > calendar.DaysIn(year, month) {
		return calendar.Date{}
	}
	return calendar.Date{Year: int16(year), Month: int8(month), Day: int8(day)}
}

// numericDate reads 2026-02-11, 2026/2/11 and 2026.2.11.
func numericDate(text string, line Span) (calendar.Date, Span) {
	s := line.In(text)
	for at := 0; at+len("2026-1-1") <= len(s); at++ {
		if !isDigit(s[at]) || at > 0 && isDigit(s[at-1]) {
			continue
		}
		year, size := yearBefore(s[at : at+4])
		if size != 4 || !strings.ContainsRune("-/.", rune(s[at+4])) {
			continue
		}
		month, n := arabicNumber(s[at+5:])
		end := at + 5 + n
		if n == 0 || end >= len(s) || s[end] != s[at+4] {
			continue
		}
		day, n := arabicNumber(s[end+1:])
		if date := validDate(year, month, day); n > 0 && !date.IsZero() {
			return date, Span{line.Start + at, line.Start + end + 1 + n}
		}
	}
	return calendar.Date{}, Span{}
}

// isDateLine tells a line that says little but a date, as under a title or a signature.
func isDateLine(text string, line Span) bool {
	date, span := dateIn(text, line)
	if date.IsZero() {
		return false
	}
	around := utf8.RuneCountInString(line.In(text)) - utf8.RuneCountInString(span.In(text))
	return around <= 4
}
