package reading

import (
	"testing"

	"luoshi/reading/lexicon"
)

// TestListsAreWellFormed: every line of lists.txt has a name of its own and names no word twice.
func TestListsAreWellFormed(t *testing.T) {
	names := map[string]bool{}
	for line := range lexicon.Lines(listsFile) {
		name := line.Head
		if len(line.Words) == 0 {
			t.Errorf("%q: no list", name)
			continue
		}
		if names[name] {
			t.Errorf("%s stands twice", name)
		}
		names[name] = true
		seen := map[string]bool{}
		for _, word := range line.Words {
			if seen[word] {
				t.Errorf("%s: %s stands twice", name, word)
			}
			seen[word] = true
		}
	}
}

func TestListOfUnknownNamePanics(t *testing.T) {
	defer func() {
		if recover() == nil {
			t.Error("a list that does not exist was given")
		}
	}()
	list("no-such-list")
}
