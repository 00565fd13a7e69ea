package html

import (
	"strings"
	"unicode/utf8"

	"luoshi/document/layout"
	"luoshi/document/part"
)

// line is a paragraph while it is being collected. Blanks are collapsed as a browser does; a line end
// of the source between two wide characters is no blank at all.
type line struct {
	text    strings.Builder
	heading int
	number  string   // of the list item that the line begins
	earlier []string // lines of a heading that <br> has ended
	last    rune     // the last rune written
	blank   bool     // blanks are due before the next rune
	newline bool     // … among which was a line end
}

// write adds a run of text.
func (l *line) write(run []byte) {
	for len(run) > 0 {
		r, size := utf8.DecodeRune(run)
		switch {
		case r == '\n' || r == '\r':
			l.blank, l.newline = true, true
		case r == ' ' || r == '\t' || r == '\f' || r == '\v' || r == 0x85 || r == 0x2028 || r == 0x2029:
			l.blank = true
		case r < 0x20 || r == 0x7F || r == 0x200B || r == 0xFEFF: // shows nothing
		case r == utf8.RuneError && size == 1:
			l.put(utf8.RuneError)
		default:
			l.put(r)
		}
		run = run[size:]
	}
}

// put writes a rune with the blank that is due before it.
func (l *line) put(r rune) {
	if l.blank && l.text.Len() > 0 && !(l.newline && layout.IsWide(l.last) && layout.IsWide(r)) {
		l.text.WriteByte(' ')
	}
	l.blank, l.newline = false, false
	l.text.WriteRune(r)
	l.last = r
}

// breakHeading ends a line within a heading.
func (l *line) breakHeading() {
	l.earlier = append(l.earlier, l.text.String())
	l.text.Reset()
	l.blank, l.newline = false, false
}

// take is the paragraph collected, and the line begins anew. A line without text keeps its heading
// and its number for the text to come.
func (l *line) take() (part.Part, bool) {
	text := strings.TrimSpace(l.text.String())
	if len(l.earlier) > 0 {
		text = layout.JoinHeading(append(l.earlier, text))
	}
	if text == "" {
		*l = line{number: l.number, heading: l.heading}
		return part.Part{}, false
	}
	p := part.Part{Text: withNumber(l.number, text), Heading: l.heading}
	*l = line{}
	return p, true
}
