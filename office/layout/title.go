package layout

import (
	_ "embed" // words of titles
	"slices"
	"strings"
)

//go:embed titles.txt
var titlesFile string

// titleWords are the words that a title keeps whole, the longest first.
var titleWords = readTitles(titlesFile)

func readTitles(file string) [][]rune {
	var all [][]rune
	for line := range strings.Lines(file) {
		if word := strings.TrimSpace(line); !strings.HasPrefix(word, "#") {
			all = append(all, []rune(word))
		}
	}
	slices.SortStableFunc(all, func(a, b []rune) int { return len(b) - len(a) })
	return all
}

// whole ties the characters of words to each other, and those of ordinals and of short remarks, where there is little
// text on a line: in titles, captions and cells.
func whole(all []glyph) []glyph {
	for i := 0; i < len(all); {
		n := max(ordinal(all[i:]), aside(all[i:]))
		for _, word := range titleWords {
			if begins(all[i:], word) {
				n = max(n, len(word))
				break
			}
		}
		for k := i + 1; k < i+n; k++ {
			all[k].tied = true
		}
		i += n
	}
	return all
}

// ordinal is how many characters an ordinal has that stands at the beginning, with what it counts: 第三十二次. It is one
// where none does.
func ordinal(all []glyph) int {
	if all[0].r != '第' {
		return 1
	}
	n := 1
	for n < len(all) && strings.ContainsRune("零〇一二三四五六七八九十百0123456789", all[n].r) {
		n++
	}
	return min(n+1, len(all))
}

// aside is how many characters a short remark in brackets has that stands at the beginning, as a unit does; one where
// none does.
func aside(all []glyph) int {
	const opens, closes, longest = '\uff08', '\uff09', 6
	if all[0].r != opens {
		return 1
	}
	for i, g := range all[:min(longest, len(all))] {
		if g.r == closes {
			return i + 1
		}
	}
	return 1
}

func begins(all []glyph, word []rune) bool {
	if len(all) < len(word) {
		return false
	}
	for i, r := range word {
		if all[i].r != r {
			return false
		}
	}
	return true
}

// balanced breaks a title into as few lines as it needs, which are about as long as each other.
func balanced(all []glyph, room float64) [][]glyph {
	lines := broken(all, room, room)
	if len(lines) < 2 {
		return lines
	}
	for narrow := breadth(all) / float64(len(lines)); narrow < room; narrow += cell / 2 {
		if closer := broken(all, narrow, narrow); len(closer) == len(lines) {
			return closer
		}
	}
	return lines
}
