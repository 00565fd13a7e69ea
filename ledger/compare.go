package ledger

import (
	"cmp"
	"slices"
)

// DifferenceKind tells how a promise differs between two versions.
type DifferenceKind string

const (
	Changed DifferenceKind = "changed"
	Added   DifferenceKind = "added"
	Dropped DifferenceKind = "dropped"
)

// Aspect is a part of a commitment that may differ between two versions of a plan.
type Aspect string

const (
	AspectWording    Aspect = "wording"
	AspectTitle      Aspect = "title"
	AspectKind       Aspect = "kind"
	AspectFirmness   Aspect = "firm"
	AspectTerms      Aspect = "terms" // targets, deadline, owners, state: see Difference.Changes
	AspectWeight     Aspect = "weight"
	AspectMilestones Aspect = "milestones"
)

// Difference is one promise that is not the same in two versions.
type Difference struct {
	Kind     DifferenceKind
	Before   *Commitment // nil for an added one
	After    *Commitment // nil for a dropped one
	Aspects  []Aspect    // what changed
	Changes  []Change    // of the terms, before and after
	Likeness int         // of a thousand: how alike the wordings are; 1000 for the same words
}

// Compare tells what changed, was added and was dropped between two versions of a plan, in the order
// of the later one with what was dropped at its earlier place. Versions in the ledger share their
// identifiers; those of a document that was read again are paired by their wording.
func Compare(before, after []Commitment) []Difference {
	pairs := pairSame(before, after)
	partner := make([]int, len(after))
	for i := range partner {
		partner[i] = -1
	}
	score := make([]int, len(after))
	taken := make([]bool, len(before))
	for _, p := range pairs {
		partner[p.after], score[p.after], taken[p.before] = p.before, p.score, true
	}
	var found []Difference
	next := 0 // the first of before that has not been passed
	drop := func(until int) {
		for ; next < until; next++ {
			if !taken[next] {
				found = append(found, Difference{Kind: Dropped, Before: &before[next]})
			}
		}
	}
	for j := range after {
		i := partner[j]
		if i < 0 {
			found = append(found, Difference{Kind: Added, After: &after[j]})
			continue
		}
		drop(i)
		if d := differ(&before[i], &after[j]); len(d.Aspects) > 0 {
			d.Likeness = score[j]
			found = append(found, d)
		}
	}
	drop(len(before))
	return found
}

// differ is what differs between two states of one promise.
func differ(before, after *Commitment) Difference {
	d := Difference{Kind: Changed, Before: before, After: after, Changes: Changes(*before, *after)}
	milestones := slices.EqualFunc(before.Milestones, after.Milestones, func(a, b Milestone) bool {
		return a.Number == b.Number && a.Title == b.Title && a.By == b.By && a.Weight.Same(b.Weight)
	})
	for _, part := range []struct {
		aspect Aspect
		same   bool
	}{
		{AspectWording, before.Wording() == after.Wording()},
		{AspectTitle, before.Title == after.Title},
		{AspectKind, before.Kind == after.Kind},
		{AspectFirmness, before.Firm == after.Firm},
		{AspectTerms, len(d.Changes) == 0},
		{AspectWeight, before.Weight.Same(after.Weight)},
		{AspectMilestones, milestones},
	} {
		if !part.same {
			d.Aspects = append(d.Aspects, part.aspect)
		}
	}
	return d
}

// pairSame pairs the promises of two versions: by identifier, then by the same words, then by words
// that are alike.
func pairSame(before, after []Commitment) []likeness {
	var pairs []likeness
	restBefore, restAfter := everyPosition(before), everyPosition(after)
	for _, key := range []func(Commitment) string{
		func(c Commitment) string { return string(c.ID) },
		Commitment.Wording,
	} {
		var found []likeness
		found, restBefore, restAfter = pairByKey(before, after, restBefore, restAfter, key)
		pairs = append(pairs, found...)
	}
	for _, p := range pairReworded(wordings(before, restBefore), wordings(after, restAfter)) {
		pairs = append(pairs, likeness{restBefore[p.before], restAfter[p.after], p.score})
	}
	slices.SortFunc(pairs, func(a, b likeness) int { return cmp.Compare(a.after, b.after) })
	return pairs
}

func everyPosition(commitments []Commitment) []int {
	positions := make([]int, len(commitments))
	for i := range positions {
		positions[i] = i
	}
	return positions
}

func wordings(commitments []Commitment, positions []int) []string {
	words := make([]string, len(positions))
	for n, i := range positions {
		words[n] = commitments[i].Wording()
	}
	return words
}

// pairByKey pairs what has the same key, in order where several have, and gives back what is left.
func pairByKey(before, after []Commitment, left, right []int, key func(Commitment) string) (pairs []likeness, restLeft, restRight []int) {
	waiting := map[string][]int{}
	for _, i := range left {
		waiting[key(before[i])] = append(waiting[key(before[i])], i)
	}
	paired := map[int]bool{}
	for _, j := range right {
		k := key(after[j])
		if same := waiting[k]; len(same) > 0 && k != "" {
			waiting[k] = same[1:]
			paired[same[0]] = true
			pairs = append(pairs, likeness{same[0], j, 1000})
			continue
		}
		restRight = append(restRight, j)
	}
	for _, i := range left {
		if !paired[i] {
			restLeft = append(restLeft, i)
		}
	}
	return pairs, restLeft, restRight
}
