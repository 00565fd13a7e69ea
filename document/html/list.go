package html

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html/atom"
)

// list is a numbered list that is open.
type list struct {
	count int
	kind  string // 1, a, A, i, I; "" for a list without numbers
}

// newList is the list that a tag opens; nil for any other tag.
func newList(tag atom.Atom, a attributes) *list {
	switch tag {
	case atom.Ul, atom.Menu:
		return &list{}
	case atom.Ol:
		if a.plain {
			return &list{}
		}
		l := &list{kind: "1"}
		if a.kind != "" {
			l.kind = a.kind
		}
		if start, err := strconv.Atoi(a.start); err == nil {
			l.count = start - 1
		}
		return l
	}
	return nil
}

// next counts an item and is the number that a browser puts before it.
func (l *list) next(value string) string {
	if l.kind == "" {
		return ""
	}
	l.count++
	if stated, err := strconv.Atoi(value); err == nil {
		l.count = stated
	}
	if (l.kind == "a" || l.kind == "A") && l.count >= 1 && l.count <= 26 {
		return string(rune(l.kind[0])+rune(l.count-1)) + "."
	}
	return strconv.Itoa(l.count) + "."
}

// ownNumbers begin items whose author wrote the number as well.
const ownNumbers = "0123456789（(①②③④⑤⑥⑦⑧⑨⑩"

// withNumber puts an item's number before its text, unless the text brings its own.
func withNumber(number, text string) string {
	if number == "" {
		return text
	}
	first, size := utf8.DecodeRuneInString(text)
	if strings.ContainsRune(ownNumbers, first) {
		return text
	}
	if strings.ContainsRune("一二三四五六七八九十第", first) && strings.ContainsAny(text[size:min(len(text), size+12)], "、章条") {
		return text
	}
	return number + text
}
