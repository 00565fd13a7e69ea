// Package board is the leader's screen for a wall, and the comparison of units with its table and its files.
package board

import (
	_ "embed" // the words
	"encoding/csv"
	"fmt"
	"net/http"
	"net/url"
	"strconv"

	"luoshi/internal/service/catalogue"
	"luoshi/internal/service/catalogue/workbook"
	uses "luoshi/internal/service/progress"
	"luoshi/internal/web"
	"luoshi/internal/web/forms"
	"luoshi/internal/web/page"
	"luoshi/ledger"
	"luoshi/ledger/light"
)

//go:embed words.txt
var wordsFile string

var _ = page.Words(wordsFile)

// Pages are the pages of the board.
type Pages struct {
	uses      *uses.Service
	catalogue *catalogue.Service
}

// New makes the pages.
func New(progress *uses.Service, catalogue *catalogue.Service) *Pages {
	return &Pages{uses: progress, catalogue: catalogue}
}

// Routes are the routes of the pages.
func (p *Pages) Routes() []web.Route {
	return []web.Route{
		{Pattern: "GET /board", Handler: p.units},
		{Pattern: "GET /board/screen", Handler: p.screen},
		{Pattern: "GET /board/units.csv", Handler: p.csv},
		{Pattern: "GET /board/units.xlsx", Handler: p.xlsx},
	}
}

// board is a plan's year as the board shows it; without a plan where none is published.
type board struct {
	uses.Overview
	Plans []ledger.Plan
}

func (p *Pages) board(r *http.Request) (board, error) {
	var b board
	all, err := p.catalogue.Plans(r.Context())
	if err != nil {
		return b, err
	}
	for _, plan := range all {
		if plan.State == ledger.Published {
			b.Plans = append(b.Plans, plan)
		}
	}
	plan := forms.Chosen(b.Plans, r.URL.Query().Get("plan"))
	if plan.ID == "" {
		return b, nil
	}
	b.Overview, err = p.uses.Overview(r.Context(), plan.ID)
	return b, err
}

func (b board) url(path string) string {
	return path + "?" + url.Values{"plan": {string(b.Plan.ID)}}.Encode()
}

// onCourse is how many of a hundred are done or on their way.
func onCourse(t uses.Tally) int {
	if t.All == 0 {
		return 0
	}
	return ((t.Colours[light.Blue]+t.Colours[light.Green])*100 + t.All/2) / t.All
}

func (p *Pages) units(w http.ResponseWriter, r *http.Request) error {
	b, err := p.board(r)
	if err != nil {
		return err
	}
	return web.Show(w, r, unitsPage(b))
}

func (p *Pages) screen(w http.ResponseWriter, r *http.Request) error {
	b, err := p.board(r)
	if err != nil {
		return err
	}
	return web.Show(w, r, screenPage(b))
}

// shownColours are the colours in the order of the table.
var shownColours = []light.Colour{light.Red, light.Yellow, light.Green, light.Blue, light.Grey}

// table is the comparison in words and figures: the headings, and a line for each unit.
func (b board) table(v page.View) (headings []string, lines [][]string) {
	headings = []string{v.T("board.unit"), v.T("board.all")}
	for _, c := range shownColours {
		headings = append(headings, v.T("board.colour."+string(c)))
	}
	headings = append(headings, v.T("board.overdue"), v.T("board.on-course"))
	for _, u := range b.Units {
		line := []string{unitName(v, u), strconv.Itoa(u.All)}
		for _, c := range shownColours {
			line = append(line, strconv.Itoa(u.Colours[c]))
		}
		lines = append(lines, append(line, strconv.Itoa(u.Overdue), strconv.Itoa(onCourse(u.Tally))))
	}
	return headings, lines
}

func unitName(v page.View, u uses.UnitTally) string {
	if u.Unit == "" {
		return v.T("board.nobody")
	}
	return u.Name
}

func (p *Pages) csv(w http.ResponseWriter, r *http.Request) error {
	b, err := p.board(r)
	if err != nil {
		return err
	}
	headings, lines := b.table(page.Of(r.Context()))
	if err := p.catalogue.NoteExport(r.Context(), "/board", r.URL.RawQuery, len(lines)); err != nil {
		return err
	}
	h := w.Header()
	h.Set("Content-Type", "text/csv; charset=utf-8")
	h.Set("Content-Disposition", `attachment; filename="units.csv"`)
	if _, err := w.Write([]byte("\ufeff")); err != nil { // by which Excel knows the letters
		return fmt.Errorf("sending the comparison of units: %w", err)
	}
	out := csv.NewWriter(w)
	if err := out.WriteAll(append([][]string{headings}, lines...)); err != nil {
		return fmt.Errorf("sending the comparison of units: %w", err)
	}
	return nil
}

func (p *Pages) xlsx(w http.ResponseWriter, r *http.Request) error {
	b, err := p.board(r)
	if err != nil {
		return err
	}
	v := page.Of(r.Context())
	headings, lines := b.table(v)
	columns := make([]workbook.Column, len(headings))
	for i, heading := range headings {
		columns[i] = workbook.Column{Heading: heading, Width: 12}
	}
	columns[0].Width = 30
	rows := make([][]workbook.Cell, len(lines))
	for i, line := range lines {
		rows[i] = []workbook.Cell{workbook.Text(line[0])}
		for _, text := range line[1:] {
			n, err := strconv.ParseInt(text, 10, 64)
			if err != nil {
				return fmt.Errorf("comparing units: %w", err)
			}
			rows[i] = append(rows[i], workbook.Whole(n))
		}
	}
	if err := p.catalogue.NoteExport(r.Context(), "/board", r.URL.RawQuery, len(rows)); err != nil {
		return err
	}
	return workbook.Serve(w, v.T("board.title"), workbook.Sheet{Name: v.T("board.title"), Rows: workbook.Rows(rows...), Columns: columns})
}
