package document

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// offices end the words for whoever delivers a report.
var offices = [...]string{
	"区长", "县长", "市长", "省长", "州长", "盟长", "旗长", "镇长", "乡长", "局长", "部长", "院长", "处长", "秘书长", "检察长", "委员长",
	"主任", "书记", "总理", "主席",
}

const (
	maxOfficeRunes = 16
	maxNameRunes   = 4
)

// bylines tells which of the lines above the body say by whom, where and when it was delivered. Unlike the
// parts of a title they are no headings.
type bylines struct {
	office bool // the line before was an office without a name
	begun  bool // a line before was one
}

// take goes one line further.
func (b *bylines) take(text string, line Span) bool {
	s := line.In(text)
	office := b.office
	b.office = isOffice(s)
	byline := b.office || office && isName(s) || isNamedOffice(s) || saysWhere(text, line) || b.begun && isInstitution(s)
	b.begun = b.begun || byline
	return byline
}

// isInstitution tells “云溪区发展和改革局”; above the first byline such a line may be the beginning of a title.
func isInstitution(s string) bool {
	if !withinRunes(s, maxPlainRunes) {
		return false
	}
	for _, end := range [...]string{"政府", "委员会", "委", "办公室", "局", "厅"} {
		if strings.HasSuffix(s, end) {
			return true
		}
	}
	return false
}

func isOffice(s string) bool {
	if !withinRunes(s, maxOfficeRunes) {
		return false
	}
	for _, office := range offices {
		if strings.HasSuffix(s, office) {
			return true
		}
	}
	return false
}

// isNamedOffice tells “政府副区长 黄某某” and “省长　李某”.
func isNamedOffice(s string) bool {
	r, size := utf8.DecodeLastRuneInString(s)
	for end := len(s); size > 0 && withinRunes(s[end-size:], 2*maxNameRunes); r, size = utf8.DecodeLastRuneInString(s[:end]) {
		end -= size
		if unicode.IsSpace(r) && isOffice(strings.TrimRightFunc(s[:end], unicode.IsSpace)) && isName(s[end+size:]) {
			return true
		}
	}
	return false
}

// isName tells two to four characters, those of two set apart by blanks.
func isName(s string) bool {
	runes := 0
	for _, r := range s {
		switch {
		case unicode.Is(unicode.Han, r), r == '×', r == '*':
			runes++
		case !unicode.IsSpace(r):
			return false
		}
	}
	return runes >= 2 && runes <= maxNameRunes
}

// saysWhere tells “——2025年1月8日在某某区人民代表大会第四次会议上”, the parts into which a page breaks it,
// and a date alone.
func saysWhere(text string, line Span) bool {
	s := line.In(text)
	if isDateLine(text, line) {
		return true
	}
	inside := strings.TrimRight(s, "）)")
	if strings.HasSuffix(inside, "会议上") || strings.HasSuffix(inside, "会上") || strings.HasSuffix(inside, "会议") {
		return true
	}
	return isDashedDate(s) && len(mentions(text, line)) > 0 && !endsLikeTitle(s)
}
