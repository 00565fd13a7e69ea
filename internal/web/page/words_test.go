package page

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"luoshi/internal/access"
)

func TestWordsThatCannotBeRead(t *testing.T) {
	for name, text := range map[string]string{
		"two columns":      "a.b | 甲",
		"no English":       "a.b | 甲 | ",
		"no key":           " | 甲 | A",
		"the key is twice": "a.b | 甲 | A\na.b | 乙 | B",
	} {
		if _, err := parseWords(text); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
}

func TestWordsAreFilled(t *testing.T) {
	words.phrases["test.two"] = phrase{"{1}在{0}", "{1} at {0}"}
	t.Cleanup(func() { delete(words.phrases, "test.two") })
	if got := (View{Lang: English}).T("test.two", "noon", 12345); got != "12,345 at noon" {
		t.Errorf("got %q", got)
	}
	if got := (View{Lang: Chinese}).T("test.two", "{1}", "甲"); got != "甲在{1}" {
		t.Errorf("a value was taken for a place: %q", got)
	}
	if got := (View{}).T("test.none"); !strings.HasPrefix(got, Missing) {
		t.Errorf("a missing key gives %q", got)
	}
}

// used finds keys in sources: T(ctx, "key", v.T("key", Flash(w, r, tone, "key".
var used = regexp.MustCompile(`(?:\bT\((?:ctx, )?|\bT\(r\.Context\(\), |Flash\(w, r, page\.\w+, )"([a-z0-9.-]+)"`)

// Each words.txt is read here, so that the words of a package that this one does not import count too.
func TestEveryKeyThatPagesUseHasWords(t *testing.T) {
	known := map[string]string{}
	var sources []string
	err := filepath.WalkDir("..", func(path string, entry os.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case entry.Name() == "words.txt":
			addKeys(t, known, path)
		case filepath.Ext(path) == ".templ", strings.HasSuffix(path, ".go") && !strings.HasSuffix(path, "_templ.go") && !strings.HasSuffix(path, "_test.go"):
			sources = append(sources, path)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, path := range sources {
		text, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range used.FindAllSubmatch(text, -1) {
			key := string(m[1])
			if known[key] == "" && !strings.HasSuffix(key, ".") {
				t.Errorf("%s uses the key %s, which no words.txt has", path, key)
			}
		}
	}
}

func addKeys(t *testing.T, known map[string]string, path string) {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	parsed, err := parseWords(string(text))
	if err != nil {
		t.Errorf("%s: %v", path, err)
	}
	for key := range parsed {
		if known[key] != "" {
			t.Errorf("the key %s stands in %s and in %s", key, known[key], path)
		}
		known[key] = path
	}
}

func TestMenuAsksForActionsThatThereAre(t *testing.T) {
	groups, err := Menu()
	if err != nil {
		t.Fatal(err)
	}
	var paths []string
	for _, g := range groups {
		for _, item := range g.Items {
			if item.Action != "" && !access.Rights().Has(item.Action) {
				t.Errorf("%s asks for the unknown action %s", item.Path, item.Action)
			}
			if slices.Contains(paths, item.Path) {
				t.Errorf("%s stands twice", item.Path)
			}
			paths = append(paths, item.Path)
		}
	}
}
