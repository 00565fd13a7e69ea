package document

import (
	"strings"
	"unicode/utf8"

	"luoshi/document/fault"
	"luoshi/document/limit"
)

// fromText makes a block of every line that is not blank and finds the tables among them.
func fromText(text string, lim limit.Limits) (*draft, error) {
	breaker := byte('\n')
	if strings.IndexByte(text, '\n') < 0 {
		breaker = '\r'
	}
	d := newDraft(text, min(countLines(text, breaker), lim.Blocks))
	for start := 0; start < len(text); {
		end := len(text)
		if i := strings.IndexByte(text[start:], breaker); i >= 0 {
			end = start + i
		}
		if span := trim(text, Span{start, end}); !span.Empty() {
			if len(d.doc.Blocks) == lim.Blocks {
				return nil, tooManyBlocks(lim)
			}
			d.addBlock(span)
		}
		start = end + 1
	}
	return d, d.findTextTables(lim)
}

func tooManyBlocks(lim limit.Limits) error {
	return fault.New(fault.TooLarge, nil, fault.LimitBlocks, lim.Blocks)
}

// countLines bounds the number of blocks: lines that only end the one before do not count.
func countLines(text string, breaker byte) int {
	lines, before := 1, -1 // the last break
	for at := 0; at < len(text); at++ {
		i := strings.IndexByte(text[at:], breaker)
		if i < 0 {
			break
		}
		if at += i; at != before+1 || before < 0 {
			lines++
		}
		before = at
	}
	return lines
}

// trim takes blanks off both ends of a span, those of Chinese typing and of web pages included.
func trim(text string, s Span) Span {
	for s.Start < s.End {
		size := blankAt(text[s.Start:s.End])
		if size == 0 {
			break
		}
		s.Start += size
	}
	for s.Start < s.End {
		size := blankBefore(text[s.Start:s.End])
		if size == 0 {
			break
		}
		s.End -= size
	}
	return s
}

// blankAt is the size of the blank that text begins with, 0 if it begins with none.
func blankAt(text string) int {
	b := text[0]
	switch {
	case b <= ' ':
		return 1
	case b != 0xC2 && b != 0xE2 && b != 0xE3 && b != 0xEF:
		return 0
	}
	if r, size := utf8.DecodeRuneInString(text); isWideBlank(r) {
		return size
	}
	return 0
}

// blankBefore is the size of the blank that text ends with, 0 if it ends with none.
func blankBefore(text string) int {
	b := text[len(text)-1]
	switch {
	case b <= ' ':
		return 1
	case b < utf8.RuneSelf || b > 0xBF:
		return 0
	}
	if r, size := utf8.DecodeLastRuneInString(text); isWideBlank(r) {
		return size
	}
	return 0
}

// isWideBlank tells the blanks beyond ASCII: no-break, ideographic, and the ones without width that
// editors leave behind.
func isWideBlank(r rune) bool {
	switch r {
	case 0x85, 0xA0, 0x3000, 0x2028, 0x2029, 0x202F, 0x205F, 0x2060, 0xFEFF:
		return true
	}
	return r >= 0x2000 && r <= 0x200D
}
