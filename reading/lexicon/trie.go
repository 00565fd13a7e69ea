package lexicon

import "unicode/utf8"

// Trie finds the longest of its words that begins at a place of a text. It is a double array: the
// characters of the words are numbered, and where a node's continuations begin plus the number of a
// character is the only place where the node that this character leads to can be, so that a step costs
// one look and all nodes lie close together.
type Trie struct {
	codes [1 << 16]uint16 // the number of a character; 0 for those of no word
	slots []slot
	pairs PairFilter
}

// slot holds a node, or none where its parent is noNode.
type slot struct {
	parent uint16 // the node that it continues
	base   uint16 // its own continuations stand here plus their code; 0 where it has none
	accept uint16 // 1 + the id of the word that ends here, 0 for none
}

const (
	root   = 0
	noNode = 0xFFFF
)

// pairBits is the size of the filter: small enough for the fastest cache, large enough that few pairs
// pass it by chance.
const pairBits = 1 << 16

// child is the node that a character leads to from a node, 0 for none.
func (t *Trie) child(node uint16, code uint16) uint16 {
	at := int(t.slots[node].base) + int(code)
	if t.slots[at].parent != node {
		return 0
	}
	return uint16(at)
}

// Starts tells whether any word begins with r.
func (t *Trie) Starts(r rune) bool { return r <= 0xFFFF && t.child(root, t.codes[r]) != 0 }

// Match is the id of the longest word that begins at text[at:] and the byte where it ends; id is -1
// when there is none.
func (t *Trie) Match(text string, at int) (id, end int) {
	if at >= len(text) {
		return -1, 0
	}
	r, at := runeAt(text, at)
	node := t.child(root, t.codes[r])
	if node == 0 {
		return -1, 0
	}
	id = int(t.slots[node].accept) - 1
	if at < len(text) {
		second, next := runeAt(text, at)
		if t.pairs.May(uint32(r), uint32(second)) {
			if longer, longerEnd := t.MatchFrom(text, node, second, next); longer >= 0 {
				return longer, longerEnd
			}
		}
	}
	return id, at
}

// MatchFrom is the longest word whose first character leads to node (see First), whose second character
// is given and ends at the byte, and which is at least two characters long.
func (t *Trie) MatchFrom(text string, node, second uint16, at int) (id, end int) {
	id = -1
	for r := second; ; r, at = runeAt(text, at) {
		if node = t.child(node, t.codes[r]); node == 0 {
			return id, end
		}
		s := &t.slots[node]
		if s.accept != 0 {
			id, end = int(s.accept)-1, at
		}
		if at >= len(text) {
			return id, end
		}
	}
}

// First is the node that a first character leads to, 0 for none, and the id of the word that the
// character is by itself, -1 for none.
func (t *Trie) First(r rune) (node uint16, id int) {
	if r > 0xFFFF {
		return 0, -1
	}
	if node = t.child(root, t.codes[r]); node == 0 {
		return 0, -1
	}
	return node, int(t.slots[node].accept) - 1
}

// runeAt is the character at text[at:] and the byte behind it; one beyond the basic plane, which no
// word holds, reads as 0.
func runeAt(text string, at int) (r uint16, end int) {
	switch b := text[at]; {
	case b < utf8.RuneSelf:
		return uint16(b), at + 1
	case b >= 0xE0 && b < 0xF0 && at+2 < len(text):
		return uint16(b&0x0F)<<12 | uint16(text[at+1]&0x3F)<<6 | uint16(text[at+2]&0x3F), at + 3
	default:
		wide, size := utf8.DecodeRuneInString(text[at:])
		if wide > 0xFFFF {
			wide = 0
		}
		return uint16(wide), at + size
	}
}

// PairFilter tells in one look whether a word may begin with two characters. It never denies a word
// and now and then admits what is none.
type PairFilter [pairBits / 64]uint64

func (f *PairFilter) add(first, second uint32) {
	p := pair(first, second)
	f[p>>6] |= 1 << (p & 63)
}

// Merge makes f admit all that g admits.
func (f *PairFilter) Merge(g *PairFilter) {
	for i := range f {
		f[i] |= g[i]
	}
}

// May tells whether a word may begin with the two characters.
func (f *PairFilter) May(first, second uint32) bool {
	return f.Bit(first, second) != 0
}

// Bit is May as a number, 1 for yes, to be joined with other bits without a branch.
func (f *PairFilter) Bit(first, second uint32) uint64 {
	p := pair(first, second)
	return f[p>>6] >> (p & 63) & 1
}

// pair is the bit of two characters.
func pair(first, second uint32) uint32 {
	return (first*37 + second) & (pairBits - 1)
}

// Pairs is the filter of the trie's words.
func (t *Trie) Pairs() *PairFilter { return &t.pairs }
