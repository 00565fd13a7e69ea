package wall

import (
	"net/http"

	uses "luoshi/internal/service/progress"
	"luoshi/internal/web"
)

// paper is what a chart is printed on, always broader than high.
type paper string

const (
	a3 paper = "a3"
	a1 paper = "a1"
)

func papers() []paper { return []paper{a3, a1} }

// sheets is a whole chart for paper.
type sheets struct {
	shown
	Paper paper
	Apart bool // every group begins a sheet
}

// sheet is the chart for paper: all of it, with title, legend, date and source on every sheet.
func (p *Pages) sheet(w http.ResponseWriter, r *http.Request) error {
	c, err := p.read(r, uses.PaperLines)
	if err != nil {
		return err
	}
	return web.Show(w, r, sheetPage(sheets{shown: c, Paper: oneOf(papers(), c.Filter("paper"), a3), Apart: c.Filter("apart") != ""}))
}

// whole tells whether all rows have room on the sheets.
func (s sheets) whole() bool { return s.Pages <= 1 }
