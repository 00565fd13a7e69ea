package document

import (
	"strings"
	"unicode/utf8"
)

// headKind is the kind of thing that opens a section. The order is the one in which kinds usually nest,
// the highest first; rank corrects it for each document.
type headKind uint8

const maxStyle = 9 // heading depths that a format can state

const (
	styledHead      headKind = iota + maxStyle - 1 // the last of the styled kinds 0…8, by depth
	partHead                                       // 第一部分, 第一篇
	chapterHead                                    // 第一章
	articleHead                                    // 第一节
	hanHead                                        // 一、
	hanParenHead                                   // (一)
	arabicHead                                     // 1. 1、
	arabicParenHead                                // (1)
	ordinalHead                                    // 第一，
	circledHead                                    // ①
	plainHead                                      // a line of its own without a marker
	shiHead                                        // 一是, with what follows it
	sentenceHead                                   // a line that is one short sentence, above a paragraph
	dashHead                                       // ——城市道路建设项目:
	runInHead                                      // a short first sentence of a paragraph
	shiItem                                        // 一是 within a paragraph
	headKinds                                      // how many there are
)

// marker is an outline number at the start of a line.
type marker struct {
	kind  headKind
	value int
	size  int // bytes, blanks behind it left away
}

// markerAt reads the outline number that a line begins with. Decimals, dates, years and lists of months
// are none.
func markerAt(line string) (marker, bool) {
	if line == "" {
		return marker{}, false
	}
	switch b := line[0]; {
	case isDigit(b):
		return arabicMarker(line)
	case b == '(':
		return parenMarker(line, 1)
	case b < 0xE2:
		return marker{}, false
	}
	r, size := utf8.DecodeRuneInString(line)
	switch {
	case r == '（':
		return parenMarker(line, size)
	case r == '第':
		return ordinalMarker(line, size)
	case hanDigit(r) >= 0:
		return hanMarker(line)
	case r >= '０' && r <= '９':
		return arabicMarker(line)
	}
	return singleMarker(r, size)
}

// singleMarker reads the numbers that are one character each.
func singleMarker(r rune, size int) (marker, bool) {
	switch {
	case r >= '①' && r <= '⑳':
		return marker{circledHead, int(r-'①') + 1, size}, true
	case r >= '⑴' && r <= '⒇':
		return marker{arabicParenHead, int(r-'⑴') + 1, size}, true
	case r >= '⒈' && r <= '⒛':
		return marker{arabicHead, int(r-'⒈') + 1, size}, true
	case r >= '㈠' && r <= '㈩':
		return marker{hanParenHead, int(r-'㈠') + 1, size}, true
	}
	return marker{}, false
}

// maxArabic is the most digits an outline number has; a year has more.
const maxArabic = 3

// arabicNumber reads up to maxArabic digits, full width ones too.
func arabicNumber(s string) (value, size int) {
	digits := 0
	for size < len(s) {
		r, n := utf8.DecodeRuneInString(s[size:])
		switch {
		case r >= '0' && r <= '9':
			value = value*10 + int(r-'0')
		case r >= '０' && r <= '９':
			value = value*10 + int(r-'０')
		default:
			return value, size
		}
		if digits++; digits > maxArabic {
			return 0, 0
		}
		size += n
	}
	return value, size
}

func arabicMarker(line string) (marker, bool) {
	value, size := arabicNumber(line)
	if size == 0 || size == len(line) {
		return marker{}, false
	}
	r, n := utf8.DecodeRuneInString(line[size:])
	behind := line[size+n:]
	switch r {
	case '.', '．', '、':
		if beginsWithDigit(behind) {
			return marker{}, false
		}
		return marker{arabicHead, value, size + n}, true
	case ')', '）':
		return marker{arabicParenHead, value, size + n}, true
	}
	return marker{}, false
}

func beginsWithDigit(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return r >= '0' && r <= '9' || r >= '０' && r <= '９'
}

// parenMarker reads (一) and (1), in brackets of either width.
func parenMarker(line string, open int) (marker, bool) {
	kind := hanParenHead
	value, size := hanNumber(line[open:])
	if size == 0 {
		kind = arabicParenHead
		value, size = arabicNumber(line[open:])
	}
	if size == 0 {
		return marker{}, false
	}
	for _, closing := range [...]string{")", "）"} {
		if strings.HasPrefix(line[open+size:], closing) {
			return marker{kind, value, open + size + len(closing)}, true
		}
	}
	return marker{}, false
}

// hanMarker reads 一、 and 一是, and 一 on a line of its own.
func hanMarker(line string) (marker, bool) {
	value, size := hanNumber(line)
	if size == 0 {
		return marker{}, false
	}
	if size == len(line) {
		return marker{hanHead, value, size}, size <= 2*len("一")
	}
	r, n := utf8.DecodeRuneInString(line[size:])
	switch r {
	case '、', '．', '.':
		if listsNumbers(line[size+n:]) {
			return marker{}, false
		}
		return marker{hanHead, value, size + n}, true
	case '是':
		return marker{shiHead, value, size + n}, true
	}
	return marker{}, false
}

// listsNumbers tells “一、二季度” and “一、二、三产业” from “一、二十件实事”.
func listsNumbers(behind string) bool {
	_, size := hanNumber(behind)
	if size == 0 {
		return false
	}
	r, _ := utf8.DecodeRuneInString(behind[size:])
	return strings.ContainsRune("季月产次年类级期线、", r)
}

// ordinalMarker reads 第一章, 第二部分 and 第一，.
func ordinalMarker(line string, open int) (marker, bool) {
	value, size := hanNumber(line[open:])
	if size == 0 {
		value, size = arabicNumber(line[open:])
	}
	if size == 0 {
		return marker{}, false
	}
	behind := line[open+size:]
	for _, form := range ordinalForms {
		if strings.HasPrefix(behind, form.word) {
			return marker{form.kind, value, open + size + len(form.word)}, true
		}
	}
	return marker{}, false
}

var ordinalForms = []struct {
	word string
	kind headKind
}{
	{"部分", partHead}, {"篇", partHead}, {"编", partHead}, {"章", chapterHead}, {"节", articleHead},
	{"，", ordinalHead}, {",", ordinalHead}, {"、", ordinalHead},
}

// hanDigit is the value of a Han numeral from 0 to 10, -1 for any other character.
func hanDigit(r rune) int {
	switch r {
	case '一':
		return 1
	case '二':
		return 2
	case '三':
		return 3
	case '四':
		return 4
	case '五':
		return 5
	case '六':
		return 6
	case '七':
		return 7
	case '八':
		return 8
	case '九':
		return 9
	case '十':
		return 10
	case '〇', '零':
		return 0
	}
	return -1
}

// hanNumber reads a numeral below one hundred; size 0 where there is none.
func hanNumber(s string) (value, size int) {
	tens := false
	for n := 0; size < len(s); n++ {
		r, width := utf8.DecodeRuneInString(s[size:])
		digit := hanDigit(r)
		switch {
		case digit < 0:
			return value, size
		case digit == 0 || n == 3 || tens && digit == 10 || !tens && n > 0 && digit != 10:
			return 0, 0
		case digit == 10:
			tens = true
			value = max(value, 1) * 10
		default:
			value += digit
		}
		size += width
	}
	return value, size
}
