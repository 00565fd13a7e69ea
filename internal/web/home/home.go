// Package home is the first page of everybody, with what waits for him, and the pages of help.
package home

import (
	_ "embed" // the words
	"net/http"

	"luoshi/internal/service"
	"luoshi/internal/web"
	"luoshi/internal/web/page"
)

//go:embed words.txt
var wordsFile string

var _ = page.Words(wordsFile)

// Pages are the first pages.
type Pages struct{ core *service.Core }

// New makes the pages.
func New(core *service.Core) *Pages { return &Pages{core: core} }

// Routes are the routes of the pages.
func (p *Pages) Routes() []web.Route {
	return []web.Route{
		{Pattern: "GET /{$}", Handler: p.desk},
		{Pattern: "GET /about", Handler: p.about},
		{Pattern: "GET /help", Handler: p.help},
	}
}

func (p *Pages) desk(w http.ResponseWriter, r *http.Request) error { return web.Show(w, r, desk()) }

func (p *Pages) about(w http.ResponseWriter, r *http.Request) error { return web.Show(w, r, about()) }

func (p *Pages) help(w http.ResponseWriter, r *http.Request) error { return web.Show(w, r, help()) }
