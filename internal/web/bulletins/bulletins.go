// Package bulletins is the pages of bulletins (通报): the list, one bulletin as the paper that it is or will be, the
// form in which the office writes between what is generated, and how the bulletins of a government look.
package bulletins

import (
	"context"
	_ "embed" // the words
	"net/http"

	"luoshi/internal/service"
	uses "luoshi/internal/service/bulletin"
	"luoshi/internal/service/catalogue"
	"luoshi/internal/web"
	"luoshi/internal/web/forms"
	"luoshi/internal/web/page"
	"luoshi/ledger"
)

//go:embed words.txt
var wordsFile string

var _ = page.Words(wordsFile)

// Pages are the pages of bulletins.
type Pages struct {
	core      *service.Core
	uses      *uses.Service
	catalogue *catalogue.Service
	persons   forms.Persons
}

// New makes the pages.
func New(core *service.Core, bulletins *uses.Service, catalogue *catalogue.Service, persons forms.Persons) *Pages {
	return &Pages{core: core, uses: bulletins, catalogue: catalogue, persons: persons}
}

// Routes are the routes of the pages.
func (p *Pages) Routes() []web.Route {
	return []web.Route{
		{Pattern: "GET /bulletins", Handler: p.list},
		{Pattern: "POST /bulletins", Handler: p.draft},
		{Pattern: "GET /bulletins/new", Handler: p.begin},
		{Pattern: "GET /bulletins/settings", Handler: p.settings},
		{Pattern: "POST /bulletins/settings", Handler: p.saveSettings},
		{Pattern: "GET /bulletins/{id}", Handler: p.show},
		{Pattern: "POST /bulletins/{id}", Handler: p.save},
		{Pattern: "GET /bulletins/{id}/edit", Handler: p.edit},
		{Pattern: "GET /bulletins/{id}/paper.docx", Handler: p.word},
		{Pattern: "POST /bulletins/{id}/refresh", Handler: p.refresh},
		{Pattern: "POST /bulletins/{id}/steps", Handler: p.step},
		{Pattern: "POST /bulletins/{id}/receipt", Handler: p.receive},
		{Pattern: "POST /bulletins/{id}/remind", Handler: p.remind},
		{Pattern: "POST /bulletins/{id}/correct", Handler: p.correct},
	}
}

func bulletinURL(id uses.ID, beneath string) string { return "/bulletins/" + string(id) + beneath }

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
	uses.Issued: page.Success, uses.Dropped: page.Neutral,
}

func bulletinsCrumb(v page.View) page.Crumb {
	return page.Crumb{Title: v.T("bulletins.title"), URL: "/bulletins"}
}
