package layout

import (
	"luoshi/office/font"
	"luoshi/office/shape"
)

// The page of the standard, in millimetres.
const (
	paperWidth, paperHeight = 210.0, 297.0
	marginTop, marginLeft   = 37.0, 28.0
	areaWidth, areaHeight   = 156.0, 225.0

	perLine, perPage = 28, 22 // characters, lines
	cell             = areaWidth / perLine
	pitch            = areaHeight / perPage

	millimetresPerPoint = 25.4 / 72
)

// The sizes of type that Chinese printers name, in points.
const (
	sizeTwo      = 22.0 * millimetresPerPoint // 二号
	sizeThree    = 16.0 * millimetresPerPoint // 三号
	sizeFour     = 14.0 * millimetresPerPoint // 四号
	sizeFourLess = 12.0 * millimetresPerPoint // 小四
	sizeFive     = 10.5 * millimetresPerPoint // 五号
	sizeFiveLess = 9.0 * millimetresPerPoint  // 小五
)

// text is type of the size of the text, set so close that a line has its 28 characters.
func text(face font.Face) Style {
	return Style{Face: face, Size: sizeThree, Ink: shape.Black, tracking: cell - sizeThree}
}

// plain is type of another size.
func plain(face font.Face, size float64) Style {
	return Style{Face: face, Size: size, Ink: shape.Black}
}

// The kinds of text.
var (
	bodyStyle     = text(font.Fang)
	blackStyle    = text(font.Hei)
	kaiStyle      = text(font.Kai)
	titleStyle    = plain(font.Song, sizeTwo)
	captionStyle  = plain(font.Hei, sizeFour)
	measureStyle  = plain(font.Fang, sizeFourLess)
	noteStyle     = plain(font.Fang, sizeFive)
	footStyle     = plain(font.Fang, sizeFour)
	markStyle     = plain(font.Hei, sizeFour)
	numberStyle   = plain(font.Song, sizeFour)
	headingStyles = []Style{text(font.Hei), text(font.Kai), bold(text(font.Fang)), text(font.Fang)}
)

func bold(s Style) Style {
	s.Bold = true
	return s
}

// area is the part of a page that text is set on.
type area struct{ left, top, width, height float64 }

// areaOf is the area of a page. That of a turned page is the same one, seen with its left edge above.
func areaOf(turned bool) area {
	if turned {
		return area{paperHeight - marginTop - areaHeight, marginLeft, areaHeight, areaWidth}
	}
	return area{marginLeft, marginTop, areaWidth, areaHeight}
}

// footing is how far below the top of its line the foot of a text stands: its middle is the line's.
func footing(line, size float64) float64 { return line/2 + .38*size }
