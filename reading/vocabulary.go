package reading

import (
	"sync"
	"unicode/utf8"

	"luoshi/reading/lexicon"
	"luoshi/reading/numeral"
	"luoshi/reading/period"
)

// charClass says in one look-up what can begin at a character; most characters begin nothing.
type charClass uint8

const (
	standsOut    charClass = 1 << iota // one of the next three: it may be a token whatever stands behind it
	isWord                             // a word of the lexicon by itself
	startsNumber                       // a numeral, in digits or spelled out
	punctuation                        // see punctuationKinds
	startsPeriod                       // a phrase for a date or period
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

// charInfo is what reading knows of a character that can begin a token.
type charInfo struct {
	node  uint16    // where words that begin with it go on in the lexicon's trie
	alone int16     // id of the word that it is by itself; -1 for none
	kind  tokenKind // of punctuation
}

// charTable is what reading knows of the characters of the basic plane, with filters of the pairs of them
// that begin words and phrases. Each character of a text costs one look at its class and one at the
// filter, which is why these two are small; the rest is needed for few.
type charTable struct {
	pairs   lexicon.PairFilter // of words and phrases
	phrases lexicon.PairFilter // of phrases alone
	class   [1 << 16]charClass
	info    [1 << 16]charInfo
}

var characters = sync.OnceValue(func() *charTable {
	t := &charTable{}
	words, phrases := lexicon.Default().Trie(), period.Phrases()
	t.pairs.Merge(words.Pairs())
	t.pairs.Merge(phrases.Pairs())
	t.phrases.Merge(phrases.Pairs())
	for r := range rune(1 << 16) {
		class := &t.class[r]
		node, alone := words.First(r)
		t.info[r] = charInfo{node: node, alone: int16(alone)}
		if alone >= 0 {
			*class |= isWord
		}
		if numeral.Starts(r) || r == '半' || r >= '0' && r <= '9' || r >= '０' && r <= '９' {
			*class |= startsNumber
		}
		if phrases.Starts(r) {
			*class |= startsPeriod
		}
	}
	for r, kind := range punctuationKinds {
		t.class[r] |= punctuation
		t.info[r].kind = kind
	}
	for r := range t.class {
		if t.class[r]&(isWord|startsNumber|punctuation) != 0 {
			t.class[r] |= standsOut
		}
	}
	return t
})

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

// basic is the character at text[at:] and the byte behind it; one beyond the basic plane, which begins
// nothing, reads as 0.
func basic(text string, at int) (r uint16, behind int) {
	wide, size := decode(text, at)
	if wide > 0xFFFF {
		wide = 0
	}
	return uint16(wide), at + size
}

// sizeOf is the size of the character that begins with the byte.
func sizeOf(first byte) int {
	switch {
	case first < utf8.RuneSelf:
		return 1
	case first >= 0xE0 && first < 0xF0:
		return 3
	case first < 0xE0:
		return 2
	default:
		return 4
	}
}

// decodeLast is the character that text ends with and its size, likewise; text is not empty.
func decodeLast(text string) (rune, int) {
	end := len(text)
	b := text[end-1]
	if b < utf8.RuneSelf {
		return rune(b), 1
	}
	if end >= 3 && text[end-3] >= 0xE0 && text[end-3] < 0xF0 {
		return rune(text[end-3]&0x0F)<<12 | rune(text[end-2]&0x3F)<<6 | rune(b&0x3F), 3
	}
	return utf8.DecodeLastRuneInString(text)
}
