package checking

import "unicode/utf8"

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
