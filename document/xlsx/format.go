package xlsx

import (
	"encoding/xml"
	"math"
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"

	"luoshi/document/archive"
)

// builtIn are the codes of number formats that files name by number only. The numbers from 27 on mean
// what they mean in Chinese versions of Excel and WPS.
var builtIn = map[int]string{
	1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%", 11: "0.00E+00", 12: "# ?/?", 13: "# ??/??",
	14: "yyyy/m/d", 15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy", 18: "h:mm AM/PM", 19: "h:mm:ss AM/PM", 20: "h:mm", 21: "h:mm:ss",
	22: "yyyy/m/d h:mm", 27: `yyyy"年"m"月"`, 28: `m"月"d"日"`, 29: `m"月"d"日"`, 30: "m/d/yy", 31: `yyyy"年"m"月"d"日"`,
	32: `h"时"mm"分"`, 33: `h"时"mm"分"ss"秒"`, 36: `yyyy"年"m"月"`, 37: "#,##0;-#,##0", 38: "#,##0;-#,##0", 39: "#,##0.00;-#,##0.00",
	40: "#,##0.00;-#,##0.00", 41: "#,##0", 42: `"¥"#,##0`, 43: "#,##0.00", 44: `"¥"#,##0.00`, 45: "mm:ss", 46: "[h]:mm:ss", 47: "mm:ss.0", 48: "##0.0E+0",
	50: `yyyy"年"m"月"`, 51: `m"月"d"日"`, 52: `yyyy"年"m"月"`, 53: `m"月"d"日"`, 54: `m"月"d"日"`, 57: `yyyy"年"m"月"`, 58: `m"月"d"日"`,
}

const (
	mostStyles  = 1 << 16
	scratchCell = "A1"
	scratchName = "Sheet1"
)

// formats are the number formats of the workbook's cell styles.
type formats struct {
	codes    map[int]string // number format → code, as the file defines it
	styles   []int          // cell style → number format
	from1904 bool           // days count from 1904-01-01
	// scratch is a workbook of one cell, in which excelize formats the values that need it; applied
	// maps a code to its style there.
	scratch *excelize.File
	applied map[string]int
}

// read reads the styles part.
func (f *formats) read(pkg *archive.Archive, name string) error {
	f.codes = map[int]string{}
	inCells := false
	return pkg.EachElement(name, func(e xml.StartElement) error {
		switch e.Name.Local {
		case "numFmt":
			if id, err := strconv.Atoi(archive.Attr(e, "numFmtId")); err == nil && len(f.codes) < mostStyles {
				f.codes[id] = archive.Attr(e, "formatCode")
			}
		case "cellXfs":
			inCells = true
		case "cellStyles", "dxfs", "cellStyleXfs":
			inCells = false
		case "xf":
			if inCells && len(f.styles) < mostStyles {
				id, _ := strconv.Atoi(archive.Attr(e, "numFmtId"))
				f.styles = append(f.styles, id)
			}
		}
		return nil
	})
}

// codeOf is the code of the style's number format; "" for the general one.
func (f *formats) codeOf(style string) string {
	index, err := strconv.Atoi(style)
	if err != nil || index < 0 || index >= len(f.styles) {
		return ""
	}
	id := f.styles[index]
	code, own := f.codes[id]
	if !own {
		code = builtIn[id]
	}
	if strings.EqualFold(code, "general") || code == "@" {
		return ""
	}
	return code
}

// show is a number as the style displays it; what is no number is shown as it is.
func (f *formats) show(style, value string) string {
	number, err := strconv.ParseFloat(value, 64)
	if err != nil || math.IsInf(number, 0) || math.IsNaN(number) {
		return value
	}
	code := f.codeOf(style)
	if code == "" {
		return general(number)
	}
	if text, ok := f.apply(code, number); ok {
		return strings.TrimSpace(text)
	}
	return general(number)
}

// apply lets excelize format the number.
func (f *formats) apply(code string, number float64) (text string, ok bool) {
	if f.scratch == nil {
		f.scratch = excelize.NewFile(excelize.Options{ShortDatePattern: "yyyy/m/d", LongDatePattern: `yyyy"年"m"月"d"日"`})
		f.applied = map[string]int{}
		if f.from1904 {
			from1904 := true
			if f.scratch.SetWorkbookProps(&excelize.WorkbookPropsOptions{Date1904: &from1904}) != nil {
				return "", false
			}
		}
	}
	style, known := f.applied[code]
	if !known {
		id, err := f.scratch.NewStyle(&excelize.Style{CustomNumFmt: &code})
		if err != nil {
			return "", false
		}
		style = id
		f.applied[code] = style
	}
	if f.scratch.SetCellStyle(scratchName, scratchCell, scratchCell, style) != nil ||
		f.scratch.SetCellFloat(scratchName, scratchCell, number, -1, 64) != nil {
		return "", false
	}
	text, err := f.scratch.GetCellValue(scratchName, scratchCell)
	return text, err == nil && text != ""
}

func (f *formats) close() {
	if f.scratch != nil {
		f.scratch.Close()
	}
}

// general shows a number without a format: 15 digits at most, as a cell of a sheet holds them.
func general(number float64) string {
	rounded, err := strconv.ParseFloat(strconv.FormatFloat(number, 'g', 15, 64), 64)
	if err != nil {
		rounded = number
	}
	if size := math.Abs(rounded); size != 0 && (size >= 1e21 || size < 1e-9) {
		return strconv.FormatFloat(rounded, 'E', -1, 64)
	}
	return strconv.FormatFloat(rounded, 'f', -1, 64)
}
