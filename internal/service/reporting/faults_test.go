package reporting

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// TestEveryFaultIsSaid compares the codes in the program with those in faults.txt.
func TestEveryFaultIsSaid(t *testing.T) {
	files, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	used := map[string]bool{}
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, found := range regexp.MustCompile(`(?:fault\(|because\(\w+, )"([a-z_.]+)"`).FindAllStringSubmatch(string(text), -1) {
			used[found[1]] = true
		}
	}
	for code := range used {
		if words, known := faults()[code]; !known || words.ZH == "" || words.EN == "" {
			t.Errorf("%s is not said in faults.txt", code)
		}
	}
	for code, words := range faults() {
		if !used[code] {
			t.Errorf("nothing is wrong in the way of %s", code)
		}
		if strings.Count(words.ZH, "{") != strings.Count(words.EN, "{") {
			t.Errorf("%s tells other facts in one language than in the other", code)
		}
	}
}
