package api

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"

	"luoshi/internal/access"
	"luoshi/internal/access/credential"
	"luoshi/internal/access/rate"
	"luoshi/internal/service"
	"luoshi/internal/service/accounting"
	"luoshi/internal/service/assessment"
	"luoshi/internal/service/atlas"
	"luoshi/internal/service/bulletin"
	"luoshi/internal/service/catalogue"
	"luoshi/internal/service/intake"
	"luoshi/internal/service/livelihood"
	"luoshi/internal/service/message"
	"luoshi/internal/service/notify"
	"luoshi/internal/service/operations"
	"luoshi/internal/service/planning"
	"luoshi/internal/service/progress"
	"luoshi/internal/service/publication"
	"luoshi/internal/service/reporting"
	"luoshi/internal/service/supervision"
	"luoshi/ledger"
)

// Base is the path under which everything of this version is found.
const Base = "/api/v1"

// Recognise tells for whom a request comes by what it presents; a *service.Fault or an error of package credential
// where that is good for nothing.
type Recognise func(ctx context.Context, presented credential.Secret) (service.Caller, error)

// Options are what an API is made of.
type Options struct {
	Core        *service.Core
	Planning    *planning.Service
	Catalogue   *catalogue.Service
	Intake      *intake.Service
	Notify      *notify.Service
	Operations  *operations.Service
	Reporting   *reporting.Service
	Progress    *progress.Service
	Supervision *supervision.Service
	Bulletins   *bulletin.Service
	Livelihood  *livelihood.Service
	Accounting  *accounting.Service
	Assessment  *assessment.Service
	Publication *publication.Service
	Atlas       *atlas.Service
	Message     *message.Service
	// OnBehalf is the standing of an account for what is done without its owner, limited to some actions; nobody's for
	// an account that is disabled.
	OnBehalf func(ctx context.Context, account ledger.AccountID, only ...access.Action) (access.Actor, error)
	// Token recognises API tokens, Session the sessions of pages by their cookie.
	Token   Recognise
	Session Recognise
	// Cookie is the name of that cookie.
	Cookie string
	// Proxies is how many proxies stand before the server, whose X-Forwarded-For is believed.
	Proxies int
	// Version of the program, for the description.
	Version string
	// Rate bounds the requests of one caller; DefaultRate where it is zero.
	Rate rate.Rate
	// Logger hears of requests and of what failed; slog.Default() where it is nil.
	Logger *slog.Logger
}

// API serves the ledger to programs.
type API struct {
	*service.Core
	options    Options
	logger     *slog.Logger
	catalog    *catalog
	huma       huma.API
	mux        *http.ServeMux
	handler    http.Handler
	limiter    *rate.Limiter
	registered map[string]bool
	pages      map[string][]byte // of the documentation, by language
}

// New makes an API. An operation that operations.txt does not know, or the other way round, is an error.
func New(options Options) (*API, error) {
	a := &API{Core: options.Core, options: options, logger: options.Logger, mux: http.NewServeMux()}
	a.registered, a.pages = map[string]bool{}, map[string][]byte{}
	if a.logger == nil {
		a.logger = slog.Default()
	}
	if a.Core == nil || options.Planning == nil || options.Catalogue == nil || options.Intake == nil || options.Notify == nil || options.Operations == nil ||
		options.Reporting == nil || options.Progress == nil || options.Supervision == nil || options.Bulletins == nil || options.Livelihood == nil ||
		options.Accounting == nil || options.Assessment == nil || options.Publication == nil || options.Atlas == nil || options.Message == nil || options.OnBehalf == nil || options.Token == nil {
		return nil, errors.New("api: a part is missing")
	}
	var err error
	if a.catalog, err = readOperations(a.Rights(), operationsText); err != nil {
		return nil, err
	}
	if a.options.Rate == (rate.Rate{}) {
		a.options.Rate = DefaultRate
	}
	a.limiter = rate.New(a.Store().Now)
	a.huma = humago.NewWithPrefix(a.mux, Base, a.describe())
	a.routes()
	for _, o := range a.catalog.operations {
		if !a.registered[o.name] {
			return nil, fmt.Errorf("api: nothing does %s of operations.txt", o.name)
		}
	}
	if err := a.documented(); err != nil {
		return nil, err
	}
	a.mux.HandleFunc("/", a.nothing)
	a.handler = a.identified(a.sturdy(wellFormed(a.recognised(a.limited(a.mux)))))
	return a, nil
}

// ServeHTTP answers a request to whatever stands under Base.
func (a *API) ServeHTTP(w http.ResponseWriter, r *http.Request) { a.handler.ServeHTTP(w, r) }

// describe is the beginning of the description, to which every operation adds itself.
func (a *API) describe() huma.Config {
	c := huma.DefaultConfig("Luoshi", a.options.Version)
	c.Info.Description = describing
	c.OpenAPIPath, c.DocsPath, c.SchemasPath = "", "", ""
	// It would put the address of the request's host into every answer.
	c.CreateHooks = nil
	c.Formats = map[string]huma.Format{"application/json": jsonFormat, "json": jsonFormat}
	c.Components.Schemas = schemas()
	c.RejectUnknownQueryParameters = true
	c.Components.SecuritySchemes = map[string]*huma.SecurityScheme{
		"token": {Type: "http", Scheme: "bearer", Description: "An API token, from the security officer."},
	}
	if a.options.Cookie != "" {
		c.Components.SecuritySchemes["session"] = &huma.SecurityScheme{
			Type: "apiKey", In: "cookie", Name: a.options.Cookie, Description: "The session of somebody who has signed in to the pages.",
		}
	}
	for _, t := range a.catalog.tags {
		c.Tags = append(c.Tags, &huma.Tag{Name: t.name, Description: t.words.ZH + " · " + t.words.EN})
	}
	return c
}

const describing = `The ledger of a government's promises. Figures are decimals in strings, never floats. Dates of the plan are ` +
	`civil dates (YYYY-MM-DD, empty where unknown); times are RFC 3339 in UTC. Lists are paged by cursor: follow the Link header or ` +
	`pass next as after. A record carries its revision as ETag; a change of it needs that in If-Match. A write with an Idempotency-Key ` +
	`is done once, however often it is sent within 24 hours. Errors are application/problem+json. Answers are in Chinese, or in ` +
	`English where Accept-Language asks for it.`

// nothing answers what no operation answers.
func (a *API) nothing(w http.ResponseWriter, r *http.Request) {
	var allowed []string
	for _, method := range []string{http.MethodGet, http.MethodPost, http.MethodPut, http.MethodPatch, http.MethodDelete} {
		other := r.Clone(r.Context())
		other.Method = method
		if _, pattern := a.mux.Handler(other); pattern != "/" {
			allowed = append(allowed, method)
		}
	}
	if len(allowed) == 0 {
		writeProblem(w, problemOf(r.Context(), kindNoOperation))
		return
	}
	p := problemOf(r.Context(), kindMethod)
	for _, method := range allowed {
		p.header = http.Header{"Allow": append(p.header["Allow"], method)}
	}
	writeProblem(w, p)
}
