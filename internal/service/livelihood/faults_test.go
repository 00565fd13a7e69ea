package livelihood

import (
	"os"
	"path/filepath"
	"regexp"
	"testing"
)

// TestEveryFaultIsSaid compares the codes in the program, and in its rules, with those in faults.txt.
func TestEveryFaultIsSaid(t *testing.T) {
	used := map[string]bool{}
	for _, pattern := range []string{"*.go", "../../../ledger/livelihood/*.go"} {
		files, err := filepath.Glob(pattern)
		if err != nil {
			t.Fatal(err)
		}
		for _, file := range files {
			text, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			for _, found := range regexp.MustCompile(`"((?:step|text|reason|withdrawn|round|rule|suggest|candidate|vote|ballot|sheet|survey|picture|item|enter)\.[a-z_]+)"`).FindAllStringSubmatch(string(text), -1) {
				used[found[1]] = true
			}
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
	for why, words := range notices {
		if words.ZH == "" || words.EN == "" {
			t.Errorf("%s is not said in notices.txt", why)
		}
	}
}
