package lexicon

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// entry is a word of the list that a trie is built over.
type entry struct {
	word string
	id   uint16
}

// NewTrie builds a trie over words; a word's id is its place in the list. Words are of the basic
// multilingual plane. It panics on more nodes than 16 bits count, which only a change of the data
// files can cause.
func NewTrie(words []string) *Trie {
	t := &Trie{}
	entries := make([]entry, len(words))
	codes := uint16(0)
	for id, word := range words {
		entries[id] = entry{word, uint16(id)}
		for _, r := range word {
			if r > 0xFFFF {
				panic("lexicon: a character beyond the basic plane in " + word)
			}
			if t.codes[r] == 0 {
				codes++
				t.codes[r] = codes
			}
		}
		t.addPair(word)
	}
	slices.SortStableFunc(entries, func(a, b entry) int { return strings.Compare(a.word, b.word) })
	b := builder{trie: t}
	b.room(1)
	b.build(root, entries, 0)
	b.room(len(t.slots) + int(codes) + 1) // so that no step leads out of the array
	return t
}

// addPair makes the filter admit a word of two characters or more.
func (t *Trie) addPair(word string) {
	first, size := utf8.DecodeRuneInString(word)
	if second, n := utf8.DecodeRuneInString(word[size:]); n > 0 {
		t.pairs.add(uint32(first), uint32(second))
	}
}

// builder lays the nodes out.
type builder struct {
	trie *Trie
	free int // there is no free slot before it
}

// build makes the continuations of a node, which all of the words lead to with their first bytes. The
// words are sorted, so that those with the same next character stand together.
func (b *builder) build(node int, words []entry, bytes int) {
	for len(words) > 0 && len(words[0].word) == bytes {
		b.trie.slots[node].accept = words[0].id + 1
		words = words[1:]
	}
	if len(words) == 0 {
		return
	}
	var branches []branch
	for _, w := range words {
		r, size := utf8.DecodeRuneInString(w.word[bytes:])
		if code := int(b.trie.codes[r]); len(branches) == 0 || branches[len(branches)-1].code != code {
			branches = append(branches, branch{code: code, bytes: bytes + size})
		}
		branches[len(branches)-1].words++
	}
	base := b.place(branches)
	b.trie.slots[node].base = uint16(base)
	for _, c := range branches {
		b.trie.slots[base+c.code].parent = uint16(node)
	}
	for _, c := range branches {
		b.build(base+c.code, words[:c.words], c.bytes)
		words = words[c.words:]
	}
}

// branch is one continuation of a node.
type branch struct {
	code  int
	words int // that go on there
	bytes int // of each of them up to there
}

// place finds the first base, 0 excepted, at which all branches find a free slot.
func (b *builder) place(branches []branch) int {
	for b.free < len(b.trie.slots) && b.trie.slots[b.free].parent != noNode {
		b.free++
	}
	lowest := branches[0].code
	for _, c := range branches {
		lowest = min(lowest, c.code)
	}
	for at := max(b.free, lowest+1); ; at++ {
		if base := at - lowest; b.fits(base, branches) {
			return base
		}
	}
}

func (b *builder) fits(base int, branches []branch) bool {
	for _, c := range branches {
		b.room(base + c.code + 1)
		if b.trie.slots[base+c.code].parent != noNode {
			return false
		}
	}
	return true
}

// room makes the array at least so long.
func (b *builder) room(size int) {
	if size > noNode {
		panic("lexicon: too many words")
	}
	for len(b.trie.slots) < size {
		b.trie.slots = append(b.trie.slots, slot{parent: noNode})
	}
}
