// Package examples_test checks the gold records of the examples against their texts.
package examples_test

import (
	"bufio"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

// A record has the fields of the record format that every gold file must fill.
type record struct {
	At      int      `json:"at"`
	Surface string   `json:"surface"`
	Value   float64  `json:"value"`
	Value2  *float64 `json:"value2"`
	Unit    string   `json:"unit"`
	Cmp     string   `json:"cmp"`
	Measure string   `json:"measure"`
	Subject string   `json:"subject"`
	By      string   `json:"by"`
	Kind    string   `json:"kind"`
	Firm    *bool    `json:"firm"`
}

func TestGoldRecordsStandInTheirTexts(t *testing.T) {
	files, err := filepath.Glob("gold/*.jsonl")
	if err != nil || len(files) == 0 {
		t.Fatalf("no gold files: %v", err)
	}
	for _, path := range files {
		name := strings.TrimSuffix(filepath.Base(path), ".jsonl")
		t.Run(name, func(t *testing.T) {
			text, err := os.ReadFile(name + ".txt")
			if err != nil {
				t.Fatal(err)
			}
			runes, end := []rune(string(text)), 0
			for _, r := range readGold(t, path) {
				stop := r.At + len([]rune(r.Surface))
				if r.At < end || stop > len(runes) || string(runes[r.At:stop]) != r.Surface {
					t.Fatalf("record at %d: the text there is not %q, or it overlaps the one before", r.At, r.Surface)
				}
				end = stop
				checkFields(t, r)
			}
		})
	}
}

func readGold(t *testing.T, path string) []record {
	t.Helper()
	file, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	var records []record
	lines := bufio.NewScanner(file)
	for lines.Scan() {
		decoder := json.NewDecoder(strings.NewReader(lines.Text()))
		decoder.DisallowUnknownFields()
		var r record
		if err := decoder.Decode(&r); err != nil {
			t.Fatalf("%s: %v in %s", path, err, lines.Text())
		}
		records = append(records, r)
	}
	if err := lines.Err(); err != nil || len(records) < 50 {
		t.Fatalf("%s: %d records, error %v", path, len(records), err)
	}
	return records
}

func checkFields(t *testing.T, r record) {
	t.Helper()
	if !slices.Contains([]string{"eq", "ge", "gt", "le", "lt", "approx", "between"}, r.Cmp) {
		t.Errorf("record at %d: comparator %q", r.At, r.Cmp)
	}
	if !slices.Contains([]string{"level", "growth", "decline", "share"}, r.Measure) {
		t.Errorf("record at %d: measure %q", r.At, r.Measure)
	}
	if !slices.Contains([]string{"target", "result", "context"}, r.Kind) {
		t.Errorf("record at %d: kind %q", r.At, r.Kind)
	}
	if (r.Kind == "target") != (r.Firm != nil) {
		t.Errorf("record at %d: firm belongs to targets and to them alone", r.At)
	}
	if (r.Cmp == "between") != (r.Value2 != nil) || r.Value2 != nil && *r.Value2 <= r.Value {
		t.Errorf("record at %d: value2 is the upper end of a range", r.At)
	}
	if _, err := time.Parse(time.DateOnly, r.By); err != nil || r.Subject == "" {
		t.Errorf("record at %d: by %q, subject %q", r.At, r.By, r.Subject)
	}
}
