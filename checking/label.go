package checking

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// labelKey is the name of a row without what sets it apart only in writing: its number (一、), what
// stands in parentheses, blanks, dashes and other punctuation. Masked characters (*) stay.
func labelKey(label string) string {
	label = strings.TrimLeft(label, " \t　—-–·")
	label = withoutMarker(label)
	var b strings.Builder
	depth := 0
	for _, r := range label {
		switch {
		case r == '(' || r == '\uff08':
			depth++
		case r == ')' || r == '\uff09':
			depth = max(depth-1, 0)
		case depth == 0 && (unicode.IsLetter(r) || unicode.IsDigit(r) || r == '*'):
			b.WriteRune(r)
		}
	}
	return b.String()
}

const numerals = "一二三四五六七八九十0123456789"

// marker is the number at the head of a row's name, with what closes it: “一、”, “(二)”, “3.”.
func marker(label string) string {
	s := strings.TrimLeft(label, "(\uff08 ")
	n := 0
	for n < len(s) {
		r, size := utf8.DecodeRuneInString(s[n:])
		if !strings.ContainsRune(numerals, r) {
			break
		}
		n += size
	}
	if n == 0 {
		return ""
	}
	r, size := utf8.DecodeRuneInString(s[n:])
	if !strings.ContainsRune("、.\uff0e)\uff09", r) {
		return ""
	}
	return label[:len(label)-len(s)+n+size]
}

func withoutMarker(label string) string { return label[len(marker(label)):] }
