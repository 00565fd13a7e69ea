package ledger

import (
	_ "embed"
	"strings"
	"sync"
)

//go:embed labels.txt
var labelLines string

// labels reads labels.txt: type and value, then the Chinese word, then English ones.
var labels = sync.OnceValue(func() map[string]Wording {
	all := map[string]Wording{}
	for line := range strings.Lines(labelLines) {
		fields := strings.Fields(line)
		if len(fields) > 2 && !strings.HasPrefix(fields[0], "#") {
			all[fields[0]] = Wording{ZH: fields[1], EN: strings.Join(fields[2:], " ")}
		}
	}
	return all
})

// label is what pages call a value; a value that is none of the type is called by itself.
func label[V ~string](of string, value V) Wording {
	if w, ok := labels()[of+"."+string(value)]; ok {
		return w
	}
	return Wording{ZH: string(value), EN: string(value)}
}

// Label is what pages call the value.
func (s PlanState) Label() Wording { return label("plan", s) }

// Label is what pages call the value.
func (s CommitmentState) Label() Wording { return label("commitment", s) }

// Label is what pages call the value.
func (k CommitmentKind) Label() Wording { return label("kind", k) }

// Label is what pages call the value.
func (s AmendmentState) Label() Wording { return label("amendment", s) }

// Label is what pages call the value.
func (f Field) Label() Wording { return label("field", f) }

// Label is what pages call the value.
func (s Stage) Label() Wording { return label("stage", s) }

// Label is what pages call the value.
func (c ProjectCategory) Label() Wording { return label("category", c) }

// Label is what pages call the value.
func (s FundSource) Label() Wording { return label("fund", s) }

// Label is what pages call the value.
func (k UnitKind) Label() Wording { return label("unit", k) }

// Label is what pages call the value.
func (k UnitChangeKind) Label() Wording { return label("change", k) }

// Label is what pages call the value.
func (c Comparator) Label() Wording { return label("cmp", c) }

// Label is what pages call the value.
func (m Measure) Label() Wording { return label("measure", m) }

// Label is what pages call the value.
func (d Direction) Label() Wording { return label("direction", d) }

// Label is what pages call the value.
func (a Aggregation) Label() Wording { return label("aggregation", a) }

// Label is what pages call the value.
func (b Balance) Label() Wording { return label("balance", b) }

// Label is what pages call the value.
func (k DifferenceKind) Label() Wording { return label("difference", k) }
