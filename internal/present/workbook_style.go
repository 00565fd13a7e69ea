package present

import (
	"strings"

	"github.com/xuri/excelize/v2"
)

// sheetColumn is one column of a sheet: a field of the view and its width in characters.
type sheetColumn struct {
	key   string
	width float64
	wrap  bool // long text, on several lines
}

// sheetColumns are the columns of each sheet, in the order in which an office reads: what, how much,
// until when, and then where it is written.
var sheetColumns = map[What][]sheetColumn{
	Quantities: {
		{"subject", 28, true}, {"surface", 14, true}, {"value", 18, false}, {"value2", 12, false},
		{"unit", 10, false}, {"cmp", 9, false}, {"measure", 9, false}, {"by", 12, false}, {"kind", 9, false},
		{"firm", 9, false}, {"sentence", 64, true}, {"path", 32, true}, {"doc", 24, true}, {"at", 9, false},
	},
	Clauses: {
		{"text", 64, true}, {"verb", 10, true}, {"object", 32, true}, {"owner", 16, true}, {"by", 12, false},
		{"kind", 9, false}, {"firm", 9, false}, {"quantities", 24, true}, {"path", 32, true},
		{"doc", 24, true}, {"at", 9, false}, {"end", 9, false},
	},
	Outline: {
		{"level", 8, false}, {"marker", 12, false}, {"title", 56, true}, {"path", 64, true},
		{"doc", 24, true}, {"at", 9, false}, {"end", 9, false},
	},
	Meta: {
		{"doc", 28, true}, {"title", 48, true}, {"issuer", 28, true}, {"region", 14, true}, {"date", 12, false},
		{"document_kind", 12, false}, {"plan_year", 10, false}, {"report_from", 12, false},
		{"report_to", 12, false}, {"format", 8, false}, {"digest", 68, false},
	},
}

func keysOf(columns []sheetColumn) []string {
	keys := make([]string, len(columns))
	for i, column := range columns {
		keys[i] = column.key
	}
	return keys
}

// mostPlaces is the number of decimals that a number format shows; a longer one is shown rounded.
const mostPlaces = 6

// styles are the ids of a workbook's cell styles.
type styles struct {
	heading, text, wrapped, date int
	badges                       map[string]int      // coded cells with a colour of their own, by family and code
	places                       [mostPlaces + 1]int // numbers by their decimals
}

// number is the style that shows exactly the decimals that the digits have.
func (s styles) number(digits string) int {
	_, fraction, _ := strings.Cut(digits, ".")
	return s.places[min(len(fraction), mostPlaces)]
}

// badge is the font and the fill of a coded cell; the word itself tells the codes apart without colour.
type badge struct{ code, ink, fill string }

var kindBadges = []badge{
	{"kind.target", "1B4B91", "E4ECF7"},
	{"kind.result", "1D6245", "E2F0E8"},
	{"kind.context", "5F574C", "EFECE6"},
}

const officeFont = "微软雅黑"

func newStyles(file *excelize.File, badges []badge) (styles, error) {
	border := []excelize.Border{
		{Type: "bottom", Color: "D9D4C9", Style: 1}, {Type: "right", Color: "D9D4C9", Style: 1},
	}
	font := func(colour string, bold bool) *excelize.Font {
		return &excelize.Font{Family: officeFont, Size: 10, Color: colour, Bold: bold}
	}
	aligned := func(horizontal string, wrap bool) *excelize.Alignment {
		return &excelize.Alignment{Horizontal: horizontal, Vertical: "top", WrapText: wrap}
	}
	var s styles
	var err error
	add := func(style excelize.Style) int {
		if err != nil {
			return 0
		}
		var id int
		id, err = file.NewStyle(&style)
		return id
	}
	s.heading = add(excelize.Style{
		Font:      font("FFFFFF", true),
		Fill:      excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{"9E2A20"}},
		Alignment: &excelize.Alignment{Horizontal: "left", Vertical: "center", WrapText: true}, Border: border,
	})
	s.text = add(excelize.Style{Font: font("1F2328", false), Alignment: aligned("left", false), Border: border})
	s.wrapped = add(excelize.Style{Font: font("1F2328", false), Alignment: aligned("left", true), Border: border})
	day := "yyyy-mm-dd"
	s.date = add(excelize.Style{
		Font: font("1F2328", false), Alignment: aligned("center", false), Border: border, CustomNumFmt: &day,
	})
	s.badges = map[string]int{}
	for _, b := range badges {
		s.badges[b.code] = add(excelize.Style{
			Font: font(b.ink, true), Alignment: aligned("center", false), Border: border,
			Fill: excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{b.fill}},
		})
	}
	for places := range s.places {
		format := "#,##0"
		if places > 0 {
			format += "." + strings.Repeat("0", places)
		}
		s.places[places] = add(excelize.Style{
			Font: font("1F2328", false), Alignment: aligned("right", false), Border: border, CustomNumFmt: &format,
		})
	}
	return s, err
}
