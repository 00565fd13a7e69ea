package accounting

import (
	"os"
	"path/filepath"
	"regexp"
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
		for _, found := range regexp.MustCompile(`faults\.New\("([a-z_.]+)"`).FindAllStringSubmatch(string(text), -1) {
			used[found[1]] = true
		}
	}
	for code := range used {
		if words := faults[code]; words.ZH == "" || words.EN == "" {
			t.Errorf("%s is not said in faults.txt", code)
		}
	}
	for code := range faults {
		if !used[code] {
			t.Errorf("nothing is wrong in the way of %s", code)
		}
	}
}
