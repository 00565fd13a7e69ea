// Package columns measures text in the columns of a terminal, where a Chinese character takes two.
package columns

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/width"
)

// ellipsis stands for what was cut off.
const ellipsis = "…"

// runeColumns is the number of terminal columns that a character takes.
func runeColumns(r rune) int {
	if r < 0x7f {
		return 1
	}
	if unicode.In(r, unicode.Mn, unicode.Me, unicode.Cf) {
		return 0
	}
	switch width.LookupRune(r).Kind() {
	case width.EastAsianWide, width.EastAsianFullwidth:
		return 2
	}
	return 1
}

// Of is the number of terminal columns that a text takes.
func Of(s string) int {
	n := 0
	for _, r := range s {
		n += runeColumns(r)
	}
	return n
}

// Fit cuts a text to at most n columns, with an ellipsis where something was cut.
func Fit(s string, n int) string {
	if Of(s) <= n {
		return s
	}
	used := 0
	for i, r := range s {
		if used+runeColumns(r) > n-1 {
			return s[:i] + ellipsis
		}
		used += runeColumns(r)
	}
	return s
}

// Pad fills a text up to n columns with blanks behind it, or before it.
func Pad(s string, n int, before bool) string {
	blanks := strings.Repeat(" ", max(0, n-Of(s)))
	if before {
		return blanks + s
	}
	return s + blanks
}

// Plain makes a document's text safe for a terminal: control characters, which could move the cursor
// or change colours, become blanks.
func Plain(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || unicode.Is(unicode.Cf, r) {
			return ' '
		}
		return r
	}, s)
}

// Wrap breaks a text into lines of at most n columns: between any two characters of Chinese, not within a
// word or a number, and so that no mark stands at an end of a line where it does not belong.
func Wrap(s string, n int) []string {
	var lines []string
	for Of(s) > n {
		cut := breakAt(s, n)
		if cut == len(s) {
			break
		}
		lines = append(lines, strings.TrimRight(s[:cut], " "))
		s = strings.TrimLeft(s[cut:], " ")
	}
	return append(lines, s)
}

// No line begins with the marks of closing, nor ends with those of opening.
const (
	closing = "\uff0c\u3002\u3001\uff1b\uff1a\uff1f\uff01\uff09\u300b\u201d\u2019,.;:?!)%"
	opening = "\uff08\u300a\u201c\u2018("
)

// breakAt is where the first line of a text ends that is wider than n columns.
func breakAt(s string, n int) int {
	used, end := 0, 0
	for i, r := range s {
		if used += runeColumns(r); used > n && i > 0 {
			break
		}
		end = i + utf8.RuneLen(r)
	}
	for cut := end; cut > 0; {
		next, _ := utf8.DecodeRuneInString(s[cut:])
		before, size := utf8.DecodeLastRuneInString(s[:cut])
		if !strings.ContainsRune(closing, next) && !strings.ContainsRune(opening, before) && !(isWord(before) && isWord(next)) {
			return cut
		}
		cut -= size
	}
	return end
}

// isWord tells the characters that belong together on a line: Latin letters, and digits with their sign.
func isWord(r rune) bool {
	return r < utf8.RuneSelf && (unicode.IsLetter(r) || unicode.IsDigit(r) || r == '.' || r == '-')
}
