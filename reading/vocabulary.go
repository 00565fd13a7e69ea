package reading

import (
	"slices"
	"sync"
	"unicode/utf8"

	"luoshi/reading/lexicon"
	"luoshi/reading/numeral"
	"luoshi/reading/period"
)

// charClass says in one look-up what can begin at a character; most characters begin nothing.
type charClass uint8

const (
	startsWord   charClass = 1 << iota // a word of the lexicon of two or more characters
	isWord                             // a word of the lexicon by itself
	startsNumber                       // a numeral, in digits or spelled out
	startsPeriod                       // a phrase for a date or period
	punctuation                        // see punctuationKinds
	endsTail                           // the last character of one of the tails that no subject keeps
	startsPart                         // the first character of what makes a noun of the verb before it

	begins = startsWord | isWord | startsNumber | startsPeriod | punctuation // of a token
)

// punctuationKinds are the marks that divide sentences, in full and half width.
var punctuationKinds = map[rune]tokenKind{
	'，': comma, ',': comma, '、': pause, '；': semicolon, ';': semicolon, '：': colon, ':': colon,
	'。': stop, '！': stop, '!': stop, '？': stop, '?': stop, '\n': stop, '\r': stop, '…': stop,
	'（': opening, '(': opening, '【': opening, '[': opening, '〔': opening, '［': opening,
	'）': closing, ')': closing, '】': closing, ']': closing, '〕': closing, '］': closing,
	'“': quote, '‘': quote, '《': quote, '「': quote, '『': quote, '"': quote, '＂': quote, '|': comma,
}

// closers are the marks that end what a quotation mark opens.
var closers = map[rune]string{
	'“': "”", '‘': "’", '《': "》", '「': "」", '『': "』", '"': "\"", '＂': "＂",
}

// charInfo is what reading knows of a character. All of it lies together, as each character of a text
// costs one look at it.
type charInfo struct {
	class charClass
	kind  tokenKind // of punctuation
	node  uint16    // where words that begin with it go on in the lexicon's trie
	alone int16     // id of the word that it is by itself; -1 for none
}

// charTable is charInfo by character of the basic plane, with filters of the pairs of characters that
// begin words and phrases.
type charTable struct {
	pairs   lexicon.PairFilter // of words and phrases
	phrases lexicon.PairFilter // of phrases alone
	info    [1 << 16]charInfo
}

var characters = sync.OnceValue(func() *charTable {
	t := &charTable{}
	words, phrases := lexicon.Default().Trie(), period.Phrases()
	t.pairs.Merge(words.Pairs())
	t.pairs.Merge(phrases.Pairs())
	t.phrases.Merge(phrases.Pairs())
	for r := range rune(1 << 16) {
		c := &t.info[r]
		node, alone := words.First(r)
		c.node, c.alone = node, int16(alone)
		if node != 0 {
			c.class |= startsWord
		}
		if alone >= 0 {
			c.class |= isWord
		}
		if numeral.Starts(r) || r == '半' || r >= '0' && r <= '9' || r >= '０' && r <= '９' {
			c.class |= startsNumber
		}
		if phrases.Starts(r) {
			c.class |= startsPeriod
		}
	}
	for _, tail := range tails {
		last, _ := utf8.DecodeLastRuneInString(tail)
		t.info[last].class |= endsTail
	}
	for _, part := range slices.Concat(nounParts, nominalEndings) {
		first, _ := utf8.DecodeRuneInString(part)
		t.info[first].class |= startsPart
	}
	for r, kind := range punctuationKinds {
		t.info[r].class |= punctuation
		t.info[r].kind = kind
	}
	return t
})

// mayMakeNoun tells whether what stands at text[at:] can be one of the words that make a noun of the verb
// before them.
func mayMakeNoun(text string, at int) bool {
	if at >= len(text) {
		return false
	}
	r, _ := decode(text, at)
	return r <= 0xFFFF && characters().info[r].class&startsPart != 0
}

// decode is the character at text[at:] and its size; it is utf8.DecodeRuneInString with the case of
// three bytes, nearly all of a Chinese text, taken first.
func decode(text string, at int) (rune, int) {
	b := text[at]
	if b < utf8.RuneSelf {
		return rune(b), 1
	}
	if b >= 0xE0 && b < 0xF0 && at+2 < len(text) {
		return rune(b&0x0F)<<12 | rune(text[at+1]&0x3F)<<6 | rune(text[at+2]&0x3F), 3
	}
	return utf8.DecodeRuneInString(text[at:])
}
