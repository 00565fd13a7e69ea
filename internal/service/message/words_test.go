package message

import (
	"regexp"
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
	for _, k := range []Kind{OfOrder, OfReport, OfBulletin, OfAssessment, OfTour, OfPlan, OfLivelihood, OfPaper} {
		if k.Label().EN == string(k) {
			t.Errorf("%s has no words", k)
		}
	}
}
