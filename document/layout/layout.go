// Package layout turns marks on pages into text: glyphs with positions into lines, lines into
// paragraphs, ruled or aligned lines into tables, and what repeats on every page into furniture.
// The readers of .pdf and .ofd share it.
//
// Lengths are in the unit of the caller's pages; the package compares them with each other only.
// Coordinates grow to the right and downwards.
package layout

import (
	"slices"

	"luoshi/document/fault"
	"luoshi/document/part"
	"luoshi/document/tally"
)

// Glyph is one character set on a page.
type Glyph struct {
	Rune                     rune
	Left, Right, Top, Bottom float64
	Size                     float64 // of the font: the width of a full square
}

// MostGlyphs bounds the glyphs of one page; a page of text has some thousands.
const MostGlyphs = 200_000

// Rule is a straight line drawn on a page, horizontal or vertical.
type Rule struct{ X0, Y0, X1, Y1 float64 }

// Page is what a page shows.
type Page struct {
	Width, Height float64
	Glyphs        []Glyph
	Rules         []Rule
}

// item is a line of text or a table, in its place on a page.
type item struct {
	line
	table     *part.Table
	columns   []float64 // of a ruled table: where its columns begin and end
	furniture bool
}

// sheet is a page whose glyphs have become lines and tables.
type sheet struct {
	width, height float64
	items         []item // from top to bottom
	left, right   float64
	marginsKnown  bool
}

// Builder takes the pages of a document one by one.
type Builder struct {
	tally  *tally.Tally
	sheets []sheet
	sizes  map[int]int // size of glyphs in tenths of the unit → how many
}

// New begins a document; the tally stops it at the limits.
func New(t *tally.Tally) *Builder { return &Builder{tally: t, sizes: map[int]int{}} }

// Add takes the next page. Its text is counted by the caller, who met it first.
func (b *Builder) Add(p Page) error {
	if len(p.Glyphs) > MostGlyphs {
		return fault.New(fault.TooLarge, nil, fault.LimitText, MostGlyphs)
	}
	glyphs := clean(p.Glyphs)
	for _, g := range glyphs {
		b.sizes[int(g.Size*10)]++
	}
	items, rest, err := b.ruledTables(p.Rules, glyphs)
	if err != nil {
		return err
	}
	for _, row := range rowsOf(rest) {
		if err := b.tally.Part(); err != nil {
			return err
		}
		items = append(items, item{line: row})
	}
	slices.SortStableFunc(items, func(a, c item) int { return compare(a.top, c.top) })
	if items, err = b.alignedTables(items); err != nil {
		return err
	}
	b.sheets = append(b.sheets, sheet{width: p.Width, height: p.Height, items: items})
	return b.tally.Time()
}

// Parts is the text of all pages: paragraphs, tables and furniture in reading order.
func (b *Builder) Parts() ([]part.Part, error) {
	b.markFurniture()
	body := b.bodySize()
	b.findMargins(body)
	c := &composer{tally: b.tally, body: body, pitch: b.pitch()}
	for i := range b.sheets {
		if err := c.addSheet(&b.sheets[i]); err != nil {
			return nil, err
		}
	}
	if err := c.finish(); err != nil {
		return nil, err
	}
	markHeadings(c.paragraphs, body)
	parts := make([]part.Part, len(c.paragraphs))
	for i, p := range c.paragraphs {
		parts[i] = p.part
	}
	return parts, nil
}

// bodySize is the size in which most of the text is set.
func (b *Builder) bodySize() float64 {
	best, most := 0, 0
	for size, count := range b.sizes {
		if count > most || count == most && size < best {
			best, most = size, count
		}
	}
	return float64(best) / 10
}

func compare(a, b float64) int {
	switch {
	case a < b:
		return -1
	case a > b:
		return 1
	}
	return 0
}
