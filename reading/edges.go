package reading

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// edge says what a character may mean at the beginning or the end of a passage. Most mean nothing, which
// spares a comparison with the words of a list.
type edge uint8

const (
	space        edge = 1 << iota // of any kind
	loose                         // belongs to no passage at whose end it stands: blanks, marks, dashes
	endsTail                      // the last character of one of the tails that no subject keeps
	startsPart                    // the first character of one of nounParts
	startsEnding                  // of nominalEndings
	startsAhead                   // of wordsAhead
	startsHail                    // of salutations
)

// looseMarks are the characters besides blanks that belong to no passage at whose end they stand.
const looseMarks = "、,，;；—-:：*＊"

// edges are the characters of the basic plane.
var edges = func() (table [1 << 16]edge) {
	for _, r := range unicode.White_Space.R16 {
		for c := r.Lo; c <= r.Hi; c += r.Stride {
			table[c] = space | loose
		}
	}
	for _, r := range looseMarks {
		table[r] |= loose
	}
	for _, tail := range tails {
		last, _ := utf8.DecodeLastRuneInString(tail)
		table[last] |= endsTail
	}
	for _, starts := range []struct {
		edge
		words []string
	}{{startsPart, nounParts}, {startsEnding, nominalEndings}, {startsAhead, wordsAhead}, {startsHail, salutations}} {
		for _, word := range starts.words {
			first, _ := utf8.DecodeRuneInString(word)
			table[first] |= starts.edge
		}
	}
	return table
}()

// is tells whether a character means one of the things at an edge.
func (e edge) is(r rune) bool { return r <= 0xFFFF && edges[r]&e != 0 }

// begins tells whether a text begins with one of the words, of which e marks the first characters.
func (e edge) begins(text string, words []string) bool {
	if text == "" {
		return false
	}
	first, _ := decode(text, 0)
	return e.is(first) && startsWithAny(text, words...)
}

// within is where what remains of a text begins and ends without such characters around it.
func (e edge) within(text string) (start, end int) {
	end = len(text)
	for start < end {
		r, size := decode(text, start)
		if !e.is(r) {
			break
		}
		start += size
	}
	for end > start {
		r, size := decodeLast(text[start:end])
		if !e.is(r) {
			break
		}
		end -= size
	}
	return start, end
}

// trimSpace is strings.TrimSpace for texts that begin and end in Chinese for the most part.
func trimSpace(text string) string {
	start, end := space.within(text)
	return text[start:end]
}

// startsNoun tells whether what a text begins with can make a noun of the verb before it: 参与率, 发展的理念.
func startsNoun(text string) bool { return startsPart.begins(text, nounParts) }

// tidy takes blanks, marks and particles off the ends of a subject.
func tidy(text string) string {
	for {
		start, end := loose.within(text)
		trimmed := text[start:end]
		trimmed = strings.TrimSuffix(trimmed, "的")
		trimmed = strings.TrimPrefix(trimmed, "的")
		if trimmed == text {
			return text
		}
		text = trimmed
	}
}

// trimTail takes words off the end of a noun that it may carry along without being part of it.
func trimTail(text string) string {
	for again := true; again && text != ""; {
		again = false
		if last, _ := decodeLast(text); !endsTail.is(last) {
			return text
		}
		for _, tail := range tails {
			if bare, found := strings.CutSuffix(text, tail); found && len(bare) >= len("国企") {
				text, again = bare, true
			}
		}
	}
	return text
}
