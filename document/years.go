package document

import (
	"strings"
	"unicode/utf8"
)

const (
	firstYear = 1949
	lastYear  = 2060
)

// mention is a place where a text names a year.
type mention struct {
	year int
	span Span // “2021年”
}

// mentions finds the years that a line names: 2021年, ２０２１年, 二〇二一年.
func mentions(text string, line Span) []mention {
	found := look(line.In(text)).years
	for i := range found {
		found[i].span.Start += line.Start
		found[i].span.End += line.Start
	}
	return found
}

// yearBefore reads the four digits of a year that a text ends with, blanks between them allowed; size 0
// where it ends with none.
func yearBefore(s string) (year, size int) {
	scale := 1
	for n := range 5 {
		for size < len(s) && n < 4 && s[len(s)-size-1] == ' ' {
			size++
		}
		r, width := utf8.DecodeLastRuneInString(s[:len(s)-size])
		digit := yearDigit(r)
		if width == 0 || digit < 0 {
			if n == 4 {
				break
			}
			return 0, 0
		}
		if n == 4 {
			return 0, 0
		}
		year += digit * scale
		scale *= 10
		size += width
	}
	if year < firstYear || year > lastYear {
		return 0, 0
	}
	return year, size
}

// yearDigit is the value of one digit of a year, -1 for anything else.
func yearDigit(r rune) int {
	switch {
	case r >= '0' && r <= '9':
		return int(r - '0')
	case r >= '０' && r <= '９':
		return int(r - '０')
	case r == '○' || r == 'Ｏ' || r == '◯':
		return 0
	}
	if digit := hanDigit(r); digit < 10 {
		return digit
	}
	return -1
}

// bareYears counts the years of this century that stand without 年, as in 2021创新城市论坛.
func bareYears(text string) []mention {
	var found []mention
	for at := 0; at < len(text) && len(found) < mostSights; {
		i := strings.Index(text[at:], "20")
		if i < 0 {
			break
		}
		at += i
		if year, ok := bareYearAt(text, at); ok {
			found = append(found, mention{year, Span{at, at + len("2021")}})
		}
		at += len("20")
	}
	return found
}

// bareYearAt reads a year that begins a word: Han stands behind it, no digit or point before it.
func bareYearAt(text string, at int) (int, bool) {
	if at+4 >= len(text) || at > 0 && (isDigit(text[at-1]) || text[at-1] == '.' || text[at-1] == ',') {
		return 0, false
	}
	if !isDigit(text[at+2]) || !isDigit(text[at+3]) {
		return 0, false
	}
	r, _ := utf8.DecodeRuneInString(text[at+4:])
	if r < 0x4E00 || r > 0x9FFF || strings.ContainsRune("年万亿个人家项元亩吨户所名公平座条套台余多", r) {
		return 0, false
	}
	year := 2000 + int(text[at+2]-'0')*10 + int(text[at+3]-'0')
	return year, year <= lastYear
}
