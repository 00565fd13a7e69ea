package pairing

import (
	"slices"
	"testing"
)

// TestWords holds the lists to what the code asks for: every list that is named has words, no word stands
// twice in one, and every word on time has a character by which it is found.
func TestWords(t *testing.T) {
	for _, list := range []string{
		"several", "single", "annual", "aimed", "begun", "done", "further", "header", "headline", "target", "reason", "failed",
		"unit", "reduce", "lifted", "trail", "begin", "finish", "shareof", "payer", "act", "deed", "years", "intended", "back",
		"brought", "from", "fellto", "rateof", "relates", "plans", "reviews", "promise", "aim", "refer", "benefit", "general", "retold", "inner", "bound", "adds", "part", "already",
	} {
		if vocabulary()[list] == nil {
			t.Errorf("%s is missing", list)
			continue
		}
		words := vocabulary.of(list)
		if len(words) == 0 {
			t.Errorf("%s has no words", list)
		}
		for i, w := range words {
			if slices.Contains(words[:i], w) {
				t.Errorf("%s has %s twice", list, w)
			}
		}
	}
	found := 0
	for _, list := range []string{"several", "single"} {
		found += len(vocabulary.of(list))
	}
	if got := len(cueWords()); got != found {
		t.Errorf("%d of %d words on time can be found", got, found)
	}
}
