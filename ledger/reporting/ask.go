package reporting

import (
	"slices"

	"luoshi/ledger"
)

// Asking says how often what is asked. A kind without a frequency is not asked; an exception without one neither.
type Asking struct {
	Kinds          map[SubjectKind]Frequency `json:"kinds,omitempty"`
	Exceptions     map[Subject]Frequency     `json:"exceptions,omitempty"`
	Statistics     []ledger.IndicatorID      `json:"statistics,omitempty"`      // whose rows need the word of the statistics office
	StatisticsUnit ledger.UnitID             `json:"statistics_unit,omitempty"` // which unit that is
}

// UsualAsking asks for figures and projects by month and for tasks by quarter.
func UsualAsking() Asking {
	return Asking{Kinds: map[SubjectKind]Frequency{OfIndicator: Monthly, OfTarget: Monthly, OfProject: Monthly, OfTask: Quarterly}}
}

// Of is how often a subject is asked; empty where it is not.
func (a Asking) Of(s Subject) Frequency {
	if f, ok := a.Exceptions[s]; ok {
		return f
	}
	return a.Kinds[s.Kind]
}

// Frequencies are those that are in use, the shortest first: the ones that need rounds.
func (a Asking) Frequencies() []Frequency {
	used := map[Frequency]bool{}
	for _, f := range a.Kinds {
		used[f] = true
	}
	for _, f := range a.Exceptions {
		used[f] = true
	}
	return slices.DeleteFunc(Frequencies(), func(f Frequency) bool { return !used[f] })
}

// NeedsStatistics tells whether a row needs the word of the statistics office.
func (a Asking) NeedsStatistics(s Subject) bool {
	return a.StatisticsUnit != "" && s.Kind == OfIndicator && slices.Contains(a.Statistics, ledger.IndicatorID(s.ID))
}

// Validate tells what is wrong with the asking.
func (a Asking) Validate() Findings {
	var found Findings
	for _, kind := range []SubjectKind{OfIndicator, OfTarget, OfTask, OfProject} {
		if f := a.Kinds[kind]; f != "" && perYear[f] == 0 {
			found.note("asking.frequency", Subject{}, "", string(f))
		}
	}
	for s, f := range a.Exceptions {
		if f != "" && perYear[f] == 0 {
			found.note("asking.frequency", s, "", string(f))
		}
	}
	slices.SortFunc(found, func(a, b Finding) int { return compareSubjects(a.Subject, b.Subject) })
	if len(a.Statistics) > 0 && a.StatisticsUnit == "" {
		found.note("asking.statistics", Subject{}, "")
	}
	return found
}
