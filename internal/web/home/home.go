// Package home is the first page of everybody, with what waits for him, and the pages of help.
package home

import (
	_ "embed" // the words
	"net/http"

	"luoshi/internal/service"
	"luoshi/internal/service/bulletin"
	"luoshi/internal/service/intake"
	"luoshi/internal/service/operations"
	"luoshi/internal/service/planning"
	"luoshi/internal/service/progress"
	"luoshi/internal/service/reporting"
	"luoshi/internal/service/supervision"
	"luoshi/internal/web"
	"luoshi/internal/web/page"
)

//go:embed words.txt
var wordsFile string

var _ = page.Words(wordsFile)

// Uses are the use cases that know what waits for somebody.
type Uses struct {
	Plans      *planning.Service
	Intake     *intake.Service
	Operations *operations.Service
	Reporting  *reporting.Service
	Progress   *progress.Service
	// Orders knows which orders wait for somebody; nobody is asked where it is nil.
	Orders *supervision.Service
	// Bulletins knows which bulletins wait for somebody; nobody is asked where it is nil.
	Bulletins *bulletin.Service
	// Version is that of the program.
	Version string
}

// Pages are the first pages.
type Pages struct {
	core  *service.Core
	uses  Uses
	desks desks
}

// New makes the pages.
func New(core *service.Core, uses Uses) *Pages { return &Pages{core: core, uses: uses} }

// Routes are the routes of the pages.
func (p *Pages) Routes() []web.Route {
	return []web.Route{
		{Pattern: "GET /{$}", Handler: p.desk},
		{Pattern: "GET /about", Handler: p.about, First: true},
		{Pattern: "GET /help", Handler: p.help, First: true},
	}
}

func (p *Pages) desk(w http.ResponseWriter, r *http.Request) error {
	d, err := p.kept(r.Context())
	if err != nil {
		return err
	}
	return web.Show(w, r, deskPage(d))
}

func (p *Pages) about(w http.ResponseWriter, r *http.Request) error {
	return web.Show(w, r, aboutPage(p.uses.Version))
}

func (p *Pages) help(w http.ResponseWriter, r *http.Request) error {
	return web.Show(w, r, helpPage(p.core.Rights()))
}
