package docx

import (
	"luoshi/office/layout"
	"luoshi/office/paper"
)

// Measures of GB/T 9704-2012 in twentieths of a point: the page, the margins around the 156 mm × 225 mm of text, and the
// grid of 22 lines of 28 characters.
const (
	pageWidth  = 11906
	pageHeight = 16838
	top        = 2098 // 天头 37 mm
	bottom     = 1984
	inner      = 1587 // 订口 28 mm
	outer      = 1474
	textWidth  = pageWidth - inner - outer
	textHeight = pageHeight - top - bottom
	line       = 579
	character  = 315
	turnedText = textHeight // how wide a turned page is
)

// footers are the page numbers of right and of left pages. On a turned page the number stands where it would on the
// upright one, so that it is found at the same corner of the sheet.
var footers = []struct {
	id, file, side string
	turned         bool
}{
	{"odd", "footer-odd.xml", "default", false},
	{"even", "footer-even.xml", "even", false},
	{"turned-odd", "footer-turned-odd.xml", "default", true},
	{"turned-even", "footer-turned-even.xml", "even", true},
}

// sectionOf is the properties of a section. On a turned page the head of the table stands where the left edge of the
// upright page is.
func (c *composer) sectionOf(turned bool) string {
	m := &markup{}
	m.open("w:sectPr")
	if c.marked {
		m.empty("w:headerReference", "w:type", "default", "r:id", "header")
		m.empty("w:headerReference", "w:type", "even", "r:id", "header")
	}
	for _, f := range footers {
		if f.turned == turned {
			m.empty("w:footerReference", "w:type", f.side, "r:id", f.id)
		}
	}
	if c.back {
		m.value("w:type", "evenPage")
	}
	if turned {
		m.empty("w:pgSz", "w:w", itoa(pageHeight), "w:h", itoa(pageWidth), "w:orient", "landscape")
		m.margins(inner, top, outer, bottom)
	} else {
		m.empty("w:pgSz", "w:w", itoa(pageWidth), "w:h", itoa(pageHeight))
		m.margins(top, outer, bottom, inner)
	}
	if c.document.Head.Letter && !c.sectioned {
		m.empty("w:titlePg") // the first page of a letter has no number
	}
	c.sectioned = true
	m.empty("w:docGrid", "w:type", "lines", "w:linePitch", itoa(line))
	m.close("w:sectPr")
	return m.String()
}

// endsOnFront tells whether the text ends on the front of a sheet. Only a program that prints the file knows; what the
// pages of the standard come to is as good a guess as there is, and where it is wrong the foot stands on the back of the
// sheet that follows.
func (c *composer) endsOnFront() bool {
	d := *c.document
	d.Foot = paper.Foot{}
	printed, err := layout.Set(d, layout.Options{})
	return err == nil && len(printed.Pages)%2 == 1
}

// goToBack begins a section on the back of the sheet.
func (c *composer) goToBack() {
	if c.last == nil {
		c.add(paragraph{style: "Tail"})
	}
	c.last.section = c.sectionOf(c.turned)
	c.flush()
	c.back = true
}

// margins are written clockwise. The page number's line stands 7 mm beneath the text.
func (m *markup) margins(top, right, bottom, left int) {
	const below = 397 + 283 // 7 mm and the number's own height
	m.empty("w:pgMar", "w:top", itoa(top), "w:right", itoa(right), "w:bottom", itoa(bottom), "w:left", itoa(left),
		"w:header", "851", "w:footer", itoa(bottom-below), "w:gutter", "0")
}
