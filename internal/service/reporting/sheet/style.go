package sheet

import (
	"regexp"
	"strings"
	"time"

	"github.com/xuri/excelize/v2"
)

const (
	officeFont = "微软雅黑"
	dateFormat = "yyyy-mm-dd"
	mostPlaces = 6
)

// Colours of cells: to fill, not to fill, wrong, to be looked at.
const (
	white  = "FFFFFF"
	grey   = "EEF0F2"
	red    = "F8C9C4"
	yellow = "FCE9A9"
	blue   = "E3EEFA" // comes filled
)

// look is how a cell is shown.
type look struct {
	fill   string
	colour string
	size   float64
	bold   bool
	align  string
	format string
	locked bool
	number bool // a number is written as one
	border bool
}

var (
	heading = look{fill: "1B4B91", colour: "FFFFFF", size: 10, bold: true, align: "center", locked: true, border: true}
	locked  = look{fill: grey, size: 10, align: "left", locked: true, border: true, format: "@"}
)

func (l look) aligned(to string) look {
	l.align = to
	return l
}

// formatted shows a figure with as many decimals as it was printed with.
func (l look) formatted(figure string) look {
	l.number, l.format = true, "#,##0"
	if _, places, _ := strings.Cut(figure, "."); places != "" {
		l.format += "." + strings.Repeat("0", min(mostPlaces, len(places)))
	}
	return l
}

// inputOf is how a cell of a column is shown that is asked for, or is not.
func inputOf(c column, asked bool) look {
	l := look{fill: white, size: 10, align: "left", border: true, format: "@"}
	switch c.kind {
	case figure, share:
		l.align, l.format, l.number = "right", "", true
	case choice:
		l.align = "center"
	}
	if !asked {
		l.fill, l.locked = grey, true
	}
	return l
}

// of is the cell of a row that may come filled.
func (l look) of(r Row) look {
	if r.prefilled() && !l.locked {
		l.fill = blue
	}
	return l
}

// colourOf is how a cell is marked.
func colourOf(marks []Problem) string {
	for _, m := range marks {
		if !m.Warning {
			return red
		}
	}
	return yellow
}

func (w *writer) style(l look) int {
	if id, known := w.styles[l]; known {
		return id
	}
	colour := l.colour
	if colour == "" {
		colour = "1F2328"
	}
	style := excelize.Style{
		Font:       &excelize.Font{Family: officeFont, Size: l.size, Bold: l.bold, Color: colour},
		Fill:       excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{l.fill}},
		Alignment:  &excelize.Alignment{Horizontal: l.align, Vertical: "center", WrapText: true},
		Protection: &excelize.Protection{Locked: l.locked},
	}
	if l.format != "" {
		style.CustomNumFmt = &l.format
	}
	if l.border {
		for _, side := range []string{"left", "right", "top", "bottom"} {
			style.Border = append(style.Border, excelize.Border{Type: side, Color: "B9BFC7", Style: 1})
		}
	}
	id, err := w.file.NewStyle(&style)
	w.do("making a style", err)
	w.styles[l] = id
	return id
}

// longestCell is how many units of UTF-16 a cell of Excel can hold.
const longestCell = 32767

// fitting is a text without the control characters that XML knows no way to write, as long as a cell can be.
func fitting(text string) string {
	text = strings.Map(func(r rune) rune {
		if r < ' ' && r != '\n' && r != '\t' || r == 0xFFFE || r == 0xFFFF {
			return -1
		}
		return r
	}, strings.ToValidUTF8(text, "\uFFFD"))
	units := 0
	for i, r := range text {
		if units++; r > 0xFFFF {
			units++
		}
		if units > longestCell {
			return text[:i]
		}
	}
	return text
}

// cut is a text as a comment can show it.
func cut(text string) string {
	text = strings.TrimSpace(text)
	if short := []rune(text); len(short) > 800 {
		return string(short[:800]) + "…"
	}
	return text
}

// mostDigits is how many digits of a number Excel keeps.
const mostDigits = 15

func lossless(number string) bool {
	return len(strings.Trim(strings.NewReplacer("-", "", ".", "").Replace(number), "0")) <= mostDigits
}

// digits are a number as people write it.
var digits = regexp.MustCompile(`^-?[0-9]+(\.[0-9]+)?$`)

// isDigits tells whether a text is a number as people write it: a workbook would show 1e3 otherwise than it was typed.
func isDigits(text string) bool { return digits.MatchString(text) }

// dayOf is a day as Excel takes it.
func dayOf(text string) (time.Time, bool) {
	day, err := time.Parse(time.DateOnly, text)
	return day, err == nil && day.Year() > 1900
}

// cell is the name of a cell; name is that of a column. Coordinates are our own and always good.
func cell(column, row int) string {
	at, err := excelize.CoordinatesToCellName(column, row)
	if err != nil {
		panic(err)
	}
	return at
}

func name(column int) string {
	at, err := excelize.ColumnNumberToName(column)
	if err != nil {
		panic(err)
	}
	return at
}

// Heights of rows. Programs do not all find the height of wrapped words by themselves.
const (
	lineHeight = 24.0
	nextHeight = 14.0
	mostHeight = 160.0
)

// heightOf is how high a row has to be for a cell: a character of Chinese is as wide as two of the column's.
func (w *writer) heightOf(sheet, at string, width float64) float64 {
	text, err := w.file.GetCellValue(sheet, at)
	w.do("measuring a cell", err)
	return heightOf(text, width)
}

func heightOf(text string, width float64) float64 {
	rows := 0
	for line := range strings.SplitSeq(text, "\n") {
		wide := 0.0
		for _, r := range line {
			if wide++; r > 0x2E80 {
				wide++
			}
		}
		rows += 1 + int(wide*1.1/width)
	}
	return min(mostHeight, lineHeight+float64(rows-1)*nextHeight)
}
