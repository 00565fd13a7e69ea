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
	words   *lexicon.Lexicon
	trie    *lexicon.Trie // of words
	tags    []lexicon.Tag // of words, by id
	chars   *charTable
	tokens  []token
	figures []figureToken
	dates   []period.Mention
	parts   []part
	open    part // the part that is being taken

	candidates [maxCandidates]candidate
}

// maxQuotedName is the longest quotation, in bytes, that is taken for a name or slogan as a whole.
const maxQuotedName = 75

// maxQuotation bounds the search for a closing quotation mark.
const maxQuotation = 240

func newLexer() *lexer {
	return &lexer{words: lexicon.Default(), trie: lexicon.Default().Trie(), tags: lexicon.Default().Tags(), chars: characters()}
}

// forget lets go of the text and of all that is part of it.
func (x *lexer) forget() {
	x.text = ""
	clear(x.figures[:cap(x.figures)])
}

// candidate is a character at which a token may begin.
type candidate struct {
	at      int32
	r, next uint16 // the character and the one behind it
}

// maxCandidates is how many characters are looked at before the tokens among them are taken.
const maxCandidates = 256

// run cuts text[start:end] into tokens.
func (x *lexer) run(start, end int) {
	x.tokens, x.figures, x.dates = x.tokens[:0], x.figures[:0], x.dates[:0]
	x.parts, x.open = x.parts[:0], part{start: start}
	text := x.text[:end]
	for at := start; at < end; {
		count, looked := x.look(text, at)
		for _, c := range x.candidates[:count] {
			if int(c.at) >= at {
				at = x.token(text, c)
			}
		}
		at = max(at, looked)
	}
	x.closePart(end)
}

// look gathers the candidates among the next characters of text from a byte on and returns how many they
// are and the byte behind the last of the characters. Most characters that can begin a word begin none
// here; the next one tells. Every character is written down, and only a candidate stays: what comes next
// is hard to foresee, and a branch on it would cost more than all else that is done here.
func (x *lexer) look(text string, at int) (count, behind int) {
	chars := x.chars
	next, after := basic(text, at)
	for range maxCandidates {
		if at >= len(text) {
			break
		}
		c := candidate{at: int32(at), r: next}
		at, next = after, 0
		if at < len(text) {
			// basic, written out for the characters that nearly all texts consist of
			switch b := text[at]; {
			case b >= 0xE0 && b < 0xF0 && at+2 < len(text):
				next, after = uint16(b&0x0F)<<12|uint16(text[at+1]&0x3F)<<6|uint16(text[at+2]&0x3F), at+3
			case b < utf8.RuneSelf:
				next, after = uint16(b), at+1
			default:
				next, after = basic(text, at)
			}
		}
		c.next = next
		x.candidates[count%maxCandidates] = c
		count += int((uint64(chars.class[c.r]&standsOut) | chars.pairs.Bit(uint32(c.r), uint32(next))))
	}
	return count, at
}

// token takes what begins at a candidate and returns where to go on: behind the character when there is
// nothing.
func (x *lexer) token(text string, c candidate) int {
	at := int(c.at)
	after := at + sizeOf(text[at])
	if class := x.chars.class[c.r]; class&(punctuation|startsNumber|startsPeriod) != 0 {
		if taken := x.special(text, at, rune(c.r), c.next, after, class); taken != after {
			return taken
		}
	}
	info := &x.chars.info[c.r]
	id, end := int(info.alone), after
	if info.node != 0 && after < len(text) {
		if longer, longerEnd := x.trie.MatchFrom(text, info.node, c.next, after+sizeOf(text[after])); longer >= 0 {
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
	x.push(token{start: int32(at), end: int32(end), kind: kind, tags: tags})
	return end
}

// runText cuts a text of its own, such as a heading put together from several cells.
func (x *lexer) runText(text string) {
	kept := x.text
	x.text = text
	x.run(0, len(text))
	x.text = kept
}

// special takes a mark, a date or a number at a character that may begin one and returns where to go
// on: at after, where the character ends, when there is none.
func (x *lexer) special(text string, at int, r rune, next uint16, after int, class charClass) int {
	if class&punctuation != 0 {
		return x.punctuation(text, at, r, after)
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
	return after
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
		if r <= 0xFFFF && x.chars.class[r]&startsNumber != 0 {
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
	x.push(token{start: int32(at), end: int32(m.End), kind: date, ref: int32(len(x.dates))})
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
	x.push(token{start: int32(start), end: int32(end), kind: kind})
}

// punctuation takes a mark; a quotation that is short and gives no percentage is taken whole, since it
// is a name or a slogan.
func (x *lexer) punctuation(text string, at int, r rune, after int) int {
	kind := x.chars.info[r].kind
	if kind != quote {
		x.add(kind, at, after)
		return after
	}
	if r == '“' {
		if m, ok := period.MatchPlan(text, at); ok {
			return x.addDate(at, m)
		}
		if m, ok := period.MatchPhrase(text, at); ok {
			return x.addDate(at, m)
		}
	}
	closer := closers[r]
	window := text[after:min(len(text), after+maxQuotation)]
	length := strings.Index(window, closer)
	if length < 0 {
		return after
	}
	if length > maxQuotedName && r != '《' || hasPercent(window[:length]) {
		return after
	}
	end := after + length + len(closer)
	x.add(quote, at, end)
	return end
}

func hasPercent(text string) bool {
	return strings.IndexByte(text, '%') >= 0 || strings.Contains(text, "％")
}

// previous is the character before text[at:]; 0 at the start.
func previous(text string, at int) rune {
	if at == 0 {
		return 0
	}
	r, _ := decodeLast(text[:at])
	return r
}

func isASCIILetter(r rune) bool { return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' }

func isASCIIDigit(b byte) bool { return b >= '0' && b <= '9' }
