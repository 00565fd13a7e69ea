package bigram

import (
	"slices"
	"strings"

	"golang.org/x/text/unicode/norm"
)

// Span is a part of a text, in code points.
type Span struct{ Start, End int }

// token is a token with the place that it takes in a text.
type token struct {
	text string
	at   []int // of each of its characters
}

// Places are where the phrases of a query stand in a text, in order, those that touch each other as one.
func Places(text string, query []Phrase) []Span {
	tokens := placed(text)
	var found []Span
	for _, phrase := range query {
		for i := range tokens {
			if end, ok := phrase.from(tokens[i:]); ok {
				found = append(found, Span{tokens[i].at[0], end})
			}
		}
	}
	slices.SortFunc(found, func(a, b Span) int { return a.Start - b.Start })
	var joined []Span
	for _, span := range found {
		if n := len(joined); n > 0 && span.Start <= joined[n-1].End {
			joined[n-1].End = max(joined[n-1].End, span.End)
			continue
		}
		joined = append(joined, span)
	}
	return joined
}

// from tells whether tokens begin with a phrase, and where the phrase ends in the text.
func (p Phrase) from(tokens []token) (end int, ok bool) {
	if len(p) == 0 || len(p) > len(tokens) {
		return 0, false
	}
	last := len(p) - 1
	for i, wanted := range p[:last] {
		if tokens[i].text != wanted {
			return 0, false
		}
	}
	if !strings.HasPrefix(tokens[last].text, p[last]) {
		return 0, false
	}
	return tokens[last].at[len([]rune(p[last]))-1] + 1, true
}

// placed are the tokens of a text with their places. Characters are made alike one by one, so that each keeps the
// place of the one that it was made of.
func placed(text string) []token {
	var characters []rune
	var origin []int
	for i, c := range []rune(text) {
		for _, alike := range strings.ToLower(norm.NFKC.String(string(c))) {
			characters, origin = append(characters, alike), append(origin, i)
		}
	}
	var tokens []token
	for _, r := range runsOf(characters) {
		for i, text := range r.tokens() {
			t := token{text: text}
			from := 0
			if r.han {
				from = i
			}
			for n := range len([]rune(text)) {
				t.at = append(t.at, origin[r.at[from+n]])
			}
			tokens = append(tokens, t)
		}
	}
	return tokens
}
