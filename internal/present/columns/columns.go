// Package columns measures text in the columns of a terminal, where a Chinese character takes two.
package columns

import (
	"strings"
	"unicode"

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
