// Package mapping is the page of the map (项目地图): the streets of a district coloured by how what they lead and what is
// built there goes, with its projects as points, a table beside it, and the form in which boundaries are loaded. Nothing
// of it comes from a map service.
package mapping

import (
	_ "embed" // the words
	"net/http"
	"net/url"
	"strings"

	"luoshi/internal/service"
	uses "luoshi/internal/service/atlas"
	"luoshi/internal/service/catalogue"
	"luoshi/internal/service/catalogue/workbook"
	"luoshi/internal/web"
	"luoshi/internal/web/forms"
	"luoshi/internal/web/page"
	"luoshi/ledger"
)

//go:embed words.txt
var wordsFile string

var _ = page.Words(wordsFile)

// Pages are the pages of the map.
type Pages struct {
	core      *service.Core
	uses      *uses.Service
	catalogue *catalogue.Service
	persons   forms.Persons
}

// New makes the pages.
func New(core *service.Core, maps *uses.Service, catalogue *catalogue.Service, persons forms.Persons) *Pages {
	return &Pages{core: core, uses: maps, catalogue: catalogue, persons: persons}
}

// fileBytes bounds a form with a file of boundaries.
const fileBytes = 10 << 20

// Routes are the routes of the pages.
func (p *Pages) Routes() []web.Route {
	return []web.Route{
		{Pattern: "GET /map", Handler: p.show},
		{Pattern: "GET /map/map.svg", Handler: p.drawing},
		{Pattern: "GET /map/map.xlsx", Handler: p.export},
		{Pattern: "GET /map/boundaries", Handler: p.boundaries},
		{Pattern: "POST /map/boundaries", Handler: p.load, Body: fileBytes},
		{Pattern: "POST /map/boundaries/remove", Handler: p.remove},
	}
}

// Measure is by what a map is coloured.
type Measure string

// The measures, the first one where none is asked for.
const (
	ByInvestment Measure = "investment"
	ByLights     Measure = "lights"
)

// mapView is a map by a measure.
type mapView struct {
	uses.Map
	Plans   []ledger.Plan
	Measure Measure
	Bare    bool // the drawing is a file of its own
	Whole   bool // of all projects, however many
}

// mostListed is how many projects are listed unless all are asked for.
const mostListed = 300

// listed are the projects of the list beside the map.
func (m mapView) listed() []uses.Spot {
	if m.Whole {
		return m.Spots
	}
	return m.Spots[:min(len(m.Spots), mostListed)]
}

func (p *Pages) mapView(r *http.Request) (mapView, error) {
	view := mapView{Measure: Measure(r.URL.Query().Get("measure"))}
	if view.Measure != ByLights {
		view.Measure = ByInvestment
	}
	all, err := p.catalogue.Plans(r.Context())
	if err != nil {
		return view, err
	}
	for _, plan := range all {
		if plan.State == ledger.Published {
			view.Plans = append(view.Plans, plan)
		}
	}
	plan := forms.Chosen(view.Plans, r.URL.Query().Get("plan"))
	if plan.ID == "" {
		return view, nil
	}
	view.Map, err = p.uses.Map(r.Context(), plan.ID)
	return view, err
}

// url is an address of the map with the same choices.
func (m mapView) url(path string) string {
	return path + "?" + url.Values{"plan": {string(m.Plan.ID)}, "measure": {string(m.Measure)}}.Encode()
}

func (p *Pages) show(w http.ResponseWriter, r *http.Request) error {
	view, err := p.mapView(r)
	if err != nil {
		return err
	}
	view.Whole = r.URL.Query().Get("projects") == "all"
	return web.Show(w, r, mapPage(view))
}

// drawing is the map as a file.
func (p *Pages) drawing(w http.ResponseWriter, r *http.Request) error {
	view, err := p.mapView(r)
	if err != nil {
		return err
	}
	view.Bare = true
	var text strings.Builder
	if err := sheet(view.drawn(page.Of(r.Context()))).Render(r.Context(), &text); err != nil {
		return err
	}
	h := w.Header()
	h.Set("Content-Type", "image/svg+xml")
	h.Set("Content-Disposition", `attachment; filename="map.svg"`)
	h.Set("Content-Security-Policy", "sandbox")
	_, err = w.Write([]byte(text.String()))
	return err
}

// export is the table beside the map as a workbook.
func (p *Pages) export(w http.ResponseWriter, r *http.Request) error {
	view, err := p.mapView(r)
	if err != nil {
		return err
	}
	v := page.Of(r.Context())
	var rows [][]workbook.Cell
	for _, part := range view.Parts {
		rows = append(rows, []workbook.Cell{
			workbook.Text(part.Name), workbook.Whole(int64(part.Projects)), workbook.Figure(forms.Wan(part.Planned)), workbook.Figure(forms.Wan(part.Done)),
			workbook.Figure(part.Share()), workbook.Whole(int64(part.Lights.All)), workbook.Figure(part.OnCourse()),
		})
	}
	if err := p.catalogue.NoteExport(r.Context(), "/map", r.URL.RawQuery, len(rows)); err != nil {
		return err
	}
	return workbook.Serve(w, v.T("map.title"), workbook.Sheet{Name: v.T("map.title"), Rows: workbook.Rows(rows...), Columns: workbook.Columns(v.T, "map.", exported)})
}

// exported are the columns of the exported table.
var exported = workbook.Headings{
	{"area", 24}, {"projects", 10}, {"planned.wan", 18}, {"done.wan", 18}, {"share", 16}, {"lights", 12}, {"on-course", 16},
}
