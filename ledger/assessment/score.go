package assessment

import (
	"luoshi/calendar"
	"luoshi/ledger"
)

// Source is a record that a figure comes from.
type Source struct {
	Kind  string `json:"kind"` // of record, by its table: "commitments"
	ID    string `json:"id"`
	Title string `json:"title,omitempty"`
	Said  string `json:"said,omitempty"` // what of the record counts: a light, a date
}

// Fact is a figure of a unit that formulas speak of.
type Fact struct {
	Unit    ledger.UnitID  `json:"unit"`
	Name    FactName       `json:"name"`
	Value   ledger.Decimal `json:"value"`
	Sources []Source       `json:"sources,omitempty"`
}

// Entry is points that somebody gave: for a measure by hand out of 100, or as a bonus or deduction by a rule.
type Entry struct {
	ID      string           `json:"id"`
	Unit    ledger.UnitID    `json:"unit"`
	Item    string           `json:"item"` // the code of the measure or rule
	Points  ledger.Decimal   `json:"points"`
	Why     string           `json:"why"`
	Basis   string           `json:"basis"`
	Account ledger.AccountID `json:"account,omitempty"`
	On      calendar.Date    `json:"on,omitzero"`
}

// Correction is what an appeal has changed: a measure's part and whole as they ought to have been counted.
type Correction struct {
	Appeal string         `json:"appeal"`
	Unit   ledger.UnitID  `json:"unit"`
	Item   string         `json:"item"`
	Part   ledger.Decimal `json:"part"`
	Whole  ledger.Decimal `json:"whole"`
	Why    string         `json:"why"`
}

// Material is what scores are computed from.
type Material struct {
	Facts       []Fact       `json:"facts"`
	Entries     []Entry      `json:"entries,omitempty"`
	Corrections []Correction `json:"corrections,omitempty"`
	// Heirs are the units that have taken over from others within the span: what those did is theirs.
	Heirs map[ledger.UnitID]ledger.UnitID `json:"heirs,omitempty"`
}

// Result is the scores of all units, group by group, the best first.
type Result struct {
	Scores []Score `json:"scores"`
}

// Score is what a unit comes to. The points of its lines add up to Total.
type Score struct {
	Unit  ledger.UnitID  `json:"unit"`
	Group string         `json:"group"`
	Total ledger.Decimal `json:"total"`
	// Rank is the place in the group; units with the same total share one, and the next is left out. 0 where nothing could
	// be assessed.
	Rank  int    `json:"rank"`
	Lines []Line `json:"lines"`
}

// LineKind tells what gives the points of a line.
type LineKind string

// Measured is the kind of the lines of measures; those of rules have the rule's kind.
const Measured LineKind = "measure"

// Line is one item of a score with the way to its points.
type Line struct {
	Item  string   `json:"item"`
	Title string   `json:"title"`
	Kind  LineKind `json:"kind"`
	// Formula, Nominal and Weight are of measures: Weight is what the unit could get, after the points of measures that do
	// not apply were shared out among those that do.
	Formula FormulaName    `json:"formula,omitempty"`
	Nominal ledger.Decimal `json:"nominal,omitzero"`
	Weight  ledger.Decimal `json:"weight,omitzero"`
	Part    ledger.Decimal `json:"part,omitzero"`
	Whole   ledger.Decimal `json:"whole,omitzero"`
	Inputs  []Fact         `json:"inputs,omitempty"`
	Share   ledger.Decimal `json:"share,omitzero"` // in per cent, as it is shown; points come of the exact share
	// Idle tells that the measure does not apply to the unit, Missing that nobody has judged it yet.
	Idle      bool        `json:"idle,omitempty"`
	Missing   bool        `json:"missing,omitempty"`
	Corrected *Correction `json:"corrected,omitempty"`
	// Entries are of measures by hand and of rules; Capped tells that the rule's cap has cut them.
	Entries []Entry        `json:"entries,omitempty"`
	Capped  bool           `json:"capped,omitempty"`
	Points  ledger.Decimal `json:"points"` // below 0 for deductions
}

// Missing is how many judgements by hand a result still lacks.
func (r Result) Missing() int {
	n := 0
	for _, s := range r.Scores {
		for _, l := range s.Lines {
			if l.Missing {
				n++
			}
		}
	}
	return n
}

// Of is the score of a unit.
func (r Result) Of(unit ledger.UnitID) (Score, bool) {
	for _, s := range r.Scores {
		if s.Unit == unit {
			return s, true
		}
	}
	return Score{}, false
}

// Line is the line of an item.
func (s Score) Line(item string) (Line, bool) {
	for _, l := range s.Lines {
		if l.Item == item {
			return l, true
		}
	}
	return Line{}, false
}

// Shift is how a unit would fare by another scheme.
type Shift struct {
	Unit          ledger.UnitID
	Group         string
	Before, After ledger.Decimal
	Was, Is       int // the ranks
}

// Compare sets two results side by side, in the order of the second.
func Compare(before, after Result) []Shift {
	shifts := make([]Shift, 0, len(after.Scores))
	for _, s := range after.Scores {
		was, _ := before.Of(s.Unit)
		shifts = append(shifts, Shift{Unit: s.Unit, Group: s.Group, Before: was.Total, After: s.Total, Was: was.Rank, Is: s.Rank})
	}
	return shifts
}
