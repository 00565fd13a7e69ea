package checking

import (
	"cmp"
	"slices"

	"luoshi/reading"
)

// Check runs the rules over one document. Findings stand in the order of the text.
func Check(r *reading.Reading, opts Options) []Finding {
	p := prepare(r, opts.All)
	var found []Finding
	for i := range Rules {
		if len(opts.Only) > 0 && !slices.Contains(opts.Only, Rules[i].Name) {
			continue
		}
		for _, f := range Rules[i].check(p) {
			if f.Severity == OK && !opts.All {
				continue
			}
			f.Rule = Rules[i].Name
			found = append(found, f)
		}
	}
	slices.SortStableFunc(found, func(a, b Finding) int { return cmp.Compare(a.first(), b.first()) })
	return found
}

// first is where the passages of a finding begin.
func (f *Finding) first() int {
	at := -1
	for i := range f.Places {
		if at < 0 || f.Places[i].At < at {
			at = f.Places[i].At
		}
	}
	return at
}
