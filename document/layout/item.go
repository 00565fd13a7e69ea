package layout

import (
	"strings"
	"unicode/utf8"
)

// The signs that the number of an item is made of.
const (
	hanNumbers = "一二三四五六七八九十百零〇"
	digits     = "0123456789０１２３４５６７８９"
)

// endsSentence tells whether a line may be the last of a paragraph.
func endsSentence(text string) bool {
	last, _ := utf8.DecodeLastRuneInString(text)
	return strings.ContainsRune("。！？；：”）", last)
}

// beginsItem tells whether a line begins with the number of an item: 一、 （一） 1. 第一章 ①.
func beginsItem(text string) bool {
	first, size := utf8.DecodeRuneInString(text)
	if first >= 0x2460 && first <= 0x24FF {
		return true
	}
	numbered := strings.TrimLeft(text[size:], hanNumbers+digits)
	switch count := len(text) - size - len(numbered); {
	case first == '（' || first == '(':
		return count > 0 && hasAnyPrefix(numbered, "）", ")")
	case first == '第':
		return count > 0 && hasAnyPrefix(numbered, "章", "节", "条", "部分", "篇")
	case strings.ContainsRune(hanNumbers, first):
		return hasAnyPrefix(numbered, "、", "．")
	case strings.ContainsRune(digits, first):
		next, _ := utf8.DecodeRuneInString(strings.TrimLeft(numbered, "．.、"))
		return hasAnyPrefix(numbered, ".", "．", "、") && !strings.ContainsRune(digits, next)
	}
	return false
}

func hasAnyPrefix(text string, prefixes ...string) bool {
	for _, prefix := range prefixes {
		if strings.HasPrefix(text, prefix) {
			return true
		}
	}
	return false
}
