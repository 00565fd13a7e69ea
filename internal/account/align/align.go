// Package align sets the lines of a text beside those of a text that was made of it, and says where two lines differ.
package align

import "unicode/utf8"

// Pair is a line of the first text with the line of the second that it became; -1 where there is none.
type Pair struct{ Was, Is int }

// widest bounds the table by which lines are compared; larger differences are paired in their order.
const widest = 400_000

// Lines pairs lines: those that are the same, and between them those that are most alike. Pairs stand in the order of
// both texts.
func Lines(was, is []string) []Pair {
	var all []Pair
	start := 0
	for start < min(len(was), len(is)) && was[start] == is[start] {
		all = append(all, Pair{start, start})
		start++
	}
	tail := 0
	for tail < min(len(was), len(is))-start && was[len(was)-1-tail] == is[len(is)-1-tail] {
		tail++
	}
	for _, p := range between(was[start:len(was)-tail], is[start:len(is)-tail]) {
		all = append(all, shifted(p, start))
	}
	for i := range tail {
		all = append(all, Pair{len(was) - tail + i, len(is) - tail + i})
	}
	return all
}

func shifted(p Pair, by int) Pair {
	if p.Was >= 0 {
		p.Was += by
	}
	if p.Is >= 0 {
		p.Is += by
	}
	return p
}

// between pairs the lines of a stretch so that as much as possible of them is alike.
func between(was, is []string) []Pair {
	if len(was)*len(is) > widest {
		return inOrder(was, is)
	}
	likeness := make([][]int, len(was)+1)
	for i := range likeness {
		likeness[i] = make([]int, len(is)+1)
	}
	alike := func(i, j int) int { return Likeness(was[i], is[j]) }
	for i := len(was) - 1; i >= 0; i-- {
		for j := len(is) - 1; j >= 0; j-- {
			likeness[i][j] = max(likeness[i+1][j], likeness[i][j+1])
			if a := alike(i, j); a > 0 {
				likeness[i][j] = max(likeness[i][j], likeness[i+1][j+1]+a)
			}
		}
	}
	var all []Pair
	i, j := 0, 0
	for i < len(was) || j < len(is) {
		switch {
		case i < len(was) && likeness[i][j] == likeness[i+1][j]:
			all, i = append(all, Pair{i, -1}), i+1
		case j < len(is) && likeness[i][j] == likeness[i][j+1]:
			all, j = append(all, Pair{-1, j}), j+1
		default:
			all, i, j = append(all, Pair{i, j}), i+1, j+1
		}
	}
	return all
}

// inOrder pairs lines by their places.
func inOrder(was, is []string) []Pair {
	all := make([]Pair, max(len(was), len(is)))
	for i := range all {
		all[i] = Pair{i, i}
		if i >= len(was) {
			all[i].Was = -1
		}
		if i >= len(is) {
			all[i].Is = -1
		}
	}
	return all
}

// Likeness of two lines in per mille, by what they have in common at their beginning and at their end; 1000 of lines
// that are the same, 0 of lines that are not made of one another.
func Likeness(was, is string) int {
	if was == is {
		return 1000
	}
	c := Differ(was, is)
	common := len(was) - (c.WasEnd - c.Start)
	longer := max(len(was), len(is))
	if common*3 < longer {
		return 0
	}
	return common * 900 / longer
}

// Change is the stretch in which two lines differ, in bytes: it begins at the same place of both.
type Change struct{ Start, WasEnd, IsEnd int }

// Differ finds the stretch. It never cuts a character.
func Differ(was, is string) Change {
	start := 0
	for start < min(len(was), len(is)) && was[start] == is[start] {
		start++
	}
	for start > 0 && (start < len(was) && !utf8.RuneStart(was[start]) || start < len(is) && !utf8.RuneStart(is[start])) {
		start--
	}
	tail := 0
	for tail < min(len(was), len(is))-start && was[len(was)-1-tail] == is[len(is)-1-tail] {
		tail++
	}
	for tail > 0 && !utf8.RuneStart(was[len(was)-tail]) {
		tail--
	}
	return Change{start, len(was) - tail, len(is) - tail}
}
