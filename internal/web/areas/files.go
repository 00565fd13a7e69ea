package areas

import (
	"net/http"

	"luoshi/internal/service/catalogue/workbook"
	uses "luoshi/internal/service/progress"
	"luoshi/internal/service/supervision"
	"luoshi/internal/store"
	"luoshi/internal/web/page"
	"luoshi/internal/web/progress"
	"luoshi/ledger"
	"luoshi/ledger/light"
	"luoshi/ledger/reporting"
)

// table is one of the tables of an area.
type table struct {
	name  string // of its file
	lines int
	sheet workbook.Sheet
}

// tables are those of an area in the order of its page.
func (a area) tables(v page.View) []table {
	return []table{
		{"matters", len(a.Lights), progress.LightSheet(v, a.Lights)},
		{"indicators", len(a.Courses), indicatorSheet(v, a.Courses)},
		{"projects", len(a.Projects), projectSheet(v, a.Projects)},
		{"units", len(a.Units), progress.UnitSheet(v, v.T("areas.units"), a.Units)},
		{"parts", len(a.Parts), progress.AreaSheet(v, v.T("areas.parts"), a.Parts)},
		{"orders", len(a.Orders), orderSheet(v, a.Orders)},
	}
}

// file is a table of an area, or all of them in one workbook.
func (p *Pages) file(w http.ResponseWriter, r *http.Request) error {
	a, err := p.area(r, extent{})
	if err != nil {
		return err
	}
	ctx, called := r.Context(), a.Section.Marker+a.Section.Title
	tables := a.tables(page.Of(ctx))
	if r.PathValue("file") == "area.xlsx" {
		lines, sheets := 0, make([]workbook.Sheet, len(tables))
		for i, t := range tables {
			lines, sheets[i] = lines+t.lines, t.sheet
		}
		if err := p.catalogue.NoteExport(ctx, r.URL.Path, r.URL.RawQuery, lines); err != nil {
			return err
		}
		return workbook.Serve(w, called, sheets...)
	}
	for _, t := range tables {
		if t.name+".csv" != r.PathValue("file") {
			continue
		}
		if err := p.catalogue.NoteExport(ctx, r.URL.Path, r.URL.RawQuery, t.lines); err != nil {
			return err
		}
		return workbook.ServeCSV(w, called+" "+t.sheet.Name, t.sheet)
	}
	return &store.NotFound{Kind: "files", ID: r.PathValue("file")}
}

// The headings of the sheets, with their widths.
var (
	indicatorHeadings = workbook.Headings{
		{"indicator", 30}, {"lead", 24}, {"measure", 10}, {"target", 14}, {"expected", 14}, {"actual", 14}, {"as-of", 14}, {"light", 10},
		{"forecast", 14}, {"forecast.low", 14}, {"forecast.high", 14}, {"forecast.method", 30}, {"forecast.error", 14}, {"forecast.tests", 14},
	}
	projectHeadings = workbook.Headings{{"number", 10}, {"project", 40}, {"stage", 12}, {"planned", 18}, {"done", 18}, {"share", 12}, {"as-of", 14}}
	orderHeadings   = workbook.Headings{{"number", 18}, {"order", 40}, {"lead", 24}, {"state", 14}, {"due", 12}, {"left", 12}}
)

func indicatorSheet(v page.View, courses []uses.Course) workbook.Sheet {
	rows := make([][]workbook.Cell, len(courses))
	for i, c := range courses {
		l := c.Light
		rows[i] = append([]workbook.Cell{
			workbook.Text(c.Title), workbook.Text(c.UnitName), workbook.Text(unitOf(c)), workbook.Figure(l.Bound), workbook.Figure(l.Expected),
			workbook.Figure(l.Actual), workbook.Text(period(v, l.AsOf)), workbook.Text(v.T("light." + string(l.Colour))),
		}, forecast(v, c.Forecast)...)
	}
	return workbook.Sheet{Name: v.T("areas.indicators"), Columns: workbook.Columns(v.T, "areas.", indicatorHeadings), Rows: workbook.Rows(rows...)}
}

// forecast is the estimate of the year's end with its range, its method and by how much that erred on past years.
func forecast(v page.View, f *light.Forecast) []workbook.Cell {
	cells := make([]workbook.Cell, 6)
	if f != nil && f.Value.Known() {
		cells[0], cells[1], cells[2] = workbook.Figure(f.Value), workbook.Figure(f.Low), workbook.Figure(f.High)
		cells[3], cells[4], cells[5] = workbook.Text(v.Wording(f.Method.Label())), workbook.Figure(f.Error), workbook.Whole(int64(f.Tests))
	}
	return cells
}

// unitOf is the unit of the figures of a course as its target speaks of them.
func unitOf(c uses.Course) string {
	if c.Light.Unit != "" {
		return c.Light.Unit
	}
	return c.Measure
}

func period(v page.View, p reporting.Period) string {
	if p.IsZero() {
		return ""
	}
	return v.Wording(p.Title())
}

func projectSheet(v page.View, standings []uses.Standing) workbook.Sheet {
	rows := make([][]workbook.Cell, len(standings))
	for i, s := range standings {
		rows[i] = []workbook.Cell{
			workbook.Text(s.Project.Number), workbook.Text(s.Project.Name), workbook.Text(v.Wording(s.Project.Stage.Label())),
			workbook.Figure(s.Planned), workbook.Figure(s.Done), workbook.Figure(share(s)), workbook.Text(period(v, s.Until)),
		}
	}
	return workbook.Sheet{Name: v.T("areas.projects"), Columns: workbook.Columns(v.T, "areas.", projectHeadings), Rows: workbook.Rows(rows...)}
}

// share is how much of the year's money was done, in per cent; absent where nothing was planned or said.
func share(s uses.Standing) ledger.Decimal {
	return reporting.Rounded(reporting.Share(s.Done, s.Planned), 1)
}

func orderSheet(v page.View, orders []supervision.Summary) workbook.Sheet {
	rows := make([][]workbook.Cell, len(orders))
	for i, o := range orders {
		rows[i] = []workbook.Cell{
			workbook.Text(o.Number), workbook.Text(o.Title), workbook.Text(o.LeadName), workbook.Text(v.Wording(o.Label)), workbook.Day(o.Due),
			workbook.Whole(int64(o.Left)),
		}
	}
	return workbook.Sheet{Name: v.T("areas.orders"), Columns: workbook.Columns(v.T, "areas.", orderHeadings), Rows: workbook.Rows(rows...)}
}
