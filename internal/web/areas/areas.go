// Package areas is the page of an area (重点领域): a section of a plan with its matters, indicators, projects, the units that
// lead in it and the orders that were issued about it, and each of its tables as a file.
package areas

import (
	_ "embed" // the words
	"net/http"
	"strconv"

	"luoshi/internal/service"
	"luoshi/internal/service/catalogue"
	uses "luoshi/internal/service/progress"
	"luoshi/internal/service/reporting"
	"luoshi/internal/service/supervision"
	"luoshi/internal/store"
	"luoshi/internal/web"
	"luoshi/internal/web/charts"
	"luoshi/internal/web/page"
	"luoshi/internal/web/progress"
	"luoshi/ledger"
)

//go:embed words.txt
var wordsFile string

var _ = page.Words(wordsFile)

// Pages are the pages of areas.
type Pages struct {
	core      *service.Core
	uses      *uses.Service
	reports   *reporting.Service
	orders    *supervision.Service
	catalogue *catalogue.Service
}

// New makes the pages.
func New(core *service.Core, progress *uses.Service, reports *reporting.Service, orders *supervision.Service, catalogue *catalogue.Service) *Pages {
	return &Pages{core: core, uses: progress, reports: reports, orders: orders, catalogue: catalogue}
}

// Routes are the routes of the pages.
func (p *Pages) Routes() []web.Route {
	return []web.Route{
		{Pattern: "GET /plans/{plan}/areas/{section}", Handler: p.show},
		{Pattern: "GET /plans/{plan}/areas/{section}/{file}", Handler: p.file},
	}
}

// area is an area as its page shows it.
type area struct {
	uses.AreaView
	Lights   []uses.CommitmentLight
	Courses  []uses.Course
	Cut      bool // there are more courses
	Projects []uses.Standing
	Orders   []supervision.Summary
	Drawing  charts.Options
}

// extent is how much of the long tables of an area is wanted; everything where it is 0.
type extent struct{ lights, followers, orders int }

// area reads an area, as far as the viewer may read what is in it.
func (p *Pages) area(r *http.Request, most extent) (area, error) {
	ctx, plan := r.Context(), ledger.PlanID(r.PathValue("plan"))
	section, err := strconv.Atoi(r.PathValue("section"))
	if err != nil {
		return area{}, &store.NotFound{Kind: "sections", ID: r.PathValue("section")}
	}
	var a area
	if a.AreaView, err = p.uses.AreaView(ctx, plan, section); err != nil {
		return a, err
	}
	if a.Lights, err = p.uses.AreaLights(ctx, a.AreaView, most.lights); err != nil {
		return a, err
	}
	if p.core.May(ctx, "indicator.read") {
		if a.Courses, a.Cut, err = p.uses.AreaCourses(ctx, a.AreaView, most.followers); err != nil {
			return a, err
		}
	}
	if p.core.May(ctx, "project.read") {
		if a.Projects, err = p.uses.AreaProjects(ctx, a.AreaView); err != nil {
			return a, err
		}
	}
	if p.core.May(ctx, "order.read") {
		if a.Orders, err = p.orders.AboutSections(ctx, plan, a.Sections(), most.orders); err != nil {
			return a, err
		}
	}
	a.Drawing, err = progress.Sources(ctx, p.core, p.reports, plan)
	return a, err
}

func (p *Pages) show(w http.ResponseWriter, r *http.Request) error {
	// One more than is shown tells whether there are more.
	a, err := p.area(r, extent{lights: mostMatters, followers: mostFollow, orders: mostLines + 1})
	if err != nil {
		return err
	}
	return web.Show(w, r, areaPage(a))
}
