package pairing

import (
	_ "embed"
	"strings"
	"sync"
)

//go:embed words.txt
var wordLines string

// wordlists are the lists of words.txt by name.
type wordlists func() map[string][]string

func (w wordlists) of(name string) []string { return w()[name] }

// holds tells whether a text holds a word of the list.
func (w wordlists) holds(name, text string) bool {
	for _, word := range w.of(name) {
		if strings.Contains(text, word) {
			return true
		}
	}
	return false
}

// opens tells whether a text begins with a word of the list.
func (w wordlists) opens(name, text string) bool {
	for _, word := range w.of(name) {
		if strings.HasPrefix(text, word) {
			return true
		}
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

var vocabulary = wordlists(sync.OnceValue(func() map[string][]string {
	lists := map[string][]string{}
	for line := range strings.Lines(wordLines) {
		fields := strings.Fields(line)
		if len(fields) > 1 && !strings.HasPrefix(fields[0], "#") {
			lists[fields[0]] = append(lists[fields[0]], fields[1:]...)
		}
	}
	return lists
}))
