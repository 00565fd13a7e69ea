package docx

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
	if turned {
		m.empty("w:pgSz", "w:w", itoa(pageHeight), "w:h", itoa(pageWidth), "w:orient", "landscape")
		m.margins(inner, top, outer, bottom)
	} else {
		m.empty("w:pgSz", "w:w", itoa(pageWidth), "w:h", itoa(pageHeight))
		m.margins(top, outer, bottom, inner)
	}
	m.empty("w:docGrid", "w:type", "lines", "w:linePitch", itoa(line))
	m.close("w:sectPr")
	return m.String()
}

// margins are written clockwise. The page number's line stands 7 mm beneath the text.
func (m *markup) margins(top, right, bottom, left int) {
	const below = 397 + 283 // 7 mm and the number's own height
	m.empty("w:pgMar", "w:top", itoa(top), "w:right", itoa(right), "w:bottom", itoa(bottom), "w:left", itoa(left),
		"w:header", "851", "w:footer", itoa(bottom-below), "w:gutter", "0")
}
