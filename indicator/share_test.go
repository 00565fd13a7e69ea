package indicator_test

import (
	"context"
	"os"
	"path/filepath"
	"regexp"
	"testing"

	"luoshi/document"
	"luoshi/indicator"
	"luoshi/reading"
)

// known is the least share, in percent, of the targets and results since 1999 whose subject the
// dictionary must know. Most others are named once in a single document.
const known = 55

func TestShareKnown(t *testing.T) {
	year := regexp.MustCompile(`(\d{4})[^/]*$`)
	all, found := 0, 0
	for _, pattern := range []string{"../../shared/documents/*.txt", "../../shared/corpus/*/*.txt"} {
		paths, err := filepath.Glob(pattern)
		if err != nil {
			t.Fatal(err)
		}
		for _, path := range paths {
			if y := year.FindStringSubmatch(path); y == nil || y[1] < "1999" {
				continue
			}
			for _, q := range quantities(t, path) {
				if q.Kind == reading.Context {
					continue
				}
				all++
				if _, ok := indicator.Lookup(q.Subject); ok {
					found++
				}
			}
		}
	}
	if all == 0 {
		t.Skip("the documents are not beside the project")
	}
	t.Logf("%d of %d subjects known: %d%%", found, all, found*100/all)
	if found*100 < known*all {
		t.Errorf("%d of %d subjects known, want %d%%", found, all, known)
	}
}

func quantities(t *testing.T, path string) []reading.Quantity {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	doc, err := document.Open(context.Background(), path, data, document.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return reading.Read(doc, reading.Options{}).Quantities
}
