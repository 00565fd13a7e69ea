package reading_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"luoshi/reading/score"
)

// The five public documents and what careful people read in them lie beside the project.
const sharedGold, sharedDocuments = "../../shared/reading/gold", "../../shared/documents"

// TestScoreOnPublicDocuments holds the reader to what it has reached: below these it has been broken.
func TestScoreOnPublicDocuments(t *testing.T) {
	all := scoreFolder(t, sharedGold, sharedDocuments)
	for _, c := range []struct {
		measure string
		got     float64
		least   float64
	}{
		{"found F1", all.F1(), 0.985},
		{"value", all.Share(score.Value), 0.995},
		{"unit", all.Share(score.Unit), 0.99},
		{"cmp", all.Share(score.Cmp), 0.985},
		{"measure", all.Share(score.Measure), 0.98},
		{"subject", all.Share(score.Subject), 0.95},
		{"by", all.Share(score.By), 0.98},
		{"kind", all.Share(score.Kind), 0.97},
		{"whole F1", all.WholeF1(), 0.92},
	} {
		if t.Logf("%s %.4f", c.measure, c.got); c.got < c.least {
			t.Errorf("%s is %.4f, must be %.3f at least", c.measure, c.got, c.least)
		}
	}
}

// scoreFolder scores the reader on all gold records of a folder; without any the test is skipped.
func scoreFolder(t *testing.T, gold, documents string) (all score.Tally) {
	t.Helper()
	paths, err := filepath.Glob(filepath.Join(gold, "*.jsonl"))
	if err != nil {
		t.Fatal(err)
	}
	if len(paths) == 0 {
		t.Skipf("%s is not here", gold)
	}
	for _, path := range paths {
		records := parseGold(t, path)
		document := filepath.Join(documents, strings.TrimSuffix(filepath.Base(path), ".jsonl")+".txt")
		data, err := os.ReadFile(document)
		if err != nil {
			t.Fatal(err)
		}
		read, err := score.Of(readAll(t, document, data))
		if err != nil {
			t.Fatal(err)
		}
		tally, _ := score.Compare(records, read)
		all = all.Plus(tally)
	}
	return all
}

func parseGold(t *testing.T, path string) []score.Record {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	records, err := score.Parse(data)
	if err != nil {
		t.Fatalf("%s: %v", path, err)
	}
	return records
}
