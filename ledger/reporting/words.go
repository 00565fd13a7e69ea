package reporting

import (
	_ "embed"
	"slices"
	"strings"
	"sync"

	"luoshi/ledger"
)

//go:embed words.txt
var wordLines string

// vocabulary are the lists of words.txt by name.
var vocabulary = sync.OnceValue(func() map[string][]string {
	lists := map[string][]string{}
	for line := range strings.Lines(wordLines) {
		fields := strings.Fields(line)
		if len(fields) > 1 && !strings.HasPrefix(fields[0], "#") {
			lists[fields[0]] = append(lists[fields[0]], fields[1:]...)
		}
	}
	return lists
})

// holdsWord tells whether a text holds a word of the list.
func holdsWord(list, text string) bool {
	return slices.ContainsFunc(vocabulary()[list], func(word string) bool { return strings.Contains(text, word) })
}

// isWord tells whether a text is a word of the list.
func isWord(list, text string) bool { return slices.Contains(vocabulary()[list], text) }

//go:embed labels.txt
var labelLines string

// labels reads labels.txt: type and value, then the Chinese words up to a bar, then English ones.
var labels = sync.OnceValue(func() map[string]ledger.Wording {
	all := map[string]ledger.Wording{}
	for line := range strings.Lines(labelLines) {
		parts := strings.Split(strings.TrimSpace(line), "|")
		if len(parts) == 3 && !strings.HasPrefix(line, "#") {
			all[strings.TrimSpace(parts[0])] = ledger.Wording{ZH: strings.TrimSpace(parts[1]), EN: strings.TrimSpace(parts[2])}
		}
	}
	return all
})

// label is what pages call a value; a value that is none of the type is called by itself.
func label[V ~string](of string, value V) ledger.Wording {
	if w, ok := labels()[of+"."+string(value)]; ok {
		return w
	}
	return ledger.Wording{ZH: string(value), EN: string(value)}
}

// Label is what pages call the value.
func (f Frequency) Label() ledger.Wording { return label("frequency", f) }

// Label is what pages call the value.
func (b Basis) Label() ledger.Wording { return label("basis", b) }

// Label is what pages call the value.
func (s Said) Label() ledger.Wording { return label("said", s) }

// Label is what pages call the value.
func (o Origin) Label() ledger.Wording { return label("origin", o) }

// Label is what pages call the value.
func (s State) Label() ledger.Wording { return label("state", s) }

// Label is what pages call the value.
func (k SubjectKind) Label() ledger.Wording { return label("subject", k) }

// Label is what pages call the value.
func (s RoundState) Label() ledger.Wording { return label("round", s) }

// Label is what pages call the value.
func (f Field) Label() ledger.Wording { return label("field", f) }

// Label is what pages call the value.
func (l Lack) Label() ledger.Wording { return label("lack", l) }

// Label is what pages call the value.
func (s Severity) Label() ledger.Wording { return label("severity", s) }

// Label is what pages call the value.
func (w Why) Label() ledger.Wording { return label("left", w) }

// Label is what pages call the value.
func (k HintKind) Label() ledger.Wording { return label("hint", k) }

// Label is what pages call the value.
func (k MissKind) Label() ledger.Wording { return label("miss", k) }
