package supervision

import (
	"strings"
	"testing"
)

func TestGradingsThatCannotBeRead(t *testing.T) {
	for name, tc := range map[string]struct{ text, want string }{
		"a line before the rule": {"sheet blue near 3", "g:1: want “rule NAME”"},
		"an unknown line":        {"rule a\nnote: x", "g:2: unknown line"},
		"an unknown sheet":       {"rule a\nsheet green near 3", "g:2: want “sheet"},
		"an unknown measure":     {"rule a\nsheet blue mood 3", "g:2: \"mood 3\""},
		"no limit":               {"rule a\nsheet blue near 0", "g:2: \"near 0\""},
		"a light of no concern":  {"rule a\nsheet blue light green", "g:2: \"light green\""},
		"after nothing":          {"rule a\nsheet blue after green", "g:2: \"after green\""},
	} {
		if _, err := parseGradings("g", tc.text); err == nil || !strings.HasPrefix(err.Error(), tc.want) {
			t.Errorf("%s: got %v, want %s", name, err, tc.want)
		}
	}
}
