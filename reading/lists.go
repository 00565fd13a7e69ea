package reading

import (
	_ "embed"
	"strings"
)

//go:embed lists.txt
var listsFile string

// list is the words of the line of lists.txt that has the name; it panics when there is none, which only
// a change of the file can cause.
func list(name string) []string {
	for line := range strings.Lines(listsFile) {
		if words, found := strings.CutPrefix(line, name+":"); found {
			return strings.Fields(words)
		}
	}
	panic("reading: lists.txt has no line " + name)
}

// set is list as a set.
func set(name string) map[string]bool {
	words := map[string]bool{}
	for _, word := range list(name) {
		words[word] = true
	}
	return words
}
