package intake

import (
	_ "embed"
	"slices"
	"strings"
	"sync"
)

//go:embed kinds.txt
var kindLines string

// vocabulary are the lists of kinds.txt by name.
var vocabulary = sync.OnceValue(func() map[string][]string {
	lists := map[string][]string{}
	for line := range strings.Lines(kindLines) {
		fields := strings.Fields(line)
		if len(fields) > 1 && !strings.HasPrefix(fields[0], "#") {
			lists[fields[0]] = append(lists[fields[0]], fields[1:]...)
		}
	}
	return lists
})

// holds tells whether a text holds a word of the list.
func holds(list, text string) bool {
	return slices.ContainsFunc(vocabulary()[list], func(word string) bool { return strings.Contains(text, word) })
}
