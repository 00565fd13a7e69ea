package document

import (
	"strings"
	"unicode/utf8"
)

// wordSet is a set of words of Chinese characters that are searched for all at once.
type wordSet struct {
	starts  [1 << 16]bool // the characters of the basic plane with which a word begins
	byStart map[rune][]string
}

func newWordSet(words []string) *wordSet {
	set := &wordSet{byStart: map[rune][]string{}}
	for _, word := range words {
		first, size := utf8.DecodeRuneInString(word)
		if size != len("一") {
			panic("document: the word " + word + " does not begin with a Chinese character")
		}
		set.starts[uint16(first)] = true
		set.byStart[first] = append(set.byStart[first], word)
	}
	return set
}

// at is the words that begin with the character of three bytes at the front of s.
func (set *wordSet) at(s string) []string {
	r := rune(s[0]&0x0F)<<12 | rune(s[1]&0x3F)<<6 | rune(s[2]&0x3F)
	if !set.starts[uint16(r)] {
		return nil
	}
	return set.byStart[r]
}

// in tells whether a text has one of the words.
func (set *wordSet) in(s string) bool {
	for i := 0; i+2 < len(s); {
		if s[i] < 0xE0 {
			i++
			continue
		}
		for _, word := range set.at(s[i:]) {
			if strings.HasPrefix(s[i:], word) {
				return true
			}
		}
		i += 3
	}
	return false
}
