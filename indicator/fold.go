package indicator

import (
	"strings"
	"unicode/utf8"
)

// fold writes a phrase as the dictionary spells its names: half width, capitals, no blanks or quotation
// marks, round brackets only.
func fold(s string) string {
	for i := 0; i < len(s); {
		r, size := utf8.DecodeRuneInString(s[i:])
		if folded, keep := foldRune(r); !keep || folded != r {
			return foldFrom(s, i)
		}
		i += size
	}
	return s
}

func foldFrom(s string, at int) string {
	var b strings.Builder
	b.Grow(len(s))
	b.WriteString(s[:at])
	for _, r := range s[at:] {
		if r, keep := foldRune(r); keep {
			b.WriteRune(r)
		}
	}
	return b.String()
}

// foldRune is one character of a folded text; keep is false where it falls away.
func foldRune(r rune) (folded rune, keep bool) {
	switch {
	case r >= 0x4E00 && r <= 0x9FFF:
		return r, true
	case r >= 'a' && r <= 'z':
		return r - 'a' + 'A', true
	case r > 0xFF00 && r < 0xFF5F:
		return foldRune(r - 0xFEE0)
	}
	switch r {
	case ' ', '\t', '\r', '\n', 0x3000, 0xA0, '"', '“', '”', '‘', '’', '\'', '「', '」', '《', '》', utf8.RuneError:
		return 0, false
	case '[', '〔', '【', '{':
		return '(', true
	case ']', '〕', '】', '}':
		return ')', true
	case '–', '—', '~':
		return '-', true
	case '●', '×', '﹡':
		return '*', true
	}
	return r, r <= 0xFFFF
}

// reverse is the text with its characters from last to first.
func reverse(s string) string {
	b := make([]byte, len(s))
	to := len(b)
	for i := 0; i < len(s); {
		_, size := utf8.DecodeRuneInString(s[i:])
		to -= size
		copy(b[to:], s[i:i+size])
		i += size
	}
	return string(b)
}

// lastSize is how many bytes the last character of a text has.
func lastSize(s string) int {
	_, size := utf8.DecodeLastRuneInString(s)
	return size
}
