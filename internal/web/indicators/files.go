package indicators

import (
	"net/http"

	"luoshi/internal/service/catalogue/workbook"
	"luoshi/internal/service/peers"
	"luoshi/internal/store"
	"luoshi/internal/web/page"
)

// withOwn is what other governments state, and for the same periods the indicator's own figure in front.
func withOwn(v page.View, s indicatorPage) []peers.Peer {
	var all []peers.Peer
	for i, p := range s.Peers {
		if i == 0 || s.Peers[i-1].Period != p.Period {
			if own, known := ownAt(v, s, p.Period); known {
				all = append(all, own)
			}
		}
		all = append(all, p)
	}
	return all
}

// file is the table of a chart of an indicator: its years, its courses, or what other governments state.
func (p *Pages) file(w http.ResponseWriter, r *http.Request) error {
	ctx, v := r.Context(), page.Of(r.Context())
	s, err := p.load(ctx, indicatorID(r))
	if err != nil {
		return err
	}
	if s.Going, err = p.progress.IndicatorView(ctx, s.Value.ID); err != nil {
		return err
	}
	if err := p.readPeers(ctx, &s); err != nil {
		return err
	}
	var rows [][]workbook.Cell
	var columns workbook.Headings
	switch r.PathValue("file") {
	case "series.csv":
		columns = yearHeadings
		for _, y := range s.Value.Series {
			rows = append(rows, yearRow(v, s.Value, y))
		}
	case "courses.csv":
		columns = courseHeadings
		rows = courseRows(v, s)
	case "peers.csv":
		columns = peerHeadings
		for _, p := range withOwn(v, s) {
			rows = append(rows, []workbook.Cell{
				workbook.Text(v.Wording(p.Period.Title())), workbook.Text(p.Name), workbook.Figure(p.Figure), workbook.Figure(p.Growth), workbook.Text(p.Source),
			})
		}
	default:
		return &store.NotFound{Kind: "files", ID: r.PathValue("file")}
	}
	if err := p.catalogue.NoteExport(ctx, "/indicators", r.URL.Path, len(rows)); err != nil {
		return err
	}
	return workbook.ServeCSV(w, s.Value.Name, workbook.Sheet{Columns: workbook.Columns(v.T, "indicators.", columns), Rows: workbook.Rows(rows...)})
}

// The headings of the files of one indicator.
var (
	courseHeadings = workbook.Headings{
		{"commitment", 40}, {"lead", 24}, {"period", 14}, {"expected", 14}, {"actual", 14}, {"before", 14}, {"forecast", 14}, {"forecast.method", 30},
		{"forecast.error", 14},
	}
	peerHeadings = workbook.Headings{{"period", 14}, {"peers.name", 24}, {"peers.value", 14}, {"peers.growth", 14}, {"source", 48}}
)

// courseRows are what should be and what is, period by period; the forecast stands beside the last one.
func courseRows(v page.View, s indicatorPage) [][]workbook.Cell {
	var rows [][]workbook.Cell
	for _, c := range s.Going.Courses {
		for i, m := range c.Marks {
			row := []workbook.Cell{
				workbook.Text(c.Title), workbook.Text(c.UnitName), workbook.Text(v.Wording(m.Period.Title())), workbook.Figure(m.Expected),
				workbook.Figure(m.Actual), {}, {}, {}, {},
			}
			for _, b := range c.Before {
				if b.Period == m.Period.YearBefore() {
					row[5] = workbook.Figure(b.Cumulative)
				}
			}
			if f := c.Forecast; f != nil && f.Value.Known() && i == len(c.Marks)-1 {
				row[6], row[7], row[8] = workbook.Figure(f.Value), workbook.Text(v.Wording(f.Method.Label())), workbook.Figure(f.Error)
			}
			rows = append(rows, row)
		}
	}
	return rows
}
