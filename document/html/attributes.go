package html

import (
	_ "embed"
	"strconv"
	"strings"

	"golang.org/x/net/html/atom"
)

//go:embed furniture.txt
var furnitureText string

// furnitureWords are the words by which pages name what surrounds their text, as they stand in class
// names and identifiers.
var furnitureWords = func() map[string]bool {
	words := map[string]bool{}
	for _, line := range strings.Split(furnitureText, "\n") {
		if line = strings.TrimSpace(line); line != "" && !strings.HasPrefix(line, "#") {
			words[line] = true
		}
	}
	return words
}()

// attributes are those of a tag's attributes that matter.
type attributes struct {
	hidden           bool
	furniture        bool
	presentation     bool // a table for looks only
	colSpan, rowSpan int
	value            string // of a list item
	start, kind      string // of a list
	name, content    string // of <meta>
	plain            bool   // a list without marks
}

// attributes reads the attributes of the tag at hand.
func (r *reader) attributes(more bool) attributes {
	a := attributes{colSpan: 1, rowSpan: 1}
	for more {
		var key, raw []byte
		key, raw, more = r.tokens.TagAttr()
		a.read(string(key), raw)
	}
	return a
}

func (a *attributes) read(key string, raw []byte) {
	const longest = 4096 // bytes; nothing that matters is longer
	if len(raw) > longest {
		return
	}
	value := string(raw)
	switch key {
	case "hidden":
		a.hidden = true
	case "style":
		style := strings.ToLower(strings.ReplaceAll(value, " ", ""))
		a.hidden = a.hidden || strings.Contains(style, "display:none") || strings.Contains(style, "visibility:hidden") || strings.Contains(style, "mso-hide:all")
		a.plain = strings.Contains(style, "list-style:none") || strings.Contains(style, "list-style-type:none")
	case "class", "id":
		a.furniture = a.furniture || namesFurniture(value)
	case "role":
		switch value {
		case "navigation", "banner", "contentinfo", "complementary", "search":
			a.furniture = true
		case "presentation", "none":
			a.presentation = true
		}
	case "colspan":
		a.colSpan = spanOf(value, mostColumns)
	case "rowspan":
		a.rowSpan = spanOf(value, mostRows)
		if strings.TrimSpace(value) == "0" { // down to the end of the table
			a.rowSpan = mostRows
		}
	case "value":
		a.value = value
	case "start":
		a.start = value
	case "type":
		a.kind = value
	case "name":
		a.name = value
	case "content":
		a.content = value
	}
}

// namesFurniture tells whether a class or an identifier is made of a word for furniture.
func namesFurniture(value string) bool {
	for _, word := range strings.FieldsFunc(value, func(c rune) bool { return c == ' ' || c == '-' || c == '_' }) {
		if furnitureWords[strings.ToLower(word)] {
			return true
		}
	}
	return false
}

// spanOf reads a span from 1 to most; nonsense is 1.
func spanOf(value string, most int) int {
	value = strings.TrimSpace(value)
	digits := 0
	for digits < len(value) && value[digits] >= '0' && value[digits] <= '9' {
		digits++
	}
	n, err := strconv.Atoi(value[:digits])
	if err != nil && digits > 0 {
		return most
	}
	return max(1, min(n, most))
}

// headingDepth is 1 for <h1> to 6 for <h6>, 0 for anything else.
func headingDepth(tag atom.Atom) int {
	switch tag {
	case atom.H1:
		return 1
	case atom.H2:
		return 2
	case atom.H3:
		return 3
	case atom.H4:
		return 4
	case atom.H5:
		return 5
	case atom.H6:
		return 6
	}
	return 0
}
