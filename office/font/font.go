// Package font finds the type that official documents are printed in, and takes from a font what a document needs of it:
// how wide its characters are, and a small font of only those characters to travel inside the document. It reads fonts
// with TrueType outlines, alone or in collections; outlines of the other kind (OTF) it leaves alone.
package font

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"slices"
)

// Font is an open font.
type Font struct {
	Name       string   // its PostScript name, without spaces
	Families   []string // all names of its family and of itself, in any language
	Weight     int      // 400 is regular, 700 bold
	Ascent     int      // of all heights in thousandths of the size
	Descent    int      // below the line, negative
	CapHeight  int
	Box        [4]int // around every glyph: left, bottom, right, top
	embeddable bool
	source     io.ReaderAt
	tables     map[string]section
	units      int // that the size is divided into
	glyphs     int
	advances   []uint16 // of each glyph
	bearings   []uint16 // how far its outline begins from the left, in two's complement
	places     []uint32 // where each glyph begins, and where the last ends
	ranges     []span   // of characters, sorted
}

// section is where a table stands in its file.
type section struct{ at, length int64 }

// span are characters that follow each other, with glyphs that do so too.
type span struct {
	from, to rune
	glyph    int
}

// errFont is what all that a file may have wrong comes down to.
var errFont = errors.New("not a usable TrueType font")

func broken(format string, args ...any) error {
	return fmt.Errorf("%w: %s", errFont, fmt.Sprintf(format, args...))
}

// Open reads a font, of a collection the one with the given number.
func Open(source io.ReaderAt, number int) (*Font, error) {
	f := &Font{source: source}
	if err := f.directory(number); err != nil {
		return nil, err
	}
	for _, read := range []func() error{f.head, f.metrics, f.outlines, f.characters, f.names, f.style} {
		if err := read(); err != nil {
			return nil, err
		}
	}
	return f, nil
}

// Glyph is the glyph of a character; 0 is none.
func (f *Font) Glyph(r rune) int {
	i, found := slices.BinarySearchFunc(f.ranges, r, func(s span, r rune) int {
		switch {
		case s.to < r:
			return -1
		case s.from > r:
			return 1
		}
		return 0
	})
	if !found {
		return 0
	}
	if g := f.ranges[i].glyph + int(r-f.ranges[i].from); g < f.glyphs {
		return g
	}
	return 0
}

// Has tells whether the font has all characters of a text.
func (f *Font) Has(text string) bool {
	for _, r := range text {
		if f.Glyph(r) == 0 {
			return false
		}
	}
	return true
}

// Advance is how far a glyph moves the line on, in thousandths of the size.
func (f *Font) Advance(glyph int) float64 {
	return float64(f.advances[glyph]) * 1000 / float64(f.units)
}

// Bold tells whether the font is bold of itself.
func (f *Font) Bold() bool { return f.Weight >= 600 }

func (f *Font) thousandths(v int) int { return v * 1000 / f.units }

// addRange adds characters in the order in which tables give them.
func (f *Font) addRange(s span) {
	if s.from <= s.to && s.glyph > 0 {
		f.ranges = append(f.ranges, s)
	}
}

// tidy sorts the ranges; where two overlap the first keeps its characters.
func (f *Font) tidy() {
	slices.SortStableFunc(f.ranges, func(a, b span) int { return cmp.Compare(a.from, b.from) })
	var kept []span
	for _, s := range f.ranges {
		if n := len(kept); n > 0 && s.from <= kept[n-1].to {
			skip := kept[n-1].to + 1 - s.from
			s.from, s.glyph = s.from+skip, s.glyph+int(skip)
		}
		if s.from > s.to {
			continue
		}
		if n := len(kept); n > 0 && kept[n-1].to+1 == s.from && kept[n-1].glyph+int(s.from-kept[n-1].from) == s.glyph {
			kept[n-1].to = s.to
			continue
		}
		kept = append(kept, s)
	}
	f.ranges = kept
}
