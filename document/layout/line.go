package layout

import (
	"math"
	"slices"
	"strings"
	"unicode"
)

// line is a line of text in its place on a page.
type line struct {
	text                     string
	left, right, top, bottom float64
	size                     float64
	// firstUnit is the width of what could not have been parted from the start of the line: one wide
	// character with the punctuation behind it, or a word or number.
	firstUnit float64
	chunks    []chunk // runs of text set far apart; nil for one run
}

// chunk is a run of text within a line.
type chunk struct {
	text        string
	left, right float64
}

// clean drops what shows nothing or cannot be placed and what is printed twice to look bold, and
// unifies the characters.
func clean(glyphs []Glyph) []Glyph {
	kept := glyphs[:0:0]
	for _, g := range glyphs {
		placed := g.Size > 0 && finite(g.Left) && finite(g.Right) && finite(g.Top) && finite(g.Bottom) && finite(g.Size)
		if !placed || g.Rune < 0x20 || g.Rune == 0x7F || unicode.Is(unicode.Cf, g.Rune) || g.Rune == unicode.ReplacementChar || unicode.IsControl(g.Rune) {
			continue
		}
		g.Rune = Unify(g.Rune)
		if n := len(kept); n > 0 && isShadow(kept[n-1], g) {
			continue
		}
		kept = append(kept, g)
	}
	return kept
}

func finite(x float64) bool { return math.Abs(x) < 1e6 }

// isShadow tells whether a glyph only thickens the one before it.
func isShadow(first, second Glyph) bool {
	const near = 0.15
	return first.Rune == second.Rune && math.Abs(first.Left-second.Left) < near*second.Size && math.Abs(first.Top-second.Top) < near*second.Size
}

// rowsOf gathers glyphs into lines, from top to bottom.
func rowsOf(glyphs []Glyph) []line {
	if len(glyphs) == 0 {
		return nil
	}
	sorted := slices.Clone(glyphs)
	slices.SortStableFunc(sorted, func(a, b Glyph) int { return compare(a.Top+a.Bottom, b.Top+b.Bottom) })
	var lines []line
	begin := 0
	for i := 1; i <= len(sorted); i++ {
		if i < len(sorted) && sameLine(sorted[begin], sorted[i-1], sorted[i]) {
			continue
		}
		if row, ok := newLine(sorted[begin:i]); ok {
			lines = append(lines, row)
		}
		begin = i
	}
	return lines
}

// sameLine tells whether the next glyph downwards stands in the line begun by first, of which previous
// is the lowest so far. The middles of a line's glyphs lie closer together than those of two lines.
func sameLine(first, previous, next Glyph) bool {
	const step, whole = 0.35, 0.7
	size := max(first.Size, previous.Size, next.Size)
	middle := func(g Glyph) float64 { return (g.Top + g.Bottom) / 2 }
	return middle(next)-middle(previous) <= step*size && middle(next)-middle(first) <= whole*size
}

// newLine makes a line of the glyphs that stand beside each other.
func newLine(glyphs []Glyph) (line, bool) {
	slices.SortStableFunc(glyphs, func(a, b Glyph) int { return compare(a.Left, b.Left) })
	l := line{left: math.Inf(1), right: math.Inf(-1), top: math.Inf(1), bottom: math.Inf(-1)}
	var text, run strings.Builder
	var chunks []chunk
	runLeft := 0.0
	previous, blank := -1, false
	sizes := make([]float64, 0, len(glyphs))
	for i, g := range glyphs {
		if isBlank(g.Rune) {
			blank = true
			continue
		}
		if previous >= 0 {
			switch gap := gapBetween(glyphs[previous], g, blank); {
			case gap == farGap:
				chunks = append(chunks, chunk{run.String(), runLeft, glyphs[previous].Right})
				run.Reset()
				text.WriteByte(' ')
			case gap == wordGap:
				text.WriteByte(' ')
				run.WriteByte(' ')
			}
		}
		if run.Len() == 0 {
			runLeft = g.Left
		}
		text.WriteRune(g.Rune)
		run.WriteRune(g.Rune)
		l.left, l.right = min(l.left, g.Left), max(l.right, g.Right)
		l.top, l.bottom = min(l.top, g.Top), max(l.bottom, g.Bottom)
		sizes = append(sizes, g.Size)
		previous, blank = i, false
	}
	if previous < 0 {
		return line{}, false
	}
	if len(chunks) > 0 {
		chunks = append(chunks, chunk{run.String(), runLeft, glyphs[previous].Right})
	}
	slices.Sort(sizes)
	l.chunks = chunks
	l.text, l.size = text.String(), sizes[len(sizes)/2]
	l.firstUnit = firstUnit(glyphs)
	return l, true
}

// The kinds of gaps between neighbours in a line.
const (
	noGap = iota
	wordGap
	farGap
)

// gapBetween tells how far apart two neighbours stand, and whether a blank was set between them.
// Between wide characters a line may be spread to fill its width, and a word processor sets Chinese a
// little apart from figures without a blank.
func gapBetween(a, b Glyph, blank bool) int {
	const latin, mixed, wide, far = 0.16, 0.5, 0.75, 1.8
	gap, size := b.Left-a.Right, max(a.Size, b.Size)
	least := mixed
	switch aWide, bWide := IsWide(a.Rune), IsWide(b.Rune); {
	case blank:
		least = latin
	case aWide && bWide:
		least = wide
	case !aWide && !bWide:
		least = latin
	}
	switch {
	case gap > far*size:
		return farGap
	case gap > least*size:
		return wordGap
	}
	return noGap
}

// noStart are the signs that may not begin a line and so cling to what is before them.
const noStart = "，。、；：？！）》」』】〕”’％%,.;:?!)]}…—～"

// firstUnit is the width of the first piece of a line that cannot be parted.
func firstUnit(glyphs []Glyph) float64 {
	start, end := -1, 0.0
	for i, g := range glyphs {
		if isBlank(g.Rune) {
			if start >= 0 {
				break
			}
			continue
		}
		if start < 0 {
			start, end = i, g.Right
			continue
		}
		first, before := glyphs[start], glyphs[i-1]
		opening := strings.ContainsRune("（《「『【〔“‘([", before.Rune)
		if !strings.ContainsRune(noStart, g.Rune) && !opening && (IsWide(first.Rune) || IsWide(g.Rune)) {
			break
		}
		end = g.Right
	}
	if start < 0 {
		return 0
	}
	return end - glyphs[start].Left
}

func isBlank(r rune) bool { return r == ' ' || r == 0xA0 || r == 0x3000 || unicode.IsSpace(r) }
