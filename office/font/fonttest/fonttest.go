// Package fonttest makes fonts for tests: every Chinese character is a square of its own size, so that what is printed is
// the same on each machine, whatever fonts it has.
package fonttest

import (
	"bytes"
	"encoding/binary"
	"maps"
	"slices"
	"testing"

	"luoshi/office/font"
)

// The sizes of the glyphs, in units of which a font has so many.
const (
	units = 1000
	full  = 1000
	half  = 500
)

// ranges are the characters that a font has.
var ranges = [][2]rune{{0x20, 0x7e}, {0xb0, 0xb7}, {0xe9, 0xe9}, {0x2000, 0x206f}, {0x2100, 0x214f}, {0x2460, 0x249b}, {0x3000, 0x303f}, {0x4e00, 0x9fff}, {0xff00, 0xffef}}

// Composed is a character whose glyph is composed of another one's.
const Composed = '\u00e9'

// Set is a set of one font.
func Set(t testing.TB) *font.Set {
	t.Helper()
	set, err := font.NewSet([]*font.Font{Open(t, Build("Test", 400))})
	if err != nil {
		t.Fatal(err)
	}
	return set
}

// Open opens a font.
func Open(t testing.TB, data []byte) *font.Font {
	t.Helper()
	f, err := font.Open(bytes.NewReader(data), 0)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// Build makes a font of a name and a weight.
func Build(name string, weight int) []byte {
	b := &builder{}
	b.glyph(square(full), full)
	var groups []byte
	count := 0
	for _, r := range ranges {
		groups = append(groups, numbers(4, int(r[0]), int(r[1]), len(b.places))...)
		count++
		for c := r[0]; c <= r[1]; c++ {
			width := full
			if c < 0x2000 {
				width = half
			}
			outline := square(width - 100)
			if c == Composed {
				const words, asLast = 0x0001, 1 // the glyph made before this one
				outline = numbers(2, 0xffff, 0, 0, width, full, words, len(b.places)-asLast, 0, 0)
			}
			b.glyph(outline, width)
		}
	}
	glyphs := len(b.places)
	b.places = append(b.places, len(b.outlines))
	head := make([]byte, 54)
	binary.BigEndian.PutUint16(head[18:], units)
	binary.BigEndian.PutUint16(head[40:], full)
	binary.BigEndian.PutUint16(head[42:], full)
	binary.BigEndian.PutUint16(head[50:], 1)
	hhea := make([]byte, 36)
	binary.BigEndian.PutUint16(hhea[4:], 880)
	binary.BigEndian.PutUint16(hhea[6:], 0x10000-120)
	binary.BigEndian.PutUint16(hhea[34:], uint16(glyphs))
	maxp := append(numbers(2, 1, 0, glyphs), make([]byte, 26)...)
	style := make([]byte, 96)
	binary.BigEndian.PutUint16(style[4:], uint16(weight))
	cmap := append(numbers(2, 0, 1, 3, 10, 0, 12, 12, 0), numbers(4, 16+len(groups), 0, count)...)
	return file(map[string][]byte{
		"cmap": append(cmap, groups...), "glyf": b.outlines, "head": head, "hhea": hhea, "hmtx": b.widths,
		"loca": numbers(4, b.places...), "maxp": maxp, "name": names(name), "OS/2": style, "post": append(numbers(2, 3), make([]byte, 30)...),
	})
}

type builder struct {
	outlines, widths []byte
	places           []int
}

func (b *builder) glyph(outline []byte, width int) {
	b.places = append(b.places, len(b.outlines))
	b.outlines = append(b.outlines, outline...)
	b.outlines = append(b.outlines, make([]byte, -len(b.outlines)&3)...)
	b.widths = append(b.widths, numbers(2, width, 50)...)
}

// square is an outline of four corners on the line.
func square(size int) []byte {
	outline := numbers(2, 1, 50, 0, 50+size, size, 3, 0)
	outline = append(outline, 1, 1, 1, 1)
	return append(outline, numbers(2, 50, size, 0, 0x10000-size, 0, 0, size, 0)...)
}

// names are the family, the full name and the one without spaces.
func names(name string) []byte {
	var text []byte
	for _, r := range name {
		text = append(text, numbers(2, int(r))...)
	}
	b := numbers(2, 0, 3, 6+3*12)
	for _, what := range []int{1, 4, 6} {
		b = append(b, numbers(2, 3, 1, 0x409, what, len(text), 0)...)
	}
	return append(b, text...)
}

// numbers are numbers of two or four bytes.
func numbers(size int, values ...int) []byte {
	var b []byte
	for _, v := range values {
		if size == 2 {
			b = binary.BigEndian.AppendUint16(b, uint16(v))
		} else {
			b = binary.BigEndian.AppendUint32(b, uint32(v))
		}
	}
	return b
}

// file puts tables together.
func file(tables map[string][]byte) []byte {
	tags := slices.Sorted(maps.Keys(tables))
	b := numbers(2, 1, 0, len(tags), 0, 0, 0)
	at := len(b) + 16*len(tags)
	var body []byte
	for _, tag := range tags {
		b = append(b, tag...)
		b = append(b, numbers(4, 0, at+len(body), len(tables[tag]))...)
		body = append(body, tables[tag]...)
		body = append(body, make([]byte, -len(body)&3)...)
	}
	return append(b, body...)
}
