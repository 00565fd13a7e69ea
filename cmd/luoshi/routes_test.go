package main

import (
	"testing"

	"luoshi/internal/access/rate"
	"luoshi/internal/service/servicetest"
	"luoshi/internal/store/storetest"
	"luoshi/internal/web"
	"luoshi/internal/web/webtest"
)

// openedSite are all pages of a server over a small district, visited by people of every role.
func openedSite(t *testing.T) *webtest.Site {
	t.Helper()
	s := openedServer(t, testConfig(t, storetest.SQLite(t), nil))
	f := &servicetest.Fixture{Core: s.core, District: storetest.Settle(t, s.store)}
	boundless := rate.Rate{Burst: 1_000_000, Second: 1_000_000}
	limits := web.Limits{Address: boundless, Account: boundless, Guarded: boundless}
	return webtest.ServeWith(t, f, web.Options{Routes: s.pages(), Limits: &limits})
}

func TestEveryEntryHasItsRoute(t *testing.T) {
	site := openedSite(t)
	entries, err := web.Entries(site.Rights())
	if err != nil {
		t.Fatal(err)
	}
	if err := entries.Check(site.Server.Patterns()); err != nil {
		t.Error(err)
	}
}

func TestEveryRouteHoldsToTheTableOfRights(t *testing.T) {
	openedSite(t).Matrix(t)
}
