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
}

type edge struct{ key, node uint32 }

const root = 0

// NewTrie builds a trie over words; a word's id is its place in the list. Words are of the basic
// multilingual plane. It panics on more nodes than 16 bits count, which only a change of the data
// files can cause.
func NewTrie(words []string) *Trie {
	t := &Trie{accept: make([]uint16, 1)}
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
	for _, r := range word {
		next := t.step(node, uint32(r))
		if next == 0 {
			next = uint32(len(t.accept))
			if next > 0xFFFF || r > 0xFFFF {
				panic("lexicon: too many or too exotic words")
			}
			t.accept = append(t.accept, 0)
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
	id = -1
	node := uint32(root)
	for at < len(text) {
		var r uint32
		switch b := text[at]; {
		case b < utf8.RuneSelf:
			r = uint32(b)
			at++
		case b >= 0xE0 && b < 0xF0 && at+2 < len(text):
			r = uint32(b&0x0F)<<12 | uint32(text[at+1]&0x3F)<<6 | uint32(text[at+2]&0x3F)
			at += 3
		default:
			wide, size := utf8.DecodeRuneInString(text[at:])
			if wide > 0xFFFF {
				return id, end
			}
			r = uint32(wide)
			at += size
		}
		node = t.step(node, r)
		if node == 0 {
			return id, end
		}
		if a := t.accept[node]; a != 0 {
			id, end = int(a)-1, at
		}
	}
	return id, end
}
