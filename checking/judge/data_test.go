package judge

import (
	"math/big"
	"slices"
	"strings"
	"testing"
)

// TestUnits holds the table of units to itself: no unit stands twice, every factor can be read, and what
// converts one way converts back.
func TestUnits(t *testing.T) {
	seen := map[string]bool{}
	for line := range strings.Lines(unitLines) {
		fields := strings.Fields(line)
		if len(fields) == 0 || strings.HasPrefix(fields[0], "#") {
			continue
		}
		for _, entry := range fields[1:] {
			name, _, _ := strings.Cut(entry, "=")
			if seen[name] {
				t.Errorf("%s stands twice", name)
			}
			seen[name] = true
			if factor := units()[name].factor; factor == nil || factor.Sign() <= 0 {
				t.Errorf("%s has no factor", name)
			}
		}
	}
	for a, unit := range units() {
		for b, other := range units() {
			there, ok := convert(a, b)
			if ok != (unit.dimension == other.dimension) {
				t.Errorf("%s to %s: %v", a, b, ok)
			}
			if back, _ := convert(b, a); ok && new(big.Rat).Mul(back, there).Cmp(one) != 0 {
				t.Errorf("%s to %s and back is no identity", a, b)
			}
		}
	}
}

// TestBounds holds every bound to a rule that Worded knows, and to being found by its own words.
func TestBounds(t *testing.T) {
	rules := []string{"economy", "fall", "nogrowth", "rise", "assigned", "peers", "stable"}
	for _, p := range phrases() {
		if !slices.Contains(rules, p.rule) {
			t.Errorf("%v has the unknown rule %s", p.words, p.rule)
		}
		if Bound(strings.Join(p.words, "")) == "" {
			t.Errorf("%v is not found", p.words)
		}
	}
	for _, list := range []string{"growth", "decline", "less", "stock", "failed", "achieved"} {
		words := vocabulary()[list]
		for i, w := range words {
			if slices.Contains(words[:i], w) {
				t.Errorf("%s has %s twice", list, w)
			}
		}
		if len(words) == 0 {
			t.Errorf("%s has no words", list)
		}
	}
}
