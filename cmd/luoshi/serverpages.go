package main

import (
	"context"
	"net/http"

	"luoshi/internal/access/credential"
	"luoshi/internal/api"
	"luoshi/internal/service"
	"luoshi/internal/web"
	"luoshi/internal/web/accounts"
	"luoshi/internal/web/areas"
	assessmentpages "luoshi/internal/web/assessment"
	"luoshi/internal/web/auditlog"
	"luoshi/internal/web/board"
	"luoshi/internal/web/bulletins"
	documentpages "luoshi/internal/web/documents"
	"luoshi/internal/web/home"
	"luoshi/internal/web/indicators"
	"luoshi/internal/web/intakes"
	livelihoodpages "luoshi/internal/web/livelihood"
	"luoshi/internal/web/mapping"
	messagepages "luoshi/internal/web/messages"
	"luoshi/internal/web/operations"
	orderpages "luoshi/internal/web/orders"
	"luoshi/internal/web/papers"
	"luoshi/internal/web/plans"
	progresspages "luoshi/internal/web/progress"
	"luoshi/internal/web/projects"
	"luoshi/internal/web/reports"
	"luoshi/internal/web/searching"
	"luoshi/internal/web/signin"
	"luoshi/internal/web/submissions"
	"luoshi/internal/web/units"
	"luoshi/internal/web/wall"
	"luoshi/internal/web/webhooks"
)

// pages are the routes of all pages.
func (s *server) pages() []web.Route {
	var routes []web.Route
	for _, group := range []interface{ Routes() []web.Route }{
		signin.New(s.identity, signin.Options{Demo: s.shownAccounts()}),
		accounts.New(s.core, s.identity, s.programs, s.config.PublicURL()),
		documentpages.New(s.core, s.intake),
		intakes.New(s.core, s.intake, s.identity.Persons),
		plans.New(s.core, s.planning, s.catalogue, s.identity.Persons),
		units.New(s.catalogue, s.progress, units.AccountsOf(s.identity), s.identity.Persons),
		indicators.New(s.catalogue, s.progress, s.reporting, s.peers, s.identity.Persons),
		projects.New(s.catalogue, s.progress, s.reporting, s.identity.Persons),
		reports.New(s.core, s.reporting, s.identity.Persons),
		submissions.New(s.core, s.reporting, s.catalogue, s.identity.Persons, submissions.TokensOf(s.identity)),
		progresspages.New(s.core, s.progress, s.reporting, s.catalogue, s.identity.Persons),
		wall.New(s.core, s.progress, s.planning, s.orders),
		bulletins.New(s.core, s.bulletins, s.catalogue, s.identity.Persons),
		papers.New(s.core, s.papers, s.catalogue, s.identity.Persons),
		livelihoodpages.New(s.core, s.livelihood, s.catalogue, s.progress, s.identity.Persons),
		orderpages.New(s.core, s.orders, s.progress, s.catalogue, s.identity.Persons),
		assessmentpages.New(s.core, s.assessment, s.catalogue, s.identity.Persons, assessmentpages.JudgesOf(s.core, s.identity)),
		s.publicPages(),
		areas.New(s.core, s.progress, s.reporting, s.orders, s.catalogue),
		board.New(s.progress, s.catalogue),
		mapping.New(s.core, s.atlas, s.catalogue, s.identity.Persons),
		searching.New(s.catalogue),
		auditlog.New(s.operations, s.core.Rights(), s.identity.Persons),
		webhooks.New(s.core, s.notify, s.identity.Persons),
		messagepages.New(s.core, s.message, s.identity.Persons),
		operations.New(s.operations, s.health),
		home.New(s.core, home.Uses{
			Plans: s.planning, Intake: s.intake, Operations: s.operations, Reporting: s.reporting, Progress: s.progress, Orders: s.orders,
			Bulletins: s.bulletins, Version: builtVersion(),
		}),
	} {
		routes = append(routes, group.Routes()...)
	}
	return routes
}

// handler is everything that the server answers.
func (s *server) handler() (http.Handler, error) {
	pages, err := web.New(web.Options{
		Core: s.core, Sessions: sessions{s}, Routes: s.pages(), Secure: s.config.Secure(), Proxies: s.proxies(), Notice: s.notice(), Logger: s.logger,
		Private: api.PrivatePaths(), Limits: s.limits(), Unread: s.message.Unread,
	})
	if err != nil {
		return nil, err
	}
	mux := http.NewServeMux()
	mux.Handle(api.Base+"/", s.metrics.Requests(s.programs, apiRoute))
	mux.HandleFunc("GET /healthz", s.health.Alive)
	mux.HandleFunc("GET /readyz", s.health.Ready)
	if listen, token := s.config.Metrics(); listen == "" && token.Reveal() != "" {
		mux.Handle("GET /metrics", s.metrics.Handler(token))
	}
	mux.Handle("/", s.metrics.Requests(pages, routeOf(pages.Patterns())))
	return inRequest(mux), nil
}

// inRequest lets the use cases of a request share what they find out.
func inRequest(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		next.ServeHTTP(w, r.WithContext(service.InRequest(r.Context())))
	})
}

// limits are the usual ones at the rates of the settings.
func (s *server) limits() *web.Limits {
	address, account, _ := s.config.Requests()
	limits := web.Usual
	limits.Address, limits.Account = limits.Address.At(address), limits.Account.At(account)
	return &limits
}

func (s *server) proxies() int {
	if s.config.Proxied() {
		return 1
	}
	return 0
}

// routeOf finds the pattern by which a request is served. A mux of its own does it, because the request that the
// pages see is another one than that which is measured.
func routeOf(patterns []string) func(*http.Request) string {
	mux := http.NewServeMux()
	for _, p := range patterns {
		mux.HandleFunc(p, func(http.ResponseWriter, *http.Request) {})
	}
	return func(r *http.Request) string {
		_, pattern := mux.Handler(r)
		return pattern
	}
}

// sessions knows visitors by their cookies.
type sessions struct{ *server }

// Resume is the session of a cookie.
func (s sessions) Resume(ctx context.Context, cookie credential.Secret) (web.Visitor, error) {
	session, err := s.identity.Resume(ctx, cookie)
	if err != nil {
		return web.Visitor{}, err
	}
	return web.Visitor{
		Session: session.ID, Name: session.Name, Actor: session.Actor,
		MustChange: session.MustChange, SecondFactorDue: session.SecondFactorDue,
	}, nil
}
