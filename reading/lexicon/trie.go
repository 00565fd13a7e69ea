package lexicon

import "unicode/utf8"

// Trie finds the longest of its words that begins at a place of a text. A table indexed by the first
// character turns most places away at once; further characters go through one open-addressed hash
// table, so that a look-up costs a probe for each character matched.
type Trie struct {
	first  [1 << 16]uint16 // node reached by a word's first character; 0 is none
	edges  []edge          // power of two long
	mask   uint32
	accept []uint16 // by node: 1 + the id of the word that ends there, 0 for none
	only   []edge16 // by node: the first character that was linked, which for most is the only one
	pairs  PairFilter
}

// pairBits is the size of the filter: small enough for the fastest cache, large enough that few pairs
// pass it by chance.
const pairBits = 1 << 16

type edge struct{ key, node uint32 }

// edge16 is a node's first link; more tells that the hash table holds others.
type edge16 struct {
	r, node uint16
	more    bool
}

const root = 0

// NewTrie builds a trie over words; a word's id is its place in the list. Words are of the basic
// multilingual plane. It panics on more nodes than 16 bits count, which only a change of the data
// files can cause.
func NewTrie(words []string) *Trie {
	t := &Trie{accept: make([]uint16, 1), only: make([]edge16, 1)}
	characters := 0
	for _, w := range words {
		characters += utf8.RuneCountInString(w)
	}
	size := 64
	for size < characters*4 {
		size *= 2
	}
	t.edges = make([]edge, size)
	t.mask = uint32(size - 1)
	for id, w := range words {
		t.add(w, uint16(id+1))
	}
	return t
}

func (t *Trie) add(word string, accept uint16) {
	node := uint32(root)
	var before uint32
	for i, r := range word {
		if before != 0 && i < 2*utf8.UTFMax && node == uint32(t.first[before&0xFFFF]) {
			t.pairs.add(before, uint32(r))
		}
		before = uint32(r)
		next := t.step(node, uint32(r))
		if next == 0 {
			next = uint32(len(t.accept))
			if next > 0xFFFF || r > 0xFFFF {
				panic("lexicon: too many or too exotic words")
			}
			t.accept = append(t.accept, 0)
			t.only = append(t.only, edge16{})
			t.link(node, uint32(r), next)
		}
		node = next
	}
	t.accept[node] = accept
}

func (t *Trie) link(node, r, next uint32) {
	if node == root {
		t.first[r] = uint16(next)
		return
	}
	if only := &t.only[node]; only.node == 0 {
		*only = edge16{r: uint16(r), node: uint16(next)}
		return
	}
	t.only[node].more = true
	key := node<<16 | r
	slot := hash(key) & t.mask
	for t.edges[slot].node != 0 {
		slot = (slot + 1) & t.mask
	}
	t.edges[slot] = edge{key, next}
}

func (t *Trie) step(node, r uint32) uint32 {
	if node == root {
		return uint32(t.first[r&0xFFFF])
	}
	only := &t.only[node]
	if only.r == uint16(r) {
		return uint32(only.node)
	}
	if !only.more {
		return 0
	}
	key := node<<16 | r
	for slot := hash(key) & t.mask; t.edges[slot].node != 0; slot = (slot + 1) & t.mask {
		if t.edges[slot].key == key {
			return t.edges[slot].node
		}
	}
	return 0
}

func hash(key uint32) uint32 {
	key *= 0x9E3779B1
	return key ^ key>>15
}

// Starts tells whether any word begins with r.
func (t *Trie) Starts(r rune) bool { return r <= 0xFFFF && t.first[r] != 0 }

// Match is the id of the longest word that begins at text[at:] and the byte where it ends; id is -1
// when there is none.
func (t *Trie) Match(text string, at int) (id, end int) {
	if at >= len(text) {
		return -1, 0
	}
	r, at := runeAt(text, at)
	node := t.first[r]
	id = int(t.accept[node]) - 1
	if node != 0 && at < len(text) {
		second, next := runeAt(text, at)
		if t.pairs.May(r, second) {
			if longer, longerEnd := t.MatchFrom(text, node, second, next); longer >= 0 {
				return longer, longerEnd
			}
		}
	}
	return id, at
}

// MatchFrom is the longest word whose first character leads to node (see First), whose second character
// is given and ends at the byte, and which is at least two characters long.
func (t *Trie) MatchFrom(text string, node uint16, second uint32, at int) (id, end int) {
	id = -1
	for n, r := uint32(node), second; ; r, at = runeAt(text, at) {
		if n = t.step(n, r); n == 0 {
			return id, end
		}
		if a := t.accept[n]; a != 0 {
			id, end = int(a)-1, at
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
	node = t.first[r]
	return node, int(t.accept[node]) - 1
}

// runeAt is the character at text[at:] and the byte behind it; one beyond the basic plane, which no
// word holds, reads as 0.
func runeAt(text string, at int) (r uint32, end int) {
	switch b := text[at]; {
	case b < utf8.RuneSelf:
		return uint32(b), at + 1
	case b >= 0xE0 && b < 0xF0 && at+2 < len(text):
		return uint32(b&0x0F)<<12 | uint32(text[at+1]&0x3F)<<6 | uint32(text[at+2]&0x3F), at + 3
	default:
		wide, size := utf8.DecodeRuneInString(text[at:])
		if wide > 0xFFFF {
			wide = 0
		}
		return uint32(wide), at + size
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
	p := pair(first, second)
	return f[p>>6]&(1<<(p&63)) != 0
}

// pair is the bit of two characters.
func pair(first, second uint32) uint32 {
	return (first*37 + second) & (pairBits - 1)
}

// Pairs is the filter of the trie's words.
func (t *Trie) Pairs() *PairFilter { return &t.pairs }
