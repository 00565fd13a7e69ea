package ledger

import (
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// broken is a sample with one thing wrong.
func broken[T any](sample T, breakIt func(*T)) T {
	breakIt(&sample)
	return sample
}

func TestSamplesAreSound(t *testing.T) {
	_, tree := NewTree(sampleUnits(), nil)
	for name, found := range map[string]Problems{
		"units": tree, "plan": samplePlan().Validate(), "project": sampleProject().Validate(),
		"target":     sampleTarget(1, "学位", "300", "个").Validate(),
		"commitment": sampleCommitment(1, "新增学位300个", sampleTarget(1, "学位", "300", "个")).Validate(),
		"indicator":  sampleIndicator().Validate(),
	} {
		if len(found) > 0 {
			t.Errorf("%s: %v", name, found)
		}
	}
}

// problem is one way to be wrong: the code that Validate answers and where.
type problem struct {
	code, where string
	found       Problems
}

func allProblems() []problem {
	return slices.Concat(unitProblems(), planProblems(), commitmentProblems(), projectProblems(), indicatorProblems(), amendmentProblems())
}

func TestValidateTellsWhatIsWrongAndWhere(t *testing.T) {
	for _, tc := range allProblems() {
		t.Run(tc.code, func(t *testing.T) {
			i := slices.IndexFunc(tc.found, func(p Problem) bool { return p.Code == tc.code && p.Where == tc.where })
			if i < 0 {
				t.Fatalf("want %s at %q, got %v", tc.code, tc.where, tc.found)
			}
			for _, words := range []Wording{tc.found[i].What(), tc.found[i].Do()} {
				if words.ZH == "" || words.EN == "" || strings.ContainsAny(words.ZH+words.EN, "{}") {
					t.Errorf("words are not whole: %q", words)
				}
			}
		})
	}
}

// TestEveryProblemIsSpecified compares the codes in the code, in problems.txt and in the tables above.
func TestEveryProblemIsSpecified(t *testing.T) {
	used := map[string]bool{}
	code := regexp.MustCompile(`"([a-z_]+\.[a-z_]+)"`)
	for _, pattern := range []string{"*.go", "intake/*.go", "supervision/*.go"} {
		files, err := filepath.Glob(pattern)
		if err != nil {
			t.Fatal(err)
		}
		for _, file := range files {
			if strings.HasSuffix(file, "_test.go") {
				continue
			}
			source, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			for _, m := range code.FindAllStringSubmatch(string(source), -1) {
				used[m[1]] = used[m[1]] || !strings.HasSuffix(m[1], ".txt")
			}
		}
	}
	maps.DeleteFunc(used, func(_ string, code bool) bool { return !code })
	for c := range used {
		if _, ok := problemVocabulary()[c]; !ok {
			t.Errorf("%s has no words in problems.txt", c)
		}
	}
	for _, c := range slices.Sorted(maps.Keys(problemVocabulary())) {
		if !used[c] {
			t.Errorf("%s stands in problems.txt and nothing says it", c)
		}
	}
	elsewhere := []string{"review.", "gap.", "order.", "reply.", "number.", "terms.", "urging.", "grading."} // tested with their rules
	tested := map[string]bool{}
	for _, tc := range allProblems() {
		tested[tc.code] = true
	}
	for _, c := range slices.Sorted(maps.Keys(used)) {
		if !tested[c] && !slices.ContainsFunc(elsewhere, func(of string) bool { return strings.HasPrefix(c, of) }) {
			t.Errorf("no case for %s", c)
		}
	}
}

func TestProblemsAreShownInWords(t *testing.T) {
	_, found := samplePlan().Move(Published)
	if got, want := found[0].What().ZH, "计划不能由“起草”变为“已发布”。"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	if got, want := found.Error(), `plan.move at state: A plan cannot go from "draft" to "published".`; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	if found.Err() == nil || Problems(nil).Err() != nil {
		t.Error("no problems are no error, and some are one")
	}
}
