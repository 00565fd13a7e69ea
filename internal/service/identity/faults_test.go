package identity

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"
)

// Every sentence is said somewhere, and every one that is said is there; those of turnAway are put together.
func TestFaultsAreThoseOfTheFile(t *testing.T) {
	files, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	said := []string{"sign-in.disabled", "sign-in.expired"}
	for _, file := range files {
		if strings.HasSuffix(file, "_test.go") {
			continue
		}
		source, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, found := range regexp.MustCompile(`fault\("([^"]+)"`).FindAllStringSubmatch(string(source), -1) {
			said = append(said, found[1])
		}
	}
	for _, code := range said {
		if _, known := faultWords()[code]; !known && code != "sign-in." {
			t.Errorf("%s is said and not in faults.txt", code)
		}
	}
	for code, words := range faultWords() {
		if !slices.Contains(said, code) {
			t.Errorf("%s is in faults.txt and never said", code)
		}
		if words.ZH == "" || words.EN == "" {
			t.Errorf("%s lacks a language", code)
		}
	}
}

func TestHowLongToWait(t *testing.T) {
	for span, want := range map[time.Duration][2]string{
		time.Millisecond: {"1秒", "1 s"}, 90 * time.Second: {"90秒", "90 s"}, 91 * time.Second: {"2分钟", "2 min"}, time.Hour: {"60分钟", "60 min"},
	} {
		if zh, en := inWords(span); zh != want[0] || en != want[1] {
			t.Errorf("%s: %s, %s", span, zh, en)
		}
	}
}
