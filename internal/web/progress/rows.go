package progress

import (
	"net/url"
	"slices"

	"luoshi/internal/service/catalogue/workbook"
	uses "luoshi/internal/service/progress"
	"luoshi/internal/web/page"
	"luoshi/ledger"
	"luoshi/ledger/light"
)

// AreaName is what an area is called.
func AreaName(v page.View, a uses.AreaTally) string {
	if a.Section.Number == 0 {
		return v.T("progress.no-area")
	}
	name := a.Section.Marker + a.Section.Title
	if a.Alone {
		return v.T("progress.area.alone", name)
	}
	return name
}

// UnitName is what a unit is called.
func UnitName(v page.View, u uses.UnitTally) string {
	if u.Unit == "" {
		return v.T("progress.no-unit")
	}
	return u.Name
}

// HasPage tells whether an area has a page of its own: what stands in none has not, nor has what stands directly in a
// section that holds other areas.
func HasPage(a uses.AreaTally) bool { return a.Section.Number != 0 && !a.Alone }

func areaFilter(a uses.AreaTally, within []string) []string {
	if a.Section.Number == 0 {
		return within
	}
	within = append(slices.Clone(within), "area", decimal(a.Section.Number))
	if a.Alone {
		within = append(within, "alone", "1")
	}
	return within
}

func unitFilter(u uses.UnitTally, within []string) []string {
	return append(slices.Clone(within), "unit", string(u.Unit))
}

// BoardURL is the comparison of a plan's units and areas.
func BoardURL(plan ledger.PlanID, rest string) string {
	return "/board?" + url.Values{"plan": {string(plan)}}.Encode() + rest
}

// comparedColours are the colours in the order of tables that compare.
var comparedColours = []light.Colour{light.Red, light.Yellow, light.Green, light.Blue, light.Grey}

func tallyHeadings(v page.View) []string {
	headings := []string{v.T("progress.matters")}
	for _, c := range comparedColours {
		headings = append(headings, v.T("light."+string(c)))
	}
	return append(headings, v.T("lights.overdue"), v.T("progress.on-course.percent"))
}

func tallyFigures(t uses.Tally) []int {
	figures := []int{t.All}
	for _, c := range comparedColours {
		figures = append(figures, t.Colours[c])
	}
	return append(figures, t.Overdue, t.OnCourse())
}

// UnitSheet is units compared as a sheet.
func UnitSheet(v page.View, title string, units []uses.UnitTally) workbook.Sheet {
	rows := make([][]workbook.Cell, len(units))
	for i, u := range units {
		rows[i] = tallyRow(UnitName(v, u), u.Tally)
	}
	return workbook.Sheet{Name: title, Columns: tallyColumns(v, v.T("progress.unit")), Rows: workbook.Rows(rows...)}
}

// AreaSheet is areas compared as a sheet.
func AreaSheet(v page.View, title string, areas []uses.AreaTally) workbook.Sheet {
	rows := make([][]workbook.Cell, len(areas))
	for i, a := range areas {
		rows[i] = tallyRow(AreaName(v, a), a.Tally)
	}
	return workbook.Sheet{Name: title, Columns: tallyColumns(v, v.T("progress.area")), Rows: workbook.Rows(rows...)}
}

func tallyColumns(v page.View, first string) []workbook.Column {
	columns := []workbook.Column{{Heading: first, Width: 36}}
	for _, heading := range tallyHeadings(v) {
		columns = append(columns, workbook.Column{Heading: heading, Width: 12})
	}
	return columns
}

func tallyRow(name string, t uses.Tally) []workbook.Cell {
	cells := []workbook.Cell{workbook.Text(name)}
	for _, n := range tallyFigures(t) {
		cells = append(cells, workbook.Whole(int64(n)))
	}
	return cells
}

// LightSheet is lights as a sheet, each with the reason of its colour.
func LightSheet(v page.View, lights []uses.CommitmentLight) workbook.Sheet {
	rows := make([][]workbook.Cell, len(lights))
	for i, l := range lights {
		rows[i] = exportRow(v, l)
	}
	return workbook.Sheet{Name: v.T("lights.title"), Columns: workbook.Columns(v.T, "lights.", exported), Rows: workbook.Rows(rows...)}
}
