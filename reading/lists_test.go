package reading

import (
	"strings"
	"testing"
)

// TestListsAreWellFormed: every line of lists.txt has a name of its own and names no word twice.
func TestListsAreWellFormed(t *testing.T) {
	names := map[string]bool{}
	for line := range strings.Lines(listsFile) {
		line = strings.TrimSpace(line)
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		name, words, found := strings.Cut(line, ":")
		if !found || strings.TrimSpace(words) == "" {
			t.Errorf("%q: no list", line)
			continue
		}
		if names[name] {
			t.Errorf("%s stands twice", name)
		}
		names[name] = true
		seen := map[string]bool{}
		for _, word := range strings.Fields(words) {
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
