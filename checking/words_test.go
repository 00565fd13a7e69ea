package checking

import (
	"os"
	"slices"
	"strings"
	"testing"
)

// TestWordsAreUsed checks that every list of words.txt is asked for by some rule, so that none is a
// leftover, and that none names a word twice.
func TestWordsAreUsed(t *testing.T) {
	files, err := os.ReadDir(".")
	if err != nil {
		t.Fatal(err)
	}
	var code strings.Builder
	for _, f := range files {
		if strings.HasSuffix(f.Name(), ".go") && !strings.HasSuffix(f.Name(), "_test.go") {
			data, err := os.ReadFile(f.Name())
			if err != nil {
				t.Fatal(err)
			}
			code.Write(data)
		}
	}
	for name, list := range vocabulary() {
		if !strings.Contains(code.String(), `"`+name+`"`) {
			t.Errorf("no rule asks for the words of %q", name)
		}
		sorted := slices.Sorted(slices.Values(list))
		if len(slices.Compact(sorted)) != len(list) || len(list) == 0 {
			t.Errorf("%q is empty or names a word twice: %v", name, list)
		}
	}
}

// TestWordsExist checks that every list that a rule asks for is there.
func TestWordsExist(t *testing.T) {
	for _, name := range []string{"total", "among", "gathers", "plan", "rate", "from", "up to"} {
		if len(words(name)) == 0 {
			t.Errorf("no words for %q", name)
		}
	}
}
