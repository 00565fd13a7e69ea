package tasktable

import (
	"strings"

	"luoshi/ledger"
)

// Outline is the outline that the sections of rows make, in their order, and the number of the section of each row;
// 0 for a row in none.
func Outline(rows []Row) (outline []ledger.Section, of []int) {
	numbers := map[string]int{}
	of = make([]int, len(rows))
	for i, row := range rows {
		parent, path := 0, ""
		for depth, title := range row.Section {
			path += sectionMark + title
			number, there := numbers[path]
			if !there {
				number = len(outline) + 1
				numbers[path] = number
				outline = append(outline, section(number, parent, depth+1, title))
			}
			parent = number
		}
		of[i] = parent
	}
	return outline, of
}

// section is a heading with its marker taken off: 一、, （一）.
func section(number, parent, level int, title string) ledger.Section {
	s := ledger.Section{Number: number, Parent: parent, Level: level, Title: title}
	for _, end := range []string{"、", closing, ")"} {
		at := strings.Index(title, end)
		if at <= 0 || at > longestMarker || !isMarker(title[:at]) {
			continue
		}
		if rest := title[at+len(end):]; strings.TrimSpace(rest) != "" {
			s.Marker, s.Title = title[:at+len(end)], rest
			break
		}
	}
	return s
}

// longestMarker is how long a marker may be, in bytes.
const longestMarker = 15

// isMarker tells whether a text is a number in brackets or without.
func isMarker(text string) bool {
	text = strings.TrimLeft(text, "("+opening)
	return text != "" && strings.Trim(text, "一二三四五六七八九十百0123456789") == ""
}
