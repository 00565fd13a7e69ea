package audit

import (
	"regexp"
	"slices"
	"strings"
	"testing"
)

func TestEveryMessageIsWordedInBothLanguages(t *testing.T) {
	place := regexp.MustCompile(`\{\d\}`)
	for key, wording := range messages {
		zh, en := wording["zh"], wording["en"]
		if zh == "" || en == "" || len(wording) != 2 {
			t.Errorf("%s: %v", key, wording)
		}
		inZH, inEN := place.FindAllString(zh, -1), place.FindAllString(en, -1)
		slices.Sort(inZH)
		slices.Sort(inEN)
		if !slices.Equal(inZH, inEN) {
			t.Errorf("%s: the languages say different things: %v and %v", key, inZH, inEN)
		}
	}
}

func TestEveryProblemHasItsMessage(t *testing.T) {
	for code, args := range map[Code]int{
		Altered: 1, Removed: 1, Replaced: 2, Inserted: 1, Moved: 2, Rewritten: 3, CutOff: 3,
		NodeAltered: 2, NodeSurplus: 1, SizeAltered: 2, OriginAltered: 2, HeadUnsigned: 1, HeadAltered: 1,
		HeadMissing: 1, KnownUnfit: 2, Malformed: 1, ObjectAltered: 3, ObjectUnknown: 2,
	} {
		problem := Problem{Code: code, Args: slices.Repeat([]any{"§"}, args)}
		for _, lang := range []string{"zh", "en"} {
			if said := problem.Message(lang); said == "" || strings.Count(said, "§") != args || strings.Contains(said, "{") {
				t.Errorf("%s in %s with %d arguments: %q", code, lang, args, said)
			}
		}
		if problem.Error() != problem.Message("fr") {
			t.Errorf("%s: other languages do not read English", code)
		}
	}
}
