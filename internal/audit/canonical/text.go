package canonical

import (
	"cmp"
	"fmt"
	"slices"
	"unicode/utf16"
	"unicode/utf8"
)

// short are the escapes of one letter that RFC 8785 asks for.
var short = map[byte]byte{'"': '"', '\\': '\\', '\b': 'b', '\t': 't', '\n': 'n', '\f': 'f', '\r': 'r'}

// AppendString writes a string with its quotes to the end of dst; text that is not UTF-8 is refused.
func AppendString(dst []byte, text string) ([]byte, error) {
	if !utf8.ValidString(text) {
		return nil, fmt.Errorf("canonical JSON: the string %.60q is not UTF-8", text)
	}
	dst = append(dst, '"')
	for i := range len(text) {
		switch letter, escaped := short[text[i]]; {
		case escaped:
			dst = append(dst, '\\', letter)
		case text[i] < ' ':
			dst = fmt.Appendf(dst, `\u%04x`, text[i])
		default:
			dst = append(dst, text[i])
		}
	}
	return append(dst, '"'), nil
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
