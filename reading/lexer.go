package reading

import (
	"strings"
	"unicode/utf8"

	"luoshi/reading/lexicon"
	"luoshi/reading/period"
)

// lexer cuts a block into tokens in one walk. Its slices are used again for the next block.
type lexer struct {
	text    string
	end     int // where the block ends
	words   *lexicon.Lexicon
	trie    *lexicon.Trie // of words
	tags    []lexicon.Tag // of words, by id
	chars   *charTable
	tokens  []token
	figures []figureToken
	dates   []period.Mention
}

// maxQuotedName is the longest quotation, in bytes, that is taken for a name or slogan as a whole.
const maxQuotedName = 75

// maxQuotation bounds the search for a closing quotation mark.
const maxQuotation = 240

func newLexer(text string) *lexer {
	return &lexer{text: text, words: lexicon.Default(), trie: lexicon.Default().Trie(), tags: lexicon.Default().Tags(), chars: characters()}
}

// run cuts text[start:end] into tokens.
func (x *lexer) run(start, end int) {
	x.tokens, x.figures, x.dates = x.tokens[:0], x.figures[:0], x.dates[:0]
	x.end = end
	text, chars := x.text[:end], x.chars
	var r, next rune
	var size, nextSize int
	for at := start; at < end; at, r, size = at+size, next, nextSize {
		if size == 0 { // the character has not been looked at as the next of another
			r, size = decode(text, at)
		}
		after := at + size
		next, nextSize = 0, 0
		if after < end {
			// decode, written out for the characters that nearly all texts consist of
			if b := text[after]; b >= 0xE0 && b < 0xF0 && after+2 < end {
				next, nextSize = rune(b&0x0F)<<12|rune(text[after+1]&0x3F)<<6|rune(text[after+2]&0x3F), 3
			} else {
				next, nextSize = decode(text, after)
			}
		}
		if r > 0xFFFF {
			continue
		}
		c := &chars.info[r]
		pair := false
		if c.class&(punctuation|startsNumber) == 0 {
			// Most characters that can begin a word begin none here; the next one tells.
			pair = c.class&begins != 0 && nextSize != 0 && next <= 0xFFFF && chars.pairs.May(uint32(r), uint32(next))
			if !pair && c.class&isWord == 0 {
				continue
			}
		} else {
			pair = nextSize != 0 && next <= 0xFFFF
		}
		taken := after
		if c.class&(punctuation|startsNumber|startsPeriod) != 0 {
			taken = x.special(text, at, r, next, size, c.class)
		}
		if taken == after && c.class&(startsWord|isWord) != 0 {
			taken = x.word(text, at, after, c, pair, next, nextSize)
		}
		if taken != after {
			at, size, next, nextSize = taken, 0, 0, 0
		}
	}
}

// runText cuts a text of its own, such as a heading put together from several cells.
func (x *lexer) runText(text string) {
	kept := x.text
	x.text = text
	x.run(0, len(text))
	x.text = kept
}

// special takes a mark, a date or a number at a character that may begin one and returns where to go
// on: behind the character when there is none.
func (x *lexer) special(text string, at int, r, next rune, size int, class charClass) int {
	if class&punctuation != 0 {
		return x.punctuation(text, at, r, size)
	}
	if class&startsPeriod != 0 && !x.chars.phrases.May(uint32(r), uint32(next)) {
		class &^= startsPeriod
	}
	if class&(startsPeriod|startsNumber) != 0 {
		if m, ok := x.period(text, at, class); ok {
			return x.addDate(at, m)
		}
	}
	if class&startsNumber != 0 {
		if end := x.number(text, at, r); end > at {
			return end
		}
	}
	return at + size
}

// word takes the longest word that begins at text[at:], whose first character ends at after, and returns
// where to go on.
func (x *lexer) word(text string, at, after int, c *charInfo, pair bool, next rune, nextSize int) int {
	id, end := int(c.alone), after
	if pair && c.node != 0 {
		if longer, longerEnd := x.trie.MatchFrom(text, c.node, uint16(next), after+nextSize); longer >= 0 {
			id, end = longer, longerEnd
		}
	}
	if id < 0 {
		return after
	}
	tags := x.tags[id]
	kind := word
	if tags&lexicon.Opaque != 0 {
		kind = name
	}
	x.tokens = append(x.tokens, token{start: int32(at), end: int32(end), kind: kind, tags: tags})
	return end
}

// maxDateNumeral is the longest numeral, in characters, that a date can begin with.
const maxDateNumeral = 8

// mayDate tells whether the numeral at text[at:] is followed by what makes a date of it or joins it to
// one; most are not, and need not be read as a date first.
func (x *lexer) mayDate(text string, at int) bool {
	for range maxDateNumeral {
		if at >= len(text) {
			return false
		}
		if isASCIIDigit(text[at]) {
			at++
			continue
		}
		r, size := decode(text, at)
		if r <= 0xFFFF && x.chars.info[r].class&startsNumber != 0 {
			at += size
			continue
		}
		switch r {
		case '年', '月', '季', '-', '—', '–', '－', '~', '～', '至', '到', '―':
			return true
		default:
			return false
		}
	}
	return false
}

func (x *lexer) addDate(at int, m period.Mention) int {
	x.tokens = append(x.tokens, token{start: int32(at), end: int32(m.End), kind: date, ref: int32(len(x.dates))})
	x.dates = append(x.dates, m)
	return m.End
}

// period takes a date, unless the numeral is part of an ordinal or a longer word.
func (x *lexer) period(text string, at int, c charClass) (period.Mention, bool) {
	if c&startsNumber != 0 {
		if isOrdinal(text, at) && !strings.HasPrefix(text[at:], "一季度") {
			return period.Mention{}, false
		}
		if strings.HasPrefix(text[at:], "十") {
			if m, ok := period.MatchPlan(text, at); ok {
				return m, true
			}
		}
	}
	if c&startsPeriod != 0 {
		if m, ok := period.MatchPhrase(text, at); ok {
			return m, true
		}
	}
	if c&startsNumber == 0 || !x.mayDate(text, at) {
		return period.Mention{}, false
	}
	return period.MatchNumeric(text, at)
}

// isOrdinal tells whether the numeral at text[at:] stands behind 第.
func isOrdinal(text string, at int) bool {
	return at >= len("第") && text[at-len("第"):at] == "第"
}

func (x *lexer) add(kind tokenKind, start, end int) {
	x.tokens = append(x.tokens, token{start: int32(start), end: int32(end), kind: kind})
}

// punctuation takes a mark; a quotation that is short and gives no percentage is taken whole, since it
// is a name or a slogan.
func (x *lexer) punctuation(text string, at int, r rune, size int) int {
	kind := x.chars.info[r].kind
	if kind != quote {
		x.add(kind, at, at+size)
		return at + size
	}
	if r == '“' {
		if m, ok := period.MatchPlan(text, at); ok {
			return x.addDate(at, m)
		}
		if m, ok := period.Match(text, at); ok {
			return x.addDate(at, m)
		}
	}
	closer := closers[r]
	window := text[at+size : min(len(text), at+size+maxQuotation)]
	length := strings.Index(window, closer)
	if length < 0 {
		return at + size
	}
	if length > maxQuotedName && r != '《' || strings.ContainsAny(window[:length], "%％") {
		return at + size
	}
	end := at + size + length + len(closer)
	x.add(quote, at, end)
	return end
}

// previous is the character before text[at:]; 0 at the start.
func previous(text string, at int) rune {
	if at == 0 {
		return 0
	}
	r, _ := utf8.DecodeLastRuneInString(text[:at])
	return r
}

func isASCIILetter(r rune) bool { return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' }

func isASCIIDigit(b byte) bool { return b >= '0' && b <= '9' }
