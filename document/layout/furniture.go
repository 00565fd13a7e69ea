package layout

import (
	"math"
	"strings"
	"unicode"
	"unicode/utf8"
)

// marginZone is the share of a page's height, at its top and at its foot, in which running heads, feet
// and page numbers stand.
const marginZone = 0.13

// mark is a line in the margin zone: what it says, numbers aside, and where.
type mark struct {
	text   string
	place  int // tenths of a line from the top
	inFoot bool
}

// markFurniture marks page numbers, and the lines that stand in the margins of many pages.
func (b *Builder) markFurniture() {
	seen := map[mark]int{}
	b.eachMarginal(func(i *item, m mark) {
		seen[m]++
	})
	const share = 3 // of three pages, one: heads may differ on left and right pages and by chapter
	needed := max(2, len(b.sheets)/share)
	b.eachMarginal(func(i *item, m mark) {
		if isPageNumber(i.text) || len(b.sheets) > 1 && m.text != "" && seen[m] >= needed {
			i.furniture = true
		}
	})
}

// eachMarginal visits the lines in the margins: the two first and the two last of each page.
func (b *Builder) eachMarginal(visit func(*item, mark)) {
	const deep = 2
	for s := range b.sheets {
		sheet := &b.sheets[s]
		for i := range sheet.items {
			it := &sheet.items[i]
			inHead := i < deep && it.bottom < marginZone*sheet.height
			inFoot := i >= len(sheet.items)-deep && it.top > (1-marginZone)*sheet.height
			if it.table == nil && (inHead || inFoot) {
				place := int(math.Round(it.top / max(it.size, 1e-6)))
				visit(it, mark{withoutDigits(it.text), place, inFoot})
			}
		}
	}
}

func withoutDigits(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsDigit(r) {
			return '#'
		}
		return r
	}, text)
}

// isPageNumber tells whether a line in the margin is a bare page number: 3, — 3 —, 第3页 共10页, 3/10, iv.
func isPageNumber(text string) bool {
	const longest = 24 // runes
	if utf8.RuneCountInString(text) > longest {
		return false
	}
	rest := strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) || unicode.IsDigit(r) || strings.ContainsRune("—–-－―·.•|/第页共Pageof", r) {
			return -1
		}
		return r
	}, text)
	digits := strings.IndexFunc(text, unicode.IsDigit) >= 0
	if rest == "" {
		return digits
	}
	return !digits && strings.Trim(rest, "ivxIVX") == "" && utf8.RuneCountInString(rest) <= 6
}
