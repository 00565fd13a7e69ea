package workbook

import (
	"strings"

	"github.com/xuri/excelize/v2"
)

// mostPlaces is the number of decimals that a number format shows; further ones are kept and shown rounded.
const mostPlaces = 6

const officeFont = "微软雅黑"

// styles are the ids of a workbook's cell styles.
type styles struct {
	heading, text, wrapped, date, moment int
	places                               [mostPlaces + 1]int // numbers by their decimals
}

func newStyles(file *excelize.File) (styles, error) {
	border := []excelize.Border{{Type: "bottom", Color: "D9D4C9", Style: 1}, {Type: "right", Color: "D9D4C9", Style: 1}}
	var s styles
	var failed error
	add := func(align string, wrap bool, format string) int {
		style := excelize.Style{
			Font:   &excelize.Font{Family: officeFont, Size: 10, Color: "1F2328"},
			Border: border, Alignment: &excelize.Alignment{Horizontal: align, Vertical: "top", WrapText: wrap},
		}
		if format != "" {
			style.CustomNumFmt = &format
		}
		id, err := file.NewStyle(&style)
		if err != nil {
			failed = err
		}
		return id
	}
	s.text, s.wrapped = add("left", false, "@"), add("left", true, "@")
	s.date, s.moment = add("center", false, "yyyy-mm-dd"), add("center", false, "yyyy-mm-dd hh:mm")
	for places := range s.places {
		format := "#,##0"
		if places > 0 {
			format += "." + strings.Repeat("0", places)
		}
		s.places[places] = add("right", false, format)
	}
	heading, err := file.NewStyle(&excelize.Style{
		Font:      &excelize.Font{Family: officeFont, Size: 10, Color: "FFFFFF", Bold: true},
		Fill:      excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{"1B4B91"}},
		Alignment: &excelize.Alignment{Horizontal: "left", Vertical: "center", WrapText: true}, Border: border,
	})
	if err != nil {
		failed = err
	}
	s.heading = heading
	return s, failed
}
