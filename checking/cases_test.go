package checking_test

import (
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"luoshi/checking"
)

var update = flag.Bool("update", false, "write what is found as what is expected")

// arithmetic are the rules whose findings the cases expect.
var arithmetic = []string{"sum", "quotient", "growth", "structure", "repeat"}

// TestCases checks the texts of testdata/cases one by one. A case is a title, a text and what is found in
// it: severity and rule, the figures, the computation. What is expected stands beside it in a .golden file.
func TestCases(t *testing.T) {
	files, err := filepath.Glob("testdata/cases/*.txt")
	if err != nil || len(files) == 0 {
		t.Fatal("no cases", err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txt"), func(t *testing.T) {
			data, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			var got strings.Builder
			for _, c := range strings.Split(strings.TrimPrefix(string(data), "# "), "\n# ") {
				title, text, _ := strings.Cut(c, "\n")
				got.WriteString("# " + title + "\n" + found(t, strings.TrimSpace(text)) + "\n")
			}
			compare(t, strings.TrimSuffix(file, ".txt")+".golden", got.String())
		})
	}
}

// found lists the findings of a text, one a line.
func found(t *testing.T, text string) string {
	t.Helper()
	var lines strings.Builder
	for _, f := range checking.Check(read(t, "case.txt", []byte(text)), checking.Options{All: true, Only: arithmetic}) {
		lines.WriteString(f.Severity.String() + " " + f.Rule + ":")
		for _, p := range f.Places {
			lines.WriteString(" " + p.Surface)
		}
		lines.WriteString(" | " + f.Computation + "\n")
	}
	return lines.String()
}

func compare(t *testing.T, golden, got string) {
	t.Helper()
	if *update {
		if err := os.WriteFile(golden, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("%s differs; look at the difference and run with -update if it is right\ngot:\n%s\nwant:\n%s", golden, got, want)
	}
}
