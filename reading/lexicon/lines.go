package lexicon

import (
	"iter"
	"strings"
)

// Line is a line of a file of words: “head: word word …”.
type Line struct {
	Number int    // counted from 1
	Head   string // what stands before the colon, or the whole of a line without one
	Words  []string
}

// Lines is the lines of a file of words that hold something; # begins a comment.
func Lines(file string) iter.Seq[Line] {
	return func(yield func(Line) bool) {
		number := 0
		for text := range strings.Lines(file) {
			number++
			text, _, _ = strings.Cut(text, "#")
			head, words, _ := strings.Cut(strings.TrimSpace(text), ":")
			if head == "" && words == "" {
				continue
			}
			if !yield(Line{number, head, strings.Fields(words)}) {
				return
			}
		}
	}
}
