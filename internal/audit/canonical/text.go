package canonical

import (
	"cmp"
	"fmt"
	"slices"
	"unicode/utf16"
	"unicode/utf8"
)

// AppendString writes a string with its quotes to the end of dst; text that is not UTF-8 is refused.
func AppendString(dst []byte, text string) ([]byte, error) {
	if !utf8.ValidString(text) {
		return nil, fmt.Errorf("canonical JSON: the string %.60q is not UTF-8", text)
	}
	dst = append(dst, '"')
	plain := 0 // where what needs no escape begins
	for i := range len(text) {
		if c := text[i]; c < ' ' || c == '"' || c == '\\' {
			dst = appendEscape(append(dst, text[plain:i]...), c)
			plain = i + 1
		}
	}
	dst = append(dst, text[plain:]...)
	return append(dst, '"'), nil
}

// appendEscape writes a character the way RFC 8785 asks for: by one letter where it has one.
func appendEscape(dst []byte, c byte) []byte {
	switch c {
	case '"', '\\':
		return append(dst, '\\', c)
	case '\b':
		return append(dst, `\b`...)
	case '\t':
		return append(dst, `\t`...)
	case '\n':
		return append(dst, `\n`...)
	case '\f':
		return append(dst, `\f`...)
	case '\r':
		return append(dst, `\r`...)
	}
	return fmt.Appendf(dst, `\u%04x`, c)
}

// compareUTF16 orders strings by their UTF-16 code units, which differs from the order of UTF-8 only above U+FFFF.
func compareUTF16(a, b string) int {
	for a != "" && b != "" {
		left, leftSize := utf8.DecodeRuneInString(a)
		right, rightSize := utf8.DecodeRuneInString(b)
		if left != right {
			return slices.Compare(utf16.Encode([]rune{left}), utf16.Encode([]rune{right}))
		}
		a, b = a[leftSize:], b[rightSize:]
	}
	return cmp.Compare(len(a), len(b))
}
