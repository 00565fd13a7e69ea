package webtest

import (
	"net/http"
	"regexp"
	"strings"
	"testing"

	"luoshi/internal/access"
	"luoshi/internal/service"
	"luoshi/internal/web"
	"luoshi/ledger"
)

// nowhere is an identifier that no record has.
const nowhere = "zzzzzzzzzzzzzzzzzzzzzzzzzz"

var wildcard = regexp.MustCompile(`\{[^}]*\}`)

// Matrix asks for every route of the site as every role and as the public, and fails the test unless each is refused
// exactly where the table of rights says so. Forms are sent where they are to be refused only: by who may not send
// them, and by everybody from a page of another site.
func (s *Site) Matrix(t *testing.T) {
	entries, err := web.Entries(s.Rights())
	if err != nil {
		t.Fatal(err)
	}
	for _, pattern := range s.Server.Patterns() {
		entry, _ := entries.Entry(pattern)
		for _, role := range s.Rights().Roles() {
			v := s.visitor(role)
			v.client.http.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
			v.try(t, pattern, entry)
		}
	}
}

// visitor is somebody of a role, or the public.
type visitor struct {
	role   access.Role
	actor  access.Actor
	client *Client
}

func (s *Site) visitor(role access.Role) visitor {
	if role == access.Public {
		return visitor{role, access.Actor{}, s.Public()}
	}
	unit := unitOf(s, role)
	caller := service.CallerOf(s.Fixture.As(s.tb.Context(), role, unit))
	return visitor{role, caller.Actor, s.As(role, unit)}
}

// unitOf is where somebody of a role works: in a bureau who fills in figures, in the government who looks after it.
func unitOf(s *Site, role access.Role) ledger.UnitID {
	if role == "unit-head" || role == "reporter" {
		return s.Bureau.ID
	}
	return s.Government.ID
}

func (v visitor) may(rights *access.Table, entry access.Entry) bool {
	switch {
	case entry.Anyone:
		return true
	case entry.SignedIn:
		return v.actor.Account != ""
	default:
		return rights.May(v.actor, entry.Action) || rights.MayOwn(v.actor, entry.Action).Allowed
	}
}

func (v visitor) try(t *testing.T, pattern string, entry access.Entry) {
	t.Helper()
	method, path, _ := strings.Cut(pattern, " ")
	path = wildcard.ReplaceAllString(strings.TrimSuffix(path, "{$}"), nowhere)
	allowed := v.may(v.client.site.Rights(), entry)
	if method != http.MethodGet {
		foreign := v.send(method, path, map[string]string{"Sec-Fetch-Site": "cross-site"})
		if foreign.Status != http.StatusForbidden {
			t.Errorf("%s, %s: a page of another site is answered %d", pattern, v.role, foreign.Status)
		}
		if allowed {
			return
		}
	}
	answer := v.send(method, path, nil)
	switch refused := isRefusal(answer, method); {
	case refused == allowed:
		t.Errorf("%s, %s: answers %d, though the table of rights says that it is allowed: %v", pattern, v.role, answer.Status, allowed)
	case answer.Status >= http.StatusInternalServerError:
		t.Errorf("%s, %s: answers %d: %s", pattern, v.role, answer.Status, answer.Text())
	}
}

// isRefusal tells whether an answer refuses: the public is asked to sign in.
func isRefusal(p *Page, method string) bool {
	switch {
	case p.Status == http.StatusForbidden, p.Status == http.StatusUnauthorized:
		return true
	default:
		return method == http.MethodGet && p.Status == http.StatusSeeOther &&
			strings.HasPrefix(p.Header.Get("Location"), web.SignInPath+"?")
	}
}

func (v visitor) send(method, path string, header map[string]string) *Page {
	site := v.client.site
	site.tb.Helper()
	r, err := http.NewRequestWithContext(site.tb.Context(), method, site.URL+path, nil)
	if err != nil {
		site.tb.Fatal(err)
	}
	for name, value := range header {
		r.Header.Set(name, value)
	}
	return v.client.Do(r)
}
