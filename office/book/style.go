package book

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"

	"luoshi/office/paper"
)

// look is how a cell looks.
type look struct {
	bold   bool
	ruled  bool
	filled bool
	single bool // on one line, over the cells beside it
	size   float64
	align  string
	format string
}

// style is the identifier of a look, made once for each.
func (b *binder) style(l look) int {
	if id, made := b.styles[l]; made {
		return id
	}
	s := &excelize.Style{
		Font:      &excelize.Font{Family: "宋体", Size: l.size, Bold: l.bold},
		Alignment: &excelize.Alignment{Horizontal: l.align, Vertical: "center", WrapText: !l.single},
	}
	if l.ruled && l.align != "center" {
		s.Alignment.Indent = 1
	}
	if l.format != "" {
		s.CustomNumFmt = &l.format
	}
	if l.ruled {
		for _, side := range []string{"left", "right", "top", "bottom"} {
			s.Border = append(s.Border, excelize.Border{Type: side, Color: "000000", Style: 1})
		}
	}
	if l.filled {
		s.Fill = excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{"EEF0F2"}}
	}
	id, err := b.file.NewStyle(s)
	b.do("make a style", err)
	b.styles[l] = id
	return id
}

// longestName is how many characters Excel lets a sheet's name have.
const longestName = 31

// name is a sheet's name after a title, without what names may not hold, and unlike all others.
func (b *binder) name(title string) string {
	clean := strings.TrimSpace(strings.Map(func(r rune) rune {
		if r < ' ' || strings.ContainsRune(`:\/?*[]'`, r) {
			return ' '
		}
		return r
	}, title))
	if clean == "" {
		clean = "表"
	}
	name := cut(clean, longestName)
	for i := 2; b.names[strings.ToLower(name)]; i++ {
		number := " " + strconv.Itoa(i)
		name = cut(clean, longestName-len(number)) + number
	}
	b.names[strings.ToLower(name)] = true
	return name
}

func cut(text string, characters int) string {
	if utf8.RuneCountInString(text) <= characters {
		return text
	}
	return strings.TrimSpace(string([]rune(text)[:characters]))
}

// at is the name of a cell; columns count from 0 and rows from 1.
func at(column, row int) string {
	name, err := excelize.CoordinatesToCellName(column+1, row)
	if err != nil {
		return "" // no table is that wide
	}
	return name
}

// format shows a number as the text prints it: with its decimals, its grouped digits and what stands around it. Without
// the number in the text, it shows the number's own decimals.
func format(text, value string) string {
	_, decimals, _ := strings.Cut(value, ".")
	pattern := "0"
	before, after := "", ""
	for _, printed := range []string{value, grouped(value)} {
		if i := strings.Index(text, printed); i >= 0 {
			before, after = text[:i], text[i+len(printed):]
			if strings.Contains(printed, ",") {
				pattern = "#,##0"
			}
			break
		}
	}
	if decimals != "" {
		pattern += "." + strings.Repeat("0", len(decimals))
	}
	return quoted(before) + pattern + quoted(after)
}

// grouped is a decimal with commas between thousands.
func grouped(value string) string {
	whole, decimals, fraction := strings.Cut(value, ".")
	sign := ""
	if strings.HasPrefix(whole, "-") {
		sign, whole = "-", whole[1:]
	}
	for i := len(whole) - 3; i > 0; i -= 3 {
		whole = whole[:i] + "," + whole[i:]
	}
	if fraction {
		whole += "." + decimals
	}
	return sign + whole
}

func quoted(text string) string {
	if text == "" {
		return ""
	}
	return `"` + strings.ReplaceAll(text, `"`, "") + `"`
}

// widths are those of a sheet's columns in characters: their shares of a page, and room for the longest number.
func widths(columns []paper.Column, rows [][]paper.Cell) []float64 {
	const page, narrowest = 125, 6
	all := 0
	for _, c := range columns {
		all += c.Width
	}
	widths := make([]float64, len(columns))
	for i, c := range columns {
		widths[i] = max(narrowest, float64(page*c.Width/all))
	}
	for _, slots := range paper.Lay(rows, len(columns)) {
		for _, s := range slots {
			if s.Cell != nil && s.Cell.Value != "" && s.Wide == 1 {
				widths[s.Column] = max(widths[s.Column], float64(paper.Width(s.Cell.String())+2))
			}
		}
	}
	return widths
}
