package checking

import (
	_ "embed"
	"slices"
	"strings"
	"sync"

	"luoshi/reading/lexicon"
)

//go:embed words.txt
var wordsFile string

// vocabulary are the lists of words.txt.
var vocabulary = sync.OnceValue(func() lexicon.Lists { return lexicon.ListsOf(wordsFile) })

// complements are the groups of names that leave nothing out.
var complements = sync.OnceValue(func() [][]string {
	var groups [][]string
	for _, group := range words("nothing left out") {
		groups = append(groups, strings.Split(group, "/"))
	}
	return groups
})

// words is one list of words.txt.
func words(name string) []string { return vocabulary()[name] }

// holds, opens and closes tell whether a text holds, begins with or ends with a word of a list.
func holds(text, list string) bool  { return vocabulary().Holds(list, text) }
func opens(text, list string) bool  { return vocabulary().Opens(list, text) }
func closes(text, list string) bool { return vocabulary().Closes(list, text) }

// holdsAny, startsWithAny and endsWithAny tell the same of words that stand in no file.
func holdsAny(text string, list []string) bool {
	return slices.ContainsFunc(list, func(w string) bool { return strings.Contains(text, w) })
}

func startsWithAny(text string, list []string) bool {
	return slices.ContainsFunc(list, func(w string) bool { return strings.HasPrefix(text, w) })
}

func endsWithAny(text string, list []string) bool {
	return slices.ContainsFunc(list, func(w string) bool { return strings.HasSuffix(text, w) })
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
