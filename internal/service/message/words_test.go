package message

import (
	"regexp"
	"slices"
	"strings"
	"testing"
)

// TestEveryWordIsThere: whatever the program says stands in its files, in both languages, and nothing else does.
func TestEveryWordIsThere(t *testing.T) {
	for file, lines := range map[string]string{"faults.txt": faultLines, "composed.txt": composedLines, "kinds.txt": kindLines} {
		for line := range strings.Lines(lines) {
			if line = strings.TrimSpace(line); line != "" && !strings.HasPrefix(line, "#") && !regexp.MustCompile(`^[a-z.]+ *\|[^|]*\p{Han}[^|]*\|[^|\p{Han}]+$`).MatchString(line) {
				t.Errorf("%s: %q", file, line)
			}
		}
	}
	for _, code := range []string{"subject.digest", "subject.one", "subject.urgent", "subject.test", "body.test", "body.more", "body.end"} {
		if words := say(code); words.ZH == "" || words.EN == "" {
			t.Errorf("%s is not said", code)
		}
	}
	for _, k := range []Kind{OfOrder, OfEscalation, OfReport, OfBulletin, OfAssessment, OfTour, OfPlan, OfLivelihood, OfPaper} {
		if k.Label().EN == string(k) {
			t.Errorf("%s has no words", k)
		}
	}
}

// TestEveryKindHasARule: the file of rules gives each kind one, and nothing else.
func TestEveryKindHasARule(t *testing.T) {
	var given []string
	for line := range strings.Lines(ruleLines) {
		if line = strings.TrimSpace(line); line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		parts := regexp.MustCompile(`^([a-z]+) *\| (usual|once|none) *\| (usual|once|none) *\| (free|fixed)$`).FindStringSubmatch(line)
		if parts == nil {
			t.Fatalf("rules.txt: %q", line)
		}
		given = append(given, parts[1])
	}
	var kinds []string
	for _, k := range Kinds() {
		kinds = append(kinds, string(k.Kind))
	}
	if !slices.Equal(given, kinds) {
		t.Errorf("there are rules for %v and kinds %v", given, kinds)
	}
	if err := UsualRules().sound(); err != nil {
		t.Error(err)
	}
}
