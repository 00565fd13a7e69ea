package supervision

import (
	_ "embed"
	"strings"
	"sync"

	"luoshi/flow"
	"luoshi/ledger"
)

//go:embed labels.txt
var labelLines string

// labels reads labels.txt.
var labels = sync.OnceValue(func() map[string]ledger.Wording { return wordings(labelLines) })

// wordings reads lines of the form: name | Chinese | English.
func wordings(lines string) map[string]ledger.Wording {
	all := map[string]ledger.Wording{}
	for line := range strings.Lines(lines) {
		parts := strings.Split(strings.TrimSpace(line), "|")
		if len(parts) == 3 && !strings.HasPrefix(line, "#") {
			all[strings.TrimSpace(parts[0])] = ledger.Wording{ZH: strings.TrimSpace(parts[1]), EN: strings.TrimSpace(parts[2])}
		}
	}
	return all
}

// label is what pages call a value; a value that is none of the type is called by itself.
func label[V ~string](of string, value V) ledger.Wording {
	if w, ok := labels()[of+"."+string(value)]; ok {
		return w
	}
	return ledger.Wording{ZH: string(value), EN: string(value)}
}

// Label is what pages call the value.
func (k Kind) Label() ledger.Wording { return label("kind", k) }

// Label is what pages call the value.
func (u Urgency) Label() ledger.Wording { return label("urgency", u) }

// Label is what pages call the value.
func (s Sheet) Label() ledger.Wording { return label("sheet", s) }

// Label is what pages call the value.
func (k SourceKind) Label() ledger.Wording { return label("source", k) }

// Label is what pages call the value.
func (o Occasion) Label() ledger.Wording { return label("occasion", o) }

// Label is what pages call the value.
func (r Recipient) Label() ledger.Wording { return label("recipient", r) }

// TermLabel is what pages put behind the number of a term.
func TermLabel(unit flow.TermUnit) ledger.Wording { return label("term", unit) }
