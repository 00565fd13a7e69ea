package checking

import (
	"unicode/utf8"

	"luoshi/reading/lexicon"
)

// characterSet is a set of characters of the basic plane, to be searched for all at once.
type characterSet [1 << 16]bool

func charactersOf(members string) *characterSet {
	set := &characterSet{}
	for _, r := range members {
		set[r] = true
	}
	return set
}

// next is where the first character of the set stands in a text, from a byte on; its length where none does.
func (set *characterSet) next(text string, at int) int {
	for at < len(text) {
		lead := text[at]
		switch {
		case lead < utf8.RuneSelf:
			if set[lead] {
				return at
			}
			at++
		case lead >= 0xE0 && lead < 0xF0 && at+2 < len(text):
			if set[uint16(lead)<<12|uint16(text[at+1]&0x3F)<<6|uint16(text[at+2]&0x3F)] {
				return at
			}
			at += 3
		default:
			_, size := utf8.DecodeRuneInString(text[at:])
			at += size
		}
	}
	return at
}

// glossary is words to be looked for in short texts. Most texts have none, which the characters that begin
// and end the words tell at once.
type glossary struct {
	trie         *lexicon.Trie
	starts, ends *characterSet
}

func glossaryOf(words []string) *glossary {
	set := &glossary{lexicon.NewTrie(words), &characterSet{}, &characterSet{}}
	for _, word := range words {
		first, _ := utf8.DecodeRuneInString(word)
		last, _ := utf8.DecodeLastRuneInString(word)
		set.starts[first], set.ends[last] = true, true
	}
	return set
}

// in tells whether one of the words stands in a text.
func (set *glossary) in(text string) bool {
	for at := set.starts.next(text, 0); at < len(text); at = set.starts.next(text, at+1) {
		if id, _ := set.trie.Match(text, at); id >= 0 {
			return true
		}
	}
	return false
}

// ending is the longest of the words that a text ends with and that begins at a byte or behind it, and where
// it begins; -1 for none.
func (set *glossary) ending(text string, from int) (id, at int) {
	last, _ := utf8.DecodeLastRuneInString(text)
	if last >= 1<<16 || !set.ends[last] {
		return -1, len(text)
	}
	for at := set.starts.next(text, from); at < len(text); at = set.starts.next(text, at+1) {
		if id, end := set.trie.Match(text, at); id >= 0 && end == len(text) {
			return id, at
		}
	}
	return -1, len(text)
}
