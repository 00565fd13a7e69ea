// Package papers is the pages of reports (执行情况报告): the list, the form that begins one, the report as the paper that
// it is with each figure leading to where it is from, the form in which people work on its words, and templates.
package papers

import (
	"context"
	_ "embed" // the words
	"net/http"
	"net/url"
	"time"

	"luoshi/internal/service"
	uses "luoshi/internal/service/accounting"
	"luoshi/internal/service/catalogue"
	"luoshi/internal/web"
	"luoshi/internal/web/forms"
	"luoshi/internal/web/page"
	"luoshi/ledger"
)

//go:embed words.txt
var wordsFile string

var _ = page.Words(wordsFile)

// Pages are the pages of reports.
type Pages struct {
	core      *service.Core
	uses      *uses.Service
	catalogue *catalogue.Service
	persons   forms.Persons
}

// New makes the pages.
func New(core *service.Core, reports *uses.Service, catalogue *catalogue.Service, persons forms.Persons) *Pages {
	return &Pages{core: core, uses: reports, catalogue: catalogue, persons: persons}
}

const (
	longTime  = 2 * time.Minute // for what is made of a whole plan
	largeForm = 4 << 20         // for all blocks of a report
)

// Routes are the routes of the pages.
func (p *Pages) Routes() []web.Route {
	return []web.Route{
		{Pattern: "GET /papers", Handler: p.list},
		{Pattern: "POST /papers", Handler: p.draft, Time: longTime},
		{Pattern: "GET /papers/new", Handler: p.begin, Time: longTime},
		{Pattern: "GET /papers/settings", Handler: p.settings},
		{Pattern: "POST /papers/settings", Handler: p.saveSettings},
		{Pattern: "GET /paper-templates", Handler: p.templates},
		{Pattern: "POST /paper-templates", Handler: p.saveTemplate},
		{Pattern: "GET /paper-templates/new", Handler: p.newTemplate},
		{Pattern: "GET /paper-templates/{name}", Handler: p.template},
		{Pattern: "POST /paper-templates/{name}/retire", Handler: p.retire},
		{Pattern: "GET /papers/{id}", Handler: p.show, Time: longTime},
		{Pattern: "POST /papers/{id}", Handler: p.save, Body: largeForm, Time: longTime},
		{Pattern: "GET /papers/{id}/edit", Handler: p.edit, Time: longTime},
		{Pattern: "GET /papers/{id}/check", Handler: p.check, Time: longTime},
		{Pattern: "GET /papers/{id}/files/{format}", Handler: p.download, Time: longTime},
		{Pattern: "GET /papers/{id}/figures/{key...}", Handler: p.figure},
		{Pattern: "GET /papers/{id}/narrative", Handler: p.passage, Time: longTime},
		{Pattern: "POST /papers/{id}/narrative", Handler: p.narrate, Time: longTime},
		{Pattern: "POST /papers/{id}/narrative/text", Handler: p.takeOver, Time: longTime},
		{Pattern: "POST /papers/{id}/passes", Handler: p.pass, Time: longTime},
		{Pattern: "POST /papers/{id}/redo", Handler: p.redo, Time: longTime},
		{Pattern: "POST /papers/{id}/refresh", Handler: p.refresh, Time: longTime},
		{Pattern: "POST /papers/{id}/steps", Handler: p.step, Time: longTime},
		{Pattern: "POST /papers/{id}/public", Handler: p.disclose},
		{Pattern: "POST /papers/{id}/undo", Handler: p.undo, Time: longTime},
	}
}

func paperURL(id uses.ID, beneath string) string { return "/papers/" + string(id) + beneath }

func figureURL(id uses.ID, key string) string { return paperURL(id, "/figures/"+url.PathEscape(key)) }

func idOf(r *http.Request) uses.ID { return uses.ID(r.PathValue("id")) }

// people are the names of the persons of accounts; an account without one is called by its identifier.
func (p *Pages) people(ctx context.Context, ids ...ledger.AccountID) (map[ledger.AccountID]string, error) {
	named := map[ledger.AccountID]string{}
	if p.persons != nil && len(ids) > 0 {
		found, err := p.persons(ctx, ids...)
		if err != nil {
			return nil, err
		}
		named = found
	}
	for _, id := range ids {
		if named[id] == "" {
			named[id] = string(id)
		}
	}
	return named, nil
}

var stateTones = map[uses.State]page.Tone{
	uses.Drafted: page.Neutral, uses.Reviewed: page.Info, uses.Waiting: page.Info, uses.Approved: page.Warning,
	uses.Frozen: page.Success, uses.Dropped: page.Neutral,
}

func papersCrumb(v page.View) page.Crumb {
	return page.Crumb{Title: v.T("papers.title"), URL: "/papers"}
}
