// Package board is the comparison of a plan's units and areas with its tables and its files, and the screen for a wall.
package board

import (
	_ "embed" // the words
	"net/http"
	"net/url"
	"strings"

	"luoshi/internal/service/catalogue"
	"luoshi/internal/service/catalogue/workbook"
	uses "luoshi/internal/service/progress"
	"luoshi/internal/store"
	"luoshi/internal/web"
	"luoshi/internal/web/forms"
	"luoshi/internal/web/page"
	"luoshi/internal/web/progress"
	"luoshi/ledger"
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
		{Pattern: "GET /board", Handler: p.compare},
		{Pattern: "GET /board/screen", Handler: p.screen},
		{Pattern: "GET /board/{file}", Handler: p.file},
	}
}

// board is a plan's year as the board shows it; without a plan where none is published.
type board struct {
	uses.Overview
	Plans []ledger.Plan
	Whole bool // of all units, however many
}

// mostUnits is how many units are compared unless all are asked for.
const mostUnits = 300

// compared are the units that the page compares.
func (b board) compared() []uses.UnitTally {
	if b.Whole {
		return b.Units
	}
	return b.Units[:min(len(b.Units), mostUnits)]
}

func (p *Pages) board(r *http.Request) (board, error) {
	var b board
	var err error
	if b.Plans, err = progress.Published(r.Context(), p.catalogue); err != nil {
		return b, err
	}
	plan := forms.Chosen(b.Plans, r.URL.Query().Get("plan"))
	if plan.ID == "" {
		return b, nil
	}
	b.Overview, err = p.uses.Overview(r.Context(), plan.ID)
	return b, err
}

// url is a page or a file of the board, of the same plan, with a further pair of a name and a value.
func (b board) url(path string, pair ...string) string {
	q := url.Values{"plan": {string(b.Plan.ID)}}
	if len(pair) == 2 && pair[1] != "" {
		q.Set(pair[0], pair[1])
	}
	return path + "?" + q.Encode()
}

func (p *Pages) compare(w http.ResponseWriter, r *http.Request) error {
	b, err := p.board(r)
	if err != nil {
		return err
	}
	b.Whole = r.URL.Query().Get("units") == "all"
	return web.Show(w, r, comparePage(b))
}

// file is a comparison as a workbook or as comma-separated values.
func (p *Pages) file(w http.ResponseWriter, r *http.Request) error {
	b, err := p.board(r)
	if err != nil {
		return err
	}
	v := page.Of(r.Context())
	name, form, _ := strings.Cut(r.PathValue("file"), ".")
	var sheet workbook.Sheet
	lines := 0
	switch name {
	case "units":
		sheet, lines = progress.UnitSheet(v, v.T("board.title"), b.Units), len(b.Units)
	case "areas":
		sheet, lines = progress.AreaSheet(v, v.T("board.areas"), b.Areas), len(b.Areas)
	}
	if sheet.Name == "" || form != "csv" && form != "xlsx" {
		return &store.NotFound{Kind: "files", ID: r.PathValue("file")}
	}
	if err := p.catalogue.NoteExport(r.Context(), "/board", r.URL.RawQuery, lines); err != nil {
		return err
	}
	if form == "csv" {
		return workbook.ServeCSV(w, sheet.Name, sheet)
	}
	return workbook.Serve(w, sheet.Name, sheet)
}
