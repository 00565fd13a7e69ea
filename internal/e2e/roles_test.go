package e2e_test

import (
	"slices"
	"strings"
	"testing"

	"luoshi/internal/web/webtest"
)

// menuPages are what the menus of some role or other lead to, and with them pages that change something.
var menuPages = []string{
	"/documents", "/intakes", "/units/new", "/projects/new", "/accounts", "/accounts/new", "/audit", "/webhooks", "/webhooks/new", "/operations/jobs",
	"/reports", "/approvals", "/rounds", "/orders", "/assessments", "/channels",
}

// roles: somebody of each role is offered their work by the menu, reaches it, and reaches nothing else.
func roles(t *testing.T, s *site) {
	for _, who := range []struct{ role, name, reaches string }{
		{"administrator", "admin", "/units/new /accounts /accounts/new /webhooks /webhooks/new /operations/jobs /channels"},
		{"security officer", "secure", "/accounts"},
		{"auditor", "audit", "/accounts /audit /webhooks /channels"},
		{"supervising office", "shubai", "/documents /intakes /projects/new /approvals /rounds /orders /assessments"},
		{"leader", "changchuan", "/documents /approvals /rounds /orders /assessments"},
		{"unit head", "qingsong", "/documents /intakes /projects/new /reports /approvals /rounds /orders /assessments"},
		{"statistics office", "jicheng", "/documents /intakes /projects/new /reports /approvals /rounds /orders /assessments"},
		{"reporter", "wentao", "/documents /reports /approvals /rounds /orders /assessments"},
		{"reviewer", "mingjing", "/documents /intakes /approvals /rounds /assessments"},
	} {
		t.Run(who.role, func(t *testing.T) {
			tab := s.as(t, who.name)
			tab.Open("/")
			offered := webtest.Value[[]string](tab, `[...document.querySelectorAll('.menu a')].map(a => a.pathname)`)
			reaches := strings.Fields(who.reaches)
			for _, address := range menuPages {
				may := slices.Contains(reaches, address)
				if status := get(tab, address); (status == 200) != may || !may && status != 403 {
					t.Errorf("%s answers %d", address, status)
				}
				if slices.Contains(offered, address) && !may {
					t.Errorf("the menu offers %s", address)
				}
			}
			if len(offered) == 0 {
				t.Error("the menu is empty")
			}
		})
	}
	t.Run("public", func(t *testing.T) {
		tab := s.visitor(t)
		for _, address := range menuPages {
			tab.Open(address)
			if at := path(tab); !strings.HasPrefix(at, "/sign-in") {
				t.Errorf("whoever has not signed in comes from %s to %s", address, at)
			}
		}
		tab.Open("/commitments")
		lacks(tab, "2026-0")
	})
}
