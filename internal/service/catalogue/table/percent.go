package table

import (
	"slices"
	"strings"

	"github.com/xuri/excelize/v2"

	"luoshi/reading/numeral"
)

// Heading is a heading as the names of fields are written: without blanks, notes in brackets and capitals.
func Heading(text string) string { return plainHeading(text) }

// percentForms are the number formats of Excel itself that show a figure in percent.
var percentForms = []int{9, 10}

// Percentages turns the cells of a sheet that are shown in percent into the numbers that people see: 0.065 shown as
// 6.5% is 6.5. Numbers that a workbook keeps with an exponent are written out.
func Percentages(file *excelize.File, sheet string, grid [][]string) error {
	known := map[int]bool{}
	for y, row := range grid {
		for x, text := range row {
			number, err := numeral.Parse(strings.TrimSpace(text))
			if err != nil {
				continue
			}
			if strings.ContainsAny(text, "eE") {
				row[x] = number.String()
			}
			at, err := excelize.CoordinatesToCellName(x+1, y+1)
			if err != nil {
				return err
			}
			id, err := file.GetCellStyle(sheet, at)
			if err != nil {
				return err
			}
			if _, asked := known[id]; !asked {
				known[id] = inPercent(file, id)
			}
			if known[id] && number.Exp < 98 {
				number.Exp += 2
				row[x] = number.String()
			}
		}
	}
	return nil
}

// inPercent tells whether a style shows figures in percent.
func inPercent(file *excelize.File, id int) bool {
	style, err := file.GetStyle(id)
	return err == nil && (slices.Contains(percentForms, style.NumFmt) ||
		style.CustomNumFmt != nil && strings.Contains(*style.CustomNumFmt, "%"))
}
