package checking

import (
	"cmp"
	"slices"
	"strconv"

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
		said := map[string]bool{} // two ways of finding a relation may lead to the same one
		for _, f := range Rules[i].check(p) {
			if f.Severity == OK && !opts.All || said[f.identity()] {
				continue
			}
			said[f.identity()] = true
			f.Rule = Rules[i].Name
			found = append(found, f)
		}
	}
	slices.SortStableFunc(found, func(a, b Finding) int { return cmp.Compare(a.first(), b.first()) })
	return found
}

// identity tells findings of one rule apart: by what they say of which places.
func (f *Finding) identity() string {
	key := []byte(f.Message.ZH)
	for _, p := range f.Places {
		key = strconv.AppendInt(append(key, ' '), int64(p.At), 10)
	}
	return string(key)
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
