package score

import (
	"fmt"
	"slices"
	"strings"

	"luoshi/checking"
)

// Check finds the findings of a text.
type Check func(text string) ([]checking.Finding, error)

// Trial is one mutant with what checking made of it.
type Trial struct {
	Mutant
	Caught bool // a new error names the changed figure
	// Errors are the new errors, which name other figures where the mutant was not caught.
	Errors []checking.Finding
}

// Try checks the text and each of its mutants. A mutant is caught when its findings have an error that the
// unchanged text does not have and that names the changed figure.
func Try(text string, list []Mutant, check Check) ([]Trial, error) {
	original, err := check(text)
	if err != nil {
		return nil, fmt.Errorf("check the unchanged text: %w", err)
	}
	old := map[string]bool{}
	for i := range original {
		if original[i].Severity == checking.Error {
			old[identity(&original[i], &Mutant{})] = true
		}
	}
	trials := make([]Trial, 0, len(list))
	for i := range list {
		findings, err := check(list[i].Text(text))
		if err != nil {
			return nil, fmt.Errorf("check %s for %s at %d: %w", list[i].To, list[i].From, list[i].At, err)
		}
		trials = append(trials, tried(&list[i], findings, old))
	}
	return trials, nil
}

func tried(m *Mutant, findings []checking.Finding, old map[string]bool) Trial {
	trial := Trial{Mutant: *m}
	for i := range findings {
		f := &findings[i]
		if f.Severity != checking.Error || old[identity(f, m)] {
			continue
		}
		trial.Errors = append(trial.Errors, *f)
		trial.Caught = trial.Caught || placesOf(f)[m.At]
	}
	return trial
}

// identity is what makes a finding of a mutant the same as one of the unchanged text: its rule and the places
// of its figures as they were before the change.
func identity(f *checking.Finding, m *Mutant) string {
	var at []int
	for place := range placesOf(f) {
		if place > m.At {
			place -= m.Longer
		}
		at = append(at, place)
	}
	slices.Sort(at)
	return f.Rule + strings.Trim(fmt.Sprint(at), "[]")
}

// Catch counts the mutants of one slip.
type Catch struct {
	Caught, Distinct int
	// Indistinct are the mutants that break no relation, and are not asked for.
	Indistinct int
}

// Plus is the count of both.
func (c Catch) Plus(o Catch) Catch {
	return Catch{c.Caught + o.Caught, c.Distinct + o.Distinct, c.Indistinct + o.Indistinct}
}

// Caught counts the trials by slip.
func Caught(trials []Trial) [Slips]Catch {
	var counts [Slips]Catch
	for i := range trials {
		c := &counts[trials[i].Slip]
		switch {
		case !trials[i].Distinct:
			c.Indistinct++
		case trials[i].Caught:
			c.Caught++
			c.Distinct++
		default:
			c.Distinct++
		}
	}
	return counts
}
