package font

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"maps"
	"slices"
)

// Subset is a font of only some characters, to travel inside a document.
type Subset struct {
	Font   *Font
	Data   []byte
	glyphs map[rune]int
}

// Glyph is a character's glyph in the small font.
func (s *Subset) Glyph(r rune) int { return s.glyphs[r] }

// Runes are the characters, in the order of their glyphs.
func (s *Subset) Runes() []rune {
	runes := slices.Collect(maps.Keys(s.glyphs))
	slices.SortFunc(runes, func(a, b rune) int { return int(a - b) })
	return runes
}

// Advance is how far a character moves the line on, in thousandths of the size.
func (s *Subset) Advance(r rune) float64 { return s.Font.Advance(s.Font.Glyph(r)) }

// Subset makes the small font. The same characters make the same bytes, in whatever order they come.
func (f *Font) Subset(runes []rune) (*Subset, error) {
	runes = slices.Compact(slices.Sorted(slices.Values(runes)))
	s := &Subset{Font: f, glyphs: map[rune]int{}}
	c := &cutting{font: f, at: map[int]int{0: 0}, glyphs: []int{0}}
	for _, r := range runes {
		if g := f.Glyph(r); g != 0 {
			s.glyphs[r] = c.take(g)
		}
	}
	outlines, places, err := c.outlines()
	if err != nil {
		return nil, fmt.Errorf("take %d characters from font %s: %w", len(runes), f.Name, err)
	}
	tables := map[string][]byte{"glyf": outlines, "loca": places, "hmtx": c.widths(), "cmap": s.cmap(), "name": f.name(), "post": f.post()}
	for _, tag := range []string{"head", "hhea", "maxp", "OS/2", "cvt ", "fpgm", "prep"} {
		if _, found := f.tables[tag]; !found {
			continue
		}
		if tables[tag], err = f.table(tag, 0); err != nil {
			return nil, fmt.Errorf("take table %s from font %s: %w", tag, f.Name, err)
		}
	}
	binary.BigEndian.PutUint16(tables["head"][50:], 1) // places have four bytes
	binary.BigEndian.PutUint16(tables["hhea"][34:], short(len(c.glyphs)))
	binary.BigEndian.PutUint16(tables["maxp"][4:], short(len(c.glyphs)))
	s.Data = assemble(tables)
	return s, nil
}

// cutting collects the glyphs that a small font needs.
type cutting struct {
	font   *Font
	at     map[int]int // glyph of the font → of the small one
	glyphs []int
}

func (c *cutting) take(glyph int) int {
	if at, found := c.at[glyph]; found {
		return at
	}
	c.at[glyph] = len(c.glyphs)
	c.glyphs = append(c.glyphs, glyph)
	return c.at[glyph]
}

// outlines copies the glyphs, and those that they are composed of.
func (c *cutting) outlines() (outlines, places []byte, err error) {
	glyf := c.font.tables["glyf"]
	for i := 0; i < len(c.glyphs); i++ {
		g := c.glyphs[i]
		if g >= c.font.glyphs {
			return nil, nil, broken("glyph %d is composed of one that is not there", g)
		}
		places = binary.BigEndian.AppendUint32(places, uint32(len(outlines))) //nolint:gosec // a font has 64 MB at most
		from, to := int64(c.font.places[g]), int64(c.font.places[g+1])
		b, err := c.font.bytes(glyf.at+from, to-from)
		if err != nil {
			return nil, nil, err
		}
		c.recompose(b)
		outlines = append(outlines, b...)
		for len(outlines)%4 != 0 {
			outlines = append(outlines, 0)
		}
	}
	return outlines, binary.BigEndian.AppendUint32(places, uint32(len(outlines))), nil //nolint:gosec // see above
}

// recompose gives the parts of a composed glyph their new numbers.
func (c *cutting) recompose(b []byte) {
	if i16(b, 0) >= 0 {
		return
	}
	const words, scale, more, scales, matrix = 0x0001, 0x0008, 0x0020, 0x0040, 0x0080
	for at := 10; at+4 <= len(b); {
		flags := u16(b, at)
		binary.BigEndian.PutUint16(b[at+2:], short(c.take(u16(b, at+2))))
		at += 6
		if flags&words != 0 {
			at += 2
		}
		switch {
		case flags&scale != 0:
			at += 2
		case flags&scales != 0:
			at += 4
		case flags&matrix != 0:
			at += 8
		}
		if flags&more == 0 {
			return
		}
	}
}

func (c *cutting) widths() []byte {
	var b []byte
	for _, g := range c.glyphs {
		b = binary.BigEndian.AppendUint16(b, c.font.advances[g])
		b = binary.BigEndian.AppendUint16(b, c.font.bearings[g])
	}
	return b
}

// cmap is format 12 with a range for each character.
func (s *Subset) cmap() []byte {
	runes := s.Runes()
	b := []byte{0, 0, 0, 1, 0, 3, 0, 10, 0, 0, 0, 12, 0, 12, 0, 0}
	for _, v := range []int{16 + 12*len(runes), 0, len(runes)} {
		b = binary.BigEndian.AppendUint32(b, uint32(v)) //nolint:gosec // small
	}
	for _, r := range runes {
		for _, v := range []int{int(r), int(r), s.glyphs[r]} {
			b = binary.BigEndian.AppendUint32(b, uint32(v)) //nolint:gosec // small
		}
	}
	return b
}

// name is a table of names with the one that all readers look for.
func (f *Font) name() []byte {
	var text []byte
	for _, r := range f.Name {
		text = append(text, 0, byte(r))
	}
	const family, full, postScript = 1, 4, 6
	b := []byte{0, 0, 0, 3, 0, 6 + 3*12}
	for _, what := range []byte{family, full, postScript} {
		b = append(b, 0, 3, 0, 1, 4, 9, 0, what)
		b = binary.BigEndian.AppendUint16(b, short(len(text)))
		b = append(b, 0, 0)
	}
	return append(b, text...)
}

// post is the table for printers without names of glyphs.
func (f *Font) post() []byte { return append([]byte{0, 3, 0, 0}, make([]byte, 28)...) }

// assemble writes a font of tables, with the sums that guard them.
func assemble(tables map[string][]byte) []byte {
	tags := slices.Sorted(maps.Keys(tables))
	power := 1
	rounds := 0
	for power*2 <= len(tags) {
		power, rounds = power*2, rounds+1
	}
	b := []byte{0, 1, 0, 0}
	for _, v := range []int{len(tags), power * 16, rounds, (len(tags) - power) * 16} {
		b = binary.BigEndian.AppendUint16(b, short(v))
	}
	binary.BigEndian.PutUint32(tables["head"][8:], 0)
	at := 12 + 16*len(tags)
	var body []byte
	head := 0
	for _, tag := range tags {
		if tag == "head" {
			head = at + len(body)
		}
		b = append(b, tag...)
		for _, v := range []uint32{sum(tables[tag]), uint32(at + len(body)), uint32(len(tables[tag]))} { //nolint:gosec // small
			b = binary.BigEndian.AppendUint32(b, v)
		}
		body = append(body, tables[tag]...)
		body = append(body, make([]byte, -len(body)&3)...)
	}
	b = append(b, body...)
	const magic = 0xb1b0afba
	binary.BigEndian.PutUint32(b[head+8:], magic-sum(b))
	return b
}

// sum adds a table up, four bytes at a time.
func sum(b []byte) uint32 {
	var total uint32
	for ; len(b) >= 4; b = b[4:] {
		total += binary.BigEndian.Uint32(b)
	}
	rest := bytes.Clone(b)
	return total + binary.BigEndian.Uint32(append(rest, make([]byte, 4-len(rest))...))
}

// short is a number of two bytes; a font numbers its glyphs by such.
func short(v int) uint16 { return uint16(min(v, 0xffff)) } //nolint:gosec // cut just there
