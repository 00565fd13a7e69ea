package score_test

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"luoshi/document"
	"luoshi/reading"
	"luoshi/reading/score"
)

// The older scorer, with the gold records and the documents beside it, is not part of the project.
const shared = "../../../shared"

// pair is one document's gold records and a reader's.
type pair struct{ gold, read string }

// TestAgreesWithTheOlderScorer gives the same files to both and wants the same numbers to the last digit.
func TestAgreesWithTheOlderScorer(t *testing.T) {
	python, err := exec.LookPath("python3")
	if err != nil {
		t.Skip("python3 is not installed")
	}
	script := filepath.Join(shared, "reading", "score.py")
	if _, err := os.Stat(script); errors.Is(err, os.ErrNotExist) {
		t.Skipf("%s is not here", script)
	}
	for name, pairs := range samples(t) {
		t.Run(name, func(t *testing.T) {
			args := []string{script}
			for _, p := range pairs {
				args = append(args, p.gold, p.read)
			}
			said, err := exec.Command(python, append(args, "--misses", "100000")...).CombinedOutput()
			if err != nil {
				t.Fatalf("%v: %s", err, said)
			}
			report, differences := scored(t, pairs)
			lines := strings.SplitAfter(string(said), "\n")
			own := strings.SplitAfter(report, "\n")
			first := len(lines) - len(own)
			if got := strings.Join(lines[max(0, first):], ""); got != report {
				t.Errorf("it says:\n%shere:\n%s", got, report)
			}
			if first != differences {
				t.Errorf("it lists %d differences, here there are %d", first, differences)
			}
		})
	}
}

// scored is the report of the older scorer, made from this package's numbers.
func scored(t *testing.T, pairs []pair) (report string, differences int) {
	t.Helper()
	var sum score.Tally
	for _, p := range pairs {
		tally, found := score.Compare(load(t, p.gold), load(t, p.read))
		sum, differences = sum.Plus(tally), differences+len(found)
	}
	var shares []string
	for f := range score.Fields {
		shares = append(shares, fmt.Sprintf("%s %.4f", f, sum.Share(f)))
	}
	return fmt.Sprintf("gold %d read %d found %d\n", sum.Gold, sum.Read, sum.Found) +
		fmt.Sprintf("found   precision %.4f recall %.4f F1 %.4f\n", sum.Precision(), sum.Recall(), sum.F1()) +
		"fields  " + strings.Join(shares, " ") + "\n" +
		fmt.Sprintf("whole   F1 %.4f\n", sum.WholeF1()), differences
}

func load(t *testing.T, path string) []score.Record {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	list, err := score.Parse(data)
	if err != nil {
		t.Fatalf("%s: %v", path, err)
	}
	return list
}

// samples are gold records against what the reader reads and against themselves with all kinds of faults.
func samples(t *testing.T) map[string][]pair {
	t.Helper()
	sets := map[string][]pair{"nothing": {write(t, "nothing", "", "")}}
	for _, place := range []struct{ name, gold, documents string }{
		{"shared", filepath.Join(shared, "reading/gold"), filepath.Join(shared, "documents")},
		{"examples", "../../examples/gold", "../../examples"},
	} {
		paths, err := filepath.Glob(filepath.Join(place.gold, "*.jsonl"))
		if err != nil || len(paths) == 0 {
			t.Fatalf("no gold records in %s: %v", place.gold, err)
		}
		for _, path := range paths {
			gold, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			name := strings.TrimSuffix(filepath.Base(path), ".jsonl")
			read := write(t, name, string(gold), readerLines(t, filepath.Join(place.documents, name+".txt")))
			faulty := write(t, name, string(gold), damaged(string(gold)))
			sets[name] = []pair{read}
			sets[name+" damaged"] = []pair{faulty}
			sets["all of "+place.name] = append(sets["all of "+place.name], read, faulty)
		}
	}
	return sets
}

func write(t *testing.T, name, gold, read string) pair {
	t.Helper()
	dir := t.TempDir()
	p := pair{filepath.Join(dir, name+".gold.jsonl"), filepath.Join(dir, name+".jsonl")}
	for path, lines := range map[string]string{p.gold: gold, p.read: read} {
		if err := os.WriteFile(path, []byte(lines), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return p
}

// readerLines is what the reader reads from a document, as JSON lines.
func readerLines(t *testing.T, path string) string {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	doc, err := document.Open(t.Context(), path, data, document.Options{})
	if err != nil {
		t.Fatal(err)
	}
	result := reading.Read(doc, reading.Options{})
	var lines strings.Builder
	for i := range result.Quantities {
		line, err := result.Quantities[i].JSON(path)
		if err != nil {
			t.Fatal(err)
		}
		lines.Write(append(line, '\n'))
	}
	return lines.String()
}

// damages are faults of a reader, each a replacement in a line of gold; an empty one drops the line.
var damages = []struct{ from, to string }{
	{"", ""},
	{`"value": `, `"value": 1`},
	{`"value": `, `"value2": 9, "value": `},
	{`, "value2": `, `, "value3": `},
	{`"unit": "`, `"unit": "个`},
	{`"unit": `, `"units": `},
	{`"cmp": "eq"`, `"cmp": "ge"`},
	{`"measure": "level"`, `"measure": "share"`},
	{`"subject": "`, `"subject": "全区`},
	{`"subject": "`, `"subject": "新增改造建设`},
	{`"subject": `, `"subjects": `},
	{`-12-31`, `-06-30`},
	{`"by": `, `"until": `},
	{`"target"`, `"context"`},
	{`"firm": true`, `"firm": false`},
	{`, "firm": true`, ``},
	{`"at": `, `"at": 1`},
}

// damaged sends the faults over the lines in turn, leaving every other line as it is.
func damaged(gold string) string {
	var lines strings.Builder
	n := 0
	for line := range strings.Lines(gold) {
		n++
		fault := damages[n/2%len(damages)]
		switch {
		case n%2 == 0:
			lines.WriteString(line)
		case fault.from != "":
			lines.WriteString(strings.Replace(line, fault.from, fault.to, 1))
		}
	}
	return lines.String()
}
