package font

import (
	"encoding/binary"
	"fmt"
	"strings"
	"unicode/utf16"
)

// What a file may ask for at most; a font of all of Unicode stays far below.
const (
	mostTables = 100
	mostBytes  = 64 << 20
	mostRanges = 1 << 17
)

// bytes reads a part of the file.
func (f *Font) bytes(at, length int64) ([]byte, error) {
	if at < 0 || length < 0 || length > mostBytes {
		return nil, broken("%d bytes at %d", length, at)
	}
	// What is not there is not made room for.
	if last := make([]byte, 1); length > 0 {
		if n, err := f.source.ReadAt(last, at+length-1); n < 1 {
			return nil, fmt.Errorf("%w: it ends early: %w", errFont, err)
		}
	}
	b := make([]byte, length)
	if n, err := f.source.ReadAt(b, at); n < len(b) {
		return nil, fmt.Errorf("%w: it ends early: %w", errFont, err)
	}
	return b, nil
}

// table reads a table that is at least so long.
func (f *Font) table(tag string, least int) ([]byte, error) {
	s, found := f.tables[tag]
	if !found {
		return nil, broken("no table %s", tag)
	}
	if s.length < int64(least) {
		return nil, broken("table %s is too short", tag)
	}
	return f.bytes(s.at, s.length)
}

// u16, i16 and u32 read numbers; beyond the end there is nought.
func u16(b []byte, at int) int {
	if at < 0 || at+2 > len(b) {
		return 0
	}
	return int(binary.BigEndian.Uint16(b[at:]))
}

func i16(b []byte, at int) int { return int(int16(u16(b, at))) } //nolint:gosec // two's complement is meant

func u32(b []byte, at int) int64 { return int64(u16(b, at))<<16 | int64(u16(b, at+2)) }

// directory finds the tables.
func (f *Font) directory(number int) error {
	head, err := f.bytes(0, 12)
	if err != nil {
		return err
	}
	var at int64
	if string(head[:4]) == "ttcf" {
		if number < 0 || int64(number) >= u32(head, 8) {
			return broken("no font %d in the collection", number)
		}
		entry, err := f.bytes(12+4*int64(number), 4)
		if err != nil {
			return err
		}
		at = u32(entry, 0)
		if head, err = f.bytes(at, 12); err != nil {
			return err
		}
	}
	if kind := string(head[:4]); kind != "\x00\x01\x00\x00" && kind != "true" {
		return broken("its outlines are of another kind")
	}
	count := u16(head, 4)
	if count > mostTables {
		return broken("%d tables", count)
	}
	list, err := f.bytes(at+12, 16*int64(count))
	if err != nil {
		return err
	}
	f.tables = map[string]section{}
	for i := range count {
		entry := list[16*i:]
		f.tables[string(entry[:4])] = section{u32(entry, 8), u32(entry, 12)}
	}
	return nil
}

// Collected is how many fonts a file holds: one, or as many as its collection.
func Collected(head []byte) int {
	if len(head) >= 12 && string(head[:4]) == "ttcf" {
		const most = 64
		return int(min(u32(head, 8), most))
	}
	return 1
}

func (f *Font) head() error {
	head, err := f.table("head", 54)
	if err != nil {
		return err
	}
	f.units = u16(head, 18)
	if f.units == 0 {
		return broken("its size is divided into nothing")
	}
	for i := range f.Box {
		f.Box[i] = f.thousandths(i16(head, 36+2*i))
	}
	most, err := f.table("maxp", 6)
	if err != nil {
		return err
	}
	f.glyphs = u16(most, 4)
	return nil
}

// metrics reads how wide glyphs are.
func (f *Font) metrics() error {
	hhea, err := f.table("hhea", 36)
	if err != nil {
		return err
	}
	f.Ascent, f.Descent = f.thousandths(i16(hhea, 4)), f.thousandths(i16(hhea, 6))
	f.CapHeight = f.Ascent
	count := u16(hhea, 34)
	if count == 0 || count > f.glyphs {
		return broken("%d widths of %d glyphs", count, f.glyphs)
	}
	hmtx, err := f.table("hmtx", 4*count+2*(f.glyphs-count))
	if err != nil {
		return err
	}
	// The glyphs after the last width have its width, and only their bearing is listed.
	f.advances, f.bearings = make([]uint16, f.glyphs), make([]uint16, f.glyphs)
	for i := range f.glyphs {
		f.advances[i] = short(u16(hmtx, 4*min(i, count-1)))
		f.bearings[i] = short(u16(hmtx, min(4*i+2, 2*count+2*i)))
	}
	return nil
}

// outlines reads where glyphs stand.
func (f *Font) outlines() error {
	head, err := f.table("head", 54)
	if err != nil {
		return err
	}
	glyf, found := f.tables["glyf"]
	if !found {
		return broken("no outlines")
	}
	long := i16(head, 50) == 1
	each := 2
	if long {
		each = 4
	}
	loca, err := f.table("loca", each*(f.glyphs+1))
	if err != nil {
		return err
	}
	f.places = make([]uint32, f.glyphs+1)
	for i := range f.places {
		place := int64(u16(loca, 2*i)) * 2
		if long {
			place = u32(loca, 4*i)
		}
		if place > glyf.length || i > 0 && place < int64(f.places[i-1]) {
			return broken("glyph %d is nowhere", i)
		}
		f.places[i] = uint32(place) //nolint:gosec // read from four bytes
	}
	return nil
}

// names reads what the font is called.
func (f *Font) names() error {
	b, err := f.table("name", 6)
	if err != nil {
		return err
	}
	const family, full, postScript, typographic = 1, 4, 6, 16
	texts := u16(b, 4)
	for i := range u16(b, 2) {
		record := 6 + 12*i
		from := texts + u16(b, record+10)
		to := from + u16(b, record+8)
		if to > len(b) || from > to {
			continue
		}
		name := decode(u16(b, record), b[from:to])
		switch u16(b, record+6) {
		case family, full, typographic:
			f.Families = append(f.Families, name)
		case postScript:
			f.Name = printable(name)
		}
	}
	if len(f.Families) == 0 {
		return broken("it has no name")
	}
	if f.Name == "" {
		const nameless = "Type" // its names are of other letters than formats take
		f.Name = nameless
	}
	return nil
}

// decode reads a name, which all but one platform write in UTF-16.
func decode(platform int, b []byte) string {
	const macintosh = 1
	if platform == macintosh {
		return string(b)
	}
	units := make([]uint16, len(b)/2)
	for i := range units {
		units[i] = binary.BigEndian.Uint16(b[2*i:])
	}
	return string(utf16.Decode(units))
}

// printable keeps what the name of a font may have in every format.
func printable(name string) string {
	return strings.Map(func(r rune) rune {
		if r == '-' || r >= '0' && r <= '9' || r >= 'A' && r <= 'Z' || r >= 'a' && r <= 'z' {
			return r
		}
		return -1
	}, name)
}

// style reads the weight, and whether the font may be put into documents at all.
func (f *Font) style() error {
	f.Weight, f.embeddable = 400, true
	if _, found := f.tables["OS/2"]; !found {
		return nil
	}
	b, err := f.table("OS/2", 68)
	if err != nil {
		return err
	}
	f.Weight = u16(b, 4)
	const restricted, noSubset, bitmapOnly = 0x0002, 0x0100, 0x0200
	licence := u16(b, 8)
	f.embeddable = licence&0x000f != restricted && licence&(noSubset|bitmapOnly) == 0
	if u16(b, 0) >= 2 && len(b) >= 90 {
		f.CapHeight = f.thousandths(i16(b, 88))
	}
	return nil
}
