package access

import (
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"
)

// Entry is what a route asks of who comes by it.
type Entry struct {
	// Action is to be allowed; empty for the two kinds below.
	Action Action
	// Anyone may come, signed in or not: the login page, health.
	Anyone bool
	// SignedIn is enough: one's own password.
	SignedIn bool
}

// Routes says for every route of a server, written as net/http does (“GET /plans/{id}”), what it asks for.
type Routes struct {
	entries map[string]Entry
	order   []string
}

var routePattern = regexp.MustCompile(`^(GET|POST|PUT|PATCH|DELETE) /\S*$`)

// ParseRoutes reads a line per route: method, pattern, and an action, “anyone” or “signed-in”. A “#”
// begins a comment. Unknown actions and routes that stand twice are errors, with file and line.
func (t *Table) ParseRoutes(file, text string) (*Routes, error) {
	r := &Routes{entries: map[string]Entry{}}
	number := 0
	for line := range strings.Lines(text) {
		number++
		line, _, _ = strings.Cut(line, "#")
		f := strings.Fields(line)
		if len(f) == 0 {
			continue
		}
		if err := t.addRoute(r, f); err != nil {
			return nil, fmt.Errorf("%s:%d: %w", file, number, err)
		}
	}
	return r, nil
}

func (t *Table) addRoute(r *Routes, f []string) error {
	if len(f) != 3 || !routePattern.MatchString(f[0]+" "+f[1]) {
		return fmt.Errorf("want “METHOD /pattern action”")
	}
	route, entry := f[0]+" "+f[1], Entry{}
	switch f[2] {
	case "anyone":
		entry.Anyone = true
	case "signed-in":
		entry.SignedIn = true
	default:
		entry.Action = Action(f[2])
		if !t.Has(entry.Action) {
			return fmt.Errorf("unknown action %q", f[2])
		}
	}
	if _, twice := r.entries[route]; twice {
		return fmt.Errorf("route %s stands twice", route)
	}
	r.entries[route] = entry
	r.order = append(r.order, route)
	return nil
}

// Entry is what a route asks for. A route without an entry is nobody's: the server must refuse it.
func (r *Routes) Entry(route string) (Entry, bool) {
	entry, ok := r.entries[route]
	return entry, ok
}

// All are the routes in the order of the file.
func (r *Routes) All() []string { return slices.Clone(r.order) }

// Check compares the entries with the routes that a server has registered, and names every route without
// an entry and every entry without a route.
func (r *Routes) Check(registered []string) error {
	var wrong []error
	for _, route := range registered {
		if _, ok := r.entries[route]; !ok {
			wrong = append(wrong, fmt.Errorf("route %s has no entry: say which action it asks for", route))
		}
	}
	for _, route := range r.order {
		if !slices.Contains(registered, route) {
			wrong = append(wrong, fmt.Errorf("entry %s has no route", route))
		}
	}
	return errors.Join(wrong...)
}
