package reading

import (
	"luoshi/reading/lexicon"
	"luoshi/reading/numeral"
	"luoshi/reading/unit"
)

// tokenKind tells what a token is.
type tokenKind uint8

const (
	noToken   tokenKind = iota
	comma               // ，
	pause               // 、
	semicolon           // ；
	colon               // ：
	stop                // 。！？ and the end of a line
	opening             // （
	closing             // ）
	quote               // a short quotation, taken whole as a name
	word                // a word of the lexicon
	figure              // a number that is a quantity
	date                // a date or period
	name                // a numeral that counts nothing: 第三届, 2号线, PM2.5
)

// token is a piece of a sentence that means something to reading; what lies between two tokens is
// plain text. Offsets are bytes of the document's text.
type token struct {
	start, end int32
	kind       tokenKind
	ref        int32       // index into lexer.figures or lexer.dates
	tags       lexicon.Tag // of a word
}

func (t *token) is(tags lexicon.Tag) bool { return t.kind == word && t.tags&tags != 0 }

// figureToken is a number with its unit as it stands in the text.
type figureToken struct {
	start, end   int // surface
	value, upper numeral.Decimal
	unit         string
	class        unit.Class
	ranged       bool
	more         bool // 余, 多
	spelled      bool
	elided       bool // without a unit of its own: 60、30个工作日
	fraction     bool
}

// text is the figure's surface.
func (f *figureToken) text(document string) string { return document[f.start:f.end] }
