package pairing

import (
	_ "embed"
	"strings"
	"sync"

	"luoshi/reading/lexicon"
)

//go:embed words.txt
var wordLines string

// wordlist is a list of words that finds them in one walk over a text.
type wordlist struct {
	words []string
	first [16]uint64        // a bit for each first character, by its last ten bits
	begin map[rune][]string // the words by their first character, in the order of the list
}

func newWordlist(words []string) *wordlist {
	l := &wordlist{words: words, begin: map[rune][]string{}}
	for _, w := range words {
		for _, r := range w {
			l.first[r>>6&15] |= 1 << (r & 63)
			l.begin[r] = append(l.begin[r], w)
			break
		}
	}
	return l
}

// at is the word of the list with which a text begins whose first character is given; "" for none.
func (l *wordlist) at(text string, first rune) string {
	if l.first[first>>6&15]&(1<<(first&63)) == 0 {
		return ""
	}
	for _, w := range l.begin[first] {
		if strings.HasPrefix(text, w) {
			return w
		}
	}
	return ""
}

// without is a text without the words of the list.
func (l *wordlist) without(text string) string {
	var kept strings.Builder
	from, next := 0, 0
	for i, r := range text {
		if i < next {
			continue
		}
		if w := l.at(text[i:], r); w != "" {
			kept.WriteString(text[from:i])
			from = i + len(w)
			next = from
		}
	}
	if from == 0 {
		return text
	}
	kept.WriteString(text[from:])
	return kept.String()
}

// wordlists are the lists of words.txt by name.
type wordlists func() map[string]*wordlist

func (w wordlists) of(name string) []string { return w()[name].words }

// holds tells whether a text holds a word of the list.
func (w wordlists) holds(name, text string) bool {
	list := w()[name]
	for i, r := range text {
		if list.at(text[i:], r) != "" {
			return true
		}
	}
	return false
}

// opens tells whether a text begins with a word of the list.
func (w wordlists) opens(name, text string) bool {
	for _, r := range text {
		return w()[name].at(text, r) != ""
	}
	return false
}

// closes tells whether a text ends with a word of the list.
func (w wordlists) closes(name, text string) bool {
	for _, word := range w.of(name) {
		if strings.HasSuffix(text, word) {
			return true
		}
	}
	return false
}

var vocabulary = wordlists(sync.OnceValue(func() map[string]*wordlist {
	lists := map[string]*wordlist{}
	for name, words := range lexicon.ListsOf(wordLines) {
		lists[name] = newWordlist(words)
	}
	return lists
}))
