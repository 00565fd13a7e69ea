package lexicon

import "strings"

// Lists are lists of words, each by the name that stands before its words in a file. A name may take
// several lines.
type Lists map[string][]string

// ListsOf are the lists of a file of words.
func ListsOf(file string) Lists {
	lists := Lists{}
	for line := range Lines(file) {
		lists[line.Head] = append(lists[line.Head], line.Words...)
	}
	return lists
}

// Holds tells whether a text holds a word of the list.
func (l Lists) Holds(name, text string) bool {
	for _, w := range l[name] {
		if strings.Contains(text, w) {
			return true
		}
	}
	return false
}

// Opens tells whether a text begins with a word of the list.
func (l Lists) Opens(name, text string) bool {
	for _, w := range l[name] {
		if strings.HasPrefix(text, w) {
			return true
		}
	}
	return false
}

// Closes tells whether a text ends with a word of the list.
func (l Lists) Closes(name, text string) bool {
	for _, w := range l[name] {
		if strings.HasSuffix(text, w) {
			return true
		}
	}
	return false
}
