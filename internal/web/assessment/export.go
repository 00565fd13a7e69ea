package assessment

import (
	"net/http"

	"luoshi/internal/service/catalogue/workbook"
	"luoshi/internal/web/page"
)

// export is the results as a workbook: a row for each unit, a column for each measure and rule.
func (p *Pages) export(w http.ResponseWriter, r *http.Request) error {
	o, err := p.overviewView(r)
	if err != nil {
		return err
	}
	v := page.Of(r.Context())
	columns := []workbook.Column{
		{Heading: v.T("assessment.group"), Width: 14}, {Heading: v.T("assessment.place"), Width: 8}, {Heading: v.T("assessment.unit"), Width: 28},
		{Heading: v.T("assessment.total"), Width: 10},
	}
	for _, m := range o.Scheme.Measures {
		columns = append(columns, workbook.Column{Heading: m.Title, Width: 14})
	}
	for _, rule := range o.Scheme.Rules {
		columns = append(columns, workbook.Column{Heading: rule.Title, Width: 14})
	}
	var rows [][]workbook.Cell
	for _, score := range o.Result.Scores {
		cells := []workbook.Cell{
			workbook.Text(score.Group), workbook.Whole(int64(score.Rank)), workbook.Text(o.Names.Unit(score.Unit)), workbook.Figure(score.Total),
		}
		for _, line := range score.Lines {
			cells = append(cells, workbook.Figure(line.Points))
		}
		rows = append(rows, cells)
	}
	if err := p.catalogue.NoteExport(r.Context(), urlOf(o.ID, ""), r.URL.RawQuery, len(rows)); err != nil {
		return err
	}
	sheet := workbook.Sheet{Name: v.T("assessment.results"), Columns: columns, Rows: workbook.Rows(rows...)}
	return workbook.Serve(w, o.Scheme.Title, sheet)
}
