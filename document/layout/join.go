package layout

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// labelRunes is the length up to which a text of several lines in a cell is taken for one label that
// was broken to fit its column (“计划/投资”), rather than for several items.
const labelRunes = 14

// JoinLines makes one line of the lines of a cell. Lines of a short label are put
// together as they were before they were broken; other lines are set apart by a space.
func JoinLines(lines []string) string {
	if len(lines) == 1 {
		return strings.TrimSpace(lines[0])
	}
	runes := 0
	for _, line := range lines {
		runes += utf8.RuneCountInString(line)
	}
	return join(lines, runes <= labelRunes)
}

// JoinHeading makes one line of the lines of a heading, which were broken only to fit the page.
func JoinHeading(lines []string) string { return join(lines, true) }

// join puts lines together; tight means that wide characters meet without a space.
func join(lines []string, tight bool) string {
	var b strings.Builder
	for _, line := range lines {
		line = strings.TrimSpace(line)
		if line == "" {
			continue
		}
		if b.Len() > 0 && !(tight && meetWithoutSpace(b.String(), line)) {
			b.WriteByte(' ')
		}
		b.WriteString(line)
	}
	return b.String()
}

// meetWithoutSpace tells whether the end of one line and the start of the next belong together with
// nothing between: Chinese is written without spaces, Latin words and numbers are not.
func meetWithoutSpace(before, after string) bool {
	last, _ := utf8.DecodeLastRuneInString(before)
	first, _ := utf8.DecodeRuneInString(after)
	return IsWide(last) || IsWide(first)
}

// IsWide tells whether a rune is set in a full square: Han, kana, full-width forms and punctuation.
func IsWide(r rune) bool {
	switch {
	case r < 0x2E80:
		return r >= 0x2460 && r <= 0x24FF || r == '“' || r == '”' || r == '‘' || r == '’' || r == '—' || r == '…'
	case r <= 0xA4CF, r >= 0xAC00 && r <= 0xD7A3, r >= 0xF900 && r <= 0xFAFF:
		return true
	case r >= 0xFE30 && r <= 0xFE4F, r >= 0xFF00 && r <= 0xFF60, r >= 0xFFE0 && r <= 0xFFE6:
		return true
	}
	return unicode.Is(unicode.Han, r)
}
