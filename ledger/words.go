package ledger

import (
	_ "embed"
	"slices"
	"strings"
	"sync"
)

//go:embed words.txt
var wordLines string

// vocabulary are the lists of words.txt by name.
var vocabulary = sync.OnceValue(func() map[string][]string {
	lists := map[string][]string{}
	for line := range strings.Lines(wordLines) {
		fields := strings.Fields(line)
		if len(fields) > 1 && !strings.HasPrefix(fields[0], "#") {
			lists[fields[0]] = append(lists[fields[0]], fields[1:]...)
		}
	}
	return lists
})

// holdsWord tells whether a text holds a word of the list.
func holdsWord(list, text string) bool {
	return slices.ContainsFunc(vocabulary()[list], func(word string) bool { return strings.Contains(text, word) })
}

// isWord tells whether a text is a word of the list.
func isWord(list, text string) bool { return slices.Contains(vocabulary()[list], text) }
