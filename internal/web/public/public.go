// Package public is what everybody may read without an account: plans that are public, each promise with its light and
// its locked figures, the data as files, and the proofs by which anyone can check that all are told the same. The same
// pages are answered by the server and written as files that any file server gives out. Beside them are the pages on
// which the office decides what is public and answers what citizens say.
package public

import (
	_ "embed" // the words
	"net/http"
	"time"

	"luoshi/internal/access/rate"
	"luoshi/internal/service"
	"luoshi/internal/service/publication"
	"luoshi/internal/web"
	"luoshi/internal/web/forms"
	"luoshi/internal/web/page"
)

//go:embed words.txt
var wordsFile string

var _ = page.Words(wordsFile)

// Pages are the public pages and those of the office about them.
type Pages struct {
	core    *service.Core
	uses    *publication.Service
	persons forms.Persons
	voices  *rate.Limiter
	proved  provers
	papers  Papers
}

// New makes the pages.
func New(core *service.Core, uses *publication.Service, persons forms.Persons) *Pages {
	return &Pages{core: core, uses: uses, persons: persons, voices: rate.New(time.Now)}
}

// Routes are the routes of the pages. Those with secrets in their addresses are private.
func (p *Pages) Routes() []web.Route {
	return []web.Route{
		{Pattern: "GET /public", Handler: p.home},
		{Pattern: "GET /public/about", Handler: p.about},
		{Pattern: "GET /public/search", Handler: p.search},
		{Pattern: "GET /public/site.json", Handler: p.site},
		{Pattern: "GET /public/feed.xml", Handler: p.feed},
		{Pattern: "GET /public/log.json", Handler: p.log},
		{Pattern: "GET /public/growth.json", Handler: p.growth},
		{Pattern: "GET /voices/follows/{secret}", Handler: p.following, Private: true},
		{Pattern: "POST /voices/follows/{secret}", Handler: p.confirm, Private: true, Guarded: true},
		{Pattern: "POST /voices/follows/{secret}/stop", Handler: p.stop, Private: true, Guarded: true},
		{Pattern: "GET /voices/follows/{secret}/all", Handler: p.following, Private: true},
		{Pattern: "POST /voices/follows/{secret}/all", Handler: p.stopAll, Private: true, Guarded: true},
		{Pattern: "GET /voices/feedback/{receipt}", Handler: p.answered, Private: true},
		{Pattern: "GET /public/{plan}", Handler: p.plan},
		{Pattern: "GET /public/{plan}/data", Handler: p.data},
		{Pattern: "GET /public/{plan}/proof", Handler: p.proof},
		{Pattern: "GET /public/{plan}/files/{file}", Handler: p.file, Time: 2 * time.Minute},
		{Pattern: "GET /public/{plan}/documents/{digest}", Handler: p.document, Time: 2 * time.Minute},
		{Pattern: "GET /public/{plan}/promises/{key}", Handler: p.promise},
		{Pattern: "GET /public/{plan}/proofs/{key}", Handler: p.promiseProof},
		{Pattern: "GET /public/{plan}/pictures/{key}/{file}", Handler: p.picture, Time: 2 * time.Minute},
		{Pattern: "POST /public/{plan}/promises/{key}/follow", Handler: p.follow, Guarded: true},
		{Pattern: "POST /public/{plan}/promises/{key}/feedback", Handler: p.send, Guarded: true},
		{Pattern: "GET /plans/{id}/public", Handler: p.settings},
		{Pattern: "POST /plans/{id}/public", Handler: p.saveSettings},
		{Pattern: "GET /feedback", Handler: p.feedback},
		{Pattern: "POST /feedback/{id}/accept", Handler: p.accept},
		{Pattern: "POST /feedback/{id}/reject", Handler: p.reject},
	}
}

// show answers with a public page.
func show(w http.ResponseWriter, r *http.Request, status int, title string, content content) error {
	ctx := with(r.Context(), live(page.Of(r.Context())))
	return web.ShowStatus(w, r.WithContext(ctx), status, shell(title, content))
}
