package checking_test

import (
	"os"
	"path/filepath"
	"testing"

	"luoshi/checking"
	"luoshi/checking/score"
	"luoshi/document"
	"luoshi/reading"
)

// standard is what the rules must reach on a document with a key of its relations.
type standard struct {
	name, key, document string

	caught    int // least share of distinct mutants caught, in hundredths
	relations int // least share of relations of sections A to C that are right, in hundredths
	targets   int // the same of section D
	wrong     int // most errors that the key does not bear out
	paired    int // most findings that set together what the key holds apart
}

// standards ask for 95 hundredths of the mutants and of the relations, for 85 of the targets, and for nothing
// wrong. Where less stands here, it is what is reached; where nothing stands for mutants, the key names figures
// that are no quantities, such as the terms of a ratio, and is not mutated.
var standards = []standard{
	{
		name: "guandu", key: "../../shared/checking/guandu-relations.md", document: "../../shared/documents/guandu-2021h1-report.txt",
		caught: 99, relations: 100, targets: 100,
	},
	own("relations/half-year", standard{caught: 98, relations: 100, targets: 100}),
	own("relations/project-list", standard{caught: 95, relations: 100}),
	own("relations/year-account", standard{caught: 97, relations: 100, targets: 100}),
	own("manners/budget-account", standard{relations: 78}),
	own("manners/statistical-bulletin", standard{relations: 76}),
	own("manners/project-bulletin", standard{relations: 58, targets: 20}),
	own("manners/five-year-report", standard{caught: 65, relations: 72, targets: 72}),
}

// own is a document of the project with its key.
func own(name string, s standard) standard {
	s.name, s.key, s.document = name, "testdata/"+name+".md", "testdata/"+name+".txt"
	return s
}

// keyed reads the key and the text of a standard, and skips where they are not beside the project.
func keyed(t *testing.T, s standard) ([]score.Relation, string) {
	t.Helper()
	if _, err := os.Stat(s.key); os.IsNotExist(err) {
		t.Skipf("%s is not here", s.key)
	}
	key, err := score.Parse(loadText(t, s.key))
	if err != nil {
		t.Fatal(err)
	}
	return key, string(loadText(t, s.document))
}

// TestMutationsAreCaught changes every figure of the keys' relations, one at a time, and checks each text.
// With -v it lists what escapes.
func TestMutationsAreCaught(t *testing.T) {
	if testing.Short() {
		t.Skip("every changed figure is a document to read and check")
	}
	for _, s := range standards {
		if s.caught == 0 {
			continue
		}
		t.Run(s.name, func(t *testing.T) {
			t.Parallel()
			key, text := keyed(t, s)
			mutants, err := score.Mutants(text, key, score.FiguresOf(readText(t, text)))
			if err != nil {
				t.Fatal(err)
			}
			trials, err := score.Try(text, mutants, func(text string) ([]checking.Finding, error) {
				return checking.Check(readText(t, text), checking.Options{}), nil
			})
			if err != nil {
				t.Fatal(err)
			}
			logEscapes(t, trials)
			var all score.Catch
			for slip, c := range score.Caught(trials) {
				t.Logf("%s: %d of %d caught, %d more within rounding", score.Slip(slip), c.Caught, c.Distinct, c.Indistinct)
				all = all.Plus(c)
			}
			atLeast(t, "mutants caught", all.Caught, all.Distinct, s.caught)
		})
	}
}

func logEscapes(t *testing.T, trials []score.Trial) {
	t.Helper()
	for _, trial := range trials {
		if trial.Distinct && !trial.Caught {
			t.Logf("%s at %d: %s changed to %s escapes; %d new errors name other figures",
				trial.Slip, trial.At, trial.From, trial.To, len(trial.Errors))
		}
	}
}

// atLeast wants a share of at least so many hundredths, of something rather than of nothing.
func atLeast(t *testing.T, what string, part, whole, hundredths int) {
	t.Helper()
	if 100*part < hundredths*whole || whole == 0 && hundredths > 0 {
		t.Errorf("%s: %d of %d, want %d%%", what, part, whole, hundredths)
	}
}

// TestRelationsAreFound scores the findings on the unchanged documents.
func TestRelationsAreFound(t *testing.T) {
	for _, s := range standards {
		t.Run(s.name, func(t *testing.T) {
			key, text := keyed(t, s)
			report := score.Compare(key, checking.Check(readText(t, text), checking.Options{All: true}))
			arithmetic := report.Tally(func(r *score.Relation) bool { return r.Section.Arithmetic() })
			targets := report.Tally(func(r *score.Relation) bool { return r.Section == score.Targets })
			atLeast(t, "relations right", arithmetic.Right, arithmetic.Lines, s.relations)
			atLeast(t, "targets right", targets.Right, targets.Lines, s.targets)
			atMost(t, "errors where nothing is wrong", report.Wrong, s.wrong)
			atMost(t, "set together what belongs apart", report.Paired, s.paired)
		})
	}
}

func atMost(t *testing.T, what string, findings []checking.Finding, most int) {
	t.Helper()
	if len(findings) <= most {
		return
	}
	t.Errorf("%s: %d, want at most %d", what, len(findings), most)
	for _, f := range findings {
		t.Logf("%s: %s: %s", f.Rule, f.Message.EN, f.Computation)
	}
}

// TestPublishedDocumentsGiveNoError checks the documents beside the project as they were published.
func TestPublishedDocumentsGiveNoError(t *testing.T) {
	paths, err := filepath.Glob("../../shared/documents/*.txt")
	if err != nil {
		t.Fatal(err)
	}
	if len(paths) == 0 {
		t.Skip("../../shared/documents is not here")
	}
	for _, path := range paths {
		for _, f := range checking.Check(readText(t, string(loadText(t, path))), checking.Options{}) {
			if f.Severity == checking.Error {
				t.Errorf("%s: %s: %s: %s", filepath.Base(path), f.Rule, f.Message.EN, f.Computation)
			}
		}
	}
}

func loadText(t *testing.T, path string) []byte {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func readText(t *testing.T, text string) *reading.Reading {
	t.Helper()
	doc, err := document.Open(t.Context(), "text.txt", []byte(text), document.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return reading.Read(doc, reading.Options{})
}
