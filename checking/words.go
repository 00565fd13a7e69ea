package checking

import (
	_ "embed"
	"strings"
	"sync"
)

//go:embed words.txt
var wordsFile string

// wordLists are the lists of words.txt by name.
var wordLists = sync.OnceValue(func() map[string][]string { return parseLists(wordsFile) })

// parseLists reads lines of a name, a colon and words.
func parseLists(file string) map[string][]string {
	lists := map[string][]string{}
	for line := range strings.Lines(file) {
		line = strings.TrimSpace(line)
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		name, words, _ := strings.Cut(line, ":")
		lists[name] = append(lists[name], strings.Fields(words)...)
	}
	return lists
}

// complements are the groups of names that leave nothing out.
var complements = sync.OnceValue(func() [][]string {
	var groups [][]string
	for _, group := range words("nothing left out") {
		groups = append(groups, strings.Split(group, "/"))
	}
	return groups
})

// words is one list of words.txt.
func words(name string) []string { return wordLists()[name] }

// holdsAny tells whether the text holds one of the words.
func holdsAny(text string, list []string) bool {
	for _, w := range list {
		if strings.Contains(text, w) {
			return true
		}
	}
	return false
}

// endsWithAny tells whether the text ends with one of the words.
func endsWithAny(text string, list []string) bool {
	for _, w := range list {
		if strings.HasSuffix(text, w) {
			return true
		}
	}
	return false
}

// withoutAny is the text without the words.
func withoutAny(text string, list []string) string {
	for _, w := range list {
		text = strings.ReplaceAll(text, w, "")
	}
	return text
}

func sentenceLength(text string) int {
	if i := strings.Index(text, fullStop); i >= 0 {
		return i + len(fullStop)
	}
	return len(text)
}
