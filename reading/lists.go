package reading

import (
	_ "embed"
	"sync"

	"luoshi/reading/lexicon"
)

//go:embed lists.txt
var listsFile string

// lists is the lines of lists.txt by name.
var lists = sync.OnceValue(func() map[string][]string {
	byName := map[string][]string{}
	for line := range lexicon.Lines(listsFile) {
		byName[line.Head] = line.Words
	}
	return byName
})

// list is the words of the line of lists.txt that has the name; it panics when there is none, which only
// a change of the file can cause.
func list(name string) []string {
	words, found := lists()[name]
	if !found {
		panic("reading: lists.txt has no line " + name)
	}
	return words
}

// set is list as a set.
func set(name string) map[string]bool {
	words := map[string]bool{}
	for _, word := range list(name) {
		words[word] = true
	}
	return words
}
