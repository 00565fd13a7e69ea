package encoding

import (
	"encoding/binary"
	"unicode/utf8"
)

// The bytes of two three-byte characters in eight: which bits are fixed, and what they are.
const (
	twoHanMask = 0x00_00_C0_C0_F0_C0_C0_F0
	twoHanBits = 0x00_00_80_80_E0_80_80_E0
)

// valid is utf8.Valid for texts that are Chinese for the most part: two characters of three bytes are
// checked at once. Those whose first byte is E0 or ED, where not every second byte is right, and all
// other characters are left to utf8.
func valid(data []byte) bool {
	for len(data) >= 8 {
		w := binary.LittleEndian.Uint64(data)
		if w&twoHanMask == twoHanBits && plainLead(data[0]) && plainLead(data[3]) {
			data = data[6:]
			continue
		}
		if data[0] < utf8.RuneSelf {
			data = data[1:]
			continue
		}
		r, size := utf8.DecodeRune(data)
		if r == utf8.RuneError && size == 1 {
			return false
		}
		data = data[size:]
	}
	return utf8.Valid(data)
}

// plainLead tells whether every pair of continuation bytes is right behind a first byte of three.
func plainLead(b byte) bool { return b != 0xE0 && b != 0xED }
