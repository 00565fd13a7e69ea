package main

import (
	"context"
	"net/http"
	"strings"

	"luoshi/internal/access/credential"
	"luoshi/internal/api"
	"luoshi/internal/service"
	"luoshi/internal/web"
)

// makeAPI makes the ledger for other programs, by the same use cases as the pages.
func (s *server) makeAPI() (*api.API, error) { return api.New(s.apiOptions()) }

func (s *server) apiOptions() api.Options {
	_, _, perSecond := s.config.Requests()
	return api.Options{
		Rate: api.DefaultRate.At(perSecond),
		Core: s.core, Planning: s.planning, Catalogue: s.catalogue, Intake: s.intake, Notify: s.notify,
		Operations: s.operations, Reporting: s.reporting, Progress: s.progress, Supervision: s.orders,
		Bulletins: s.bulletins, Livelihood: s.livelihood, Accounting: s.papers, Assessment: s.assessment, Publication: s.public, Atlas: s.atlas, Message: s.message, OnBehalf: s.identity.OnBehalf, Proxies: s.proxies(),
		Token: s.identity.TokenCaller, Session: s.sessionCaller, Cookie: web.CookieName(s.config.Secure()), Version: builtVersion(), Logger: s.logger,
	}
}

// sessionCaller is on whose behalf a request with the cookie of a session runs.
func (s *server) sessionCaller(ctx context.Context, cookie credential.Secret) (service.Caller, error) {
	session, err := s.identity.Resume(ctx, cookie)
	return service.Caller{Actor: session.Actor}, err
}

// apiRoute names a request to the API by its resource alone: identifiers would make a series for every record.
func apiRoute(r *http.Request) string {
	resource, _, _ := strings.Cut(strings.TrimPrefix(r.URL.Path, api.Base+"/"), "/")
	if !apiResources[resource] {
		resource = "other"
	}
	return r.Method + " " + api.Base + "/" + resource
}

// apiResources are the resources that are measured by their names.
var apiResources = map[string]bool{
	"plans": true, "commitments": true, "amendments": true, "indicators": true, "projects": true, "documents": true,
	"reviews": true, "units": true, "search": true, "webhooks": true, "audit": true, "rounds": true, "submissions": true, "evidence": true,
	"corrections": true, "deliveries": true, "orders": true, "bulletins": true, "assessments": true, "tours": true, "livelihood-rounds": true, "livelihood-candidates": true, "livelihood-items": true, "messages": true,
	"papers": true, "paper-previews": true, "feedback": true,
}
