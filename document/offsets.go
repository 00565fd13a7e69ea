package document

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
	o.codePointAt += countCodePoints(o.text, o.byteAt, byteOffset)
	o.byteAt = byteOffset
	return o.codePointAt
}

// low has the lowest bit of each byte.
const low = 0x0101010101010101

// continues has a 1 in each of eight bytes that continues a character.
func continues(b string) uint64 {
	word := uint64(b[0]) | uint64(b[1])<<8 | uint64(b[2])<<16 | uint64(b[3])<<24 |
		uint64(b[4])<<32 | uint64(b[5])<<40 | uint64(b[6])<<48 | uint64(b[7])<<56
	return word >> 7 & ^(word >> 6) & low
}

// countCodePoints counts the bytes of valid UTF-8 from start to end that do not continue a character,
// eight at a time.
func countCodePoints(s string, start, end int) int {
	continuing, i := 0, start
	for ; i+32 <= end; i += 32 {
		b := s[i : i+32]
		four := continues(b) + continues(b[8:]) + continues(b[16:]) + continues(b[24:])
		continuing += int(four * low >> 56) // a byte holds 32 at most, their sum
	}
	for ; i+8 <= end; i += 8 {
		continuing += int(continues(s[i:]) * low >> 56)
	}
	if rest := end - i; rest > 0 && end >= 8 { // the last eight bytes, less those that are counted already
		continuing += int(continues(s[end-8:]) >> (64 - 8*rest) * low >> 56)
		i = end
	}
	for ; i < end; i++ {
		if s[i]&0xC0 == 0x80 {
			continuing++
		}
	}
	return end - start - continuing
}
