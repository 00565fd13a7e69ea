package font

import (
	"bytes"
	"encoding/binary"
	"testing"
)

// first is a table of format 4: A to C by a difference, X and Z by a list that lacks Y, and the range that ends it.
func first(ranges ...[4]uint16) []byte {
	var ends, starts, deltas, lists []uint16
	for _, r := range append(ranges, [4]uint16{0xffff, 0xffff, 1, 0}) {
		starts, ends, deltas, lists = append(starts, r[0]), append(ends, r[1]), append(deltas, r[2]), append(lists, r[3])
	}
	all := []uint16{4, 0, 0, uint16(2 * len(ends)), 0, 0, 0}
	all = append(append(append(append(append(all, ends...), 0), starts...), deltas...), lists...)
	all = append(all, 7, 0, 9)
	var b bytes.Buffer
	for _, v := range all {
		b.Write(binary.BigEndian.AppendUint16(nil, v))
	}
	return b.Bytes()
}

func TestCharactersOfTheFirstPlaneAreRead(t *testing.T) {
	const toList = 4 // bytes from the place in the second range to the list: over that of the last one
	f := &Font{glyphs: 100}
	if err := f.segments(first([4]uint16{'A', 'C', 0x10000 - 'A' + 3, 0}, [4]uint16{'X', 'Z', 0, toList})); err != nil {
		t.Fatal(err)
	}
	f.tidy()
	for r, want := range map[rune]int{'A': 3, 'C': 5, 'D': 0, 'X': 7, 'Y': 0, 'Z': 9} {
		if got := f.Glyph(r); got != want {
			t.Errorf("%c is glyph %d, want %d", r, got, want)
		}
	}
}

func TestRangesOutOfOrderAreNotRead(t *testing.T) {
	f := &Font{glyphs: 100}
	if err := f.segments(first([4]uint16{'X', 'Z', 3, 0}, [4]uint16{'A', 'C', 3, 0})); err == nil {
		t.Error("a list that could be read for hours was read")
	}
}
