package score_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"luoshi/checking/score"
	"luoshi/document"
	"luoshi/reading"
)

// Keys with the folders of their documents. The first are of fictional districts; the second is not part of
// the project.
var keys = []struct{ pattern, documents, suffix string }{
	{"../testdata/relations/*.md", "../testdata/relations", ".md"},
	{"../../../shared/checking/*-relations.md", "../../../shared/documents", "-relations.md"},
}

// eachKey reads every key at hand with its document.
func eachKey(t *testing.T, test func(t *testing.T, key []score.Relation, r *reading.Reading)) {
	t.Helper()
	for _, k := range keys {
		paths, err := filepath.Glob(k.pattern)
		if err != nil {
			t.Fatal(err)
		}
		if len(paths) == 0 {
			t.Logf("no keys match %s; they are left out", k.pattern)
		}
		for _, path := range paths {
			name := strings.TrimSuffix(filepath.Base(path), k.suffix)
			documents, err := filepath.Glob(filepath.Join(k.documents, name+"*.txt"))
			if err != nil || len(documents) != 1 {
				t.Fatalf("%s belongs to the documents %v: %v", path, documents, err)
			}
			key, err := score.Parse(load(t, path))
			if err != nil {
				t.Fatalf("%s: %v", path, err)
			}
			t.Run(name, func(t *testing.T) { test(t, key, read(t, string(load(t, documents[0])))) })
		}
	}
}

func load(t *testing.T, path string) []byte {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func read(t *testing.T, text string) *reading.Reading {
	t.Helper()
	doc, err := document.Open(t.Context(), "text.txt", []byte(text), document.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return reading.Read(doc, reading.Options{})
}

// TestKeysAreRight computes every equation of the keys with the figures as they are read.
func TestKeysAreRight(t *testing.T) {
	standing := map[score.Verdict]score.Standing{
		score.Exact: score.ToTheDigit, score.Rounding: score.WithinBounds, score.Fail: score.Broken,
	}
	eachKey(t, func(t *testing.T, key []score.Relation, r *reading.Reading) {
		figures := score.FiguresOf(r)
		for i := range key {
			rel := &key[i]
			if !rel.Section.Arithmetic() {
				continue
			}
			for j := range rel.Claims {
				if got := rel.Claims[j].Standing(figures); got != standing[rel.Verdict] {
					t.Errorf("line %d, %s, equation %d: %s is %s", rel.Line, rel.Title, j+1, rel.Verdict, got)
				}
			}
		}
	})
}

// TestKeysStandInTheirDocuments looks for every figure at its place.
func TestKeysStandInTheirDocuments(t *testing.T) {
	eachKey(t, func(t *testing.T, key []score.Relation, r *reading.Reading) {
		text := []rune(r.Document.Text)
		for i := range key {
			for _, s := range key[i].Spots() {
				if s.At >= len(text) || !strings.HasPrefix(string(text[s.At:]), s.Text) {
					t.Errorf("line %d: %s does not stand at %d", key[i].Line, s.Text, s.At)
				}
			}
		}
	})
}
