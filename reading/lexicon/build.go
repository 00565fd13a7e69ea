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
	// next leads from each slot to the first free one at or behind it, over slots that do the same.
	next []int
	// Before crowded the free slots are too few and too far apart for more than one branch: the search
	// for several begins behind it.
	crowded int
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
		b.next[base+c.code] = base + c.code + 1
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
	lowest := branches[0].code
	for _, c := range branches {
		lowest = min(lowest, c.code)
	}
	start := lowest + 1
	if len(branches) > 1 {
		start = max(start, b.crowded)
	}
	tried := 0
	for at := b.freeFrom(start); ; at = b.freeFrom(at + 1) {
		if base := at - lowest; b.fits(base, branches) {
			if taken := at - start - tried; taken*crowdedOf > (at-start)*(crowdedOf-1) {
				b.crowded = at
			}
			return base
		}
		tried++
	}
}

// freeFrom is the first free slot at or behind one.
func (b *builder) freeFrom(at int) int {
	b.room(at + 1)
	free := at
	for b.next[free] != free {
		free = b.next[free]
		b.room(free + 1)
	}
	for b.next[at] != free { // lead the slots on the way there at once
		b.next[at], at = free, b.next[at]
	}
	return free
}

// crowdedOf says when a stretch is crowded: all but one in so many slots are taken.
const crowdedOf = 16

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
		b.next = append(b.next, len(b.trie.slots))
		b.trie.slots = append(b.trie.slots, slot{parent: noNode})
	}
}
