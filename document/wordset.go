package document

import (
	"math"
	"strings"
	"unicode/utf8"
)

// wordSet is a set of words of Chinese characters that are searched for all at once.
type wordSet struct {
	starts  [1 << 16]uint8 // for the characters of the basic plane, where in byStart their words are
	byStart [][]string     // the words by their first character; the first is empty, for all other characters
}

func newWordSet(words []string) *wordSet {
	set := &wordSet{byStart: [][]string{nil}}
	for _, word := range words {
		first, size := utf8.DecodeRuneInString(word)
		if size != len("一") {
			panic("document: the word " + word + " does not begin with a Chinese character")
		}
		start := &set.starts[uint16(first)]
		if *start == 0 {
			if len(set.byStart) > math.MaxUint8 {
				panic("document: the words begin with too many characters")
			}
			*start = uint8(len(set.byStart))
			set.byStart = append(set.byStart, nil)
		}
		set.byStart[*start] = append(set.byStart[*start], word)
	}
	return set
}

// at is the words that begin with the character of three bytes at the front of s.
func (set *wordSet) at(s string) []string {
	return set.byStart[set.starts[uint16(s[0]&0x0F)<<12|uint16(s[1]&0x3F)<<6|uint16(s[2]&0x3F)]]
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
