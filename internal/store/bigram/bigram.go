// Package bigram makes the tokens by which Chinese text is searched without a dictionary of words.
//
// A run of Chinese characters gives each pair of neighbours and then its last character: 公路桥 gives
// 公路, 路桥, 桥. Every character begins a token, so that one character alone is found as the beginning of
// a token and two as a token. A run of other letters and a number give one token each. Databases compare
// the tokens as they are; what is alike (full width and half width, capitals and small letters) is made
// the same here.
package bigram

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// Phrase is tokens that stand one behind the other. The last one is the beginning of a token.
type Phrase []string

// Longest is how many tokens a phrase has at most; what is behind them is not looked for.
const Longest = 48

// Tokens are the tokens of a text, in order.
func Tokens(text string) []string {
	var tokens []string
	for _, r := range runs(text) {
		tokens = append(tokens, r.tokens()...)
	}
	return tokens
}

// Query is the phrases of what somebody looks for, as spaces part them. All of them are to be found.
func Query(text string) []Phrase {
	var phrases []Phrase
	for _, words := range strings.Fields(norm.NFKC.String(text)) {
		if phrase := phraseOf(runs(words)); len(phrase) > 0 {
			phrases = append(phrases, phrase)
		}
	}
	return phrases
}

// phraseOf is the tokens of a query. Its last run goes on in the text, perhaps, so it ends with a pair
// and not with the single character that ends a run.
func phraseOf(runs []run) Phrase {
	var phrase Phrase
	for i, r := range runs {
		tokens := r.tokens()
		if r.han && i == len(runs)-1 && len(tokens) > 1 {
			tokens = tokens[:len(tokens)-1]
		}
		phrase = append(phrase, tokens...)
	}
	return phrase[:min(len(phrase), Longest)]
}

// run is neighbouring characters of one sort.
type run struct {
	characters []rune
	at         []int // where each of them stands
	han        bool
}

// longestToken bounds a token, in characters, since PostgreSQL takes none of more than 2 kB. Of a longer
// run the beginning is kept, in texts as in queries.
const longestToken = 64

func (r run) tokens() []string {
	if !r.han {
		return []string{string(r.characters[:min(longestToken, len(r.characters))])}
	}
	tokens := make([]string, len(r.characters))
	for i := range r.characters {
		tokens[i] = string(r.characters[i:min(i+2, len(r.characters))])
	}
	return tokens
}

// class tells characters apart that never stand in one token.
type class int

const (
	none class = iota
	han
	letter
	digit
)

func classOf(c rune) class {
	switch {
	case unicode.Is(unicode.Han, c) || c == '〇':
		return han
	case unicode.IsLetter(c) || unicode.IsMark(c):
		return letter
	case unicode.IsDigit(c):
		return digit
	}
	return none
}

func runs(text string) []run { return runsOf([]rune(strings.ToLower(norm.NFKC.String(text)))) }

func runsOf(characters []rune) []run {
	var found []run
	before := none
	for i, c := range characters {
		here := classOf(c)
		inNumber := before == digit && i+1 < len(characters) && classOf(characters[i+1]) == digit
		switch {
		case c == '.' && inNumber:
			here = digit // 5.5 is one token
		case c == ',' && inNumber:
			continue // 1,234 is 1234
		case here == none:
			before = none
			continue
		}
		if here != before {
			found = append(found, run{han: here == han})
		}
		last := &found[len(found)-1]
		last.characters, last.at = append(last.characters, c), append(last.at, i)
		before = here
	}
	return found
}
