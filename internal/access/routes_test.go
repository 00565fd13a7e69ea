package access_test

import (
	"slices"
	"strings"
	"testing"

	"luoshi/internal/access"
)

const someRoutes = `
# pages
GET  /login          anyone
POST /me/password    signed-in
GET  /plans/{id}     plan.read   # a comment
POST /plans/{id}/publish plan.publish
`

func TestRoutesSayWhatTheyAskFor(t *testing.T) {
	routes, err := access.Rights().ParseRoutes("routes.txt", someRoutes)
	if err != nil {
		t.Fatal(err)
	}
	cases := map[string]access.Entry{
		"GET /login":               {Anyone: true},
		"POST /me/password":        {SignedIn: true},
		"GET /plans/{id}":          {Action: "plan.read"},
		"POST /plans/{id}/publish": {Action: "plan.publish"},
	}
	for route, want := range cases {
		if got, ok := routes.Entry(route); !ok || got != want {
			t.Errorf("%s: got %+v, %t", route, got, ok)
		}
	}
	if _, ok := routes.Entry("GET /secret"); ok {
		t.Error("a route without a line has an entry")
	}
	if err := routes.Check(routes.All()); err != nil {
		t.Error(err)
	}
}

func TestARouteWithoutAnEntryIsAnError(t *testing.T) {
	routes, err := access.Rights().ParseRoutes("routes.txt", someRoutes)
	if err != nil {
		t.Fatal(err)
	}
	registered := slices.Concat(routes.All()[1:], []string{"DELETE /plans/{id}"})
	err = routes.Check(registered)
	if err == nil || err.Error() != "route DELETE /plans/{id} has no entry: say which action it asks for\nentry GET /login has no route" {
		t.Errorf("got %v", err)
	}
}

func TestParseRoutesNamesTheLine(t *testing.T) {
	cases := map[string]string{
		"GET /x":                             "r:1: want",
		"FETCH /x plan.read":                 "r:1: want",
		"\nGET x plan.read":                  "r:2: want",
		"GET /x plan.raed":                   "r:1: unknown action \"plan.raed\"",
		"GET /x plan.read\nGET /x anyone":    "r:2: route GET /x stands twice",
		"GET /x plan.read # ok\nGET /y # no": "r:2: want",
	}
	for text, want := range cases {
		if _, err := access.Rights().ParseRoutes("r", text); err == nil || !strings.HasPrefix(err.Error(), want) {
			t.Errorf("%q: got %v, want %s", text, err, want)
		}
	}
}
