package assets_test

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"luoshi/internal/web/assets"
)

// used finds the icons that templates name.
var used = regexp.MustCompile(`(?:Icon|Empty)\("([a-z-]+)"`)

func TestEveryIconThatPagesUseIsInTheSprite(t *testing.T) {
	list, err := os.ReadFile("icons.txt")
	if err != nil {
		t.Fatal(err)
	}
	known := map[string]bool{}
	for line := range strings.Lines(string(list)) {
		if f := strings.Fields(line); len(f) == 2 && f[0] != "#" {
			known[f[0]] = true
		}
	}
	err = filepath.WalkDir("..", func(path string, entry os.DirEntry, err error) error {
		if err != nil || filepath.Ext(path) != ".templ" {
			return err
		}
		text, err := os.ReadFile(path)
		for _, m := range used.FindAllSubmatch(text, -1) {
			if !known[string(m[1])] {
				t.Errorf("%s uses the icon %s, which assets/icons.txt does not have", path, m[1])
			}
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestBundledFilesAreThere(t *testing.T) {
	if err := assets.Missing(); err != nil {
		if os.Getenv("LUOSHI_REQUIRE_BROWSER") == "1" {
			t.Fatal(err)
		}
		t.Skip(err)
	}
	sprite, err := os.ReadFile("vendor/icons.svg")
	if err != nil {
		t.Fatal(err)
	}
	if n := strings.Count(string(sprite), "<symbol "); n < 50 || strings.Count(string(sprite), "<svg") != 1 {
		t.Errorf("the sprite has %d symbols, or an image within an image", n)
	}
}

// Nothing is loaded from outside: whatever names another server is a namespace or a comment.
func TestFilesLoadNothingFromOutside(t *testing.T) {
	outside := regexp.MustCompile(`(?:url\(|@import |src=|import\()["']?(?:https?:)?//`)
	for _, pattern := range []string{"own/*", "vendor/*"} {
		files, err := filepath.Glob(pattern)
		if err != nil {
			t.Fatal(err)
		}
		for _, file := range files {
			text, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			if m := outside.Find(text); m != nil {
				t.Errorf("%s loads %s…", file, m)
			}
		}
	}
}
