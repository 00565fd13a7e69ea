package font

import (
	_ "embed" // the words
	"slices"
	"strings"
)

//go:embed words.txt
var wordsFile string

// Missing is the error of a document that cannot be printed for lack of type: of any Chinese font at all, or of one that
// has certain characters.
type Missing struct {
	Folders    []string // that were looked through
	Characters []rune   // that no font has; none where there is no font
}

func (m *Missing) Error() string { return m.say("en") }

// Chinese is the error for those who read Chinese.
func (m *Missing) Chinese() string { return m.say("zh") }

func (m *Missing) say(language string) string {
	key := "none." + language
	if len(m.Characters) > 0 {
		key = "lacking." + language
	}
	var characters []string
	for _, r := range slices.Compact(slices.Sorted(slices.Values(m.Characters))) {
		characters = append(characters, string(r))
	}
	for line := range strings.Lines(wordsFile) {
		if text, found := strings.CutPrefix(strings.TrimSpace(line), key+" | "); found {
			return strings.NewReplacer("{folders}", strings.Join(m.Folders, ", "), "{characters}", strings.Join(characters, " ")).Replace(text)
		}
	}
	return key
}
