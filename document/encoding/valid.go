package encoding

import (
	"encoding/binary"
	"unicode/utf8"
)

// Eight bytes in a run of characters of three bytes each: the bits that tell so, what they must be, and
// the lowest bit of each character's first byte. The bytes begin with the first, the third or the second
// byte of a character; of a pair, two characters are looked at and two bytes left out.
const (
	pairMask = 0x00_00_C0_C0_F0_C0_C0_F0
	pairBits = 0x00_00_80_80_E0_80_80_E0
	pairLead = 0x00_00_00_00_01_00_00_01

	firstMask = 0xC0_F0_C0_C0_F0_C0_C0_F0
	firstBits = 0x80_E0_80_80_E0_80_80_E0
	firstLead = 0x00_01_00_00_01_00_00_01

	thirdMask = 0xF0_C0_C0_F0_C0_C0_F0_C0
	thirdBits = 0xE0_80_80_E0_80_80_E0_80
	thirdLead = 0x01_00_00_01_00_00_01_00

	secondMask = 0xC0_C0_F0_C0_C0_F0_C0_C0
	secondBits = 0x80_80_E0_80_80_E0_80_80
	secondLead = 0x00_00_01_00_00_01_00_00
)

// valid is utf8.Valid for texts that are Chinese for the most part: eight characters of three bytes, or
// two, are checked at once. Those whose first byte is E0 or ED, where not every second byte is right, and
// all other characters are left to utf8.
func valid(data []byte) bool {
	for len(data) >= 24 {
		w := binary.LittleEndian.Uint64(data)
		if w&pairMask == pairBits && plainLeads(w, pairLead) {
			v, u := binary.LittleEndian.Uint64(data[8:]), binary.LittleEndian.Uint64(data[16:])
			if w&firstMask == firstBits && v&thirdMask == thirdBits && u&secondMask == secondBits &&
				plainLeads(w, firstLead) && plainLeads(v, thirdLead) && plainLeads(u, secondLead) {
				data = data[24:]
			} else {
				data = data[6:]
			}
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

// plainLeads tells whether every pair of continuation bytes is right behind each of the first bytes, which
// are neither E0 nor ED: adding F to the lower half of a byte carries unless that half is zero.
func plainLeads(w, lead uint64) bool {
	low := w & (lead * 0x0F)
	neither := (low + lead*0x0F) & (low ^ lead*0x0D + lead*0x0F)
	return neither&(lead<<4) == lead<<4
}
