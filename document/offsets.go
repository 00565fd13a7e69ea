package document

import "unicode/utf8"

// Offsets turns byte offsets of a text into code points, counted from 0. Asked in ascending order it
// walks the text once; a question further back starts again from the front.
type Offsets struct {
	text        string
	byteAt      int
	codePointAt int
}

// NewOffsets starts at the front of text.
func NewOffsets(text string) *Offsets { return &Offsets{text: text} }

// CodePoints is the number of code points before the byte offset.
func (o *Offsets) CodePoints(byteOffset int) int {
	if byteOffset < o.byteAt {
		o.byteAt, o.codePointAt = 0, 0
	}
	o.codePointAt += utf8.RuneCountInString(o.text[o.byteAt:byteOffset])
	o.byteAt = byteOffset
	return o.codePointAt
}
