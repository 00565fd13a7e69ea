package ledger

import (
	"cmp"
	"slices"
)

// Split makes several promises of one by cutting its words at code points of the document. Each part keeps what
// the whole has (owners, deadline, kind); each target goes with the words that it stands in, and to the first part
// where it stands in none. Identifiers are given by the caller, one for each part.
func (c Commitment) Split(cuts []int, ids []CommitmentID) ([]Commitment, Problems) {
	if len(cuts) == 0 || !slices.IsSorted(cuts) || len(ids) != len(cuts)+1 {
		return nil, Problems{{Code: "commitment.cuts", Where: "cuts", Facts: []string{c.Title}}}
	}
	parts := make([]Commitment, len(ids))
	for n := range parts {
		terms := c.CommitmentTerms
		terms.ID, terms.Number, terms.Targets, terms.Milestones = ids[n], "", nil, nil
		terms.Cooperating = slices.Clone(c.Cooperating)
		source := Pieces(c.source, cuts, n)
		if len(source) == 0 {
			return nil, Problems{{Code: "commitment.cuts", Where: "cuts", Facts: []string{c.Title}}}
		}
		parts[n] = NewCommitment(terms, source...)
		parts[n].Title = titleOf(parts[n].Wording())
	}
	for _, target := range c.Targets {
		n := max(0, slices.IndexFunc(parts, func(part Commitment) bool { return part.states(target) }))
		target.Number = len(parts[n].Targets) + 1
		parts[n].Targets = append(parts[n].Targets, target)
	}
	return parts, nil
}

// states tells whether the words of a commitment hold those that a target was read from.
func (c Commitment) states(t Target) bool {
	return slices.ContainsFunc(c.source, func(p Passage) bool { return !t.Quoted.IsZero() && p.Holds(t.Quoted) })
}

// Pieces are the words of part n when passages are cut, without the punctuation at the cuts.
func Pieces(source []Passage, cuts []int, n int) []Passage {
	var found []Passage
	for _, passage := range source {
		from, to := passage.at, passage.end
		if n > 0 {
			from = max(from, cuts[n-1])
		}
		if n < len(cuts) {
			to = min(to, cuts[n])
		}
		piece, err := passage.Part(from, to)
		if err != nil {
			continue // the part has nothing of this passage
		}
		if piece = piece.Trim(); !piece.IsZero() {
			found = append(found, piece)
		}
	}
	return found
}

// Merge makes one promise of several of a plan. It has the words, targets and cooperating units of all, the
// latest deadline, and the rest from the one that stands first.
func Merge(id CommitmentID, parts ...Commitment) (Commitment, Problems) {
	if len(parts) < 2 {
		return Commitment{}, Problems{{Code: "commitment.merge_two", Where: "commitments"}}
	}
	parts = slices.SortedStableFunc(slices.Values(parts), InOrder)
	terms := parts[0].CommitmentTerms
	terms.ID, terms.Number, terms.Targets, terms.Cooperating, terms.Milestones = id, "", nil, nil, nil
	var source []Passage
	for _, part := range parts {
		if part.Plan != terms.Plan {
			return Commitment{}, Problems{{Code: "commitment.other_plan", Where: "commitments", Facts: []string{part.Title}}}
		}
		source = append(source, part.source...)
		terms.Targets = append(terms.Targets, part.Targets...)
		terms.Milestones = append(terms.Milestones, part.Milestones...)
		terms.Cooperating = append(terms.Cooperating, part.Cooperating...)
		terms.Firm = terms.Firm && part.Firm
		terms.Lead, terms.Post = cmp.Or(terms.Lead, part.Lead), cmp.Or(terms.Post, part.Post)
		if part.Lead != "" {
			terms.Cooperating = append(terms.Cooperating, part.Lead)
		}
		if terms.By.Before(part.By) {
			terms.By = part.By
		}
	}
	for n := range terms.Targets {
		terms.Targets[n].Number = n + 1
	}
	for n := range terms.Milestones {
		terms.Milestones[n].Number = n + 1
	}
	terms.Cooperating = othersThan(terms.Lead, terms.Cooperating)
	return NewCommitment(terms, source...), nil
}

// othersThan are units, each once and in order, without the one that leads.
func othersThan(lead UnitID, units []UnitID) []UnitID {
	var others []UnitID
	for _, unit := range units {
		if unit != lead && !slices.Contains(others, unit) {
			others = append(others, unit)
		}
	}
	return others
}

// longestTitle is the length of a title in characters that is made of words.
const longestTitle = 40

// titleOf is a title for words: themselves, cut where they are many.
func titleOf(words string) string {
	runes := []rune(words)
	if len(runes) <= longestTitle {
		return words
	}
	return string(runes[:longestTitle-1]) + "…"
}
