package account

import (
	"fmt"
	"strings"

	"luoshi/calendar"
	"luoshi/ledger/reporting"
)

func daysIn(p reporting.Period) int {
	to := p.Span().To
	return calendar.DaysIn(int(to.Year), int(to.Month))
}

// final tells whether a period ends with its year.
func final(p reporting.Period) bool {
	to := p.Span().To
	return to.Month == 12 && to.Day == 31
}

// spanTitle is a period without its year: 上半年.
func spanTitle(p reporting.Period) string {
	if p.Frequency == reporting.Yearly {
		return "全年"
	}
	return strings.TrimPrefix(p.Title().ZH, fmt.Sprintf("%d年", p.Year))
}

// monthsTitle are the months from the beginning of the year to the end of the period: 1－6月.
func monthsTitle(p reporting.Period) string {
	switch last := p.Span().To.Month; last {
	case 1:
		return "1月"
	case 12:
		return "全年"
	default:
		return fmt.Sprintf("1\uff0d%d月", last)
	}
}

// nextTitle is what follows the period within what plans speak of.
func nextTitle(p reporting.Period) string {
	switch {
	case final(p):
		return fmt.Sprintf("%d年", p.Year+1)
	case p.Frequency == reporting.HalfYearly:
		return "下半年"
	}
	return "下一阶段"
}

// dateTitle is a day in the words of papers.
func dateTitle(d calendar.Date) string {
	if d.IsZero() {
		return ""
	}
	return fmt.Sprintf("%d年%d月%d日", d.Year, d.Month, d.Day)
}

// dayTitle is a day of the report's own year without the year.
func dayTitle(d calendar.Date, year int) string {
	if int(d.Year) == year {
		return strings.TrimPrefix(dateTitle(d), fmt.Sprintf("%d年", year))
	}
	return dateTitle(d)
}

const numerals = "零一二三四五六七八九"

// chinese is a number below a hundred in Chinese numerals; a larger one in digits.
func chinese(n int) string {
	digits := []rune(numerals)
	switch {
	case n < 0 || n > 99:
		return fmt.Sprint(n)
	case n < 10:
		return string(digits[n])
	}
	text := "十"
	if n >= 20 {
		text = string(digits[n/10]) + text
	}
	if n%10 > 0 {
		text += string(digits[n%10])
	}
	return text
}

// headingNumber numbers a heading of a level: 一、 （一） 1. （1）
func headingNumber(level, n int) string {
	switch level {
	case 1:
		return chinese(n) + "、"
	case 2:
		return "\uff08" + chinese(n) + "\uff09"
	case 3:
		return fmt.Sprintf("%d.", n)
	}
	return fmt.Sprintf("\uff08%d\uff09", n)
}
